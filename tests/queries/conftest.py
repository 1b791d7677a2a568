"""The graphs that questions are asked of, each built once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Store

# The helpers beside the tests are shared with renew.py, which is run as a script.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import asking


@pytest.fixture(scope="session")
def asserted() -> Store:
    """Ontology and data, nothing inferred."""
    return asking.store_of(asking.ontology() + asking.data())


@pytest.fixture(scope="session")
def first() -> Store:
    """The whole graph: asserted and inferred."""
    return asking.closed(asking.ontology() + asking.data())


@pytest.fixture(scope="session")
def first_in_rdflib(first: Store) -> rdflib.Graph:
    """The whole graph in rdflib."""
    return asking.to_rdflib(first)


@pytest.fixture(scope="session")
def second() -> Store:
    """Ontology and the second park alone, asserted and inferred."""
    return asking.closed(asking.ontology() + asking.second())


@pytest.fixture(scope="session")
def second_in_rdflib(second: Store) -> rdflib.Graph:
    """The second park in rdflib."""
    return asking.to_rdflib(second)


@pytest.fixture(scope="session")
def both() -> Store:
    """Both parks, asserted and inferred."""
    return asking.closed(asking.ontology() + asking.data() + asking.second())
