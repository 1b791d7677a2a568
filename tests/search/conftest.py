"""The real graph, opened once."""

from __future__ import annotations

from pathlib import Path

import parkgraph
import pytest


@pytest.fixture(scope="session")
def graph(real_root: Path) -> parkgraph.Graph:
    return parkgraph.open(real_root)
