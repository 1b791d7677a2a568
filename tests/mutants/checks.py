"""Mutants of the checks of lint: a target dropped, or a small wrong change of the query."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import engines
from pyoxigraph import Literal, NamedNode, Quad
from sparql import mutations

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lint"))
import test_checks as lint


def checks() -> Iterator[tuple[str, bool]]:
    """(mutant, whether it was killed) for the checks: by the graphs on which each fires and is silent."""
    for case in lint.CASES:
        own = lint.alone(case.check)
        graphs = [(case.fires, case.expected), (case.silent, set()), *lint.variants(case)]

        def killed(
            less: Quad,
            more: Sequence[Quad] = (),
            case: lint.Case = case,
            own: list[Quad] = own,
            graphs: list = graphs,
        ) -> bool:
            lines = [f"{q.subject} {q.predicate} {q.object} .\n" for q in (*own, *more) if q != less]
            try:
                shapes = engines.compiled("".join(lines))
                return any(
                    lint.pairs(engines.fast(shapes, data), case.check) != expected
                    for data, expected in graphs
                )
            except ValueError:
                return True  # no engine takes it: nobody can miss it

        for quad in sorted(own, key=str):
            if quad.subject == NamedNode(lint.LINT + case.check) and "#target" in quad.predicate.value:
                yield f"{case.check}: without target {quad.object.value.rpartition('#')[2]}", killed(quad)
            if (
                quad.subject == NamedNode(lint.LINT + case.check + "-query")
                and "#select" in quad.predicate.value
            ):
                for what, text in mutations(quad.object.value):
                    changed = Quad(quad.subject, quad.predicate, Literal(text))
                    yield f"{case.check}: {what}", killed(quad, [changed])
