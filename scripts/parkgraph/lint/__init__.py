"""Checks of ontology, shapes and questions, which are data too: checks are shapes (ontology/shapes/lint/)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from parkgraph.finding import Finding

if TYPE_CHECKING:
    from parkgraph.read.files import Root
    from parkgraph.validate.check import Engine, Report


def lint(root: Root, engine: Engine = "fast") -> Report:
    """What is wrong with the ontology, the shapes, the data across topics, and the saved questions.

    engine: as `validate` takes it.  The report names files from the current folder; of a
    question, which is linted by its generated description, the file alone.
    Raises Unreadable.
    """
    from parkgraph.graph.documents import Graph
    from parkgraph.lint.subject import linted, placed
    from parkgraph.validate import shape_lint
    from parkgraph.validate.check import Options, check
    from parkgraph.validate.inputs import shown
    from parkgraph.validate.shapes import Shapes

    inputs = linted(root)
    report = check(inputs, Options(engine, allow_empty=True))
    judging = {shown(path) for path in root.paths("prefixes", "shapes")}
    shapes = Shapes(Graph([document for document in inputs.data if document.name in judging]))
    found = [placed(one, inputs, root) for one in report.findings if one.rule not in _NO_MATTER]
    told = {(one.file, one.line) for one in found}  # a check says more of it than a rule of syntax
    found += [one for one in shape_lint.check(shapes) if (one.file, one.line) not in told]
    report.findings = found
    report.findings.sort(key=Finding.sort_key)
    report.counts = Counter(found.severity for found in report.findings)
    return report


_NO_MATTER = ("shapes/empty-target", "shapes/no-shapes", "data/unused-shapes")
"""A check that finds nothing to look at is fine, and shapes are data here."""
