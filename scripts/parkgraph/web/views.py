"""Terms, statements and answers as a page of one language shows them: words, links, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup, escape
from pyoxigraph import Literal, NamedNode

from parkgraph.api import Graph, Lang
from parkgraph.ask.rows import Answer
from parkgraph.infer.why import Step
from parkgraph.messages import Message, _
from parkgraph.names import CODE
from parkgraph.search.show import Entry, Group
from parkgraph.search.things import Evidence, Texts, Things
from parkgraph.show.cells import Term, is_number, passages, plain, yes_no
from parkgraph.show.results import shown_columns
from parkgraph.web.addresses import Addresses
from parkgraph.web.names import Names, tongue

_BASIS = CODE + "basis/"
_LONG = 24  # characters from which on a cell of a table needs room


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
        return f'<b class="{escape(self.code)}">{escape(self.text)}</b>'


class Grounds(NamedTuple):
    """What a statement rests on.  places: its passages, by section.  number: how many they are."""

    basis: Basis
    reason: Link | None
    places: Markup
    number: int
    premises: Sequence[tuple[Link, Link, Link, Grounds]] = ()
    rule: str = ""


class Shown(NamedTuple):
    """One thing that is said.  details: of a statement, (property, value)."""

    link: Link
    grounds: Grounds | None
    details: Sequence[tuple[Link, Link]] = ()
    when: str = ""
    open: Link | None = None


@dataclass(frozen=True)
class ShownGroup:
    """What is said with one meaning.  more: how many are left out here."""

    meaning: Link
    entries: list[Shown]
    total: int
    more: int


class Column(NamedTuple):
    """Of a table: its heading."""

    text: str
    numeric: bool


class Cell(NamedTuple):
    """Of a table: what it shows."""

    shown: Link | Basis | Markup
    numeric: bool = False
    long: bool = False


@dataclass(frozen=True)
class ShownAnswer:
    """An answer.  count: how many rows, in words.  text: yes or no, where that is the answer."""

    title: str
    count: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    text: str = ""


def rows_of(n: int) -> Message:
    """How many rows there are."""
    return _("{n} row", n=n) if n == 1 else _("{n} rows", n=n)


class View:
    """Shows things of one graph in one language, on a page in a folder of this language's."""

    def __init__(
        self, graph: Graph, things: Things, names: Names, addresses: Addresses, lang: Lang, up: str
    ) -> None:
        """up: from the page to the folder of the language, as `../../`."""
        self.graph = graph
        self.things = things
        self.names = names
        self.addresses = addresses
        self.lang: Lang = lang
        self.up = up

    def url(self, path: str) -> str:
        """The link to `path` below the folder of the language."""
        return self.up + path

    def words(self, text: str) -> Link:
        """A text, marked with its language."""
        return Link(text, self.lang)

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
            return Link(text, self.lang, self.url(place), kind)
        return Link(text, self.lang, iri if iri.startswith(("http://", "https://")) else "", kind)

    def term(self, term: Term | None) -> Link:
        """Any term."""
        if isinstance(term, NamedNode):
            return self.thing(term.value)
        return Link(plain(term, lang=self.lang, prefixes=self.graph.prefixes), self.lang)

    # --- what a statement rests on ------------------------------------------------------------------------

    def places(self, evidence: Iterable[Evidence], *, sections: bool = True) -> Markup:
        """The passages, those of one section after its heading, with their words where a text is there."""
        lines = []
        for section, few in groupby(evidence, key=lambda one: self.texts(one.section) if sections else None):
            heading = f" {section.__html__()}" if section else ""
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

    def grounds(self, entry: Entry, told: tuple[Evidence, ...] = ()) -> Grounds | None:
        """What an entry rests on; None for what the ontology says.  told: passages whose sections are on the
        page already."""
        if entry.derived:
            step = (
                self.graph.why(*entry.triple) if all(term.startswith("<") for term in entry.triple) else None
            )
            return self._of_step(step) if step else None
        if not entry.evidence and entry.basis.iri == _BASIS + "stated":
            return None
        places = self.places(entry.evidence, sections=entry.evidence != told)
        return Grounds(self.basis(entry.basis.iri), self.texts(entry.reason), places, len(entry.evidence))

    def own_grounds(self, basis: str, reason: Texts, evidence: Sequence[Evidence]) -> Grounds:
        """What a thing itself rests on."""
        return Grounds(self.basis(basis), self.texts(reason), self.places(evidence), len(evidence))

    def _of_step(self, step: Step) -> Grounds:
        if step.rule is not None:
            premises = [
                (*(self.term(term) for term in premise.fact), self._of_step(premise))
                for premise in step.premises
            ]
            derived = Basis("derived", _("derived")[self.lang])
            return Grounds(derived, None, Markup(), len(step.passages()), premises, step.rule)  # type: ignore[arg-type]
        if step.support is None:
            return Grounds(Basis("ontology", _("ontology")[self.lang]), None, Markup(), 0)
        evidence = self.things.evidence(step.support.passages)
        return self.own_grounds(step.support.basis.value, step.support.reasons, evidence)

    def groups(
        self, groups: Iterable[Group], *, cap: int, told: tuple[Evidence, ...] = ()
    ) -> list[ShownGroup]:
        """What is said, those of one meaning up to `cap`.  told: as `grounds` says."""
        return [
            ShownGroup(
                self._meaning(group),
                [self.entry(one, told) for one in group.entries[:cap]],
                len(group.entries),
                max(0, len(group.entries) - cap),
            )
            for group in groups
        ]

    def _meaning(self, group: Group) -> Link:
        link = self.thing(group.meaning.iri)
        if group.direction != "in":
            return link
        return link._replace(text=_("is “{property}” of", property=link.text)[self.lang])

    def entry(self, entry: Entry, told: tuple[Evidence, ...] = ()) -> Shown:
        """One thing that is said.  told: as `grounds` says."""
        value = entry.value[self.lang]
        link = self.thing(entry.node.iri, full=True) if entry.node else Link(value, self.lang)
        if entry.details and entry.node and self.addresses.is_note(entry.node.iri):
            link = Link("", self.lang)  # a statement without a name: its details say it all
        details = [
            (
                self.thing(one.meaning.iri),
                self.thing(one.node.iri) if one.node else Link(one.value[self.lang], self.lang),
            )
            for one in entry.details
        ]
        when = entry.when[self.lang] if entry.when and entry.when[self.lang] != value else ""
        return Shown(link, self.grounds(entry, told), details, when, self.texts(entry.open_question or {}))

    # --- answers ------------------------------------------------------------------------------------------

    def answer(self, answer: Answer) -> ShownAnswer:
        """The rows of an answer, evidence as a number that opens."""
        if answer.kind == "boolean":
            return ShownAnswer(answer.title, "", (), (), yes_no(bool(answer), self.lang))
        shown = [parts for parts in shown_columns(answer.columns) if parts[0] not in answer.hidden]
        rows = [[self._cell(row, *parts) for parts in shown] for row in answer.terms]
        columns = [
            Column(answer.headings.get(column, column), any(row[at].numeric for row in rows))
            for at, (column, __, __) in enumerate(shown)
        ]
        count = rows_of(len(rows))[self.lang]
        return ShownAnswer(answer.title, count, columns, rows)

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
            return Cell(link._replace(text=term.value) if isinstance(term, Literal) else link)
        link = self.term(term if term is not None else iri)
        return Cell(link, is_number(term), len(link.text) > _LONG)
