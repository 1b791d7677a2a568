"""A second server answers while the first is replaced, killed or lost; both are proven equal."""

from __future__ import annotations

from pathlib import Path

import pytest
from parkgraph.names import GRAPH_DATA
from second_server import takeover
from store_content import triples


@pytest.mark.slow
def test_readers_always_get_the_old_or_the_new_graph_whole(tmp_path: Path) -> None:
    try:
        found = takeover({GRAPH_DATA: triples("old", 2000)}, tmp_path)
    except LookupError as reason:
        pytest.skip(str(reason))
    for name, met in found.items():
        assert met.answers <= {2000, 2001} and met.number and not met.failed, name
    assert found["killed, started again"].passed and found["lost, filled anew"].passed
