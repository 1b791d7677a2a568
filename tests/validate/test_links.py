"""Links to files, as people make them in a folder of data."""

from __future__ import annotations

from pathlib import Path

import pytest
from parkgraph.errors import Unreadable
from parkgraph.validate.inputs import Library


def test_links_in_a_circle_and_to_nothing_are_unreadable(tmp_path: Path) -> None:
    circle, nothing = tmp_path / "circle.ttl", tmp_path / "nothing.ttl"
    circle.symlink_to("circle.ttl")
    nothing.symlink_to("nowhere.ttl")
    for path in (circle, nothing):
        with pytest.raises(Unreadable):
            Library().inputs([path], [])
