"""The commands that check: formats, baselines, and no green where nothing was checked."""

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
    assert done.returncode == 1  # nothing of the baseline is met: is it that of another graph?
    done = parkgraph(command, "--root", graph, "--baseline", file, "--allow-empty")
    assert done.returncode == 0
    new = tmp_path / "new.yaml"
    parkgraph(command, "--root", graph, "--baseline", file, "--write-baseline", new, "--reason", "x")
    assert "accepted: []" in new.read_text(encoding="utf-8")  # what is outdated is not accepted


SHAPES = "ontology/shapes/project.ttl"


@pytest.mark.parametrize(
    ("files", "args"),
    [
        ({}, ["audit"]),
        ({}, ["cite", "--check"]),
        ({"kg/project.ttl": None}, ["validate"]),
        ({"kg/project.ttl": None}, ["audit"]),
        ({"kg/project.ttl": None}, ["build"]),
        ({"kg/project.ttl": None}, ["export", "-o", "out.ttl"]),
        ({SHAPES: None}, ["validate"]),
        ({SHAPES: None}, ["build"]),
        ({SHAPES: "rdfs:Datatype"}, ["validate"]),
        ({SHAPES: "rdfs:Datatype"}, ["build"]),
        ({SHAPES: "rdfs:Datatype"}, ["export", "-o", "out.ttl"]),
        ({}, ["validate", "."]),
        ({}, ["validate", ".", "-s", "{root}/ontology/shapes"]),
        ({}, ["validate", "{root}/kg", "-s", "."]),
        ({}, ["validate", "{root}/kg", "-s", "{root}/kg"]),
        ({}, ["lint"]),
        ({}, ["lint", "--allow-empty"]),
    ],
)
def test_what_checks_nothing_is_not_green(
    parkgraph: Run, small_root: Callable[..., Path], files: dict[str, str | None], args: list[str]
) -> None:
    root = small_root()
    for name, target in files.items():
        text = (root / name).read_text(encoding="utf-8")
        (root / name).unlink()
        if target is not None:
            (root / name).write_text(text.replace("park:Project ;", f"{target} ;"), encoding="utf-8")
    done = parkgraph(*(arg.format(root=root) for arg in args), "--root", root)
    assert done.returncode == (3 if args[0] == "lint" else 1), done.stdout
    assert "nothing" in done.stdout + done.stderr or "holds no checks" in done.stderr
    assert not (Path(done.args[0]).parent / "out.ttl").exists()
    if args[0] in ("validate", "audit"):
        assert (
            parkgraph(*(arg.format(root=root) for arg in args), "--root", root, "--allow-empty").returncode
            == 0
        )


def test_the_shapes_of_a_graph_are_used_as_they_stand(parkgraph: Run, real_root: Path) -> None:
    """Their queries use prefixes that another file of the graph declares."""
    done = parkgraph(
        "validate", real_root / "kg", "-s", real_root / "ontology" / "shapes", "--fail-on", "info"
    )
    assert done.returncode == 1 and "is not declared" not in done.stdout + done.stderr
    shapes = [word for path in (real_root / "ontology" / "shapes").glob("*.ttl") for word in ("-s", path)]
    done = parkgraph("validate", real_root / "kg", *shapes, "-e", real_root / "ontology", "-f", "jsonl")
    assert done.returncode == 0, done.stdout
