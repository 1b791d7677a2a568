"""The facts behind one row of an answer: the triples that the question's patterns matched to give it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from parkgraph.ask.labels import NAMING
from parkgraph.ask.parameters import substitute
from parkgraph.ask.question import Question
from parkgraph.ask.reference import from_rdflib
from parkgraph.ask.rows import Answer
from parkgraph.ask.run import on_oxigraph
from parkgraph.errors import Usage
from parkgraph.graph.assemble import QUESTION_GRAPHS
from parkgraph.graph.sparql import is_keyword, tokens
from parkgraph.messages import _
from parkgraph.names import GRAPH_INFERRED, OWL, PARK, RDF
from parkgraph.show.cells import Term

_TYPE = NamedNode(RDF + "type")
_INFERRED = NamedNode(GRAPH_INFERRED)
# How a thing is called and what a fact rests on is told beside each fact; it is no fact of the row itself.
_TOLD = {
    *NAMING,
    *(NamedNode(PARK + name) for name in ("evidence", "basis", "reason", "ordinal")),
    *(NamedNode(OWL + name) for name in ("annotatedSource", "annotatedProperty", "annotatedTarget")),
}
_ENOUGH = 200  # solutions behind one row; an aggregate may have any number

Solution = Mapping[str, Term | None]


def facts_behind(question: Question, answer: Answer, row: int, store: Store) -> list[Triple]:
    """The triples behind a row of the `answer` to `question`, each once, always in the same order.

    row: from 0.  store: the assembled graph.  Labels and annotations are left out, and
    asserted types where there is anything else.  A property path gives the triples along a shortest way.
    Raises Usage: no such row, or no rows at all.
    """
    if answer.kind != "rows":
        raise Usage(_("{id} gives no rows to explain", id=question.id))
    if not 0 <= row < len(answer):
        raise Usage(_("there is no row {row}: the answer has {n}", row=row + 1, n=len(answer)))
    text = substitute(question, answer.parameters)
    patterns = _patterns_of(text)
    found: dict[Triple, None] = {}
    held = {
        name: term
        for name, term in zip(answer.columns, answer.terms[row], strict=True)
        if name in question.columns
    }
    asked = on_oxigraph(store, ungrouped(text, held, _ENOUGH))
    assert isinstance(asked, tuple)
    variables, rows = asked
    for terms in rows:
        solution = dict(zip(variables, terms, strict=True))
        for pattern in patterns:
            for triple in _instances(pattern, solution, store):
                found.setdefault(triple)
    # Asserted types are told where the row says nothing else: of what kind a thing is.
    kinds = [triple for triple in found if triple.predicate == _TYPE and triple.object in answer.terms[row]]
    return [triple for triple in found if _tells(triple, store)] or kinds


def ungrouped(text: str, row: Mapping[str, Term | None], limit: int) -> str:
    """The query with all its variables selected, nothing grouped, and those of `row` held to its values."""
    depth, start, end = 0, 0, 0
    select: int | None = None
    outside = []
    for token in tokens(text):
        if token.text == "{":
            start = start or token.end
            depth += 1
        elif token.text == "}":
            depth -= 1
            if depth == 0 and not end:
                end = token.start
        elif depth == 0:
            outside.append(token)
            if select is None and is_keyword(token, "SELECT"):
                select = token.start
    made = {variable.text[1:] for word, variable in pairwise(outside) if is_keyword(word, "AS")}
    held = [
        f"FILTER(sameTerm(?{name}, {term}))" if term is not None else f"FILTER(!BOUND(?{name}))"
        for name, term in row.items()
        if name not in made and name != "evidence" and not isinstance(term, BlankNode)
    ]
    return f"{text[:select]}SELECT * WHERE {{{text[start:end]}\n{' '.join(held)}\n}} LIMIT {limit}"


@lru_cache(maxsize=64)  # to read a query takes longer than all else, and an answer has many rows
def _patterns_of(text: str) -> tuple[tuple[Any, Any, Any], ...]:
    return tuple(_patterns(prepareQuery(text).algebra))


def _patterns(node: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Every triple pattern that must match; not what must be absent."""
    if isinstance(node, CompValue):
        if node.name == "BGP":
            yield from node.triples
        elif node.name == "Minus":
            yield from _patterns(node.p1)
        elif node.name != "Builtin_NOTEXISTS":
            for key, value in node.items():
                if key != "_vars":
                    yield from _patterns(value)
    elif isinstance(node, list):
        for value in node:
            yield from _patterns(value)


def _instances(pattern: tuple[Any, Any, Any], solution: Solution, store: Store) -> list[Triple]:
    subject, path, object_ = (
        solution.get(str(part)) if isinstance(part, Variable) else part for part in pattern
    )
    start, end = _ours(subject), _ours(object_)
    if start is None or path is None or end is None or isinstance(start, Literal):
        return []
    way = next((way for target, way in _ways(start, path, store) if target == end), None)
    return [] if way is None else list(way)


def _ours(term: Any) -> Any:
    return term if term is None or isinstance(term, NamedNode | Literal | BlankNode) else from_rdflib(term)


Way = tuple[Triple, ...]


def _ways(start: Any, path: Any, store: Store) -> Iterator[tuple[Any, Way]]:
    """(where `path` leads from `start`, the triples on the way), nearest first."""
    if isinstance(path, AlternativePath):
        for part in path.args:
            yield from _ways(start, part, store)
    elif isinstance(path, SequencePath):
        ways: list[tuple[Any, Way]] = [(start, ())]
        for part in path.args:
            steps = ((way, step) for middle, way in ways for step in _ways(middle, part, store))
            ways = [(target, (*way, *step)) for way, (target, step) in steps]
        yield from ways
    elif isinstance(path, MulPath):
        yield from _repeated(start, path, store)
    else:
        backwards = isinstance(path, InvPath)
        predicate = path.arg if backwards else path
        # A negated or an inverted longer path is not followed: nothing is told rather than something wrong.
        if isinstance(predicate, Path) or (isinstance(start, Literal) and not backwards):
            return
        ends = (None, start) if backwards else (start, None)
        for graph in QUESTION_GRAPHS:
            for quad in store.quads_for_pattern(ends[0], _ours(predicate), ends[1], graph):
                yield (quad.subject if backwards else quad.object), (quad.triple,)


def _repeated(start: Any, path: MulPath, store: Store) -> Iterator[tuple[Any, Way]]:
    if path.mod in ("*", "?"):
        yield start, ()
    reached: set[Any] = set()
    edge: list[tuple[Any, Way]] = [(start, ())]
    while edge:
        further = []
        for node, way in edge:
            for target, step in _ways(node, path.path, store):
                if target not in reached:
                    reached.add(target)
                    yield target, (*way, *step)
                    further.append((target, (*way, *step)))
        edge = [] if path.mod == "?" else further


def _tells(triple: Triple, store: Store) -> bool:
    if triple.predicate in _TOLD:
        return False
    if triple.predicate != _TYPE:
        return True
    inferred = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, _INFERRED)
    return next(inferred, None) is not None
