"""The pages that are of no single thing: home, questions, search, graph, figures, what is open."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape
from pyoxigraph import NamedNode

from parkgraph.ask import order
from parkgraph.ask.question import Parameter, Question
from parkgraph.ask.rows import Answer
from parkgraph.errors import ParkgraphError
from parkgraph.messages import Message, _
from parkgraph.names import CODE, GRAPH_DATA, GRAPH_INFERRED, ONTOLOGY, PARK, expand
from parkgraph.search.things import TYPE
from parkgraph.web import data, pictures
from parkgraph.web.names import DCTERMS
from parkgraph.web.page import LEAD, Page
from parkgraph.web.views import Link, rows_of

Given = Mapping[str, list[str]]

EXAMPLES = (
    "projects-serving-industry", "what-serves-each-industry", "targets-against-results", "planned-investment",
    "possible-duplicates",
)  # fmt: skip
"""Questions to begin with; those of them that the graph has."""

OPEN = (
    "contradictory-figures", "open-questions", "possible-duplicates", "promises-without-later-evidence",
    "industries-without-project", "incomplete-lists", "figures-of-uncertain-period", "left-out",
)  # fmt: skip
"""Questions about what is not settled."""

TOPICS: Mapping[str, Message] = {
    "park": _("Park and places"),
    "industry": _("Industries"),
    "project": _("Projects"),
    "enterprise": _("Enterprises and bodies"),
    "indicator": _("Figures and targets"),
    "policy": _("Policies"),
    "programme": _("Programmes and actions"),
    "governance": _("Governance and reforms"),
    "talent": _("Talent and innovation"),
    "source": _("Sources and evidence"),
}
"""Topics in the order that a reader wants them; one that is not here is called by its folder's name."""

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
        sources=_("{n} source", n=1) if len(site.sources) == 1 else _("{n} sources", n=len(site.sources)),
    )
    source = min(site.sources, default="")
    counts = (
        (_("facts"), data.size(site, GRAPH_DATA), ""),
        (_("derived triples"), data.size(site, GRAPH_INFERRED), ""),
        (_("cited passages"), len(site.passages), view.thing(source).href if source else ""),
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
    shown, error = None, ""
    bound: Mapping[str, tuple[Any, ...]] = {name: one.default for name, one in asked.parameters.items()}
    try:
        answer = site.ask(asked, lang, known)
        shown, bound = _shown(page, answer), answer.parameters
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
    formats = ("ttl", "jsonld") if asked.form == "CONSTRUCT" else ("csv", "tsv", "json", "xml")
    context = {
        "id": asked.id,
        "title": asked.summary[lang],
        "description": asked.description[lang],
        "topic": (asked.topic, _topic(asked.topic, lang)),
        "parameters": fields,
        "answer": shown,
        "error": error,
        "asked": "; ".join(f"{one['label']}: {one['says']}" for one in fields),
        "query": _marked(asked),
        "formats": [(one, f"{page.root}{rest}&format={one}" if site.live else "") for one in formats],
        "command": " ".join(["parkgraph ask", asked.id, *options, f"--lang {lang}"]),
        "python": f'parkgraph.open(lang="{lang}").ask("{asked.id}"{python})',
        "rest": f"/{rest}",
        "page_data": {
            "question": {
                "id": asked.id, "form": asked.form, "rl": asked.entailment == "rl",
                "language": asked.language,
                "parameters": [[one.name, one.kind, one.datatype] for one in asked.parameters.values()],
                "columns": asked.headings(lang),
                "order": order.keys(asked.body, list(asked.columns)) if asked.form == "SELECT" else [],
                "title": asked.summary[lang],
            },
        },
    }  # fmt: skip
    return page.render("question", **context)


def _shown(page: Page, answer: Answer) -> Any:
    if answer.kind == "triples":
        return {"turtle": data.rendered(answer, "ttl").decode()}
    return page.view.answer(answer)


def _marked(asked: Question) -> Markup:
    """The query with the values of each parameter marked, so that a script can put others there."""
    made, at = Markup(), 0
    places = [(place, one.name) for one in asked.parameters.values() for place in one.places]
    for place, name in sorted(places, key=lambda one: one[0].start):
        inside = asked.text[place.start : place.end]
        made += escape(asked.text[at : place.start])
        made += Markup('<var data-parameter="{}">{}</var>').format(name, inside)
        at = place.end
    made += escape(asked.text[at:])
    lines = made.splitlines(keepends=True)
    return Markup("").join(line for line in lines if not line.startswith("#+")).strip()


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
    order = [*(name for name in TOPICS if name in found), *sorted(found.keys() - TOPICS.keys())]
    return [{"id": name, "text": _topic(name, page.lang), "questions": found[name]} for name in order]


def _topic(name: str, lang: str) -> str:
    return TOPICS[name][lang] if name in TOPICS else name


def _listed(page: Page, one: Question, *, counted: bool = True) -> tuple[Link, str]:
    answer = page.site.ask(one, page.lang, {}) if counted else None
    many = rows_of(len(answer))[page.lang] if answer is not None and answer.kind == "rows" else ""
    return Link(one.summary[page.lang], page.lang, page.view.url(f"question/{one.id}.html")), many


def _kinds(page: Page) -> list[tuple[Link, int]]:
    """The classes that have members in the data, the largest first."""
    quads = page.site.store.quads_for_pattern(None, TYPE, None, NamedNode(GRAPH_DATA))
    types = (quad.object.value for quad in quads if isinstance(quad.object, NamedNode))
    found = Counter(iri for iri in types if iri.startswith(PARK))
    return [(page.view.thing(iri), n) for iri, n in found.most_common()]


def search(page: Page, given: Given) -> str:
    """What was found, and without words to look for a list of all: by type in Chinese, A–Z in English."""
    site, view, lang = page.site, page.view, page.lang
    words = " ".join(given.get("q", [])).strip()
    hits = data.found(page, words) if words else []
    iris = site.addresses.iri_at.values()
    named = [(site.names.of(NamedNode(iri), lang), view.thing(iri, full=True), iri) for iri in iris]
    sections: list[tuple[str, list[Link]]] = []
    if len(named) > LISTED:
        sections = [(_("By type")[lang], [link for link, __ in _kinds(page)])]
    else:

        def key(one: tuple[str, Link, str]) -> str:
            if lang == "zh":
                return site.names.kind(NamedNode(one[2]), lang) or _("other")[lang]
            first = one[0].lstrip('“"(《')[:1].upper()
            return first if first.isalpha() and first.isascii() else "#"

        in_order = sorted(named, key=lambda one: (key(one), one[0].casefold(), one[2]))
        sections = [(name, [one[1] for one in some]) for name, some in itertools.groupby(in_order, key)]
    title = _("Search")[lang]
    return page.render("search", title=title, q=words, hits=hits, sections=sections)


def sparql(page: Page, given: Given) -> str:
    """An editor, the saved questions as examples, and what the graphs hold."""
    site, lang = page.site, page.lang
    examples = [
        (_topic(name, lang), [(one.id, one.summary[lang]) for one in some])
        for name, some in itertools.groupby(site.questions.values(), lambda one: one.topic)
    ]
    graphs = [(iri, data.size(site, iri), text[lang]) for iri, text in data.GRAPHS.items()]
    start = "SELECT ?project ?label WHERE {\n  ?project a park:Project ; rdfs:label ?label .\n" + (
        f'  FILTER(LANG(?label) = "{lang}")\n}}\nORDER BY ?label'
    )
    return page.render(
        "sparql", title="SPARQL", examples=examples, graphs=graphs, start=start, prefixes=site.prefixes
    )


def graph(page: Page, given: Given) -> str:
    """The parks with their industries and who serves them, and the neighbourhood of any thing."""
    site, view, lang = page.site, page.view, page.lang
    iri = expand(given.get("thing", [""])[0], site.prefixes)
    parks = site.members.get(PARK + "Park", [])
    known = (
        iri if iri in site.addresses.iri_at.values() else parks[0] if parks else min(site.sources, default="")
    )
    near: Markup | None = None
    links: list[tuple[str, Link]] = []
    if known:
        near, links = pictures.neighbourhood(view, site.show(known))
    serving = _answer_rows(page, "what-serves-each-industry")
    standing = _answer_rows(page, "industries-of-park")
    context = {
        "title": _("Graph")[lang],
        "start": view.thing(known) if known else None,
        "near": near,
        "links": links,
        "industries": pictures.industries(view, standing, serving),
        "serving": [(view.thing(row["industry"].value), *_counts(row)) for row in serving],
        "page_data": {"start": known},
    }  # fmt: skip
    return page.render("graph", **context)


def _counts(row: Mapping[str, Any]) -> list[str]:
    return [row[name].value if row.get(name) else "0" for name in ("projects", "organizations", "funds")]


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
    charts = pictures.figures(view, rows, against)
    targets = site.questions.get("targets-against-results")
    shown = view.answer(site.ask(targets, lang, {})) if targets else None
    picture = pictures.targets(_answer_rows(page, "targets-against-results"))
    legend = [(pictures.mark(kind), text[lang]) for kind, text in pictures.MARKS.items()]
    title = _("Figures")[lang]
    return page.render(
        "indicators", title=title, charts=charts, legend=legend, targets=shown, picture=picture
    )


def open_questions(page: Page, given: Given) -> str:
    """What is open, contradictory, left out or not yet confirmed."""
    sections = []
    for name in OPEN:
        if name in page.site.questions:
            asked = page.site.questions[name]
            answer = page.site.ask(asked, page.lang, {})
            link, count = _listed(page, asked)
            table = page.view.answer(answer.first(8)) if len(answer) else None
            sections.append((name, link, count, asked.description[page.lang], table, len(answer) > 8))
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
    sources = [view.thing(iri) for iri in sorted(site.sources)]
    title = _("About and data")[lang]
    return page.render(
        "about", title=title, files=files, licences=licences, graphs=graphs, bases=bases, sources=sources
    )  # fmt: skip


PAGES: dict[str, Callable[[Page, Given], str]] = {
    "index": home, "questions": questions, "search": search, "sparql": sparql, "graph": graph,
    "indicators": indicators, "open": open_questions, "ontology": ontology, "about": about,
}  # fmt: skip
"""Page that is of no thing → what makes it."""
