"""The READMEs show what the command prints, and point only to files that are there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"<!-- answer:begin -->\n(.*?)<!-- answer:end -->", re.DOTALL)


def shown(lang: str) -> str:
    """What stands between the markers: the command as typed and its output."""
    words = ["ask", "projects-serving-industry", "--lang", lang, "--limit", "2", "--format", "table"]
    run = subprocess.run(
        [sys.executable, "-m", "parkgraph", *words],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    )
    lines = [f"$ parkgraph {' '.join(words)}", *run.stdout.rstrip("\n").split("\n")]
    return "\n" + "".join(f"    {line}".rstrip() + "\n" for line in lines) + "\n"


def renew() -> None:
    """Writes the current answers into both READMEs."""
    for name, lang in (("README.md", "en"), ("README.zh.md", "zh")):
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        answer = f"<!-- answer:begin -->\n{shown(lang)}<!-- answer:end -->"
        path.write_text(BLOCK.sub(lambda _, a=answer: a, text), encoding="utf-8")


@pytest.mark.parametrize(("name", "lang"), [("README.md", "en"), ("README.zh.md", "zh")])
def test_answer_is_what_the_command_prints(name: str, lang: str) -> None:
    found = BLOCK.search((ROOT / name).read_text(encoding="utf-8"))
    assert found is not None, f"{name} has lost its answer markers"
    assert found[1] == shown(lang), f"renew with: python {Path(__file__).relative_to(ROOT)}"


@pytest.mark.parametrize(
    "name",
    [path.relative_to(ROOT).as_posix() for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])],
)
def test_links_point_to_files_that_are_there(name: str) -> None:
    page = ROOT / name
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:|#", target):
            assert (page.parent / target.split("#")[0]).exists(), (
                f"{name} links to {target}, which is not there"
            )


if __name__ == "__main__":
    renew()
