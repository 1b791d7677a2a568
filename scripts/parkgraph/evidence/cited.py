"""What the graph took from a place of a text, for a person to compare with the text (`audit --show`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode

from parkgraph.errors import Usage
from parkgraph.evidence.passages import used_passages
from parkgraph.evidence.sources import BASIS, EVIDENCE, REASON, Name, Source
from parkgraph.evidence.text import SourceText, Span, clauses, parse_offsets
from parkgraph.graph.documents import LABELS, TYPE, Graph
from parkgraph.messages import _
from parkgraph.names import OWL, SOURCE
from parkgraph.read.turtle import Fact, Term
from parkgraph.show.table import wrap


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
) -> list[dict[str, Any]]:
    """Each span with its text and the nodes whose passages meet it, those with the narrowest passage first.

    Keys: source, start, end, text, facts; of a fact node (its short name), kind, label, basis, passages,
    properties and reasons (why it is inferred, or why the passage was left out), in words of `lang`.  An
    annotated triple has no kind, and itself as label.
    """
    uses = used_passages(graph).get(source.iri, {})
    found = []
    for span in spans:
        citing: dict[Term, list[Span]] = {}
        for passage in sorted((p for p in uses if p.meets(span)), key=lambda p: (len(p), p)):
            for user in uses[passage]:
                if user.fact.predicate == EVIDENCE:
                    citing.setdefault(user.fact.subject, []).append(passage)
        facts = [_fact(graph, node, passages, name, lang) for node, passages in citing.items()]
        found.append({"source": source.iri, **span.data(), "text": text.part(span), "facts": facts})
    return found


_AXIOM = [NamedNode(OWL + part) for part in ("annotatedSource", "annotatedProperty", "annotatedTarget")]
_IN_HEAD = {TYPE, EVIDENCE, BASIS, REASON, *LABELS, *_AXIOM}


def _fact(graph: Graph, node: Term, passages: list[Span], name: Name, lang: str) -> dict[str, Any]:
    def called(term: Term) -> str:
        return term.value if isinstance(term, Literal) else graph.label(term, lang) or name(term)

    def words(*predicates: NamedNode) -> list[str]:
        facts = [one.fact for predicate in predicates for one in graph.of(node, predicate)]
        return [called(fact.object) for fact in facts if _in_language(graph, fact, lang)]

    axiom = words(*_AXIOM)
    annotated = len(axiom) == len(_AXIOM)
    others = [predicate for predicate in graph.predicates(node) if predicate not in _IN_HEAD]
    return {
        "node": name(node),
        "kind": "" if annotated else ", ".join(words(TYPE)),
        "label": " — ".join(axiom) if annotated else graph.label(node, lang) or "",
        "basis": ", ".join(words(BASIS)) or None,
        "passages": [passage.data() for passage in passages],
        "properties": {called(predicate): values for predicate in others if (values := words(predicate))},
        "reasons": words(REASON),
    }


def _in_language(graph: Graph, fact: Fact, lang: str) -> bool:
    """Whether to show a text: when it is in this language, has none, or there is none in this language."""
    if not isinstance(fact.object, Literal) or not fact.object.language:
        return True
    return fact.object.language == lang or lang not in graph.texts(fact.subject, fact.predicate)


_PASSAGE, _BASIS, _NOTHING = _("passage"), _("basis"), _("nothing")
_ANNOTATION, _BECAUSE = _("annotated triple"), _("because")


def place_lines(places: Iterable[dict[str, Any]], lang: str, columns: int) -> Iterator[str]:
    """Each place with its text, and under it the nodes that cite it, for a terminal."""
    for place in places:
        yield f"{place['source'].removeprefix(SOURCE)} {place['start']}-{place['end']}"
        yield from _hung(" ".join(place["text"].split()), 2, 2, columns)
        if not place["facts"]:
            yield f"    {_NOTHING[lang]}"
        for fact in place["facts"]:
            yield ""
            head = ": ".join(filter(None, (fact["kind"] or _ANNOTATION[lang], fact["label"])))
            yield from _hung(f"- {head}", 0, 2, columns)
            basis = f"{_BASIS[lang]} {fact['basis']}" if fact["basis"] else ""
            passages = ", ".join(f"{span['start']}-{span['end']}" for span in fact["passages"])
            about = (fact["node"], basis, f"{_PASSAGE[lang]} {passages}")
            yield from _hung(" · ".join(filter(None, about)), 2, 2, columns)
            told = [f"{heading}: {'; '.join(values)}" for heading, values in fact["properties"].items()]
            for line in (*told, *(f"{_BECAUSE[lang]}: {reason}" for reason in fact["reasons"])):
                yield from _hung(line, 4, 6, columns)
        yield ""


def _hung(text: str, margin: int, indent: int, columns: int) -> Iterator[str]:
    """Wrapped lines: the first `margin` to the right, those after it `indent`."""
    for number, line in enumerate(wrap(text, max(columns - indent, 20))):
        yield " " * (indent if number else margin) + line
