"""Terms, statements and answers as a page of one language shows them: words, links, and what they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from parkgraph.api import Lang
from parkgraph.ask.rows import Answer
from parkgraph.infer.closure import Step
from parkgraph.messages import _
from parkgraph.names import BASE, CODE, PARK, XSD
from parkgraph.search.show import Entry, Group, Thing
from parkgraph.search.things import Evidence, Texts
from parkgraph.show.cells import Term, is_number, passages, plain, yes_no
from parkgraph.show.results import shown_columns
from parkgraph.show.table import width
from parkgraph.web.content import Content, tongue

_BASIS = CODE + "basis/"
_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)\S*$")
DATES = {XSD + "date", XSD + "dateTime"}
_LONG = 24  # Latin characters from which on a cell of a table needs room; a Chinese one takes two
_EXACTLY = {
    PARK + name
    for name in ("lowerBound", "lowerInclusive", "upperBound", "upperInclusive", "normalizedValue",
                 "normalizedUnit", "statedValue", "unit")
}  # fmt: skip
"""Details of a figure that its own page tells; elsewhere it is as it was printed."""


class Link(NamedTuple):
    """Words that may lead to a page.  page: in which language the page is.  kind: said after them, where
    several things are called the same."""

    text: str
    page: str
    href: str = ""
    kind: str = ""

    @property
    def lang(self) -> str:
        """The language of the words, where it is not that of the page."""
        spoken = tongue(self.text)
        return "" if spoken == self.page else spoken

    def __html__(self) -> str:
        lang = f' lang="{self.lang}"' if self.lang else ""
        kind = f'<span class="kind">{escape(self.kind)}</span>' if self.kind else ""
        if self.href:
            return f'<a href="{escape(self.href)}"{lang}>{escape(self.text)}</a>{kind}'
        return (f"<span{lang}>{escape(self.text)}</span>" if lang else str(escape(self.text))) + kind


class Basis(NamedTuple):
    """code: stated, inference, computed, derived or ontology."""

    code: str
    text: str

    def __html__(self) -> str:
        text = escape(self.text)
        return text if self.code == "stated" else f'<b class="{escape(self.code)}">{text}</b>'


class Grounds(NamedTuple):
    """What a statement rests on.  places: its passages, by section.  number: how many they are.

    premises: the statements that it follows from, down to those of a source, each with what it rests on.
    because: the rules by which it follows, in words.  way: to the page that shows how it follows."""

    basis: Basis
    reason: Link | None
    places: Markup
    number: int
    premises: Sequence[tuple[Link, Link, Link, Grounds]] = ()
    because: Sequence[str] = ()
    way: str = ""


class Shown(NamedTuple):
    """One thing that is said.  details: of a statement, (property, value)."""

    link: Link
    grounds: Grounds | None
    details: Sequence[tuple[Link, Link]] = ()
    when: str = ""
    open: Link | None = None


class Cell(NamedTuple):
    """Of a table: what it shows.  style: number, long, or when for a date."""

    shown: Link | Basis | Markup
    style: str = ""


class ShownAnswer(NamedTuple):
    """An answer.  total: how many rows, in words.  columns: heading, and whether numbers stand below it.
    text: yes or no, where that is the answer.  same: heading and cell of the columns that are left out, for
    they say the same in every row."""

    title: str
    total: str
    columns: Sequence[tuple[str, bool]]
    rows: Sequence[Sequence[Cell]]
    text: str = ""
    same: Sequence[tuple[str, Cell]] = ()


@lru_cache(maxsize=50_000)
def _between(folder: str, path: str) -> str:
    """The link from a page in `folder` to `path`."""
    above, parts, same = folder.split("/") if folder else [], path.split("/"), 0
    while same < min(len(above), len(parts) - 1) and above[same] == parts[same]:
        same += 1
    return "../" * (len(above) - same) + "/".join(parts[same:])


class View:
    """Shows things of one graph in one language, on a page in a folder of this language's."""

    def __init__(self, site: Content, lang: Lang, name: str, root: str | None = None) -> None:
        """name: of the page, below the folder of the language.  root: the link to the root, where it does not
        follow from that."""
        self.site = site
        self.things, self.names, self.addresses = site.things, site.names, site.addresses
        self.lang: Lang = lang
        self._own = f"{name}.html"
        self._folder = quote(name).rpartition("/")[0]
        self._start = "" if root is None else f"{root}{lang}/"

    def url(self, path: str) -> str:
        """The link to `path` below the folder of the language."""
        return self._start + path if self._start else _between(self._folder, path)

    def texts(self, texts: Texts) -> Link | None:
        """The text in this language, else in any; None where there is none."""
        found = texts.get(self.lang) or next((text for text in texts.values() if text), "")
        return Link(found, self.lang) if found else None

    def thing(self, iri: str, *, full: bool = False) -> Link:
        """A thing with the way to its page; one that has none leads to its address on the web.

        full: say what it is, where other things are called the same."""
        node = NamedNode(iri)
        text = self.names.of(node, self.lang)
        kind = self.names.kind(node, self.lang) if full and self.names.shared(node, self.lang) else ""
        place = self.addresses.place(iri)
        if place is not None:
            return Link(text, self.lang, "" if place == self._own else self.url(place), kind)
        return Link(text, self.lang, iri if iri.startswith(("http://", "https://")) else "", kind)

    def term(self, term: Term | None) -> Link:
        """Any term."""
        text = plain(term, lang=self.lang, prefixes=self.site.prefixes)
        return self.thing(term.value) if isinstance(term, NamedNode) else Link(text, self.lang)

    # --- what a statement rests on ------------------------------------------------------------------------

    def places(
        self, evidence: Iterable[Evidence], *, sections: bool = True, told: Sequence[Evidence] = ()
    ) -> Markup:
        """The passages, those of one section before its heading, with their words where a text is there.

        told: passages whose headings stand on the page already."""
        lines, known = [], [one.section for one in told]
        for section, few in groupby(evidence, key=lambda one: one.section if sections else {}):
            shown = None if section in known else self.texts(section)
            heading = f" {shown.__html__()}" if shown else ""
            lines.append(f"{' '.join(map(self._place, few))}{heading}")
        return Markup("<br>".join(lines))

    def _place(self, one: Evidence) -> str:
        place = self.addresses.place(one.iri)
        text = f"{one.start}–{one.end}"
        words = f"<q>{escape(one.text)}</q>" if one.text else ""
        return (f'<a href="{escape(self.url(place))}">{text}</a>' if place else text) + words

    def basis(self, iri: str) -> Basis:
        """A code of the list of bases."""
        return Basis(iri.removeprefix(_BASIS), self.names.of(NamedNode(iri), self.lang))

    def grounds(
        self, entry: Entry, told: Sequence[Evidence] = (), *, elsewhere: bool = False, brief: bool = False
    ) -> Grounds | None:
        """What an entry rests on; None for what the ontology says.  told: passages that stand on the page
        already.  elsewhere: it stands on the page of another thing too, which shows how it follows and, where
        brief is wanted here, its passages."""
        place = self.addresses.place(entry.node.iri) if elsewhere and entry.node else None
        if entry.derived:
            [quad] = parse(f"{' '.join(entry.triple)} .", RdfFormat.N_TRIPLES)
            step = self.site.graph.explainer.explain(quad.triple)
            if step and place and self.site.shows(step.fact):
                way = f"{self.url(place)}#follows"
                return Grounds(self._derived, None, Markup(), len(step.passages()), way=way)
            return self._of_step(step) if step else None
        if not entry.evidence and entry.basis.iri == _BASIS + "stated":
            return None
        basis, number = self.basis(entry.basis.iri), len(entry.evidence)
        if brief and place:
            return Grounds(basis, None, Markup(), number, way=self.url(place))
        if told and entry.evidence == told and basis.code == "stated":
            return Grounds(basis, None, Markup(), number, way="#own")
        return Grounds(basis, self.texts(entry.reason), self.places(entry.evidence, told=told), number)

    def _of_step(self, step: Step) -> Grounds:
        """What the ontology alone says is in the words of the rule, and so is a step from one to one."""
        if step.rule is None:
            if step.support is None:
                return Grounds(Basis("ontology", _("ontology")[self.lang]), None, Markup(), 0)
            places = self.places(self.things.evidence(step.support.passages), sections=False)
            reason = self.texts(step.support.reasons)
            return Grounds(self.basis(step.support.basis.value), reason, places, len(step.support.passages))
        because, premises = [self._rule(step)], []
        told = [*filter(Step.passages, step.premises)]
        while len(told) == 1 and told[0].rule is not None:  # it would say the same again
            because.append(self._rule(told[0]))
            told = [*filter(Step.passages, told[0].premises)]
        for one in told:
            elsewhere = self._elsewhere(one, step)
            while elsewhere is None and one.rule is not None:
                below = [*filter(Step.passages, one.premises)]
                if len(below) != 1:
                    break
                because.append(self._rule(one))  # one from one: the statement below stands for it
                one, elsewhere = below[0], self._elsewhere(below[0], step)
            premises.append((*map(self.term, one.fact), elsewhere or self._of_step(one)))
        return Grounds(self._derived, None, Markup(), len(step.passages()), premises, because)  # type: ignore[arg-type]

    def _elsewhere(self, step: Step, below: Step) -> Grounds | None:
        """Of what follows for another thing: the way to its page, which shows how."""
        subject = step.fact[0]
        if step.rule is None or subject == below.fact[0] or not isinstance(subject, NamedNode):
            return None
        place = self.addresses.place(subject.value)
        if place is None or not self.site.shows(step.fact):
            return None
        return Grounds(self._derived, None, Markup(), len(step.passages()), way=f"{self.url(place)}#follows")

    @property
    def _derived(self) -> Basis:
        return Basis("derived", _("derived")[self.lang])

    def _rule(self, step: Step) -> str:
        assert step.rule is not None
        return self.site.wording.reason(step.rule, step.bindings, self.lang)

    def meaning(self, group: Group) -> Link:
        """What a group of statements says of the thing."""
        link = self.thing(group.meaning.iri)
        if not group.meaning.iri.startswith(BASE):  # its page is on another site
            link = link._replace(href="")
        if group.direction != "in":
            return link
        return link._replace(text=_("is “{property}” of", property=link.text)[self.lang])

    def entry(self, entry: Entry, of: Thing | None, direction: str, *, rest: bool = False) -> Shown:
        """One thing that is said.  of: the thing that the page is of.  direction: of the group.

        A code is in too many statements to tell each there, and so is what stands on a page of the rest."""
        value, node, details = _MOMENT.sub(r"\1 \2", entry.value[self.lang]), entry.node, list(entry.details)
        brief = rest or (of is not None and of.name.iri.startswith(CODE))
        link = self.thing(node.iri, full=True) if node else Link(value, self.lang)
        if node is None and entry.triple[2].startswith("_:"):
            link = Link(self.site.wording.name(BlankNode(entry.triple[2][2:]), self.lang), self.lang)
        elif node and details and node.iri in self.site.notes:
            link = Link("", self.lang)  # a statement without a name: its details say it all
        elif brief:
            details = []
        left = _EXACTLY if any(one.meaning.iri == PARK + "printedForm" for one in details) else ()
        shown = [
            (
                self.thing(one.meaning.iri),
                self.thing(one.node.iri) if one.node else Link(one.value[self.lang], self.lang),
            )
            for one in details
            if one.meaning.iri not in left
        ]
        when = _MOMENT.sub(r"\1 \2", entry.when[self.lang]) if entry.when else ""
        if when in (value, *(told.text for __, told in shown)):
            when = ""
        told = of.evidence if of else ()
        grounds = self.grounds(entry, told, elsewhere=direction != "out", brief=brief)
        if brief and link.text and grounds and grounds.way and grounds.basis.code in ("stated", "derived"):
            grounds = None  # the link leads to the same
        return Shown(link, grounds, shown, when, self.texts(entry.open_question or {}))

    # --- answers ------------------------------------------------------------------------------------------

    def answer(self, answer: Answer, *, short: bool = False) -> ShownAnswer:
        """The rows of an answer, evidence as a number that opens.

        short: what a column says in every row is told once, and nothing of one that says nothing."""
        if answer.kind == "boolean":
            return ShownAnswer(answer.title, "", (), (), yes_no(bool(answer), self.lang))
        shown = [parts for parts in shown_columns(answer.columns) if parts[0] not in answer.hidden]
        rows = [[self._cell(row, *parts) for parts in shown] for row in answer.terms]
        columns = [
            (answer.headings.get(column, column), any(row[at].style == "number" for row in rows))
            for at, (column, __, __) in enumerate(shown)
        ]
        first = rows[0] if short and len(rows) > 1 else ()
        same = [at for at, cell in enumerate(first) if all(row[at] == cell for row in rows)]
        kept = [at for at in range(len(columns)) if at not in same]
        return ShownAnswer(
            answer.title,
            _("{n} rows", n=len(rows))[self.lang],
            [columns[at] for at in kept],
            [[row[at] for at in kept] for row in rows],
            same=[(columns[at][0], first[at]) for at in same if str(escape(first[at].shown))],
        )

    def _cell(self, row: Sequence[Term | None], column: str, text_at: int, iri_at: int) -> Cell:
        term, iri = row[text_at], row[iri_at]
        if isinstance(term, Literal) and passages(term.value):
            cited = self.things.evidence(map(NamedNode, term.value.split()))
            places = self.places(cited, sections=False)
            return Cell(Markup(f"<details><summary>{len(cited)}</summary><div>{places}</div></details>"))
        if isinstance(iri, NamedNode):
            if iri.value.startswith(_BASIS):
                return Cell(self.basis(iri.value))
            link = self.thing(iri.value)
            if iri.value.startswith((CODE, PARK)):
                link = link._replace(href="")  # what a row is about leads on, its kind and status do not
            link = link._replace(text=term.value) if isinstance(term, Literal) else link
            return Cell(link, "long" if width(link.text) > _LONG else "")
        link = self.term(term if term is not None else iri)
        if isinstance(term, Literal) and term.datatype.value in DATES:
            return Cell(link._replace(text=term.value.partition("T")[0]), "when")
        return Cell(link, "number" if is_number(term) else "long" if width(link.text) > _LONG else "")
