"""Validation: SHACL over RDF files, every finding with the place a person must change.

inputs        files → documents          shape_lint    is the shapes graph right?
shapes paths  the shapes graph, read     evaluate      SHACL by its specification, with
locate        result → place               components    Core, and sparql the queries
wording       result → sentence          reference     what pySHACL says to it
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parkgraph.finding import Finding
    from parkgraph.validate.check import Options


def validate(
    data_files: Sequence[str | Path],
    shapes_files: Sequence[str | Path],
    ontology_files: Sequence[str | Path] = (),
    options: Options | None = None,
) -> list[Finding]:
    """What is wrong with the data, in the order of the files.

    data_files, shapes_files, ontology_files: RDF files or folders. The ontology gives the class hierarchy and
    is not judged itself. What is asserted is validated.  options: `parkgraph.validate.check.Options`.
    Raises Unreadable (BrokenShapes when the shapes graph breaks the rules of SHACL).
    """
    from parkgraph.validate.check import Options, check
    from parkgraph.validate.inputs import Library

    inputs = Library().inputs(data_files, shapes_files, ontology_files)
    return check(inputs, options or Options()).findings
