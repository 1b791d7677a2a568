"""Hand-written Turtle is as turtlefmt writes it but for line breaks.

turtlefmt would put a text and its translation on one line, up to 500 characters; here they stand one below
the other, so that a change of one language shows as one changed line.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes

REPO = Root(Path(__file__).resolve().parent.parent.parent)
FILES = [file for file in REPO.files() if file.role not in ("passages", "query")]
KNOWN = prefixes(REPO.path)
LOCAL = {"passage", "section"}
"""Prefixes whose namespace is that of the file's own source."""


def problems(text: str, known: dict[str, str] = KNOWN) -> list[str]:
    """What is not laid out as it should be."""
    found = []
    if not text.endswith("\n") or text.endswith("\n\n"):
        found.append("does not end with one line end")
    if re.search(r"[\t\r]|[^\S\n]$", text, re.MULTILINE):
        found.append("a tab, a carriage return or a blank at the end of a line")
    if "\n\n\n" in text:
        found.append("two empty lines in a row")
    bare = re.sub(r'"""(?:[^"\\]|\\.|"(?!""))*"""', '""', text)
    for line in bare.splitlines():
        if line[0:1] == " " and not re.match(r"(?: {4}| {8})\S", line):
            found.append(f"not indented by 4 or 8: {line.strip()[:40]}")
    declared = re.findall(r"^@prefix ([\w-]*): <([^>]*)> \.$", text, re.MULTILINE)
    names = [name for name, _ in declared]
    if names != sorted(set(names)):
        found.append("prefixes not sorted, or declared twice")
    words = re.sub(r'"(?:[^"\\\n]|\\.)*"|<[^>\s]*>|^#.*$| #.*$', " ", bare, flags=re.MULTILINE)
    body = re.sub(r"^@prefix .*$", "", words, flags=re.MULTILINE)
    used = set(re.findall(r"(?<![\w-])([\w-]+):", body))
    found += [f"prefix declared and not used: {name}" for name in names if name not in used]
    found += [
        f"prefix {name} is not that of ontology/prefixes.ttl"
        for name, namespace in declared
        if name not in LOCAL and name in known and known[name] != namespace
    ]
    return found


def test_every_file_is_laid_out() -> None:
    found = {file.name: problems(file.path.read_text(encoding="utf-8")) for file in FILES}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "text",
    ["@prefix b: <x:b> .\n@prefix a: <x:a> .\n\na:x a b:y .\n", "@prefix a: <x:a> .\n\n<x:x> a <x:y> .\n",
     "<x:x> a <x:y> .", "<x:x> a <x:y> . \n", "<x:x> a <x:y> .\n\n\n<x:z> a <x:y> .\n",
     "<x:x>\n   a <x:y> .\n", "@prefix park: <x:a> .\n\npark:x a park:y .\n"],
)  # fmt: skip
def test_layout_problems_are_found(text: str) -> None:
    assert len(problems(text)) == 1


def formatted(texts: list[str], folder: Path) -> list[str]:
    """What turtlefmt makes of some files."""
    files = [folder / f"{number}.ttl" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    command = Path(sys.executable).parent / "turtlefmt"
    subprocess.run([command, *files], check=True, capture_output=True)
    return [file.read_text(encoding="utf-8") for file in files]


def test_turtlefmt_agrees_but_for_line_breaks(tmp_path: Path) -> None:
    texts = [file.path.read_text(encoding="utf-8") for file in FILES]
    for file, ours, theirs in zip(FILES, texts, formatted(texts, tmp_path), strict=True):
        assert ours.split() == theirs.split(), file.name
    bad = "<x:x>  <x:y>'a'@en,\n\t<x:z>.\n"
    assert formatted([bad], tmp_path)[0].split() != bad.split()
