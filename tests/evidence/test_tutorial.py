"""docs/authoring.md and its Chinese twin, followed to the letter in a scratch folder."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

BLOCK = re.compile(r"^```(\w+)(?: (file|append|decide)=(\S+))?\n(.*?)^```$", re.M | re.S)


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Command (which may run over several lines) and the lines that must follow it."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        lines = part.splitlines()
        size = next(n for n in range(1, len(lines) + 1) if "\n".join(lines[:n]).count("'") % 2 == 0)
        yield "\n".join(lines[:size]), lines[size:]


def run(command: str, folder: Path, lang: str) -> list[str]:
    """The lines that a terminal would show; the exit code must be 0 unless the command prints it."""
    plain = command.removesuffix("; echo $?")
    program, *arguments = shlex.split(plain)
    assert program == "parkgraph"
    environment = os.environ | {"PARKGRAPH_ROOT": str(folder), "LC_ALL": lang, "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", "parkgraph", *arguments],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    shown = done.stdout.splitlines()
    if plain != command:
        return [*shown, str(done.returncode)]
    assert done.returncode == 0, done.stdout
    return shown


def assert_shown(shown: list[str], expected: list[str], command: str) -> None:
    """The expected lines in order; `…` on a line of its own stands for any lines."""
    at = 0
    free = False
    for line in expected:
        if line == "…":
            free = True
            continue
        found = next((n for n in range(at, len(shown)) if shown[n] == line), None)
        assert found is not None and (free or found == at), (command, line, shown)
        at, free = found + 1, False
    assert free or at == len(shown), (command, shown[at:])


def decide(file: Path, content: str) -> int:
    """Puts decisions into a file of proposals: under [id], each in the place of the line that begins so."""
    lines = file.read_text("utf-8").splitlines()
    at, count = 0, 0
    for said in content.splitlines():
        if said.startswith("["):
            at = lines.index(said)
            continue
        key = said.partition(":")[0] + ":"
        place = next(n for n in range(at, len(lines)) if lines[n].startswith(key))
        lines[place], count = said, count + 1
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return count


@pytest.mark.parametrize(
    ("page", "lang"),
    [
        ("authoring.md", "en_GB.UTF-8"),
        pytest.param("authoring.zh.md", "zh_CN.UTF-8", marks=pytest.mark.slow),
    ],
)
def test_the_tutorial_works_as_written(repo: Path, tmp_path: Path, page: str, lang: str) -> None:
    for folder in ("ontology", "kg", "queries"):
        shutil.copytree(repo / folder, tmp_path / folder)
    ran, decided = [], 0
    blocks = BLOCK.findall((repo / "docs" / page).read_text("utf-8"))
    for language, how, name, content in blocks:
        if how == "file":
            (tmp_path / name).write_text(content, "utf-8")
        elif how == "append":
            with (tmp_path / name).open("a", encoding="utf-8") as file:
                file.write("\n" + content)
        elif how == "decide":
            decided += decide(tmp_path / name, content)
        elif language == "console":
            for command, expected in commands(content):
                shown = run(command, tmp_path, lang)
                if expected:
                    assert_shown(shown, expected, command)
                ran.append(command.split()[1])
    assert set(ran) >= {"new", "draft", "codes", "validate", "audit", "build", "query"}
    texts = sum(1 for block in blocks if block[1] == "file")
    line = {
        "en": "{} commands, {} texts, {} lines written by hand.",
        "zh": "{} 条命令、{} 份文本、{} 行手写。",
    }
    count = line["zh" if "zh" in page else "en"].format(len(ran), texts, decided)
    assert count in (repo / "docs" / page).read_text("utf-8"), count


def test_the_two_pages_say_the_same(repo: Path) -> None:
    def skeleton(page: str) -> list[tuple[str, str, str, str]]:
        blocks = BLOCK.findall((repo / "docs" / page).read_text("utf-8"))
        return [block if block[1] else (block[0], "", "", "") for block in blocks]

    assert skeleton("authoring.md") == skeleton("authoring.zh.md")
    checks = r"`([a-z]+(?:-[a-z]+)+)`"
    pages = [(repo / "docs" / page).read_text("utf-8") for page in ("authoring.md", "authoring.zh.md")]
    assert re.findall(checks, pages[0]) == re.findall(checks, pages[1])


def test_every_check_named_in_the_pages_exists(repo: Path) -> None:
    page = (repo / "docs" / "authoring.md").read_text("utf-8")
    named = {
        name
        for row in page.splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`([a-z]+(?:-[a-z]+)+)`", row)
    }
    code = "".join(path.read_text("utf-8") for path in (repo / "scripts/parkgraph/evidence").glob("*.py"))
    known = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', code))
    assert len(named) > 10
    assert named <= known
