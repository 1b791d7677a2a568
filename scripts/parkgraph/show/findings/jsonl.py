"""JSON lines: one finding a line, in the form that `json` gives it."""

from __future__ import annotations

import json

from parkgraph.show.findings.json import as_object
from parkgraph.show.findings.told import Told


def render(told: Told) -> str:
    """One JSON object a line; nothing when there is no finding."""
    return "".join(json.dumps(as_object(f, told), ensure_ascii=False) + "\n" for f in told.findings)
