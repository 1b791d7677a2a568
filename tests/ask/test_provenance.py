"""The triples behind a row, whatever way the question's patterns go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from parkgraph.api import Graph
from parkgraph.ask.parameters import bind
from parkgraph.ask.provenance import facts_behind
from parkgraph.ask.question import Question
from parkgraph.ask.run import run

QUESTION = """#+ summary: {en: Which?, zh: 哪些？}
#+ description: {en: Which?, zh: 哪些？}
#+ columns: {x: {en: x, zh: 甲}, y: {en: y, zh: 乙}, n: {en: n, zh: 数}}

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
SELECT ?x ?y (COUNT(*) AS ?n) {
  VALUES ?x { project:base }
  PATTERN
}
GROUP BY ?x ?y
ORDER BY ?x ?y
"""


@pytest.mark.parametrize(
    ("pattern", "facts"),
    [
        ("?x park:serves ?y", ["base serves biomedicine"]),
        ("?y ^park:serves ?x", ["base serves biomedicine"]),
        ("?x park:within/park:serves ?y FILTER(?y = industry:it)",
         ["base within region", "region serves it"]),
        ("?x park:serves/^park:serves ?y FILTER(?y != ?x)",
         ["base serves biomedicine", "town serves biomedicine"]),
        ("?x (park:nothing|park:serves) ?y", ["base serves biomedicine"]),
        ("?x park:serves? ?y FILTER(?y = ?x)", []),
        ("?x park:within+ ?y FILTER(?y = project:region)", ["base within region"]),
        ("?x park:within*/park:amount ?y FILTER(?y < 0)", ["base within region", "region amount -5"]),
        ("?x (park:serves|^park:serves)+ ?y FILTER(?y = project:town)",
         ["base serves biomedicine", "town serves biomedicine"]),
        ("?x park:within ?z . ?z park:serves ?y MINUS { ?x park:serves ?y }",
         ["base within region", "region serves it"]),
        ("?x park:serves ?y FILTER NOT EXISTS { ?x park:amount ?a }", ["base serves biomedicine"]),
        ("{ SELECT ?y { ?q park:serves ?y } } ?x park:serves ?y", ["base serves biomedicine"]),
        ("{ ?x park:serves ?y } UNION { ?x park:amount ?y }", ["base serves biomedicine"]),
        ("?x park:serves ?y ; a park:Project , park:Undertaking",
         ["base type Undertaking", "base serves biomedicine"]),
        ("?x park:serves ?y # a comment", ["base serves biomedicine"]),
        ("?x park:serves ?y OPTIONAL { ?x park:amount ?y }", ["base serves biomedicine"]),
    ],
)  # fmt: skip
def test_facts(graph: Graph, load: Callable[..., Question], pattern: str, facts: list[str]) -> None:
    question = load(QUESTION.replace("PATTERN", pattern))
    bound = bind(question, {}, graph.store, lang="en", prefixes=graph.prefixes)
    answer = run(question, bound, graph.store, lang="en")
    found = facts_behind(question, answer, 0, graph.store)

    def said(term: object) -> str:
        return getattr(term, "value", "").replace("#", "/").rpartition("/")[2]

    assert [" ".join(map(said, (one.subject, one.predicate, one.object))) for one in found] == facts
