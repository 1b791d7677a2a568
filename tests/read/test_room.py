"""A graph that does not fit is refused with advice, before it is read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.errors import Remote, Usage
from parkgraph.read import room
from parkgraph.read.room import check_room, memory_free

Run = Callable[..., subprocess.CompletedProcess[str]]
MakeRoot = Callable[..., Path]

MIB = 1024 * 1024
LARGE = "@prefix project: <https://w3id.org/parkgraph/id/project/> .\n" + "".join(
    f'project:p{number} <http://www.w3.org/2000/01/rdf-schema#label> "{"长" * 100}{number}"@zh .\n'
    for number in range(30_000)
)


@pytest.fixture
def large(small_root: MakeRoot) -> Path:
    """A graph of some 11 MiB of Turtle."""
    return small_root({"kg/large.ttl": LARGE})


@pytest.mark.parametrize(
    "args",
    [
        ("query", "-e", "ASK {}"),
        ("why", "project:a", "a", "park:Project"),
        ("validate",),
        ("build", "-o", "dist"),
        ("reason", "-o", "inferred.nt"),
        ("export", "--graphs", "inferred", "-o", "graph.nt"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_commands_refuse_what_does_not_fit(
    parkgraph: Run, large: Path, tmp_path: Path, args: tuple[str, ...], lang: str
) -> None:
    env = {"PARKGRAPH_MEMORY": "40", "PARKGRAPH_CACHE": str(tmp_path / "cache")}
    done = parkgraph(*args, "--root", large, "--lang", lang, env=env)
    assert done.returncode == 4
    assert done.stdout == ""
    assert {"en": "of memory, and 40 are free", "zh": "现有空闲 40 MiB"}[lang] in done.stderr
    assert "parkgraph load" in done.stderr and "PARKGRAPH_MEMORY" in done.stderr
    assert not list((tmp_path / "empty").iterdir())


def test_what_needs_little_still_runs(parkgraph: Run, large: Path, tmp_path: Path) -> None:
    # Asserted graphs are exported file by file, so they need no room for the whole.
    done = parkgraph("export", "--root", large, "-f", "nt", env={"PARKGRAPH_MEMORY": "40"})
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 30_000


def test_a_kept_graph_that_does_not_fit_is_refused_too(
    small_root: MakeRoot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from parkgraph.graph.cache import open_graph
    from parkgraph.read.files import Root

    monkeypatch.setenv("PARKGRAPH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(room, "_NO_QUESTION", 0)
    root = Root(small_root())
    open_graph(root)
    monkeypatch.setenv("PARKGRAPH_MEMORY", "0")
    with pytest.raises(Remote, match="needs about 0 MiB of memory, and 0 are free"):
        open_graph(root)


def test_a_small_graph_is_never_refused(small_root: MakeRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARKGRAPH_MEMORY", "0")
    check_room(small_root().rglob("*.ttl"), 15)


def test_files_that_are_not_there_count_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_NO_QUESTION", 0)
    monkeypatch.setenv("PARKGRAPH_MEMORY", "0")
    check_room([tmp_path / "missing.ttl"], 15)


@pytest.mark.parametrize("given", ["", "lots", "-1", "1.5"])
def test_a_wrong_setting_is_said(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARKGRAPH_MEMORY", given)
    with pytest.raises(Usage, match="PARKGRAPH_MEMORY"):
        memory_free()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do not tell")
def test_the_limit_of_the_process_counts() -> None:
    program = (
        "import resource; from parkgraph.read.room import memory_free; "
        f"resource.setrlimit(resource.RLIMIT_AS, ({512 * MIB}, {512 * MIB})); print(memory_free())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert 0 < int(done.stdout) < 512 * MIB


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        (
            {"memory.max": "1000", "memory.current": "700", "memory.stat": "anon 1\ninactive_file 200\n"},
            [500],
        ),
        ({"memory.max": "max", "memory.current": "700", "memory.stat": "inactive_file 200\n"}, []),
        (
            {
                "memory/memory.limit_in_bytes": "1000",
                "memory/memory.usage_in_bytes": "900",
                "memory/memory.stat": "inactive_file 5\ntotal_inactive_file 50\n",
            },
            [150],
        ),
        ({}, []),
    ],
)
def test_the_limit_of_the_container_counts(
    files: dict[str, str], wanted: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    monkeypatch.setattr(room, "_CGROUP", tmp_path)
    assert list(room._of_the_container()) == wanted


def test_memory_that_runs_out_all_the_same_is_no_fault(parkgraph: Run, tmp_path: Path) -> None:
    program = (
        "import sys; from parkgraph.cli import app; from parkgraph.read import files\n"
        "def none(*_, **__): raise MemoryError\n"
        "files.Root.files = none; sys.exit(app.run(['questions']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8")
    assert done.returncode == 4
    assert "parkgraph load" in done.stderr and "Traceback" not in done.stderr
