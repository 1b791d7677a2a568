"""One version everywhere: the package's is the one, the rest must say the same."""

from __future__ import annotations

import re
from pathlib import Path

from parkgraph import __version__


def test_ontology_citation_and_changelog_are_of_this_version(repo: Path) -> None:
    said = {
        "ontology/ontology.ttl": r'owl:versionInfo "([^"]*)"',
        "CITATION.cff": r"(?m)^version: (\S+)$",
        "CHANGELOG.md": rf"\n## \[({re.escape(__version__)})\] - ",
    }
    for name, pattern in said.items():
        assert re.findall(pattern, (repo / name).read_text(encoding="utf-8")) == [__version__], name
