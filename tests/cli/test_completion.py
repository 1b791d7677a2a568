"""Completion: what each word may become, and the scripts as the shells run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.cli.app import COMMANDS, run

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def complete(
    capfd: pytest.CaptureFixture[str], real_root: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[str]]:
    monkeypatch.setenv("PARKGRAPH_ROOT", str(real_root))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def complete(*words: str) -> list[str]:
        run(["completion", "bash", "--", *words])
        return capfd.readouterr().out.splitlines()

    return complete


def test_what_the_last_word_may_become(complete: Callable[..., list[str]]) -> None:
    assert set(COMMANDS) < set(complete(""))
    assert complete("val") == ["validate"]
    assert complete("validate", "--eng") == ["--engine"]
    assert {"fast", "reference"} <= set(complete("validate", "--engine", ""))
    assert complete("query", "-q", "--q") == ["--quiet"]
    assert complete("questions", "--lang", "") == ["zh", "en"]
    assert "project" in complete("questions", "--topic", "p")
    assert complete("ask", "projects-serving") == ["projects-serving-industry"]
    assert complete("ask", "projects-serving-industry", "--ind") == ["--industry"]
    values = ("ask", "projects-serving-industry", "--industry")
    assert complete(*values, "biom") == ["biomedicine", "biomedicine and comprehensive health"]
    assert complete("--lang", "zh", *values, "生物") == ["生物医药", "生物医药大健康"]
    assert "industry:biomedicine" in complete(*values, "industry:b")
    assert complete("validate", "kg/") == []  # the shell completes files
    assert complete("nosuch", "") == complete("ask", "no-such-question", "--x", "y", "z") == []


SCRIPTS = {
    "bash": 'COMP_LINE="$1" COMP_POINT=${#1}; _parkgraph; printf "%s\\n" "${COMPREPLY[@]}"',
    "zsh": 'compadd() { print -l "${(@P)2}" }; words=("${(z)1}"); CURRENT=$#words; _parkgraph',
    "fish": "complete -C $argv[1]",
}


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_shell_completes(shell: str, parkgraph: Run, real_root: Path, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} on this machine")
    script = parkgraph("completion", shell).stdout
    before = "compdef() { }; _files() { }\n" if shell == "zsh" else ""
    (tmp_path / "script").write_text(f"{before}{script}{SCRIPTS[shell]}\n", encoding="utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PARKGRAPH_ROOT": str(real_root), "LC_ALL": "C.UTF-8"}
    for line, becomes in (
        ("parkgraph vali", ["validate"]),
        ("parkgraph ask projects-serving-industry --industry 生物", []),
        ("parkgraph --lang zh ask projects-serving-industry --industry 生物", ["生物医药", "生物医药大健康"]),
    ):
        done = subprocess.run(
            [program, tmp_path / "script", line], env=environment, capture_output=True, encoding="utf-8"
        )
        assert (done.stdout.split(), done.stderr) == (becomes, ""), line


def test_an_unknown_shell(parkgraph: Run) -> None:
    done = parkgraph("completion", "tcsh")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, "  is zsh meant? one of: bash, zsh, fish")
