"""The offline part of FOOPS! is passed in full."""

from __future__ import annotations

import fair


def test_score_is_full() -> None:
    found = list(fair.results())
    assert len(found) == 24
    assert [one for one in found if one.share is not None and one.share < 1] == []
    assert sum(one.share is None for one in found) == 6
