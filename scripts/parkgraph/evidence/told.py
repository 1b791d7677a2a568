"""What the graph took from a place of a text, for a person to compare with the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal

from parkgraph.errors import Usage
from parkgraph.evidence.checks import Name
from parkgraph.evidence.clauses import clauses
from parkgraph.evidence.facts import BASIS, EVIDENCE, LABELS, REASON, TYPE, Fact, Facts
from parkgraph.evidence.passages import used_passages
from parkgraph.evidence.sources import Source
from parkgraph.evidence.text import SourceText, Span, parse_offsets
from parkgraph.messages import _
from parkgraph.names import OWL


@dataclass(frozen=True, slots=True)
class Line:
    """A property and its values, in words."""

    property: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One node that cites the place.

    node: its short name.  kind, label, basis: in words; an annotated triple has no kind, and itself as label.
    passages: those that meet the place.
    reasons: why it is inferred, or why the passage was left out.
    """

    node: str
    kind: str
    label: str
    basis: str
    passages: tuple[Span, ...]
    lines: tuple[Line, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a text and everything the graph took from it."""

    source: Source
    span: Span
    text: str
    told: tuple[Told, ...]


def places(text: SourceText, asked: str) -> list[Span]:
    """The clauses at an offset, at START-END or at every place of a phrase.  Raises Usage when none is."""
    known = clauses(text.text)
    span = Span(int(asked), int(asked) + 1) if asked.isdecimal() else parse_offsets(asked)
    wanted = [span] if span is not None else text.find(asked)
    found = [clause for clause in known if any(clause.meets(one) for one in wanted)]
    if not found:
        raise Usage(
            _("no clause at: {asked}", asked=asked),
            fix=_("give a phrase as printed, or an offset below {n}", n=len(text)),
        )
    return found


def tell(
    facts: Facts, source: Source, text: SourceText, spans: Iterable[Span], name: Name, lang: str
) -> list[Place]:
    """For each span, the nodes whose passages meet it: those with the narrowest passage first."""
    uses = used_passages(facts).get(source.iri, {})
    found = []
    for span in spans:
        citing: dict[str, list[Span]] = {}
        for passage in sorted((p for p in uses if p.meets(span)), key=lambda p: (len(p), p)):
            for fact in uses[passage]:
                if fact.predicate == EVIDENCE:
                    citing.setdefault(fact.subject, []).append(passage)
        told = tuple(_told(facts, node, passages, name, lang) for node, passages in citing.items())
        found.append(Place(source, span, text.part(span), told))
    return found


_IN_HEAD = {TYPE, EVIDENCE, BASIS, REASON, *LABELS}
_AXIOM = tuple(OWL + part for part in ("annotatedSource", "annotatedProperty", "annotatedTarget"))


def _told(facts: Facts, node: str, passages: list[Span], name: Name, lang: str) -> Told:
    def words(fact: Fact) -> str:
        if isinstance(fact.object, Literal):
            return fact.object.value
        return facts.label(fact.target or "", lang) or name(fact.target or "")

    axiom = [words(fact) for part in _AXIOM for fact in facts.about(node, part)]
    label = " — ".join(axiom) if len(axiom) == 3 else facts.label(node, lang) or ""
    lines: dict[str, list[str]] = {}
    for fact in facts.of(node):
        if (
            fact.predicate not in _IN_HEAD
            and fact.predicate not in _AXIOM
            and _in_language(facts, fact, lang)
        ):
            heading = facts.label(fact.predicate, lang) or name(fact.predicate)
            lines.setdefault(heading, []).append(words(fact))
    return Told(
        node=name(node),
        kind="" if len(axiom) == 3 else ", ".join(words(fact) for fact in facts.about(node, TYPE)),
        label=label,
        basis=", ".join(words(fact) for fact in facts.about(node, BASIS)),
        passages=tuple(passages),
        lines=tuple(Line(heading, tuple(values)) for heading, values in lines.items()),
        reasons=tuple(words(fact) for fact in facts.about(node, REASON) if _in_language(facts, fact, lang)),
    )


def _in_language(facts: Facts, fact: Fact, lang: str) -> bool:
    """Whether to show a text: when it is in this language, has none, or there is none in this language."""
    if not isinstance(fact.object, Literal) or not fact.object.language:
        return True
    return fact.object.language == lang or lang not in facts.texts(fact.subject, fact.predicate)
