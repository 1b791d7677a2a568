"""One version everywhere: the package's is the one, the rest must say the same."""

from __future__ import annotations

import re
from pathlib import Path

import parkgraph
from parkgraph.names import BASE, OWL
from pyoxigraph import NamedNode, RdfFormat, Store

ROOT = Path(__file__).resolve().parents[2]


def test_the_ontology_is_of_this_version() -> None:
    store = Store()
    store.load(path=str(ROOT / "ontology" / "ontology.ttl"), format=RdfFormat.TURTLE)
    ontology = NamedNode(BASE + "ontology")
    said = {
        quad.object.value for quad in store.quads_for_pattern(ontology, NamedNode(OWL + "versionInfo"), None)
    }  # type: ignore[union-attr]
    assert said == {parkgraph.__version__}


def test_the_citation_is_of_this_version() -> None:
    found = re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    assert found[1] == parkgraph.__version__


def test_the_changelog_has_an_entry_for_this_version() -> None:
    assert f"\n## [{parkgraph.__version__}] - " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
