"""Checks of ontology, shapes and questions, which are data too: checks are shapes (ontology/shapes/lint/)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parkgraph.finding import Finding
    from parkgraph.read.files import Root
    from parkgraph.validate.check import Engine, Report


def lint(root: Root, engine: Engine = "fast", *, time_limit: float | None = 60.0) -> Report:
    """What is wrong with the ontology, the shapes, the data across topics, and the saved questions.

    engine, time_limit: as `validate` takes them.  The report names files from the current folder; of a
    question, which is linted by its generated description, the file alone.
    Raises Unreadable, EngineFailure.
    """
    from parkgraph.lint.subject import linted
    from parkgraph.validate.check import check

    # tests/lint shows for every check that both engines find the same.
    report = check(linted(root), engine=engine, time_limit=time_limit, proven=True)
    report.findings = [_placed(found) for found in report.findings if found.rule not in _NO_MATTER]
    report.counts = Counter(found.severity for found in report.findings)
    return report


_NO_MATTER = ("shapes/empty-target", "shapes/no-shapes")
"""A check that finds nothing to look at is fine: nothing is deprecated as yet, for one."""


def _placed(found: Finding) -> Finding:
    # The lines of a question's description are not those of its file.
    if found.file and found.file.endswith(".rq"):
        return replace(found, line=1, column=1, end_line=None, end_column=None)
    return found
