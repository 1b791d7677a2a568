"""The offline part of FOOPS! is passed but for a logo and a source, which the ontology does not have."""

from __future__ import annotations

import fair


def test_score_is_full_but_for_what_there_is_not() -> None:
    found = list(fair.results())
    assert len(found) == 24
    partly = {one.name: one.share for one in found if one.share is not None and one.share < 1}
    assert partly == {"OM3": 4 / 6}
    assert sum(one.share is None for one in found) == 6
