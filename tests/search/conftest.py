"""The real graph, opened once."""

from __future__ import annotations

import sys
from pathlib import Path

import parkgraph
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))


@pytest.fixture(scope="session")
def graph(real_root: Path) -> parkgraph.Graph:
    return parkgraph.open(real_root)
