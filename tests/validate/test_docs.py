"""docs/validate.md and its Chinese twin: each session gives what is printed there; nothing is left out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import yaml
from parkgraph.finding import SEVERITIES
from parkgraph.show.findings import FORMATS

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {"validate.md": "C.UTF-8", "validate.zh.md": "zh_CN.UTF-8"}
FILE = re.compile(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)
SESSION = re.compile(r"```console\n(.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


class Shell:
    """Runs the lines of sessions one after the other in one folder, which is a git repository."""

    def __init__(self, folder: Path, page: str) -> None:
        self.folder = folder
        self.last = 0
        here = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        languages = {"LC_ALL", "LC_MESSAGES", "GITHUB_STEP_SUMMARY"}
        self.environment = {name: value for name, value in os.environ.items() if name not in languages}
        self.environment |= {"PATH": here, "LANG": PAGES[page], "GIT_CONFIG_GLOBAL": os.devnull}
        for name, text in FILE.findall((DOCS / page).read_text(encoding="utf-8")):
            (folder / name).write_text(text, encoding="utf-8")
        identity = "-c user.name=t -c user.email=t@t -c commit.gpgsign=false"
        self.run(f"git init -q && git add . && git {identity} commit -qm one")

    def run(self, line: str) -> str:
        """What a line prints, on both streams."""
        # `$?` is that of the line before, and a pipe's is that of parkgraph, as a reader takes it to be.
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail\n(exit {self.last})\n{line}"],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.last = done.returncode
        return done.stdout

    def session(self, text: str) -> str:
        """A session, run again."""
        lines = [line for line in text.splitlines() if line.startswith("$ ")]
        return "".join(f"{line}\n{self.run(line[2:])}" for line in lines)


def renew() -> None:
    """Writes what the commands print now into both pages."""
    for page in PAGES:
        path = DOCS / page
        with tempfile.TemporaryDirectory() as folder:
            shell = Shell(Path(folder), page)
            text = path.read_text(encoding="utf-8")
            text = SESSION.sub(lambda found, run=shell.session: f"```console\n{run(found[1])}```", text)  # type: ignore[misc]
        path.write_text(text, encoding="utf-8")


def test_both_pages_type_the_same_but_for_texts() -> None:
    pages = [re.sub('".*?"', "TEXT", (DOCS / page).read_text(encoding="utf-8")) for page in PAGES]
    typed = [re.findall(r"^\$ .*|^<!-- file: .*", page, re.MULTILINE) for page in pages]
    assert typed[0] == typed[1]


@pytest.mark.parametrize("page", ["validate.md", pytest.param("validate.zh.md", marks=pytest.mark.slow)])
def test_every_session_is_what_the_commands_print(page: str, tmp_path: Path) -> None:
    shell = Shell(tmp_path, page)
    text = (DOCS / page).read_text(encoding="utf-8")
    sessions = SESSION.findall(text)
    assert sum(session.count("$ parkgraph") for session in sessions) > 12
    for session in sessions:
        assert shell.session(session) == session, f"renew with: python {Path(__file__).name}"
    for program in PYTHON.findall(text):
        (tmp_path / "program.py").write_text(program, encoding="utf-8")
        assert shell.run(f"{sys.executable} program.py").startswith("parks.ttl:3:1 violation ")


@pytest.mark.parametrize("page", PAGES)
def test_every_option_format_and_input_is_told(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "parkgraph", "validate", "--help"], capture_output=True, encoding="utf-8"
    )
    options = re.findall(r"^  (?:-\w, )?(--[\w-]+)", done.stdout, re.MULTILINE)
    assert len(options) > 15
    inputs = yaml.safe_load((DOCS.parent / "action.yml").read_text(encoding="utf-8"))["inputs"]
    hooks = yaml.safe_load((DOCS.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    expected = [f"`{name}`" for name in (*FORMATS, *inputs)] + [*SEVERITIES, *(hook["id"] for hook in hooks)]
    expected += [option for option in options if option != "--help"]
    assert [word for word in expected if word not in text] == []
    assert [form for form in FORMATS if f"--format {form}" not in text and form != "text"] == []


if __name__ == "__main__":
    renew()
