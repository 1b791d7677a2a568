"""The READMEs show what the command prints, and point only to files that are there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import parkgraph
import pytest

ROOT = Path(__file__).resolve().parents[2]
READMES = {"README.md": "en", "README.zh.md": "zh"}
COMMANDS = ("indicator-trend --indicator indicator:total-revenue", "projects-serving-industry")
"""One answer that the source states, one that is inferred."""


def answers(lang: str) -> str:
    """Both commands as typed, with what they print."""
    lines = []
    for words in COMMANDS:
        typed = ["ask", *words.split(), "--limit", "1", "--lang", lang, "--format", "table"]
        run = subprocess.run(
            [sys.executable, "-m", "parkgraph", *typed],
            capture_output=True,
            encoding="utf-8",
            check=True,
            cwd=ROOT,
        )
        lines += [f"$ parkgraph {' '.join(typed)}", *run.stdout.rstrip("\n").split("\n"), ""]
    return "\n" + "".join(f"    {line}".rstrip() + "\n" for line in lines)


def counts(lang: str) -> str:
    """What is in the graph today, counted."""
    graph = parkgraph.open(ROOT)
    passages = len(graph.query("SELECT ?p { ?p a park:TextPassage }"))
    statements = len(graph.query("SELECT DISTINCT ?s { ?s a/rdfs:subClassOf* park:Statement }"))
    questions = len(graph.questions())
    if lang == "zh":
        return (
            "目前收录：昆明高新区，一篇报道（昆明日报，2018 年 6 月 20 日），"
            f"{passages} 个片段，{statements} 条陈述，{questions} 个预设问题。\n"
        )
    return (
        "Content today: Kunming High-tech Zone from one newspaper article (Kunming Daily, 20 June 2018): "
        f"{passages} passages, {statements} statements, {questions} saved questions.\n"
    )


BLOCKS = {"answer": answers, "counts": counts}


def between(marker: str) -> re.Pattern[str]:
    """The markers of a block and what stands between them."""
    return re.compile(f"<!-- {marker}:begin -->\n(.*?)<!-- {marker}:end -->", re.DOTALL)


def renew() -> None:
    """Writes both blocks into both READMEs."""
    for name, lang in READMES.items():
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        for marker, made in BLOCKS.items():
            block = f"<!-- {marker}:begin -->\n{made(lang)}<!-- {marker}:end -->"
            text = between(marker).sub(lambda __, block=block: block, text)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("marker", BLOCKS)
@pytest.mark.parametrize("name", READMES)
def test_blocks_are_what_the_command_prints(name: str, marker: str) -> None:
    found = between(marker).search((ROOT / name).read_text(encoding="utf-8"))
    assert found is not None, f"{name} has lost its markers of {marker}"
    assert found[1] == BLOCKS[marker](READMES[name]), f"renew with: python {Path(__file__).relative_to(ROOT)}"


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
