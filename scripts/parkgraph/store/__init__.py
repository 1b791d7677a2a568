"""Remote triple stores: loading with proof, verifying, and reading from them."""

from __future__ import annotations

from importlib.util import find_spec

from parkgraph.errors import Usage
from parkgraph.messages import _


def check_installed() -> None:
    """Raises Usage, with the command that mends it, when httpx or tenacity is missing: they are an extra."""
    missing = " ".join(name for name in ("httpx", "tenacity") if find_spec(name) is None)
    if missing:
        raise Usage(
            _("talking to a store needs {missing}", missing=missing), fix=_("pip install 'parkgraph[store]'")
        )
