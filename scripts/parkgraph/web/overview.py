"""The pages that are of no single thing: home, questions, search, graph, figures, what is open."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from pyoxigraph import NamedNode

from parkgraph import __version__
from parkgraph.ask.question import Parameter, Question
from parkgraph.ask.run import order_keys
from parkgraph.errors import ParkgraphError
from parkgraph.messages import _
from parkgraph.names import CODE, GRAPH_DATA, GRAPH_INFERRED, ONTOLOGY, PARK, expand
from parkgraph.web import data, pictures
from parkgraph.web.names import DCTERMS
from parkgraph.web.page import LEAD, Item, Page, Section, fitting
from parkgraph.web.views import Link

Given = Mapping[str, list[str]]

EXAMPLES = (
    "projects-serving-industry", "what-serves-each-industry", "targets-against-results", "planned-investment",
    "open-questions", "possible-duplicates",
)  # fmt: skip
"""Questions to begin with; those of them that the graph has."""

OPEN = (
    "contradictory-figures", "open-questions", "possible-duplicates", "promises-without-later-evidence",
    "industries-without-project", "incomplete-lists", "figures-of-uncertain-period", "left-out",
)  # fmt: skip
"""Questions about what is not settled."""


LISTED = 4_000
"""Things that the page of search lists; of a larger graph it lists the classes."""


def home(page: Page, given: Given) -> str:
    """What the graph is about, and where to begin."""
    site, view, lang = page.site, page.view, page.lang
    parks = [site.names.of(NamedNode(iri), lang) for iri in site.members.get(PARK + "Park", ())]
    lead = _(
        "{parks}, from {sources}: every statement opens the passage it was taken from, and says whether the "
        "source states it, the curator inferred it, or it was computed.",
        parks=parks if len(parks) <= 3 else _("{n} parks", n=len(parks)),
        sources=_("{n} sources", n=len(site.pieces)),
    )
    source = min(site.pieces, default="")
    counts = (
        (_("facts"), data.size(site, GRAPH_DATA), ""),
        (_("derived triples"), data.size(site, GRAPH_INFERRED), ""),
        (_("cited passages"), len(site.part_of), view.thing(source).href if source else ""),
        (_("questions"), len(site.questions), view.url("questions.html")),
    )
    bases = [
        (view.basis(iri), view.texts(site.things.texts(NamedNode(iri), *LEAD)) or "")
        for iri in site.members.get(CODE + "basis", ())
    ]
    context = {
        "title": _("Facts about industrial parks, each with its source")[lang],
        "lead": lead[lang],
        "counts": [(text[lang], f"{n:,}", href) for text, n, href in counts],
        "examples": [_listed(page, site.questions[name]) for name in EXAMPLES if name in site.questions],
        "topics": _topics(page),
        "kinds": _kinds(page),
        "bases": bases,
    }
    return page.render("home", **context)


def questions(page: Page, given: Given) -> str:
    """All questions by topic."""
    title, number = _("Questions")[page.lang], len(page.site.questions)
    return page.render("questions", title=title, topics=_topics(page, counted=True), number=number)


def question(page: Page, asked: Question, given: Given) -> str:
    """A question with its form and its answer."""
    site, lang = page.site, page.lang
    known = {name: list(given[name]) for name in asked.parameters if name in given and name != asked.language}
    shown: Any = None
    error, rows = "", []
    bound: Mapping[str, tuple[Any, ...]] = {name: one.default for name, one in asked.parameters.items()}
    try:
        answer = site.ask(asked, lang, known)
        turtle = data.rendered(answer, "ttl").decode() if answer.kind == "triples" else ""
        shown, bound = {"turtle": turtle} if turtle else page.view.answer(answer).shorter(), answer.parameters
        section = Section("", "", "rows")
        rows = [Item(section, page.macro("row", cells)) for cells in getattr(shown, "rows", ())]
    except ParkgraphError as problem:
        error = problem.text(lang)
    fields = [
        _field(page, one, bound[one.name]) for one in asked.parameters.values() if one.kind != "language"
    ]
    chosen = [(one["name"], value) for one in fields for value in one["chosen"] or ["any"]]
    grouped = {name: [value for other, value in chosen if other == name] for name, __ in chosen}
    options = [f"--{name} {value}" for name, value in chosen]
    values = [(name, some[0] if len(some) == 1 else some) for name, some in grouped.items()]
    python = "".join(f", {name}={value!r}" for name, value in values)
    rest = f"api/questions/{asked.id}?{urlencode([*chosen, ('lang', lang)])}"
    before = data.query_of(asked)[1]
    headings = {
        name: text
        for name, text in asked.headings(lang).items()
        if name.removesuffix("Label") not in asked.columns or not name.endswith("Label")
    }
    formats = ["ttl", "jsonld"] if asked.form == "CONSTRUCT" else ["csv", "tsv", "json", *["xml"] * site.live]
    context = {
        "id": asked.id,
        "title": asked.summary[lang],
        "description": asked.description[lang],
        "topic": (asked.topic, _topic(asked.topic, lang)),
        "parameters": fields,
        "answer": shown,
        "error": error,
        "asked": "; ".join(f"{one['label']}: {one['says']}" for one in fields),
        "total": getattr(shown, "total", ""),
        "formats": [(one, f"{page.root}{rest}&format={one}" if site.live else "") for one in formats],
        "command": " ".join(["parkgraph ask", asked.id, *options, f"--lang {lang}"]),
        "python": f'parkgraph.open(lang="{lang}").ask("{asked.id}"{python})',
        "rest": f"/{rest}",
        "page_data": {
            "question": {
                "id": asked.id, "form": asked.form,
                "language": asked.language,
                "parameters": [[one.name, one.kind, one.datatype] for one in asked.parameters.values()],
                "columns": headings,
                "order": order_keys(asked.body, list(asked.columns)) if asked.form == "SELECT" else [],
                "title": asked.summary[lang],
                "places": sorted((place.start - before, place.end - before, one.name)
                                 for one in asked.parameters.values() for place in one.places),
            },
        },
    }  # fmt: skip
    return page.in_parts("question", rows, [rows] if site.live else [], **context)  # a server sends it whole


def _field(page: Page, parameter: Parameter, terms: tuple[Any, ...]) -> dict[str, Any]:
    options = page.site.options(parameter.of, page.lang) if parameter.of else []
    chosen = [page.site.value(one) for one in terms]
    long = len(options) > data.PICKED and not page.site.live
    if long:  # a script is needed to ask for another value, so it may put the others there too
        options = [one for one in options if one[0] in chosen]
    return {
        "name": parameter.name,
        "label": parameter.label[page.lang],
        "kind": parameter.kind,
        "optional": parameter.optional,
        "options": options,
        "years": page.site.years if parameter.kind == "year" else [],
        "of": parameter.of if long else "",
        "chosen": chosen,
        "says": ", ".join([page.view.term(one).text for one in terms] or [_("any")[page.lang]]),
    }


def _topics(page: Page, *, counted: bool = False) -> list[dict[str, Any]]:
    found: dict[str, list[Any]] = {}
    for one in page.site.questions.values():
        found.setdefault(one.topic, []).append(_listed(page, one, counted=counted))
    order = [*(name for name in data.TOPICS if name in found), *sorted(found.keys() - data.TOPICS.keys())]
    return [{"id": name, "text": _topic(name, page.lang), "questions": found[name]} for name in order]


def _topic(name: str, lang: str) -> str:
    return data.TOPICS[name][lang] if name in data.TOPICS else name


def _listed(page: Page, one: Question, *, counted: bool = True) -> tuple[Link, str]:
    answer = page.site.ask(one, page.lang, {}) if counted else None
    many = _("{n} rows", n=len(answer))[page.lang] if answer is not None and answer.kind == "rows" else ""
    return Link(one.summary[page.lang], page.lang, page.view.url(f"question/{one.id}.html")), many


def _kinds(page: Page) -> list[Link]:
    """The classes with the things that have a page of their own, the largest first."""
    site = page.site
    named = {*site.addresses.iri_at.values()}
    found = Counter(kind for iri in named for kind in site.kinds_of(iri) if site.addresses.place(kind))
    return [
        page.view.thing(iri)._replace(kind=f"{n:,}")
        for iri, n in sorted(found.items(), key=lambda one: (-one[1], one[0]))
    ]


def search(page: Page, given: Given) -> str:
    """What was found, and without words to look for a list of all: by type in Chinese, A–Z in English."""
    site, view, lang = page.site, page.view, page.lang
    words = " ".join(given.get("q", [])).strip()
    hits = data.found(page, words) if words else []
    iris = site.addresses.iri_at.values()
    named = [(site.names.of(NamedNode(iri), lang), view.thing(iri, full=True), iri) for iri in iris]
    if len(named) > LISTED or lang == "zh":
        by_type = Section("types", _("By type")[lang], "kinds")
        items = [Item(by_type, page.macro("line", one)) for one in _kinds(page)]
    else:
        letter: dict[str, Section] = {}
        items = []
        for text, link, __ in sorted(named, key=lambda one: (_letter(one[0]), one[0].casefold(), one[2])):
            first = _letter(text)
            section = letter.setdefault(first, Section(f"l{len(letter) + 1}", first, "kinds"))
            items.append(Item(section, page.macro("line", link)))
    return page.in_parts("search", items, title=_("Search")[lang], q=words, hits=hits)


def _letter(text: str) -> str:
    first = text.lstrip('“"(《')[:1].upper()
    return first if first.isalpha() and first.isascii() else "#"


def sparql(page: Page, given: Given) -> str:
    """An editor, the saved questions as examples, and what the graphs hold."""
    site, lang = page.site, page.lang
    graphs = [(iri, data.size(site, iri), text[lang]) for iri, text in data.GRAPHS.items()]
    start = "SELECT ?project ?label WHERE {\n  ?project a park:Project ; rdfs:label ?label .\n" + (
        f'  FILTER(LANG(?label) = "{lang}")\n}}\nORDER BY ?label'
    )
    return page.render("sparql", title="SPARQL", graphs=graphs, start=start, prefixes=site.prefixes)


def graph(page: Page, given: Given) -> str:
    """The parks with their industries and who serves them, and the neighbourhood of any thing."""
    site, view, lang = page.site, page.view, page.lang
    iri = expand(given.get("thing", [""])[0], site.prefixes)
    parks = site.members.get(PARK + "Park", [])
    known = (
        iri if iri in site.addresses.iri_at.values() else parks[0] if parks else min(site.pieces, default="")
    )
    near: Markup | None = None
    links: list[tuple[str, Link]] = []
    if known:
        near, links = pictures.neighbourhood(view, site.show(known))
    serving = _answer_rows(page, "what-serves-each-industry")
    standing = _answer_rows(page, "industries-of-park")
    served = []
    for row in serving:
        counts = [getattr(row.get(name), "value", "0") for name in pictures.SERVING]
        served.append((view.thing(row["industry"].value), *counts))
    context = {
        "title": _("Graph")[lang],
        "start": view.thing(known) if known else None,
        "near": near,
        "links": links,
        "legend": pictures.legend(lang),
        "industries": pictures.industries(view, standing, serving),
        "serving": served,
        "page_data": {"start": known},
    }  # fmt: skip
    return page.render("graph", **context)


def _answer_rows(page: Page, name: str) -> list[dict[str, Any]]:
    """The rows of a saved question as column → term, none where the graph has no such question."""
    asked = page.site.questions.get(name)
    if asked is None:
        return []
    answer = page.site.ask(asked, page.lang, {})
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.terms]


def indicators(page: Page, given: Given) -> str:
    """The figures by unit and indicator as pictures, each with its table; targets beside results."""
    site, view, lang = page.site, page.view, page.lang
    rows = _answer_rows(page, "indicators-by-period")
    contradictory = _answer_rows(page, "contradictory-figures")
    against = {term.value for row in contradictory for term in row.values() if isinstance(term, NamedNode)}
    items = []
    for number, chart in enumerate(pictures.figures(view, rows, against), 1):
        section = Section(f"u{number}", chart.unit or _("without unit")[lang], "")
        items.append(Item(section, page.macro("chart", chart)))
    targets = site.questions.get("targets-against-results")
    if targets:
        picture = pictures.targets(_answer_rows(page, targets.id))
        body = page.macro("targets", view.answer(site.ask(targets, lang, {})), picture)
        items.append(Item(Section("targets", _("Targets beside results")[lang], ""), body))
    legend = [(pictures.mark(kind), text[lang]) for kind, text in pictures.MARKS.items()]
    return page.in_parts("indicators", items, title=_("Figures")[lang], legend=legend)


def open_questions(page: Page, given: Given) -> str:
    """What is open, contradictory, left out or not yet confirmed: as many rows of each as the page holds."""
    return fitting(lambda most: _open(page, most))


def _open(page: Page, most: int) -> str:
    sections = []
    for name in OPEN:
        if name in page.site.questions:
            asked = page.site.questions[name]
            answer = page.site.ask(asked, page.lang, {})
            link, count = _listed(page, asked)
            table = page.view.answer(answer.first(most)) if len(answer) else None
            more = len(answer) if len(answer) > most else 0
            sections.append((name, link, count, asked.description[page.lang], table, more))
    return page.render("open", title=_("Open and contradictory")[page.lang], sections=sections)


def ontology(page: Page, given: Given) -> str:
    """The classes as a tree, the properties, the code lists."""
    site, view, lang = page.site, page.view, page.lang
    terms: dict[str, list[Any]] = {"class": [], "property": []}
    for iri, kind in site.kinds.items():
        if iri.startswith(PARK):
            definition = view.texts(site.things.texts(NamedNode(iri), LEAD[0]))
            terms[kind].append(
                (site.names.of(NamedNode(iri), lang), iri.removeprefix(PARK), view.thing(iri), definition)
            )
    schemes = [iri for iri in site.members.get("http://www.w3.org/2004/02/skos/core#ConceptScheme", ())]
    lists = [(view.thing(iri), [view.thing(one) for one in site.members.get(iri, ())]) for iri in schemes]
    return page.render(
        "ontology", title=_("Ontology")[lang], iri=ONTOLOGY, classes=sorted(terms["class"]), lists=lists,
        properties=sorted(terms["property"]), folder="ontology/",
    )  # fmt: skip


def about(page: Page, given: Given) -> str:
    """Sources, licence, counts, downloads with digests, how to cite, notices, accessibility, interfaces."""
    site, view, lang = page.site, page.view, page.lang
    files = []
    for name, text in data.DOWNLOADS.items():
        content = site.download(name)
        files.append((name, text[lang], f"{len(content):,}", hashlib.sha256(content).hexdigest()))
    licences = [
        view.term(one) for one in site.things.values(NamedNode(ONTOLOGY), NamedNode(DCTERMS + "license"))
    ]
    graphs = [(text[lang], f"{data.size(site, iri):,}") for iri, text in data.GRAPHS.items()]
    bases = [
        (view.basis(iri), sum(1 for __ in site.things.quads(None, NamedNode(PARK + "basis"), NamedNode(iri))))
        for iri in site.members.get(CODE + "basis", ())
    ]
    sources = [view.thing(iri) for iri in sorted(site.pieces)]
    title = _("About and data")[lang]
    return page.render(
        "about", title=title, version=__version__, digest=site.digest, files=files, licences=licences,
        graphs=graphs, bases=bases, sources=sources,
    )  # fmt: skip


PAGES: dict[str, Callable[[Page, Given], str]] = {
    "index": home, "questions": questions, "search": search, "sparql": sparql, "graph": graph,
    "indicators": indicators, "open": open_questions, "ontology": ontology, "about": about,
}  # fmt: skip
"""Page that is of no thing → what makes it."""
