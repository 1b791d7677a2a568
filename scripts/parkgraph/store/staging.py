"""Names of staging graphs: they tell when the load began, and so whether it may still need them."""

from __future__ import annotations

import calendar
import contextlib
import re
import secrets
import time
from collections.abc import Iterable

MARK = "?staging="
"""What stands between a graph's IRI and the mark of a load in the IRI of its staging graph."""

FORGOTTEN_AFTER = 24 * 3600
"""Seconds after which the next load removes the staging graphs of one that never ended."""

_TIME = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r".*" + re.escape(MARK) + r"(\d{8}T\d{6}Z)-[0-9a-f]{8}")


def staging_of(graphs: Iterable[str]) -> dict[str, str]:
    """Graph → its staging graph, for a load that begins now."""
    mark = f"{time.strftime(_TIME, time.gmtime())}-{secrets.token_hex(4)}"
    return {graph: f"{graph}{MARK}{mark}" for graph in graphs}


def is_forgotten(staging: str) -> bool:
    """Whether its load began so long ago that it cannot still run."""
    named = _NAME.fullmatch(staging)
    with contextlib.suppress(ValueError):  # the name of no moment
        return named is not None and time.time() - _moment(named[1]) > FORGOTTEN_AFTER
    return False


def _moment(written: str) -> int:
    return calendar.timegm(time.strptime(written, _TIME))
