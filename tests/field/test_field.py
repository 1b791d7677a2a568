"""Published shape sets: what `validate` makes of them, and how fast, beside pySHACL.

Nothing of them is kept here. A folder holds a set each: NAME/shapes, NAME/data and, where there is one,
NAME/ontology, with files as they were published. Run by hand, this prints a table:

    python tests/field/test_field.py FOLDER [NAME…]

As a test it takes the folder from PARKGRAPH_FIELD. Among the sets tried are DCAT-AP and its profiles, ePO,
Brick, ASHRAE 223P, UCO, IDS, AAS, gist, valueflows, SkoHub, schema.org and SHACL-SHACL.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

LIMIT = 300  # seconds of one engine
SHARE, AT_LEAST = 0.35, 1.0  # of pySHACL's time, where that is so many seconds

PYSHACL = """
import logging, sys
from pathlib import Path
import pyshacl, rdflib
from parkgraph.validate.inputs import expand
logging.disable(logging.CRITICAL)
def read(folder):
    graph = rdflib.Graph()
    for file in expand([folder]):
        graph.parse(file)
    return graph
data, shapes, ontology = map(read, sys.argv[1:])
for triple in ontology:
    data.add(triple)
options = {"advanced": True, "inplace": True, "meta_shacl": False, "max_validation_depth": 30}
graph = pyshacl.validate(data, shacl_graph=shapes, **options)[1]
print(len(set(graph.objects(None, rdflib.SH.result))))
"""


class Run(NamedTuple):
    """code: exit code.  results: how many, None where it gave up.  seconds: of processor time."""

    code: int
    results: int | None
    seconds: float


class Both(NamedTuple):
    name: str
    ours: Run
    theirs: Run


def sets(folder: Path, names: list[str]) -> Iterator[Both]:
    """Each set of the folder through both engines."""
    for one in sorted(path for path in folder.iterdir() if (path / "shapes").is_dir()):
        if not names or one.name in names:
            yield Both(one.name, ours(one), theirs(one))


def ours(one: Path) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.jsonl"
        given = [
            one / "data",
            "-s",
            one / "shapes",
            *(("-e", one / "ontology") if _has_ontology(one) else ()),
        ]
        options = ["--lenient", "--max-findings", "0", "--quiet", "-o", report]
        code, seconds, _ = _timed([sys.executable, "-m", "parkgraph", "validate", *given, *options])
        lines = report.read_text(encoding="utf-8").splitlines() if report.exists() else None
    found = None if lines is None else map(json.loads, lines)
    results = None if found is None else sum(one["times"] for one in found if one["component"])
    return Run(code, results, seconds)


def theirs(one: Path) -> Run:
    ontology = one / "ontology" if _has_ontology(one) else one / "none"
    ontology.mkdir(exist_ok=True)
    code, seconds, said = _timed([sys.executable, "-c", PYSHACL, one / "data", one / "shapes", ontology])
    return Run(code, int(said) if said.strip().isdigit() else None, seconds)


def _has_ontology(one: Path) -> bool:
    return (one / "ontology").is_dir()


def _timed(command: list[str | Path]) -> tuple[int, float, str]:
    before = os.times()
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return 124, LIMIT, ""
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return done.returncode, spent, done.stdout


@pytest.mark.slow
def test_published_sets() -> None:
    folder = os.environ.get("PARKGRAPH_FIELD")
    if not folder:
        pytest.skip("no copies of published shape sets: PARKGRAPH_FIELD names their folder")
    done = list(sets(Path(folder), []))
    assert [both for both in done if both.ours.code not in (0, 1)] == []
    slow = [both for both in done if both.theirs.seconds > AT_LEAST
            and both.ours.seconds > SHARE * both.theirs.seconds]  # fmt: skip
    assert slow == []


if __name__ == "__main__":
    print(f"{'set':16} {'exit':>4} {'results':>8} {'s':>7}   {'pySHACL':>8} {'s':>7} {'share':>6}")
    for name, mine, its in sets(Path(sys.argv[1]), sys.argv[2:]):
        share = mine.seconds / its.seconds
        print(f"{name:16} {mine.code:4} {mine.results!s:>8} {mine.seconds:7.2f}   "
              f"{its.results!s:>8} {its.seconds:7.2f} {share:6.2f}", flush=True)  # fmt: skip
