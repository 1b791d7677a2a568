"""The pages that are of no single thing: home, questions, search, graph, figures, what is open."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from parkgraph import __version__
from parkgraph.ask.question import Parameter, Question
from parkgraph.ask.run import order_keys
from parkgraph.errors import ParkgraphError, Usage
from parkgraph.messages import _
from parkgraph.names import CODE, GRAPH_DATA, GRAPH_INFERRED, ONTOLOGY, PARK, SKOS, expand
from parkgraph.web import data, pictures
from parkgraph.web.content import GRAPHS
from parkgraph.web.names import DCTERMS
from parkgraph.web.page import LEAD, Item, Page, Section
from parkgraph.web.views import Basis, Link, ShownAnswer

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

_ROWS = 2  # of each question about what is not settled


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
        (_("facts"), site.sizes[GRAPH_DATA], ""),
        (_("derived triples"), site.sizes[GRAPH_INFERRED], ""),
        (_("cited passages"), len(site.part_of), view.thing(source).href if source else ""),
        (_("questions"), len(site.questions), view.url("questions.html")),
    )
    return page.render(
        "home",
        title=_("Facts about industrial parks, each with its source")[lang],
        lead=lead[lang],
        counts=[(text[lang], f"{n:,}", href) for text, n, href in counts],
        examples=[_listed(page, site.questions[name]) for name in EXAMPLES if name in site.questions],
        topics=_topics(page),
        kinds=_kinds(page),
        bases=[(basis, view.texts(site.things.texts(NamedNode(iri), *LEAD)) or "")
               for iri, basis in _bases(page)],
    )  # fmt: skip


def _bases(page: Page) -> list[tuple[str, Basis]]:
    return [(iri, page.view.basis(iri)) for iri in page.site.members.get(CODE + "basis", ())]


def questions(page: Page, given: Given) -> str:
    """All questions by topic."""
    title, number = _("Questions")[page.lang], len(page.site.questions)
    return page.render("questions", title=title, topics=_topics(page, counted=True), number=number)


def question(page: Page, asked: Question, given: Given) -> str:
    """A question with its form and its answer."""
    site, lang = page.site, page.lang
    known = {name: list(given[name]) for name in asked.parameters if name in given and name != asked.language}
    shown, turtle, error = ShownAnswer("", "", (), ()), "", ""
    bound: Mapping[str, tuple[Any, ...]] = {name: one.default for name, one in asked.parameters.items()}
    try:
        answer = site.ask(asked, lang, known)
        turtle = data.rendered(answer, "ttl").decode() if answer.kind == "triples" else ""
        shown, bound = shown if turtle else page.view.answer(answer, short=True), answer.parameters
    except ParkgraphError as problem:
        error = problem.text(lang)
    fields = [
        _field(page, one, bound[one.name]) for one in asked.parameters.values() if one.kind != "language"
    ]
    chosen = [(one["name"], value) for one in fields for value in one["chosen"] or ["any"]]
    grouped = {name: [value for other, value in chosen if other == name] for name, __ in chosen}
    values = [(name, some[0] if len(some) == 1 else some) for name, some in grouped.items()]
    before = data.query_of(asked)[1]
    formats = ["ttl", "jsonld"] if asked.form == "CONSTRUCT" else ["csv", "tsv", "json", *["xml"] * site.live]
    context = {
        "id": asked.id,
        "title": asked.summary[lang],
        "description": asked.description[lang],
        "topic": (asked.topic, _topic(asked.topic, lang)),
        "parameters": fields,
        "answer": shown,
        "turtle": turtle,
        "error": error,
        "asked": "; ".join(f"{one['label']}: {one['says']}" for one in fields),
        "total": shown.total,
        "formats": formats,
        "options": "".join(f" --{name} {value}" for name, value in chosen),
        "python": "".join(f", {name}={value!r}" for name, value in values),
        "rest": f"api/questions/{asked.id}?{urlencode([*chosen, ('lang', lang)])}",
        "page_data": {
            "question": {
                "id": asked.id, "form": asked.form,
                "language": asked.language,
                "parameters": [[one.name, one.kind, one.datatype] for one in asked.parameters.values()],
                "columns": {
                    name: text
                    for name, text in asked.headings(lang).items()
                    if name.removesuffix("Label") not in asked.columns or not name.endswith("Label")
                },
                "order": order_keys(asked.body, list(asked.columns)) if asked.form == "SELECT" else [],
                "title": asked.summary[lang],
                "places": sorted((place.start - before, place.end - before, one.name)
                                 for one in asked.parameters.values() for place in one.places),
            },
        },
    }  # fmt: skip
    rows = [Item(Section("", "", "rows"), page.macro("row", cells)) for cells in shown.rows]
    if site.live:  # a server sends it whole
        return page.in_pieces("question", [rows], **context)
    return page.in_parts("question", rows, **context)


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


def _topics(page: Page, *, counted: bool = False) -> list[tuple[str, str, list[Any]]]:
    """(folder, name, questions) of each topic."""
    found: dict[str, list[Any]] = {}
    for one in page.site.questions.values():
        found.setdefault(one.topic, []).append(_listed(page, one, counted=counted))
    order = [*(name for name in data.TOPICS if name in found), *sorted(found.keys() - data.TOPICS.keys())]
    return [(name, _topic(name, page.lang), found[name]) for name in order]


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
    return page.in_parts("search", items, title=_("Search")[lang], q=words, hits=_found(page, words))


def _found(page: Page, words: str) -> list[tuple[Link, str, str]]:
    """What fits the words: (link, its name in the other language, what it is)."""
    other = "en" if page.lang == "zh" else "zh"
    try:
        hits = page.site.graph.find(words, limit=30) if words else []
    except Usage:  # nothing but signs
        hits = []
    found = []
    for hit in hits:
        asked, second = hit.kind == "question", hit.name.label[other]
        href = page.view.url(f"question/{hit.name.iri}.html")
        link = Link(hit.name.label[page.lang], page.lang, href) if asked else page.view.thing(hit.name.iri)
        kinds = [_("question")[page.lang]] if asked else [page.view.thing(one.iri).text for one in hit.types]
        found.append((link, second if second != link.text else "", ", ".join(kinds)))
    return found


def _letter(text: str) -> str:
    first = text.lstrip('“"(《')[:1].upper()
    return first if first.isalpha() and first.isascii() else "#"


def sparql(page: Page, given: Given) -> str:
    """An editor, the saved questions as examples, and what the graphs hold."""
    start = "SELECT ?project ?label WHERE {\n  ?project a park:Project ; rdfs:label ?label .\n" + (
        f'  FILTER(LANG(?label) = "{page.lang}")\n}}\nORDER BY ?label'
    )
    return page.render("sparql", title="SPARQL", graphs=_graphs(page), start=start)


def _graphs(page: Page) -> list[tuple[str, str, str]]:
    return [(iri, f"{page.site.sizes[iri]:,}", text[page.lang]) for iri, text in GRAPHS.items()]


def graph(page: Page, given: Given) -> str:
    """The parks with their industries and who serves them, and the neighbourhood of any thing."""
    site, view, lang = page.site, page.view, page.lang
    iri = expand(given.get("thing", [""])[0], site.prefixes)
    parks = site.members.get(PARK + "Park", [])
    start = iri if iri in site.addresses.iri_at.values() else min(parks or site.pieces, default="")
    serving, standing = _rows(page, "what-serves-each-industry"), _rows(page, "industries-of-park")
    return page.render(
        "graph",
        title=_("Graph")[lang],
        start=view.thing(start) if start else None,
        links=pictures.neighbours(view, site.show(start)) if start else [],
        legend=[(name, text[lang]) for name, text in pictures.SERVING.items()],
        industries=pictures.industries(view, standing, serving),
        page_data={"start": start},
    )


def _rows(page: Page, name: str) -> list[dict[str, Any]]:
    """The rows of a saved question as column → term, none where the graph has no such question."""
    asked = page.site.questions.get(name)
    if asked is None:
        return []
    answer = page.site.ask(asked, page.lang, {})
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.terms]


def indicators(page: Page, given: Given) -> str:
    """The figures by unit and indicator as pictures, each with its table; targets beside results."""
    site, view, lang = page.site, page.view, page.lang
    contradictory = _rows(page, "contradictory-figures")
    against = {term.value for row in contradictory for term in row.values() if isinstance(term, NamedNode)}
    items = []
    charts = pictures.figures(view, _rows(page, "indicators-by-period"), against)
    for number, (unit, lines) in enumerate(charts, 1):
        section = Section(f"u{number}", unit or _("without unit")[lang], "")
        items.append(Item(section, page.macro("chart", unit, lines)))
    targets = site.questions.get("targets-against-results")
    if targets:
        table, picture = view.answer(site.ask(targets, lang, {})), pictures.targets(_rows(page, targets.id))
        section = Section("targets", _("Targets beside results")[lang], "")
        items.append(Item(section, page.macro("targets", table, picture)))
    legend = [(kind, text[lang]) for kind, text in pictures.MARKS.items()]
    return page.in_parts("indicators", items, title=_("Figures")[lang], legend=legend)


def open_questions(page: Page, given: Given) -> str:
    """What is open, contradictory, left out or not yet confirmed: some rows of each."""
    sections = []
    for asked in (page.site.questions[name] for name in OPEN if name in page.site.questions):
        answer = page.site.ask(asked, page.lang, {})
        table = page.view.answer(answer.first(_ROWS)) if answer else None
        more = len(answer) if len(answer) > _ROWS else 0
        sections.append((asked.id, *_listed(page, asked), asked.description[page.lang], table, more))
    return page.render("open", title=_("Open and contradictory")[page.lang], sections=sections)


def ontology(page: Page, given: Given) -> str:
    """The classes as a tree, the properties, the code lists."""
    site, view, lang = page.site, page.view, page.lang
    terms: dict[str, list[Any]] = {"class": [], "property": []}
    for iri, kind in site.kinds.items():
        if iri.startswith(PARK):
            definition = view.texts(site.things.texts(NamedNode(iri), LEAD[0]))
            name = site.names.of(NamedNode(iri), lang)
            terms[kind].append((name, iri.removeprefix(PARK), view.thing(iri), definition))
    schemes = site.members.get(SKOS + "ConceptScheme", ())
    return page.render(
        "ontology", title=_("Ontology")[lang], iri=ONTOLOGY, classes=sorted(terms["class"]),
        properties=sorted(terms["property"]), lists=schemes,
        folder="ontology/" if "ontology/" in site.addresses.iri_at else "",
    )  # fmt: skip


def about(page: Page, given: Given) -> str:
    """Sources, licence, counts, downloads with digests, how to cite, notices, accessibility, interfaces."""
    site, view, lang = page.site, page.view, page.lang
    files = []
    for name, text in data.DOWNLOADS.items():
        content = data.download(site, name)
        files.append((name, text[lang], f"{len(content):,}", hashlib.sha256(content).hexdigest()))
    licences = site.things.values(NamedNode(ONTOLOGY), NamedNode(DCTERMS + "license"))
    by_basis = Counter(basis for __, basis in site.pairs(PARK + "basis"))
    return page.render(
        "about", title=_("About and data")[lang], version=__version__, files=files, graphs=_graphs(page),
        licences=map(view.term, licences), bases=[(one, by_basis[iri]) for iri, one in _bases(page)],
    )  # fmt: skip


PAGES: dict[str, Callable[[Page, Given], str]] = {
    "index": home, "questions": questions, "search": search, "sparql": sparql, "graph": graph,
    "indicators": indicators, "open": open_questions, "ontology": ontology, "about": about,
}  # fmt: skip
"""Page that is of no thing → what makes it."""
