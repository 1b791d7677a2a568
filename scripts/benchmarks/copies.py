"""Larger graphs to measure on: the real park and copies of it under other IRIs, as a folder that every
command takes with --root.

    python scripts/benchmarks/copies.py FOLDER --parks 10 [--errors 1] [--root DIR]

Turtle writes an IRI as prefix and local name, so a copy is its text with other prefixes (and labels that end
with the copy's number): it has the shape of the real park and is as valid. What is shared stays shared: the
ontology, the code lists, the industries, the units. The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import re
import shutil
from pathlib import Path

from parkgraph.read.files import Root, find_root

_OWN = re.compile(r"(@prefix \S+ <https://w3id\.org/parkgraph/id/[^>]*)>")
_LABEL = re.compile(r'(rdfs:label(?:\s+(?:,\s*)?"(?:[^"\\]|\\.)*"@\w+)+)')
_TEXT = re.compile(r'("(?:[^"\\]|\\.)*)"@')

ERRORS = {
    "Enterprise-label": (r'(a park:Enterprise ;\n    rdfs:label "[^"]*"@zh) , "[^"]*"@en', r"\1"),
    "Park-foundedYear": (r'"(\d{4})"\^\^xsd:gYear', r"\1"),
    "ParticipationShape": (r"park:role role:\S+", "park:role role:spectator"),
}
"""What is done to the text of a copy, once, where an error is planted; the name tells what it breaks."""


def copy_of(text: str, number: int, sources: list[str]) -> str:
    """A file of the real park as one of the copy with this number."""
    for source in sources:
        text = text.replace(source, f"{source}-park-{number}")
    text = _OWN.sub(rf"\g<1>park-{number}->", text)
    return _LABEL.sub(lambda label: _TEXT.sub(rf'\1 {number}"@', label[1]), text)


def generate(root: Root, folder: Path, parks: int, errors: int = 0) -> None:
    """Writes a graph of `parks` parks, the real one first, into a new folder; errors: so many copies have one
    error each, the last ones."""
    for part in ("ontology", "kg", "queries"):
        if (root.path / part).is_dir():
            shutil.copytree(root.path / part, folder / part)
    files = [(file, file.path.read_text(encoding="utf-8")) for file in root.files("data", "passages")]
    sources = [file.path.stem.removesuffix(".passages") for file in root.files("passages")]
    kinds = list(ERRORS.values())
    for number in range(2, parks + 1):
        wrong = kinds[number % len(kinds)] if number > parks - errors else None
        for file, text in files:
            made = copy_of(text, number, sources)
            if wrong:
                made, done = re.subn(*wrong, made, count=1)
                wrong = None if done else wrong
            stem, dot, rest = file.path.name.partition(".")  # a source's files are called as it is
            name = Path(file.name).with_name(f"{stem}-park-{number}{dot}{rest}")
            (folder / name).write_text(made, encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.add_argument("--parks", "-n", type=int, default=10)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--root", help="the graph to copy; without it, the checkout's")
    chosen = parser.parse_args()
    generate(find_root(chosen.root), chosen.folder, chosen.parks, chosen.errors)


if __name__ == "__main__":
    main()
