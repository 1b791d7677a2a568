"""parkgraph: a knowledge graph of an industrial park in which every answer shows the sentence it came from.

`parkgraph.open()` gives the graph without the terminal; see `parkgraph.api`.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's own, whose import would cost every command 4 ms
if TYPE_CHECKING:
    from parkgraph.api import open as open

__all__ = ["__version__", "open"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    # Lazy: `import parkgraph` (and so every command) must not pay for the library's imports.
    if name == "open":
        from parkgraph import api

        return api.open
    raise AttributeError(f"module 'parkgraph' has no attribute {name!r}")
