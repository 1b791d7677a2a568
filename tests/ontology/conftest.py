"""The helpers beside the tests, and the triples of the graph."""

import sys
from pathlib import Path

import pytest
from pyoxigraph import Triple

sys.path.insert(0, str(Path(__file__).resolve().parent))

from parkgraph.graph.documents import read_documents
from parkgraph.read.files import Root

REPO = Root(Path(__file__).resolve().parent.parent.parent)


def _read(*roles: str) -> list[Triple]:
    documents = read_documents(REPO, *roles)  # type: ignore[arg-type]
    return [Triple(*fact) for document in documents for fact in document.triples]


@pytest.fixture(scope="session")
def ontology() -> list[Triple]:
    """The modules of the ontology and the code lists."""
    return _read("ontology", "codes")


@pytest.fixture(scope="session")
def shapes() -> list[Triple]:
    """The shapes of the data and the checks of lint."""
    return _read("shapes", "lint")


@pytest.fixture(scope="session")
def data() -> list[Triple]:
    """What kg/ says."""
    return _read("data", "passages")


@pytest.fixture(scope="session")
def alignments() -> list[Triple]:
    """How terms relate to those of other vocabularies."""
    return _read("alignments")
