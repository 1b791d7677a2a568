"""What the graph took from a place of a text, for a person to compare with the text (`audit --show`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from parkgraph.errors import Usage
from parkgraph.evidence.passages import used_passages
from parkgraph.evidence.sources import BASIS, EVIDENCE, REASON, Name, Source
from parkgraph.evidence.text import SourceText, Span, clauses, parse_offsets
from parkgraph.graph.documents import LABELS, TYPE, Graph
from parkgraph.messages import _
from parkgraph.names import OWL
from parkgraph.read.turtle import Fact, Term
from parkgraph.show.table import wrap


@dataclass(frozen=True, slots=True)
class CitedNode:
    """One node that cites the place.

    node: its short name.  kind, label, basis: in words; an annotated triple has no kind, and itself as label.
    passages: those that meet the place.  properties: its properties and their values, in words.
    reasons: why it is inferred, or why the passage was left out.
    """

    node: str
    kind: str
    label: str
    basis: str | None
    passages: tuple[Span, ...]
    properties: dict[str, list[str]]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A place of a text and everything the graph took from it."""

    source: Source
    span: Span
    text: str
    nodes: tuple[CitedNode, ...]


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


def cited(
    graph: Graph, source: Source, text: SourceText, spans: Iterable[Span], name: Name, lang: str
) -> list[CitedPlace]:
    """For each span, the nodes whose passages meet it: those with the narrowest passage first."""
    uses = used_passages(graph).get(source.iri, {})
    found = []
    for span in spans:
        citing: dict[Term, list[Span]] = {}
        for passage in sorted((p for p in uses if p.meets(span)), key=lambda p: (len(p), p)):
            for user in uses[passage]:
                if user.fact.predicate == EVIDENCE:
                    citing.setdefault(user.fact.subject, []).append(passage)
        nodes = tuple(_node(graph, node, passages, name, lang) for node, passages in citing.items())
        found.append(CitedPlace(source, span, text.part(span), nodes))
    return found


_AXIOM = [NamedNode(OWL + part) for part in ("annotatedSource", "annotatedProperty", "annotatedTarget")]
_IN_HEAD = {TYPE, EVIDENCE, BASIS, REASON, *LABELS, *_AXIOM}


def _node(graph: Graph, node: Term, passages: list[Span], name: Name, lang: str) -> CitedNode:
    def called(term: Term) -> str:
        return graph.label(term, lang) or name(term)

    def words(*predicates: NamedNode) -> list[str]:
        facts = [one.fact for predicate in predicates for one in graph.of(node, predicate)]
        return [_words(fact, called) for fact in facts if _in_language(graph, fact, lang)]

    axiom = words(*_AXIOM)
    annotated = len(axiom) == 3
    others = [predicate for predicate in graph.predicates(node) if predicate not in _IN_HEAD]
    return CitedNode(
        node=name(node),
        kind="" if annotated else ", ".join(words(TYPE)),
        label=" — ".join(axiom) if annotated else graph.label(node, lang) or "",
        basis=", ".join(words(BASIS)) or None,
        passages=tuple(passages),
        properties={called(predicate): values for predicate in others if (values := words(predicate))},
        reasons=tuple(words(REASON)),
    )


def _words(fact: Fact, called: Name) -> str:
    return fact.object.value if isinstance(fact.object, Literal) else called(fact.object)


def _in_language(graph: Graph, fact: Fact, lang: str) -> bool:
    """Whether to show a text: when it is in this language, has none, or there is none in this language."""
    if not isinstance(fact.object, Literal) or not fact.object.language:
        return True
    return fact.object.language == lang or lang not in graph.texts(fact.subject, fact.predicate)


# --- for a person and for programs ---------------------------------------------

_PASSAGE, _BASIS, _NOTHING = _("passage"), _("basis"), _("nothing")
_ANNOTATION, _BECAUSE = _("annotated triple"), _("because")


def place_lines(places: Iterable[CitedPlace], lang: str, columns: int) -> Iterator[str]:
    """Each place with its text, and under it the nodes that cite it."""
    for place in places:
        yield f"{place.source.slug} {place.span}"
        yield from (f"  {line}" for line in wrap(" ".join(place.text.split()), max(columns - 2, 20)))
        if not place.nodes:
            yield f"    {_NOTHING[lang]}"
        for node in place.nodes:
            yield ""
            head, *facts = _node_lines(node, lang)
            passages = f"{_PASSAGE[lang]} {', '.join(map(str, node.passages))}"
            about = (node.node, f"{_BASIS[lang]} {node.basis}" if node.basis else "", passages)
            yield from _hung(f"- {head}", 2, columns)
            yield from _hung("  " + " · ".join(filter(None, about)), 2, columns)
            for fact in facts:
                yield from _hung(f"    {fact}", 6, columns)
        yield ""


def place_markdown(places: Iterable[CitedPlace], lang: str) -> Iterator[str]:
    """Each place as a heading, its nodes as a nested list."""
    for place in places:
        yield f"## {place.source.slug} {place.span}\n"
        yield f"> {' '.join(place.text.split())}\n"
        for node in place.nodes:
            head, *facts = _node_lines(node, lang)
            basis = f" · {_BASIS[lang]} {node.basis}" if node.basis else ""
            yield f"- **{head}** (`{node.node}`{basis})"
            yield from (f"    - {' '.join(fact.split())}" for fact in facts)
        yield ""


def place_json(place: CitedPlace) -> dict[str, Any]:
    """A place as plain data."""
    facts = [asdict(node) for node in place.nodes]
    return {"source": place.source.iri, **asdict(place.span), "text": place.text, "facts": facts}


def _node_lines(node: CitedNode, lang: str) -> Iterator[str]:
    """What kind of thing it is and what it is called; then a line a property and a reason."""
    kind = node.kind or _ANNOTATION[lang]
    yield f"{kind}: {node.label}" if node.label else kind
    for heading, values in node.properties.items():
        yield f"{heading}: {'; '.join(values)}"
    for reason in node.reasons:
        yield f"{_BECAUSE[lang]}: {reason}"


def _hung(text: str, indent: int, columns: int) -> Iterator[str]:
    """Wrapped lines; those after the first are indented."""
    margin = len(text) - len(text.lstrip())
    first, *rest = wrap(text.lstrip(), max(columns - indent - margin, 20))
    yield " " * margin + first
    yield from (" " * indent + line for line in rest)
