"""What engines do not do alike in a query is told, and nothing else."""

from __future__ import annotations

import pytest
from parkgraph.lint.subject import unportable


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ('SELECT ?x { OPTIONAL { ?x ?p ?l . FILTER(LANG(?l) = "zh") } } ORDER BY ?x', []),
        ("SELECT ?x { OPTIONAL { ?x ?p ?l . FILTER(lang(?l) = ?lang) } } ORDER BY ?x", ["LANG(?l) = ?lang"]),
        ("SELECT ?x { BIND(EXISTS { ?x ?p ?y } AS ?z) } ORDER BY ?x", ["BIND(EXISTS { … })"]),
        ("SELECT ?x { BIND(NOT EXISTS { ?x ?p ?y } AS ?z) } ORDER BY ?x", ["BIND(EXISTS { … })"]),
        ("SELECT ?x { ?x ?p ?y } GROUP BY ?x ORDER BY MIN(?y) ?x", ["ORDER BY MIN(…)"]),
        ("SELECT ?x { ?x ?p ?y } GROUP BY ?x ORDER BY (MIN(?y)) ?x", []),
        ("SELECT (SAMPLE(?y) AS ?z) { ?x ?p ?y } ORDER BY ?z", ["SAMPLE(…)"]),
        (
            f"SELECT ?a {{ {{ SELECT ?a {{}} GROUP BY {' '.join(f'?v{n}' for n in range(21))} }} ?b ?c ?d }}",
            ["GROUP BY ?v0 … ?v20 (21)"],
        ),
        (f"SELECT ?v0 {{ ?v0 ?p ?o }} GROUP BY {' '.join(f'?v{n}' for n in range(20))} ORDER BY ?v0", []),
    ],
)  # fmt: skip
def test_what_engines_do_not_do_alike_is_told(query: str, said: list[str]) -> None:
    assert list(unportable(query)) == said
