"""Everything the graph says about one thing, grouped by what it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from parkgraph.infer.closure import STATED, Explainer, Step
from parkgraph.messages import LANGS, Message, _, in_language
from parkgraph.names import GRAPH_INFERRED, OWL, PARK, XSD
from parkgraph.search.documents import MEMBERSHIP, Asked
from parkgraph.search.things import (
    DEFINITIONS,
    EVIDENCE,
    OPEN_QUESTION,
    STATEMENT,
    WHEN,
    Evidence,
    Name,
    Texts,
    Things,
    is_date,
    shown_names,
    shown_places,
)  # fmt: skip
from parkgraph.show.cells import Term, yes_no

_INFERRED = NamedNode(GRAPH_INFERRED)
_SOURCE = NamedNode(OWL + "annotatedSource")
_INVERSE = NamedNode(OWL + "inverseOf")
_SAME = NamedNode(PARK + "possiblySameAs")
_DATED = (STATEMENT, NamedNode(PARK + "Event"))
_DIRECTIONS = ("out", "statement", "in")
_ARROWS = {"out": "", "statement": "", "in": "← "}

SHOWN = 12
"""Entries of one group that people are shown; programs get all."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One property of a statement.  node: of the value, None for text or a number."""

    meaning: Name
    value: Texts
    node: Name | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is said.

    value: what it says.  node: the other thing, or the statement; None for text or a number.
    triple: the triple as terms, to ask `why` with.  details: of a statement, what it holds beside the thing.
    when: its period or date, "" in order where it has none.  derived: it follows from other facts.
    open_question: what the source leaves unsaid about it.
    """

    value: Texts
    node: Name | None
    triple: tuple[str, str, str]
    basis: Name
    reason: Texts
    evidence: tuple[Evidence, ...]
    details: tuple[Detail, ...] = ()
    when: Texts | None = None
    order: str = ""
    open_question: Texts | None = None
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one meaning.

    direction: out (the thing has them), in (they point to the thing) or statement (they are statements about
    it).  meaning: the property, or the class of the statements.
    """

    direction: str
    meaning: Name
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What the source does not say about `about`: the thing itself or a statement about it."""

    about: Name
    text: Texts
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Askable:
    """A saved question that takes the thing as its `parameter`.  command: the command that asks it."""

    id: str
    summary: Texts
    parameter: str
    command: str


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing whole.

    groups: what it has, then statements about it, then what points to it.  history: the entries that have a
    time, earliest first.  twins: things that may be the same, unsettled.  questions: that it can be put into.
    """

    name: Name
    aliases: tuple[str, ...]
    kinds: tuple[Name, ...]
    definition: Texts
    evidence: tuple[Evidence, ...]
    groups: tuple[Group, ...]
    history: tuple[Entry, ...]
    open_questions: tuple[OpenQuestion, ...]
    twins: tuple[Name, ...]
    questions: tuple[Askable, ...]


def show(
    node: NamedNode, things: Things, asked: Iterable[Asked] = (), explainer: Explainer | None = None
) -> Thing:
    """The thing `node` whole.  asked: the questions among which those that take it are looked for."""
    return _Shower(node, things, explainer or Explainer(things.store)).thing(asked)


class _Shower:
    def __init__(self, node: NamedNode, things: Things, explainer: Explainer) -> None:
        self.node, self.things, self.explainer = node, things, explainer

    def thing(self, asked: Iterable[Asked]) -> Thing:
        things, node = self.things, self.node
        groups = tuple(self._groups())
        entries = [entry for group in groups for entry in group.entries]
        dated = sorted({entry.triple: entry for entry in entries if entry.order}.values(), key=_by_time)
        return Thing(
            things.name(node),
            tuple(things.aliases(node)),
            tuple(map(things.name, things.kinds(node))),
            things.texts(node, *DEFINITIONS),
            things.evidence_of(node),
            groups,
            tuple(dated),
            tuple(self._open(entries)),
            tuple(map(things.name, sorted(set(self._both_ways(node, _SAME)), key=str))),
            tuple(self._askable(asked)),
        )

    # --- what is said --------------------------------------------------------

    def _groups(self) -> Iterator[Group]:
        quads = [*self.things.quads(self.node), *self.things.quads(None, None, self.node)]
        asserted = [quad for quad in quads if quad.graph_name != _INFERRED]
        said = [found for quad in asserted if (found := self._said(quad))]
        linked = {term for direction, __, quad in said for term in self._linked(direction, quad)}
        # What follows is shown where nothing asserted, either way round, says the same.
        follows = [quad for quad in quads if quad.graph_name == _INFERRED and self._other(quad) not in linked]
        said += [found for quad in follows if (found := self._said(quad))]
        by_meaning: dict[tuple[str, NamedNode], dict[tuple[str, str, str], Entry]] = {}
        for direction, meaning, quad in said:
            entry = self._entry(direction, quad)
            by_meaning.setdefault((direction, meaning), {}).setdefault(entry.triple, entry)
        for direction, meaning in sorted(
            by_meaning, key=lambda one: (_DIRECTIONS.index(one[0]), one[1].value)
        ):
            entries = by_meaning[direction, meaning].values()
            in_order = sorted(entries, key=lambda entry: (_by_time(entry), entry.value["zh"]))
            yield Group(direction, self.things.name(meaning), tuple(in_order))

    def _said(self, quad: Quad) -> tuple[str, NamedNode, Quad] | None:
        """(direction, meaning, quad), None for what is no fact but tells of one."""
        subject, predicate = quad.subject, quad.predicate
        told = predicate in self.things.annotations
        if subject == self.node:
            return None if told else ("out", predicate, quad)
        if not isinstance(subject, NamedNode):
            return None
        if self.things.is_a(subject, STATEMENT) and not told:
            return "statement", self.things.kinds(subject)[0], quad
        if predicate == EVIDENCE and not self.things.values(subject, _SOURCE):
            return "in", predicate, quad
        if told or self.things.values(subject, _SOURCE):
            return None
        inverse = next(iter(self._both_ways(predicate, _INVERSE)), None)
        return ("out", inverse, quad) if inverse else ("in", predicate, quad)

    def _both_ways(self, node: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """What is linked with a node by a property that says the same in both directions."""
        found = [*self.things.values(node, predicate),
                 *(quad.subject for quad in self.things.quads(None, predicate, node))]  # fmt: skip
        return [one for one in found if isinstance(one, NamedNode)]

    def _other(self, quad: Quad) -> Term:
        return quad.object if quad.subject == self.node else quad.subject

    def _linked(self, direction: str, quad: Quad) -> list[Term]:
        """What the quad links the thing with; a statement, what it holds too."""
        held = self.things.quads(quad.subject) if direction == "statement" else ()
        return [self._other(quad), *(each.object for each in held)]

    def _entry(self, direction: str, quad: Quad) -> Entry:
        things = self.things
        other = self._other(quad)
        step = self.explainer.explain(quad.triple)
        basis, reason = _ground(step)
        held = other if direction == "statement" else quad.subject
        order, when = self._time(other)
        details = tuple(self._details(other)) if direction == "statement" else ()
        return Entry(
            self._said_by(other, details),
            things.name(other) if isinstance(other, NamedNode) else None,
            (str(quad.subject), str(quad.predicate), str(quad.object)),
            things.name(basis),
            reason,
            things.evidence(step.passages() if step else ()),
            details,
            when,
            order,
            things.texts(held, OPEN_QUESTION) or None if direction == "statement" else None,
            quad.graph_name == _INFERRED,
        )

    def _details(self, statement: Term) -> Iterator[Detail]:
        for quad in sorted(self.things.quads(statement), key=lambda quad: quad.predicate.value):
            told = quad.graph_name == _INFERRED or quad.predicate in self.things.annotations
            if not told and quad.object != self.node:
                node = self.things.name(quad.object) if isinstance(quad.object, NamedNode) else None
                yield Detail(self.things.name(quad.predicate), self._value(quad.object), node)

    def _said_by(self, term: Term, details: tuple[Detail, ...]) -> Texts:
        """What the term is called; a statement without a name, what it holds."""
        value = self._value(term)
        held = [detail.value for detail in details if detail.node]
        if held and isinstance(term, NamedNode) and value["en"] == self.things.name(term).short:
            return {
                lang: ("、" if lang == "zh" else ", ").join(each[lang] for each in held) for lang in LANGS
            }
        return value

    def _value(self, term: Term) -> Texts:
        if isinstance(term, NamedNode):
            return self.things.name(term).label
        if isinstance(term, Literal) and term.datatype.value == XSD + "boolean":
            return {lang: yes_no(term.value in ("true", "1"), lang) for lang in ("zh", "en")}
        text = term.value if isinstance(term, Literal) else str(term)
        return {"zh": text, "en": text}

    def _time(self, node: Term) -> tuple[str, Texts | None]:
        """(what it is ordered by, its time in words): a date, of a statement or event its own dates, else
        those of its period or event."""
        if isinstance(node, Literal):
            own = [node.value] if is_date(node) else []
        else:
            own = self._dates(node) if any(self.things.is_a(node, kind) for kind in _DATED) else []
        if own:
            shown = "–".join(dict.fromkeys((own[0], own[-1])))
            return own[0], {"zh": shown, "en": shown}
        for predicate in WHEN if isinstance(node, NamedNode) else ():
            for value in self.things.values(node, predicate):
                dates = self._dates(value)
                if isinstance(value, NamedNode) and dates:
                    return dates[0], self.things.name(value).label
        return "", None

    def _dates(self, node: Term) -> list[str]:
        return sorted(quad.object.value for quad in self.things.quads(node) if is_date(quad.object))

    # --- what is not said, what may be the same, what may be asked -----------

    def _open(self, entries: Iterable[Entry]) -> Iterator[OpenQuestion]:
        things = self.things
        axioms = [quad.subject for quad in things.quads(None, _SOURCE, self.node)]
        for held in (self.node, *sorted(axioms, key=str)):
            text = things.texts(held, OPEN_QUESTION)
            if text:
                yield OpenQuestion(things.name(self.node), text, things.evidence_of(held))
        seen = set()
        for entry in entries:
            if entry.open_question and entry.node and entry.node.iri not in seen:
                seen.add(entry.node.iri)
                yield OpenQuestion(entry.node, entry.open_question, entry.evidence)

    def _askable(self, asked: Iterable[Asked]) -> Iterator[Askable]:
        short = self.things.name(self.node).short
        for question in asked:
            for parameter, kind, whole in question.parameters:
                whole_of = ((each, NamedNode(whole)) for each in MEMBERSHIP[kind])
                if any(next(self.things.quads(self.node, *one), None) for one in whole_of):
                    command = f"parkgraph ask {question.id} --{parameter} {short}"
                    yield Askable(question.id, question.summary, parameter, command)


def _ground(step: Step | None) -> tuple[NamedNode, Texts]:
    """The basis of a fact and the reason written for it: what is not stated outweighs what is."""
    if step is None:
        return STATED, {}
    unsure = [one.support for one in step.steps() if one.support and one.support.basis != STATED]
    return (unsure[0].basis, unsure[0].reasons) if unsure else (STATED, {})


def _by_time(entry: Entry) -> tuple[bool, str]:
    return not entry.order, entry.order


def thing_lines(thing: Thing, lang: str) -> Iterator[str]:
    """One thing for a person."""
    yield f"{thing.name.label[lang]}  ({thing.name.short}; {shown_names(thing.kinds, lang)})"
    if thing.aliases:
        yield "  " + _("also called: {names}", names=list(thing.aliases))[lang]
    if thing.definition:
        yield f"  {in_language(thing.definition, lang)}"
    if thing.evidence:
        yield shown_places(thing.evidence, lang)
    for group in thing.groups:
        yield from _group(group, lang)
    yield from _section(
        _("history"), [f"{_when(one, lang)}  {one.value[lang]}" for one in thing.history], lang
    )
    open_questions = [
        f"{in_language(one.text, lang)}  ({one.about.label[lang]})" for one in thing.open_questions
    ]
    yield from _section(_("open questions"), open_questions, lang)
    twins = [f"{one.label[lang]}  ({one.short})" for one in thing.twins]
    yield from _section(_("possibly the same"), twins, lang)
    yield from _section(_("questions to ask"), [one.command for one in thing.questions], lang)


def _group(group: Group, lang: str) -> Iterator[str]:
    yield f"\n{_ARROWS[group.direction]}{group.meaning.label[lang]}"
    for entry in group.entries[:SHOWN]:
        basis = entry.basis.label[lang]
        when = f"{_when(entry, lang)}  " if entry.when else ""
        yield f"  {when}{entry.value[lang]}  [{basis}]{shown_places(entry.evidence, lang)}"
        if entry.reason:
            yield "    " + _("reason: {reason}", reason=in_language(entry.reason, lang))[lang]
    if len(group.entries) > SHOWN:
        yield "  " + _("and {n} more", n=len(group.entries) - SHOWN)[lang]


def _section(heading: Message, lines: list[str], lang: str) -> Iterator[str]:
    if lines:
        yield f"\n{heading[lang]}"
        yield from (f"  {line}" for line in lines)


def _when(entry: Entry, lang: str) -> str:
    return in_language(entry.when, lang) if entry.when else ""
