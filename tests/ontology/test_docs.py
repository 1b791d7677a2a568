"""The documents name only terms that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from parkgraph.names import BASE, CODE, OWL, PARK
from pyoxigraph import NamedNode, Triple

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = [*sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("README*.md"))]
TERM = re.compile(r"(?<![\w/.:-])([a-z][a-z-]*):([A-Za-z][\w-]*)(?![\w*…:-])")
SHORT = {
    "park": PARK,
    "industry": BASE + "industry/",
    **{
        name: f"{CODE}{name}/"
        for name in ("basis", "level", "phase", "qualifier", "role", "status", "transformation", "unit")
    },
}
"""Prefix → namespace of those whose terms the documents may not invent."""

INVENTED = {"park:newName", "park:oldName", "industry:aluminium-foil"}
"""Names that stand for any term, and what the tutorial adds."""


@pytest.fixture(scope="module")
def terms(ontology: list[Triple]) -> dict[str, bool]:
    """IRIs that the ontology defines, with whether each is deprecated."""
    old = {t.subject.value for t in ontology if t.predicate.value == OWL + "deprecated"}
    return {t.subject.value: t.subject.value in old for t in ontology if isinstance(t.subject, NamedNode)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_term_in_it_exists_and_only_lists_of_terms_name_deprecated_ones(
    file: Path, terms: dict[str, bool]
) -> None:
    found = TERM.findall(file.read_text(encoding="utf-8"))
    named = {
        f"{prefix}:{local}": SHORT[prefix] + local
        for prefix, local in found
        if prefix in SHORT and f"{prefix}:{local}" not in INVENTED
    }
    assert [name for name, iri in named.items() if iri not in terms] == []
    old = [name for name, iri in named.items() if terms[iri]]
    assert bool(old) == file.name.startswith("ontology"), old
