"""Validation: SHACL over Turtle files, every finding with the place a person must change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parkgraph.finding import Finding
    from parkgraph.validate.check import Engine


def validate(
    data_files: Sequence[str | Path],
    shapes_files: Sequence[str | Path],
    ontology_files: Sequence[str | Path] = (),
    engine: Engine = "fast",
    *,
    time_limit: float | None = 60.0,
) -> list[Finding]:
    """What is wrong with the data, in the order of the files.

    data_files, shapes_files, ontology_files: Turtle files or folders. The ontology gives the class hierarchy
    and the code lists; without it the hierarchy in data and shapes counts. What is asserted is validated.
    engine: fast decides where tests prove it equal to pySHACL, which decides the rest; reference is pySHACL
    alone; both compares them.  time_limit: seconds that one shape may take.
    Raises Unreadable (BrokenShapes when the shapes graph breaks the rules of SHACL), Remote when a shape took
    too long, EngineFailure.
    """
    from parkgraph.validate.check import check, late_error
    from parkgraph.validate.inputs import Library

    inputs = Library().inputs(data_files, shapes_files, ontology_files)
    report = check(inputs, engine=engine, time_limit=time_limit)
    if report.late:
        raise late_error(report.late)
    return report.findings
