"""Queries of shapes: where the engines part, the reference answers; elsewhere both say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from parkgraph.graph.documents import Graph
from parkgraph.read.turtle import Document
from parkgraph.validate.choice import doubts
from parkgraph.validate.results import Result
from parkgraph.validate.shapes import Shapes
from parkgraph.validate.wellformed import problems
from pyoxigraph import Literal

DATA = """
ex:a ex:n 1 , 2 , 5 ; ex:d 2.5 , 3.75 ; ex:t "text" , "other" ; ex:l "words"@en , "文字"@zh ;
  ex:o ex:x , _:b ;
  ex:day "2018-06-20"^^xsd:date , "2019-01-01"^^xsd:date ; ex:odd 3.0 , 01 , "3"^^xsd:int , 1e0 ;
  ex:year "2018"^^xsd:gYear ; ex:mixed 3 , "3" , true ; ex:moment "2018-06-20T10:00:00"^^xsd:dateTime .
ex:x ex:p ex:y . ex:y ex:p ex:a .
"""
FILTERS = {
    "ex:n": [
        "?value > 2",
        "?value + 1 = 2",
        "?value != 5",
        "?value IN (1, 2)",
        "STR(?value) = '1'",
        "DATATYPE(?value) = xsd:integer",
    ],
    "ex:d": ["?value * 2 < 6", "FLOOR(?value) = 2"],
    "ex:t": ["STRLEN(?value) = 4", "?value > 'p'", "CONTAINS(?value, 'e')", "REGEX(?value, '^T', 'i')"],
    "ex:l": ["LANG(?value) = 'en'", "LANGMATCHES(LANG(?value), 'zh')", "STRLEN(STR(?value)) = 2"],
    "ex:moment": ["YEAR(?value) = 2018", "?value > '2018-06-20T09:00:00'^^xsd:dateTime"],
    "ex:o": [
        "isIRI(?value)",
        "isBlank(?value)",
        "?value != ex:x",
        "EXISTS { ?value ex:p ?any }",
        "NOT EXISTS { ?value ex:p ?any }",
        "SAMETERM(?value, ex:x)",
    ],
    "ex:o/ex:p*": ["isIRI(?value)"],
    "(ex:p|^ex:p)+": ["true"],
    "ex:mixed": ["isLiteral(?value)"],
    "ex:odd": ["isLiteral(?value)"],
    "ex:year": ["BOUND(?value)"],
    "ex:day": ["STR(?value) > '2018-12-31'"],
}
WHOLE = [
    "SELECT $this ?value { $this ex:n ?value . OPTIONAL { $this ex:none ?x } FILTER (!BOUND(?x)) }",
    "SELECT $this ?value { { $this ex:n ?value } UNION { $this ex:t ?value } }",
    "SELECT $this { $this ex:n ?v } GROUP BY $this HAVING (SUM(?v) > 5)",
    "SELECT $this ?value { $this ex:d ?value ; ex:n ?n } "
    "GROUP BY $this ?value HAVING (COUNT(DISTINCT ?n) = 3)",
    "SELECT $this ?value { $this ex:n ?value ; ex:mixed ?other . FILTER (?value > 2) }",
    "SELECT DISTINCT $this { $this ?p ?o }",
    "SELECT $this ?value { $this ex:o ?value . { SELECT $this { $this ex:n ?n } } }",
]
PARTING = {
    "numbers and texts": ("ex:mixed", "?value > 2"),
    "years": ("ex:year", "?value > '2017'^^xsd:gYear"),
    "years differ": ("ex:year", "?value != '2017'^^xsd:gYear"),
    "how a number is written": ("ex:odd", "STR(?value) = '3'"),
    "the datatype of a derived type": ("ex:odd", "DATATYPE(?value) = xsd:integer"),
    "parts of a date": ("ex:day", "YEAR(?value) = 2018"),
    "order of dates": ("ex:day", "?value > '2018-12-31'^^xsd:date"),
    "one of several values": ("ex:mixed 3 , ", "?value > 2"),
    "a longer path": ("(ex:mixed|ex:n)", "?value > 2"),
    "order of texts with a language": ("ex:l", "?value > 'a'"),
    "casts": ("ex:t", "xsd:integer(?value) = 1"),
    "any property": ("?p", "?value > 2"),
}
MADE = [
    "SELECT $this (COUNT(?v) AS ?value) { $this ex:n ?v } GROUP BY $this",
    "SELECT $this ?value { $this ex:n ?v . BIND (?v * 2 AS ?value) }",
    "SELECT $this ?value { $this ex:n ?value . FILTER (?value < NOW()) }",
    "SELECT $this ?value { $this ex:n ?value } ORDER BY ?value LIMIT 1",
    "SELECT $this ?value ?message { $this ex:n ?value . BIND ('no' AS ?message) }",
]


Answers = Counter[tuple[object, ...]]
Both = Callable[..., tuple[bool, list[Answers]]]


@pytest.fixture
def both(document: Callable[..., Document], run_engine: Callable[..., list[Result]]) -> Both:
    """For a query: whether the reference must answer it, and what each engine says."""

    def run(query: str, *, engines: bool = True) -> tuple[bool, list[Answers]]:
        prefixes = (
            'ex:o sh:declare [ sh:prefix "ex" ; sh:namespace "http://e/" ] ,\n'
            '  [ sh:prefix "xsd" ; sh:namespace "http://www.w3.org/2001/XMLSchema#" ] .\n'
        )
        text = f"ex:S sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex:o ; sh:select {Literal(query)} ] ."
        shapes = Shapes(Graph([document(prefixes + text, "s.ttl")]))
        assert problems(shapes) == []
        data = Graph([document(DATA, "d.ttl")])
        found = [
            Counter(result[:6] for result in run_engine(engine, data, shapes))
            for engine in ("fast", "reference")
            if engines
        ]
        return bool(doubts(shapes, data)), found

    return run


def asking(path: str, condition: str) -> str:
    return f"SELECT $this ?value WHERE {{ $this {path} ?value . FILTER ({condition}) }}"


@pytest.mark.parametrize(
    ("path", "condition"), [(path, one) for path, several in FILTERS.items() for one in several]
)
def test_same_answers(path: str, condition: str, both: Both) -> None:
    left, (fast, reference) = both(
        f"SELECT $this ?value WHERE {{ $this {path} ?value . FILTER ({condition}) }}"
    )
    assert not left
    assert fast == reference
    assert fast


@pytest.mark.parametrize("query", WHOLE)
def test_same_answers_of_whole_queries(query: str, both: Both) -> None:
    left, (fast, reference) = both(query)
    assert not left
    assert fast == reference
    assert fast


@pytest.mark.parametrize("case", PARTING)
def test_left_to_the_reference(case: str, both: Both) -> None:
    path, condition = PARTING[case]
    left, _ = both(
        f"SELECT $this ?value WHERE {{ $this {path} ?value . FILTER ({condition}) }}", engines=False
    )
    assert left


@pytest.mark.parametrize("query", MADE)
def test_made_values_are_left_to_the_reference(query: str, both: Both) -> None:
    assert both(query, engines=False)[0]


def test_words_in_texts_and_comments_are_no_words(both: Both) -> None:
    condition = "isIRI(?value) || 'NOW() AS ?value' = ''"
    query = "SELECT $this ?value { # NOW() AS ?value\n $this ex:o ?value . FILTER (" + condition + ") }"
    assert not both(query, engines=False)[0]
