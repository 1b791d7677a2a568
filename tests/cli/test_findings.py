"""`audit` and `lint` tell findings in every format, and take a baseline, as `validate` does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def graph(small_root: Callable[..., Path]) -> Path:
    """A graph with something to find: a fact that rests on a passage of no source."""
    return small_root(
        {
            "kg/new.ttl": "@prefix park: <https://w3id.org/parkgraph/ontology#> .\n"
            "<https://w3id.org/parkgraph/id/project/d> a park:Project ;\n"
            "    park:evidence <https://w3id.org/parkgraph/source/none/1-2> .\n"
        }
    )


def test_audit_in_the_formats_of_findings(parkgraph: Run, graph: Path, tmp_path: Path) -> None:
    sarif = tmp_path / "a.sarif"
    done = parkgraph("audit", "--root", graph, "-f", "github", "--report", f"sarif:{sarif}")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=")
    (run,) = json.loads(sarif.read_text(encoding="utf-8"))["runs"]
    assert run["results"]
    whole = parkgraph("audit", "--root", graph, "--report", f"gitlab:{tmp_path / 'gl.json'}")
    assert "In the graph" in whole.stdout
    assert json.loads((tmp_path / "gl.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", ["audit", "validate"])
def test_a_baseline_accepts_what_is_found_now(
    parkgraph: Run, graph: Path, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "baseline.yaml"
    assert parkgraph(command, "--root", graph).returncode == 1
    assert parkgraph(command, "--root", graph, "--write-baseline", file).returncode == 2  # no reason
    done = parkgraph(command, "--root", graph, "--write-baseline", file, "--reason", "for now")
    assert (done.returncode, file.is_file()) == (0, True)
    assert parkgraph(command, "--root", graph, "--baseline", file).returncode == 0
    (graph / "kg" / "new.ttl").unlink()
    done = parkgraph(command, "--root", graph, "--baseline", file, "-f", "text")
    assert "accepted, but no longer found: for now" in done.stdout
