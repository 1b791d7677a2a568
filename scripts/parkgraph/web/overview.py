"""The pages that are of no single thing: home, questions, search, graph, figures, what is open."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from parkgraph import __version__
from parkgraph.ask.question import Question
from parkgraph.ask.run import order_keys
from parkgraph.errors import ParkgraphError, Usage
from parkgraph.messages import Message, _
from parkgraph.names import CODE, GRAPH_DATA, GRAPH_INFERRED, ONTOLOGY, PARK, SKOS, expand
from parkgraph.search.show import Thing
from parkgraph.show.results import shown_columns
from parkgraph.web import data
from parkgraph.web.content import DCTERMS, GRAPHS
from parkgraph.web.page import LEAD, Item, Page, Section
from parkgraph.web.views import Basis, Link, ShownAnswer, View

Given = Mapping[str, list[str]]
Row = Mapping[str, Any]

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

MARKS: dict[str, Message] = {
    "exact": _("exact"),
    "more": _("more than, at least"),
    "less": _("nearly, at most"),
    "about": _("about"),
    "joint": _("several things together"),
    "contradicted": _("sources contradict each other"),
}
"""Shape of a figure → what it means: shape and word tell things apart, not colour."""

SERVING: dict[str, Message] = {
    "projects": _("project"),
    "organizations": _("organization"),
    "funds": _("fund"),
}
"""Column of a count → what it counts; the shape of each is called the same."""

LISTED = 4_000
"""Things that the page of search lists; of a larger graph it lists the classes."""

_ROWS = 2  # of each question about what is not settled
_MOST = 30  # figures of one picture
_AROUND = 20  # things that a pre-rendered neighbourhood shows


def home(page: Page, given: Given) -> str:
    """What the graph is about, and where to begin."""
    site, lang = page.site, page.lang
    return page.render(
        "home",
        title=_("Facts about industrial parks, each with its source")[lang],
        parks=[site.names.of(NamedNode(iri), lang) for iri in site.members.get(PARK + "Park", ())],
        sizes=[site.sizes[GRAPH_DATA], site.sizes[GRAPH_INFERRED], len(site.part_of), len(site.questions)],
        source=page.view.thing(min(site.pieces)).href if site.pieces else "",
        examples=[_listed(page, site.questions[name]) for name in EXAMPLES if name in site.questions],
        topics=_topics(page),
        kinds=_kinds(page),
        bases=_bases(page),
    )


def _bases(page: Page) -> list[tuple[Basis, str, Link | str]]:
    """Each basis, its IRI and what it means."""
    view, things = page.view, page.site.things
    iris = page.site.members.get(CODE + "basis", ())
    return [(view.basis(iri), iri, view.texts(things.texts(NamedNode(iri), *LEAD)) or "") for iri in iris]


def questions(page: Page, given: Given) -> str:
    """All questions by topic."""
    return page.render("questions", title=_("Questions")[page.lang], topics=_topics(page, counted=True))


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
        (one, [*map(site.value, bound[name])], [page.view.term(term).text for term in bound[name]])
        for name, one in asked.parameters.items() if one.kind != "language"
    ]  # fmt: skip
    chosen = [(one.name, value) for one, values, __ in fields for value in values or ["any"]]
    before, headings = data.query_of(asked)[1], asked.headings(lang)
    places = [(place.start - before, place.end - before, one.name)
              for one in asked.parameters.values() for place in one.places]  # fmt: skip
    context: dict[str, Any] = {
        "title": asked.summary[lang],
        "asked": asked,
        "topic": _topic(asked.topic, lang),
        "parameters": fields,
        "picked": data.PICKED,
        "chosen": chosen,
        "answer": shown,
        "total": shown.total,
        "turtle": turtle,
        "error": error,
        "call": f"api/questions/{asked.id}?{urlencode([*chosen, ('lang', lang)])}",
        "page_data": {
            "question": {
                "id": asked.id, "form": asked.form,
                "language": asked.language, "title": asked.summary[lang], "places": sorted(places),
                "parameters": [[one.name, one.kind, one.datatype] for one in asked.parameters.values()],
                "columns": {name: headings[name] for name, __, __ in shown_columns([*headings])},
                "order": order_keys(asked.body, list(asked.columns)) if asked.form == "SELECT" else [],
            },
        },
    }  # fmt: skip
    rows = [Item(Section("", "", "rows"), page.macro("row", cells)) for cells in shown.rows]
    pieces = [rows] if site.live else []  # a server sends it whole
    return page.in_parts("question", rows, pieces=pieces, **context)


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
        links=_neighbours(view, site.show(start)) if start else [],
        legend=[(name, text[lang]) for name, text in SERVING.items()],
        industries=_industries(view, standing, serving),
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
    charts = _figures(view, _rows(page, "indicators-by-period"), against)
    for number, (unit, lines) in enumerate(charts, 1):
        section = Section(f"u{number}", unit or _("without unit")[lang], "")
        items.append(Item(section, page.macro("chart", unit, lines)))
    targets = site.questions.get("targets-against-results")
    if targets:
        table, picture = view.answer(site.ask(targets, lang, {})), _targets(_rows(page, targets.id))
        section = Section("targets", _("Targets beside results")[lang], "")
        items.append(Item(section, page.macro("targets", table, picture)))
    legend = [(kind, text[lang]) for kind, text in MARKS.items()]
    return page.in_parts("indicators", items, title=_("Figures")[lang], legend=legend)


def open_questions(page: Page, given: Given) -> str:
    """What is open, contradictory, left out or not yet confirmed: some rows of each."""
    sections = []
    for asked in (page.site.questions[name] for name in OPEN if name in page.site.questions):
        answer = page.site.ask(asked, page.lang, {})
        table = page.view.answer(answer, short=True) if answer else None
        table = table and table._replace(rows=table.rows[:_ROWS])
        sections.append((asked, *_listed(page, asked), table, len(answer) > _ROWS and len(answer)))
    return page.render("open", title=_("Open and contradictory")[page.lang], sections=sections)


def ontology(page: Page, given: Given) -> str:
    """The classes as a tree, the properties, the code lists."""
    site, view = page.site, page.view
    terms: dict[str, list[Any]] = {"class": [], "property": []}
    for iri, kind in site.kinds.items():
        if iri.startswith(PARK):
            definition = view.texts(site.things.texts(NamedNode(iri), LEAD[0]))
            terms[kind].append((view.thing(iri), iri.removeprefix(PARK), definition))
    return page.render(
        "ontology", title=_("Ontology")[page.lang], iri=ONTOLOGY,
        folder="ontology/" if "ontology/" in site.addresses.iri_at else "",
        classes=sorted(terms["class"]), properties=sorted(terms["property"]),
        lists=site.members.get(SKOS + "ConceptScheme", ()),
    )  # fmt: skip


def about(page: Page, given: Given) -> str:
    """Sources, licence, counts, downloads with digests, how to cite, notices, accessibility, interfaces."""
    site, view, lang = page.site, page.view, page.lang
    contents = [(name, text[lang], data.download(site, name)) for name, text in data.DOWNLOADS.items()]
    by_basis = Counter(basis for __, basis in site.pairs(PARK + "basis"))
    return page.render(
        "about", title=_("About and data")[lang], version=__version__, graphs=_graphs(page),
        files=[(*one, f"{len(held):,}", hashlib.sha256(held).hexdigest()) for *one, held in contents],
        licences=map(view.term, site.things.values(NamedNode(ONTOLOGY), NamedNode(DCTERMS + "license"))),
        bases=[(basis, by_basis[iri]) for basis, iri, __ in _bases(page)],
    )  # fmt: skip


# --- What the pictures show, from the rows of the tables beside them -------------------------------------


class Figure(NamedTuple):
    """label: of the line.  shape: its mark.  share: of the largest of the unit.  said: the number.  figure:
    with its unit, and the way to its page.  says: what the shape means."""

    label: str
    shape: str
    share: float
    indicator: Link
    period: str
    said: str
    figure: Link
    says: str


def _figures(view: View, rows: Sequence[Row], contradicted: set[str]) -> list[tuple[str, list[Figure]]]:
    """Figures by unit, or several times a unit with very many: the longest list first.

    rows: of the question indicators-by-period.  contradicted: IRIs of figures that contradict others."""
    numbers = [row for row in rows if _number(row, "value") is not None]
    numbers.sort(key=lambda row: [_text(row, name) for name in ("unitLabel", "indicatorLabel", "end")])
    charts = []
    for unit, some in groupby(numbers, lambda row: _text(row, "unitLabel")):
        held = [*some]
        most = max(abs(_number(row, "value") or 0) for row in held) or 1
        labels = Counter(map(_label, held))
        lines = []
        for row in held:
            shape, value, node = _shape(row, contradicted), _number(row, "value") or 0, row.get("figure")
            said = f"{value:,.10g}"
            if shape not in ("exact", "joint"):
                said = f"{_text(row, 'qualifierLabel')} {said}"
            link = view.term(node) if isinstance(node, NamedNode) else Link("", view.lang)
            label = _label(row) if labels[_label(row)] == 1 else link.text or _label(row)
            lines.append(
                Figure(
                    label, shape, abs(value) / most, view.term(row.get("indicator")),
                    _text(row, "periodLabel"), said, link._replace(text=f"{said} {unit}"),
                    MARKS[shape][view.lang],
                )
            )  # fmt: skip
        charts += [(unit, lines[start : start + _MOST]) for start in range(0, len(lines), _MOST)]
    return sorted(charts, key=lambda chart: -len(chart[1]))


def _label(row: Row) -> str:
    return " · ".join(filter(None, (_text(row, "indicatorLabel"), _text(row, "periodLabel"))))


def _shape(row: Row, contradicted: set[str]) -> str:
    figure = row.get("figure")
    if isinstance(figure, NamedNode) and figure.value in contradicted:
        return "contradicted"
    if _text(row, "joint") == "true":
        return "joint"
    low, high, value = (_number(row, name) for name in ("low", "high", "value"))
    if low == high == value:
        return "exact"
    if (low is None) == (high is None):
        return "about"
    return "more" if high is None else "less"


def _targets(rows: Sequence[Row]) -> list[tuple[str, float, str]]:
    """(target, how far a result reached it, in words), of the rows of targets-against-results."""
    told = []
    for row in rows:
        says = (_text(row, name) for name in ("qualifierLabel", "aim", "verdictLabel"))
        reached = min(_number(row, "reached") or 0, 1.5)
        told.append((_text(row, "targetLabel"), reached, " · ".join(filter(None, says))))
    return told


def _industries(
    view: View, standing: Sequence[Row], serving: Sequence[Row]
) -> list[tuple[Link, str, dict[str, int]]]:
    """(industry, how parks call it, how many of each kind serve it): those first that most parks have.

    standing: rows of industries-of-park.  serving: of what-serves-each-industry."""
    called: dict[str, dict[str, None]] = {}
    for row in standing:
        called.setdefault(row["industry"].value, {})[_text(row, "roleLabel")] = None

    def rank(row: Row) -> tuple[int, float, str]:
        served = sum(_number(row, name) or 0 for name in SERVING)
        return -len(called.get(row["industry"].value, ())), -served, _text(row, "industryLabel")

    return [
        (view.thing(row["industry"].value), ", ".join(called.get(row["industry"].value, ())),
         {name: int(_number(row, name) or 0) for name in SERVING})
        for row in sorted(serving, key=rank)
    ]  # fmt: skip


def _neighbours(view: View, thing: Thing) -> list[tuple[str, Link]]:
    """What is around a thing as (relation, thing), by relation."""
    around: dict[str, tuple[str, Link]] = {}
    for group in thing.groups:
        meaning = view.thing(group.meaning.iri).text
        for entry in group.entries:
            if entry.node is not None and not entry.derived:
                around.setdefault(entry.node.iri, (meaning, view.thing(entry.node.iri)))
    # A few of each relation, so that the largest does not crowd out the others.
    seen: Counter[str] = Counter()
    ranked = []
    for meaning, link in around.values():
        seen[meaning] += 1
        ranked.append((seen[meaning], meaning, link))
    first = sorted(ranked, key=lambda one: one[0])[:_AROUND]
    return sorted(((meaning, link) for __, meaning, link in first), key=lambda one: one[0])


def _text(row: Row, name: str) -> str:
    """The text of a cell, "" where there is none."""
    term = row.get(name)
    return term.value if isinstance(term, Literal) else ""


def _number(row: Row, name: str) -> float | None:
    """The number in a cell, None where there is none that is finite."""
    try:
        found = float(_text(row, name))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


PAGES: dict[str, Callable[[Page, Given], str]] = {
    "index": home, "questions": questions, "search": search, "sparql": sparql, "graph": graph,
    "indicators": indicators, "open": open_questions, "ontology": ontology, "about": about,
}  # fmt: skip
"""Page that is of no thing → what makes it."""
