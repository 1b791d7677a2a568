"""SPARQL inside shapes: constraints and components (sections 5 and 6 of the specification), and of SHACL
Advanced Features the targets (section 3) and functions (section 5).

A query is run once for all its focus nodes. What SHACL binds beforehand is put into every group of the query
that mentions it, from a named graph with a row for each node: the same as a run for each node with its
terms in the place of the variables (5.3.1), and blank nodes and literals are no exception.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import count
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store

from parkgraph.errors import Unreadable
from parkgraph.graph.documents import TYPE, Graph
from parkgraph.graph.sparql import Token, is_keyword, query_errors, tokens, unescaped
from parkgraph.messages import Message, Text, _
from parkgraph.names import OWL, SH
from parkgraph.read.turtle import Fact, Term
from parkgraph.validate import exact
from parkgraph.validate.paths import Path, made
from parkgraph.validate.shapes import Check, Constraint, CustomComponent, Found, Shapes, Values, sh, truth

_OURS = "urn:x-parkgraph:"
_PATH = re.compile(r"[$?]PATH\b")
_SHAPES_GRAPH = NamedNode(_OURS + "shapes")
_Make = Callable[["Query", Term, Mapping[str, Term]], Check]
Row = Mapping[str, Term]
"""Variable → term: what is bound before, or a solution."""


class QueryFailure(ValueError):
    """A query says that it failed (5.3.2), or gives more than it may.  node: of its constraint."""

    def __init__(self, node: Term, said: Text) -> None:
        super().__init__(said)
        self.node, self.said = node, said


class Query(NamedTuple):
    """A query of the shapes graph.  node: what carries it.  ask: its form."""

    node: Term
    text: str
    prefixes: Mapping[str, str]
    ask: bool


class Queries:
    """The queries of a shapes graph, over a data graph."""

    def __init__(self, data: Graph, shapes: Shapes) -> None:
        self.data, self.shapes = data, shapes
        self._numbers = count()

    @cached_property
    def _store(self) -> Store:
        store = Store()
        store.bulk_extend(Quad(*fact) for fact in self.data.facts)
        if any(
            "shapesGraph" in fact.object.value for fact in self.shapes.graph.facts if fact.predicate in _FORMS
        ):
            store.bulk_extend(Quad(*fact, _SHAPES_GRAPH) for fact in self.shapes.graph.facts)
        return store

    # --- what shapes ask ---------------------------------------------------

    def constraints(self, shape: Term) -> Iterator[Constraint]:
        """The constraints of a shape that are queries."""
        graph = self.shapes.graph
        for node in graph.objects(shape, sh("sparql")):  # 5.1
            if not self.shapes.deactivated(node):
                check = self._select(self._query(node), shape, {})
                yield Constraint(
                    f"{SH}SPARQLConstraintComponent", made(shape, sh("sparql"), node), check, node
                )
        for component in self.shapes.components:  # 6.2
            for arguments in self._arguments(component, shape):
                for query, make in self._validator(component, shape):
                    path = next(path for path, optional in component.parameters.items() if not optional)
                    rule = made(shape, path, arguments[local_name(path)])
                    yield Constraint(component.node.value, rule, make(query, shape, arguments), query.node)

    def _arguments(self, component: CustomComponent, shape: Term) -> Iterator[Row]:
        """The values of a component's parameters; one after the other where it takes one parameter."""
        graph = self.shapes.graph
        given = {path: graph.objects(shape, path) for path in component.parameters}
        if component.parameters and all(
            given[path] or optional for path, optional in component.parameters.items()
        ):
            first = next(path for path, optional in component.parameters.items() if not optional)
            for value in given[first]:
                rest = {local_name(path): values[0] for path, values in given.items() if values}
                yield {**rest, local_name(first): value}

    def _validator(self, component: CustomComponent, shape: Term) -> Iterator[tuple[Query, _Make]]:
        """The validator to use, where one is in SPARQL (6.2.3)."""
        graph = self.shapes.graph
        own = "propertyValidator" if graph.objects(shape, sh("path")) else "nodeValidator"
        for kind in (own, "validator"):
            for node in graph.objects(component.node, sh(kind)):
                if self._has_query(node):
                    query = self._query(node)
                    yield query, self._ask if query.ask else self._select
                    return

    def _query(self, node: Term) -> Query:
        graph = self.shapes.graph
        ask = graph.objects(node, sh("ask"))
        text = (ask or graph.objects(node, sh("select")))[0].value
        prefixes = self.shapes.prefixes | declared(graph, graph.objects(node, sh("prefixes")))
        return Query(node, text, prefixes, bool(ask))

    def _with_path(self, query: Query, shape: Term) -> Query:
        path = self.shapes.path(shape)
        return query if path is None else query._replace(text=_PATH.sub(lambda __: f"({path})", query.text))

    def _select(self, query: Query, shape: Term, arguments: Row) -> Check:
        """A check by solutions: each is a result (5.3.2)."""
        query = self._with_path(query, shape)
        node_shape = self.shapes.path(shape) is None
        fixed = {**arguments, "currentShape": shape, "shapesGraph": _SHAPES_GRAPH}

        def check(values: Values) -> Iterator[Found]:
            for row, solution in self._run(query, [{**fixed, "this": focus} for focus in values]):
                if truth([solution.get("failure")]):
                    raise QueryFailure(query.node, _("the query says that it failed"))
                value = solution.get("value", row["this"] if node_shape else None)
                said, path = solution.get("message"), solution.get("path")
                own = Path(iri=path.value) if isinstance(path, NamedNode) else None
                messages = (said,) if isinstance(said, Literal) else ()
                yield Found(row["this"], value, None, own, messages, tuple({**row, **solution}.items()))

        return check

    def _ask(self, query: Query, shape: Term, arguments: Row) -> Check:
        """A check by a question about each value node, which conforms if the answer is yes (6.3)."""
        query = self._with_path(query, shape)
        fixed = {**arguments, "currentShape": shape, "shapesGraph": _SHAPES_GRAPH}

        def check(values: Values) -> Iterator[Found]:
            rows = [
                {**fixed, "this": focus, "value": value} for focus, own in values.items() for value in own
            ]
            good = {(row["this"], row["value"]) for row, __ in self._run(query, rows)}
            for row in rows:
                if (row["this"], row["value"]) not in good:
                    yield Found(row["this"], row["value"], bindings=tuple(row.items()))

        return check

    # --- SHACL-AF ----------------------------------------------------------

    def target(self, node: Term) -> Collection[Term]:
        """The focus nodes of a SPARQL-based target (AF 3.1), or of one of a type with parameters (AF 3.2)."""
        graph = self.shapes.graph
        if graph.objects(node, sh("select")):
            return self._targeted(self._query(node), {})
        for type_ in graph.objects(node, TYPE):
            if graph.objects(type_, sh("select")):
                parameters = graph.objects(type_, sh("parameter"))
                paths = [path for one in parameters for path in graph.objects(one, sh("path"))]
                given = {
                    local_name(path): value
                    for path in paths if isinstance(path, NamedNode)
                    for value in graph.objects(node, path)[:1]
                }  # fmt: skip
                return self._targeted(self._query(type_), given)
        return ()

    def _targeted(self, query: Query, given: Row) -> Collection[Term]:
        return {node: None for __, found in self._run(query, [given]) if (node := found.get("this"))}

    @cached_property
    def functions(self) -> dict[NamedNode, Callable[..., Any]]:
        """The functions that the shapes graph declares (AF 5)."""
        nodes = self.shapes.graph.subjects(TYPE, sh("SPARQLFunction"))
        named = (node for node in nodes if isinstance(node, NamedNode) and self._has_query(node))
        return {node: self._function(node) for node in named}

    def _has_query(self, node: Term) -> bool:
        return any(self.shapes.graph.objects(node, form) for form in _FORMS)

    def _function(self, node: Term) -> Callable[..., Term | None]:
        query, names = self._query(node), parameters(self.shapes, node)

        def call(*arguments: Term) -> Term | None:
            given = dict(zip(names, arguments, strict=False))
            first = next((solution for __, solution in self._run(query, [given])), None)
            if query.ask:
                return Literal(first is not None)
            return next(iter(first.values()), None) if first else None

        return call

    # --- running -----------------------------------------------------------

    def _run(self, query: Query, rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
        """The solutions of a query with each row bound beforehand, each with its row."""
        rewritten = bound(query, {name for row in rows for name in row})
        by_terms: dict[tuple[Term | None, ...], list[Row]] = {}
        for row in rows:
            by_terms.setdefault(tuple(row.get(name) for name in rewritten.names), []).append(row)
        keys = list(by_terms)
        for some in [[key] for key in keys] if rewritten.sliced else [keys] if keys else []:
            known: dict[tuple[Term | None, ...], list[Row]] = {}
            given = rewritten.given
            solutions, kept = self._solutions(query, rewritten, some)
            for key in some:
                told = zip(rewritten.names, key, strict=True)
                own = tuple(kept.get(term, term) if term else None for name, term in told if name in given)
                known.setdefault(own, []).extend(by_terms[key])
            printed = {stored: term for term, stored in kept.items()}
            for solution in solutions:
                for row in known.get(tuple(solution.get(name) for name in given), ()):
                    yield row, {name: printed.get(term, term) for name, term in solution.items()}

    def _solutions(
        self, query: Query, rewritten: Rewritten, keys: Sequence[tuple[Term | None, ...]]
    ) -> tuple[list[dict[str, Term]], Mapping[Term, Term]]:
        """The solutions, and the literals in them that are not as they were written: printed → stored."""
        graph = NamedNode(f"{_OURS}rows{next(self._numbers)}")
        rows = [
            Fact(NamedNode(f"{_OURS}{number}"), NamedNode(_OURS + name), term)
            for number, key in enumerate(keys)
            for name, term in zip(rewritten.names, key, strict=True)
            if term is not None
        ]
        text = rewritten.text.replace(_ROWS, str(graph))
        met = self._forms.met(query.text, query.prefixes, {row.object for row in rows})
        if exact.matters(met, query.text):
            return self._rdflib.solutions(text, query.prefixes, rows, graph, self.functions), {}
        functions: dict[NamedNode, Callable[..., Any]]
        text, functions = exact.looking(hastened(text), met, self.functions)
        self._store.extend(Quad(*row, graph) for row in rows)
        try:
            found: Any = self._store.query(text, prefixes=dict(query.prefixes), custom_functions=functions)
            names = [variable.value for variable in found.variables]
            pairs = (zip(names, solution, strict=True) for solution in found)
            return [{name: term for name, term in one if term is not None} for one in pairs], met
        finally:
            self._store.remove_graph(graph)

    @cached_property
    def _forms(self) -> exact.Forms:
        return exact.Forms(self.data)

    @cached_property
    def _rdflib(self) -> exact.Rdflib:
        return exact.Rdflib(self.data.facts, self.shapes.graph.facts, _SHAPES_GRAPH)


# --- binding beforehand (5.3.1) --------------------------------------------

_FORMS = (sh("select"), sh("ask"))
_ROWS = f"<{_OURS}rows>"


class Rewritten(NamedTuple):
    """A query that takes its variables from rows.

    names: those it mentions.  given: those that its solutions give.  sliced: whether LIMIT or OFFSET makes
    the rows depend on each other, so that each needs a run of its own.
    """

    text: str
    names: tuple[str, ...]
    given: tuple[str, ...]
    sliced: bool


def bound(query: Query, names: Collection[str]) -> Rewritten:
    """The query with the variables `names` bound in every group that mentions one of them."""
    words = list(tokens(query.text))
    used = tuple(sorted({word.text[1:] for word in words if word.kind == "variable"} & set(names)))
    triples = " ; ".join(f"<{_OURS}{name}> ?{name}" for name in used)
    clause = f" GRAPH {_ROWS} {{ [] {triples} }} . " if used else ""
    opened: list[_Group] = []
    groups: list[_Group] = []
    head = False  # between SELECT or ASK and its {
    in_head = False
    for number, word in enumerate(words):
        mentioned = word.kind == "variable" and word.text[1:] in used
        if is_keyword(word, "SELECT", "ASK"):
            head, in_head = True, False
        elif word.text == "{":
            following = words[number + 1] if number + 1 < len(words) else word
            # What EXISTS asks about is bound by the solution around it, and asked faster so.
            bound_already = number > 0 and is_keyword(words[number - 1], "EXISTS")
            wraps = is_keyword(following, "SELECT") or bound_already
            group = _Group(word.end, in_head or not opened, wraps)
            head, in_head = False, False
            opened.append(group)
            groups.append(group)
        elif word.text == "}" and opened:
            opened.pop()
        elif mentioned and head:
            in_head = True
        elif mentioned and opened:
            opened[-1].mentions = True
    text, at = [], 0
    for group in groups:
        if group.mentions and not group.wraps:
            text += [query.text[at : group.start], clause]
            at = group.start
    whole = "".join(text) + query.text[at:]
    given = used
    if query.ask:
        ask = next(word for word in words if is_keyword(word, "ASK"))
        wanted = " ".join(f"?{name}" for name in used) or "(1 AS ?yes)"
        whole = f"{whole[: ask.start]}SELECT DISTINCT {wanted} {whole[ask.end :]}"
    else:
        chosen = projection(words)
        given = tuple(name for name in used if name in chosen or "*" in chosen)
    return Rewritten(whole, used, given, any(is_keyword(word, "LIMIT", "OFFSET") for word in words))


def hastened(text: str) -> str:
    """The query with the triples inside EXISTS looked up one from another, beginning with what is bound.

    Oxigraph would go through all triples of each property, and work out the whole closure of
    `a/rdfs:subClassOf*`, and that for each solution.
    """
    words = list(tokens(text))
    if any(word.kind == "blank" for word in words):  # one may not stand in two groups
        return text
    parts, at, names = [], 0, (f"?urn_x_parkgraph_{number}" for number in count())
    inside: list[bool] = []
    for n, word in enumerate(words):
        if word.text == "{":
            inside.append(is_keyword(words[n - 1], "EXISTS") or any(inside))
        elif word.text == "}" and inside:
            inside.pop()
        elif any(inside) and word.start >= at and words[n - 1].text in ("{", ".", "}"):
            triples, end = _triples(text, words, n, names)
            if len(triples) > 1:
                known = {one.text[1:] for one in words[:n] if one.kind == "variable"}
                walk = [" ".join(triple) for triple in _walked(triples, known)]
                parts += [text[at : word.start], " LATERAL { ".join(walk), " }" * (len(walk) - 1) + " "]
                at = words[end].start
    return "".join(parts) + text[at:]


_TERMS = ("iri", "name", "variable", "text", "number")
_Pattern = tuple[str, str, str]


def _triples(
    text: str, words: Sequence[Token], start: int, names: Iterator[str]
) -> tuple[list[_Pattern], int]:
    """The triples from the word `start` on, each step of a path by itself, and the number of the word behind.

    names: of new variables.  None are given of a statement with a bracket, a blank node or a typed text.
    """
    found: list[_Pattern] = []
    at = start
    while words[at].kind in _TERMS:
        statement: list[_Pattern] = []
        subject, mark = words[at].text, ";"
        while mark in (";", ","):
            if mark == ";":
                steps, at = _path(text, words, at + 1)
            else:
                at += 1
            if not steps or words[at].kind not in _TERMS:
                return found, start
            between = [next(names) for __ in steps[1:]]
            statement += zip([subject, *between], steps, [*between, words[at].text], strict=True)
            at += 1
            mark = words[at].text
        if mark not in (".", "}", "{") and words[at].kind != "word":
            break
        at += mark == "."
        found += statement
        start = at
    return found, start


def _path(text: str, words: Sequence[Token], start: int) -> tuple[list[str], int]:
    """The steps of a path, one alone where it is more than a sequence, and the number of the word behind."""
    at, depth, steps = start, 0, [start]
    while at == start or depth or words[at].text in tuple("/|^*+?)") or words[at - 1].text in tuple("/|^!("):
        if not (words[at].kind in ("iri", "name", "variable") or words[at].text in ("a", *"/|^*+?!()")):
            return [], at
        depth += (words[at].text == "(") - (words[at].text == ")")
        if words[at].text == "/":
            steps.append(at + 1)
        at += 1
    simple = not {word.text for word in words[start:at]} & set("|^!(")
    ends = [one - 1 for one in steps[1:]] + [at] if simple else [at]
    return [text[words[one].start : words[end - 1].end] for one, end in zip(steps, ends, strict=False)], at


def _walked(triples: Sequence[_Pattern], known: set[str]) -> Iterator[_Pattern]:
    """The triples, next always the one of which most is known; what the solution tells counts for most."""
    left = list(triples)
    while left:
        weights = [
            sum(2 if term[1:] in known else term[0] not in "?$" for term in (one, other))
            for one, __, other in left
        ]
        triple = left.pop(weights.index(max(weights)))
        known |= {term[1:] for term in triple if term[0] in "?$"}
        yield triple


@dataclass
class _Group:
    """A group of a query.  start: behind its {.  wraps: nothing is put into it."""

    start: int
    mentions: bool
    wraps: bool


def projection(words: Sequence[Token]) -> set[str]:
    """The variables that the first SELECT of `words` gives; * as it stands."""
    start = next((n for n, word in enumerate(words) if is_keyword(word, "SELECT")), len(words))
    chosen, depth = set(), 0
    for number in range(start + 1, len(words)):
        word = words[number]
        if depth == 0 and (word.text == "{" or is_keyword(word, "WHERE", "FROM")):
            break
        depth += (word.text == "(") - (word.text == ")")
        if word.text == "*" and depth == 0:
            chosen.add("*")
        elif word.kind == "variable" and (depth == 0 or is_keyword(words[number - 1], "AS")):
            chosen.add(word.text[1:])
    return chosen


# --- what a query may be (5.2.1, appendix A) --------------------------------


class BadQuery(ValueError):
    """A query cannot be used.  said: why.  line: of its text, 1-based, where known."""

    def __init__(self, said: Message, fix: Message | None = None, line: int | None = None) -> None:
        super().__init__(said)
        self.said, self.fix, self.line = said, fix, line


_NEVER = {"SERVICE": None, "FROM": None}
_REFUSED = _NEVER | {"MINUS": _("use FILTER NOT EXISTS { … }"), "VALUES": _("use FILTER (?x IN (…))")}
"""Where something is bound beforehand."""


def check(
    query: Query, bound_names: Collection[str], *, uses_path: bool, functions: Iterable[NamedNode] = ()
) -> None:
    """Raises BadQuery where the query is not SPARQL, or not what SHACL allows.

    bound_names: what is bound before.  functions: those declared beside SPARQL's own.
    """
    text = unescaped(query.text)
    words = list(tokens(text))

    def refuse(said: Message, word: Token | None = None, fix: Message | None = None) -> None:
        raise BadQuery(said, fix, text.count("\n", 0, word.start) + 1 if word else 1)

    for word in words:
        name = word.text.upper()
        if word.kind == "word" and name in (_REFUSED if bound_names else _NEVER):
            refuse(_("SHACL does not allow {word} here", word=name), word, _REFUSED[name])
    form = "ASK" if query.ask else "SELECT"
    first = next((word for word in words if is_keyword(word, "SELECT", "ASK", "CONSTRUCT", "DESCRIBE")), None)
    if first is None or first.text.upper() != form:
        said = _("sh:{kind} needs a query that starts with {form}", kind=form.lower(), form=form)
        refuse(said, first or next(iter(words), None))
    for number, word in enumerate(words):
        after = words[number + 1].text if words[number + 1 :] else ""
        if is_keyword(word, "AS") and after[1:] in bound_names:
            refuse(_("{variable} is bound already: AS cannot bind it again", variable=after), word)
        if is_keyword(word, "SELECT"):
            chosen = projection(words[number:])
            wanted = bound_names if word is not first else {"this"} & set(bound_names)
            missing = set() if "*" in chosen and word is first else set(wanted) - chosen
            if missing:
                names = [f"${name}" for name in sorted(missing)]
                refuse(_("this SELECT must give {names} too", names=names), word)
    _check_syntax(query._replace(text=_PATH.sub("<urn:x-path>", text) if uses_path else text), functions)


def _check_syntax(query: Query, functions: Iterable[NamedNode]) -> None:
    known: dict[NamedNode, Callable[..., Any]] = {one: lambda *arguments: None for one in functions}
    try:
        with query_errors(query.text):
            Store().query(query.text, prefixes=dict(query.prefixes), custom_functions=known)
    except Unreadable as error:
        said = _("not SPARQL: {error}", error=error.message)
        if error.line is not None:
            at = {"line": error.line, "column": error.column}
            said = _("{explained} (line {line}, column {column})", explained=error.message, **at)
        fix = error.fix if isinstance(error.fix, Message) else None
        if "Prefix not found" in str(error.__context__):
            fix = _("give the constraint sh:prefixes with a sh:declare of it")
        raise BadQuery(said, fix, error.line) from None


def declared(graph: Graph, nodes: Iterable[Term]) -> dict[str, str]:
    """The prefixes that the values of sh:prefixes declare, themselves or through owl:imports (5.2.1)."""
    found = {}
    open_, seen = list(nodes), set()
    while open_:
        node = open_.pop()
        if node in seen:
            continue
        seen.add(node)
        open_ += graph.objects(node, NamedNode(OWL + "imports"))
        for declaration in graph.objects(node, sh("declare")):
            prefix, namespace = (graph.objects(declaration, sh(name)) for name in ("prefix", "namespace"))
            if prefix and namespace and isinstance(prefix[0], Literal) and isinstance(namespace[0], Literal):
                found[prefix[0].value] = namespace[0].value
    return found


def local_name(path: NamedNode) -> str:
    """The name of a parameter: the end of its IRI (6.2.1)."""
    return re.split(r"[/#]", path.value)[-1]


def parameters(shapes: Shapes, node: Term) -> list[str]:
    """The names of a function's parameters, in their order (AF 5.2)."""
    graph = shapes.graph

    def order(parameter: Term) -> tuple[Decimal, str]:
        orders = graph.objects(parameter, sh("order"))
        return Decimal(orders[0].value if orders else 0), name(parameter)

    def name(parameter: Term) -> str:
        return local_name(graph.objects(parameter, sh("path"))[0])  # type: ignore[arg-type]

    return [name(parameter) for parameter in sorted(graph.objects(node, sh("parameter")), key=order)]
