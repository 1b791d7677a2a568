"""Pages for a browser: a folder that any web host can serve (`site`), and a server (`serve`)."""

from __future__ import annotations

from importlib.util import find_spec

from parkgraph.errors import Usage
from parkgraph.messages import _


def need(*modules: str) -> None:
    """Raises Usage when a package of the extra `web` is not installed."""
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise Usage(
            _("not installed: {missing}", missing=missing),
            fix=_('pip install "parkgraph[web]" installs what pages need'),
        )
