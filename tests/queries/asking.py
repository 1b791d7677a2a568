"""Graphs to ask the saved questions of, and their answers as lines of text that people can read and diff."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import rdflib
import yaml
from parkgraph.ask.catalogue import catalogue, find_question
from parkgraph.ask.parameters import substitute
from parkgraph.ask.question import Parameter, Question
from parkgraph.ask.reference import from_rdflib
from parkgraph.graph.documents import read_documents
from parkgraph.infer.closure import close
from parkgraph.names import XSD, expand, shorten
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from parkgraph.show.cells import Term, passages, short_passages
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryTriples, RdfFormat, Store, Triple, parse
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

HERE = Path(__file__).resolve().parent
ROOT = Root(HERE.parent.parent)
PREFIXES = prefixes(ROOT.path)
LANGUAGES = ("zh", "en")

Row = tuple[Term | None, ...]
Answer = tuple[list[str], list[Row]]
"""Variables and rows; for CONSTRUCT, TRIPLE and the triples."""

TRIPLE = ["subject", "predicate", "object"]


# --- Graphs -----------------------------------------------------------------


def ontology() -> list[Triple]:
    """Ontology and code lists."""
    return _read("ontology", "codes")


def data() -> list[Triple]:
    """What kg/ says, passages included."""
    return _read("data", "passages")


def shapes() -> list[Triple]:
    """The shapes of the data."""
    return _read("shapes")


def second() -> list[Triple]:
    """The invented second article and second park."""
    files = sorted((HERE / "second").glob("*.ttl"))
    return [quad.triple for file in files for quad in parse(path=str(file), format=RdfFormat.TURTLE)]


def closed(asserted: Iterable[Triple]) -> Store:
    """The asserted triples and all that follow from them, as one default graph."""
    triples = list(asserted)
    store = store_of(triples)
    store.extend(Quad(*triple) for triple in close(triples).inferred)
    return store


def store_of(triples: Iterable[Triple]) -> Store:
    """The triples as one default graph."""
    store = Store()
    store.extend(Quad(*triple) for triple in triples)
    return store


def twin(asserted: Iterable[Triple], update: str) -> Store:
    """A closed graph that differs from `asserted` by one SPARQL update, and by what follows from that."""
    changed = store_of(asserted)
    changed.update(update)
    return closed(quad.triple for quad in changed)


def to_rdflib(store: Store) -> rdflib.Graph:
    """The same graph in rdflib."""
    graph = rdflib.Graph(bind_namespaces="none")
    graph.parse(data=store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()), format="nt")
    return graph


@cache
def _read(*roles: str) -> list[Triple]:
    documents = read_documents(ROOT, *roles)  # type: ignore[arg-type]
    return [Triple(*fact) for document in documents for fact in document.triples]


# --- Questions ----------------------------------------------------------------


@cache
def questions() -> list[Question]:
    """All saved questions, by topic and id."""
    return catalogue(ROOT)


def question(name: str) -> Question:
    """One saved question; no other file is read."""
    return find_question(ROOT, name)


def sparql(question: Question, lang: str, parameters: Mapping[str, str] = {}) -> str:
    """The question's SPARQL in `lang`.  parameters: name → what stands in place of the default: a term
    (`place:x`), or several with spaces between where it takes several."""
    terms = {name: parameter.default for name, parameter in question.parameters.items()}
    if question.language:
        terms[question.language] = (Literal(lang),)
    for name, given in parameters.items():
        parameter = question.parameters[name]
        terms[name] = tuple(_term(text, parameter) for text in (given.split() if parameter.many else [given]))
    return substitute(question, terms)


def twin_sparql(question: Question) -> str:
    """The question's SPARQL as it is asked of its twin: in Chinese, with the parameters that the twin gives
    (`# given park: place:a place:b`)."""
    update = twin_file(question).read_text(encoding="utf-8")
    return sparql(question, "zh", dict(re.findall(r"^# given (\w+): (.+)$", update, re.MULTILINE)))


def _term(text: str, parameter: Parameter) -> Term:
    iri = expand(text, PREFIXES)
    return NamedNode(iri) if iri else Literal(text, datatype=NamedNode(parameter.datatype or XSD + "string"))


@cache
def second_parameters() -> dict[str, dict[str, str]]:
    """Question → the parameters with which it is asked of the second park."""
    return yaml.safe_load((HERE / "second" / "parameters.yaml").read_text(encoding="utf-8"))


@cache
def exceptions() -> dict[str, dict[str, str]]:
    """Which exception → question → its reason."""
    return yaml.safe_load((HERE / "exceptions.yaml").read_text(encoding="utf-8"))


def ask(store: Store, text: str) -> Answer:
    """What Oxigraph answers."""
    found = store.query(text)
    if isinstance(found, QueryTriples):
        return TRIPLE, [tuple(triple) for triple in set(found)]
    return [variable.value for variable in found.variables], [tuple(row) for row in found]


# Reading a query takes rdflib longer than most answers do.
@cache
def prepared(text: str) -> Query:
    """The query as rdflib reads it."""
    return prepareQuery(text)


def ask_rdflib(graph: rdflib.Graph, text: str) -> Answer:
    """What rdflib answers."""
    found = graph.query(prepared(text))
    if found.type == "CONSTRUCT":
        return TRIPLE, [tuple(map(from_rdflib, triple)) for triple in found.graph or ()]
    variables = list(found.vars or [])
    rows = [tuple(from_rdflib(binding.get(variable)) for variable in variables) for binding in found.bindings]
    # Where nothing is found, rdflib gives one empty group for GROUP BY; SPARQL gives none.
    return list(map(str, variables)), [row for row in rows if any(row)]


_SELECT = re.compile(r"^SELECT\b(?: DISTINCT\b)?", re.MULTILINE)
_ORDER = re.compile(r"^ORDER BY (.*)$", re.MULTILINE)
_KEY = re.compile(r"(?:MIN|MAX|COUNT)\([^)]*\)|\?\w+")


def with_keys(text: str) -> tuple[str, int]:
    """The query with everything it orders by selected first, and how many columns that makes."""
    keys = _KEY.findall(_ORDER.findall(text)[-1])
    columns = " ".join(f"({key} AS ?key{number})" for number, key in enumerate(keys))
    return _SELECT.sub(lambda select: f"{select[0]} {columns}", text, count=1), len(keys)


# --- Answers as text ------------------------------------------------------------


def lines(answer: Answer) -> list[str]:
    """A line of variables, then a line a row: terms as in Turtle, values in one form whatever the engine,
    passages as `source START-END`; triples, which have no order, sorted."""
    variables, rows = answer
    texts = ["\t".join(map(_text, row)) for row in rows]
    return ["\t".join(f"?{name}" for name in variables), *(sorted(texts) if variables == TRIPLE else texts)]


def _text(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        found = passages(term.value)
        return short_passages(found) if found else shorten(term.value, PREFIXES)
    assert isinstance(term, Literal), f"no question gives {term}"
    # The order and the language tag of what GROUP_CONCAT joins differ from engine to engine.
    found = sorted(set(passages(term.value)))
    if found:
        return short_passages(found)
    if term.language:
        return f"{_quoted(term.value)}@{term.language.lower()}"
    datatype = term.datatype.value.removeprefix(XSD)
    if datatype == "string":
        # Of an empty group, GROUP_CONCAT is "" in rdflib and unbound in Oxigraph.
        return _quoted(term.value) if term.value else ""
    if datatype in ("decimal", "integer"):
        return f"{Decimal(term.value).normalize():f}"
    if datatype == "boolean":
        return {"1": "true", "0": "false"}.get(term.value, term.value)
    if datatype == "hexBinary":  # rdflib writes it small
        return f"{_quoted(term.value.upper())}^^xsd:hexBinary"
    return f"{_quoted(term.value)}^^{shorten(term.datatype.value, PREFIXES)}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def answer_of_twin(name: str) -> list[str]:
    """What the question `name` answers (in Chinese) once the update of its twin is made."""
    asked = question(name)
    changed = twin(ontology() + data(), twin_file(asked).read_text(encoding="utf-8"))
    return lines(ask(changed, twin_sparql(asked)))


def expected_file(question: Question, lang: str) -> Path:
    """Where the expected answer of a question stands."""
    return HERE / "expected" / question.topic / f"{question.id}.{lang}.tsv"


def second_file(question: Question) -> Path:
    """Where the expected answer about the second park stands (in English)."""
    return HERE / "second" / "expected" / question.topic / f"{question.id}.tsv"


def twin_file(question: Question) -> Path:
    """Where the change that must change the answer stands."""
    return HERE / "twins" / question.topic / f"{question.id}.ru"


def twin_answer_file(question: Question) -> Path:
    """Where the expected answer after that change stands (in Chinese)."""
    return twin_file(question).with_suffix(".tsv")


def read_lines(file: Path) -> list[str]:
    """The lines of an expected answer; none where the file is missing."""
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
