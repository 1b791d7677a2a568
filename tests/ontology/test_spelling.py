"""Our own English holds no word that neither a dictionary nor the list of domain words (words.txt) knows."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from parkgraph.ask.catalogue import catalogue
from parkgraph.graph.documents import read_documents
from parkgraph.read.files import Root
from pyoxigraph import Literal
from spellchecker import SpellChecker

HERE = Path(__file__).resolve().parent
REPO = Root(HERE.parent.parent)
DOMAIN = (HERE / "words.txt").read_text(encoding="utf-8").split()
NO_PROSE = re.compile(r"`[^`]*`|<[^>]*>|[\w-]+:[\w-]+|[\w.:-]*/[\w/.-]+|\b\w*[a-z][A-Z]\w*")
"""Code, IRIs, prefixed names, paths, camel case."""


def texts() -> Iterator[str]:
    """Labels, definitions, notes, messages, questions; of data what is no proper name."""
    for document in read_documents(REPO, "ontology", "codes", "shapes", "lint", "data"):
        for fact in document.triples:
            if isinstance(fact.object, Literal) and fact.object.language == "en":
                text = fact.object.value
                yield re.sub(r"\b[A-Z]\S*", " ", text) if document.role == "data" else text
    for question in catalogue(REPO):
        yield f"{question.summary['en']} {question.description['en']}"


def unknown(text: str) -> set[str]:
    """The words of a text that nobody knows."""
    words = set(re.findall(r"\b[A-Za-z]?[a-z]+\b", NO_PROSE.sub(" ", text)))
    return dictionary().unknown({word.lower() for word in words if len(word) > 2})


@cache
def dictionary() -> SpellChecker:
    """English and the domain words."""
    found = SpellChecker(language="en")
    found.word_frequency.load_words(DOMAIN)
    return found


def test_every_word_is_known() -> None:
    assert sorted(unknown("\n".join(texts()))) == [], "mend it, or add it to tests/ontology/words.txt"


def test_a_slip_is_found() -> None:
    assert unknown("Part of geografic space, `codd` and park:Servce aside.") == {"geografic"}


def test_no_domain_word_is_needless() -> None:
    plain = SpellChecker(language="en")
    assert sorted(set(DOMAIN)) == DOMAIN
    assert plain.unknown(DOMAIN) == set(DOMAIN)


def test_comments_and_documents_hold_no_slip_that_codespell_knows(tmp_path: Path) -> None:
    files = [str(file.path) for file in REPO.files() if file.role != "passages"]
    files += [
        str(file) for file in sorted((REPO.path / "docs").glob("*.md")) if not file.name.endswith(".zh.md")
    ]
    assert _misspelt([*files, "-I", str(HERE / "words.txt")]) == ""
    bad = tmp_path / "bad.ttl"
    bad.write_text('<x:x> <x:y> "Recieve the goverment."@en .\n', encoding="utf-8")
    assert len(_misspelt([str(bad)]).splitlines()) == 2


def _misspelt(arguments: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "codespell_lib", "--builtin", "clear,rare,names", *arguments],
        capture_output=True, text=True, check=False, cwd=REPO.path,
    )  # fmt: skip
    assert done.returncode in (0, 65), done.stderr
    return done.stdout
