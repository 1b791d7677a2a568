"""Whether what talks to stores is installed: it is an extra, so that the core stays small."""

from __future__ import annotations

from importlib.util import find_spec

from parkgraph.errors import Usage
from parkgraph.messages import _


def check_installed() -> None:
    """Raises Usage, with the command that mends it, when httpx or tenacity is missing."""
    missing = " ".join(name for name in ("httpx", "tenacity") if find_spec(name) is None)
    if missing:
        raise Usage(
            _("talking to a store needs {missing}", missing=missing),
            fix=_("pip install 'parkgraph[store]'"),
        )
