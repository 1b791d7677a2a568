"""The receipt of a load: what the store must hold, so that anyone can look later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from parkgraph.errors import Unreadable
from parkgraph.messages import _
from parkgraph.store.values import Measure

_KIND = "parkgraph load receipt 1"


class Receipt(NamedTuple):
    """endpoint: the store's URL.  store: name of its profile.  mode: replace or add.  time: UTC, ISO 8601.
    version: of parkgraph.  graphs: IRI → what it held when the load was done.
    """

    endpoint: str
    store: str
    mode: str
    time: str
    version: str
    graphs: Mapping[str, Measure]


def to_json(receipt: Receipt) -> str:
    """The receipt as JSON text."""
    graphs = {name: found._asdict() for name, found in receipt.graphs.items()}
    return (
        json.dumps({"kind": _KIND, **receipt._asdict(), "graphs": graphs}, indent=1, ensure_ascii=False)
        + "\n"
    )


def read_receipt(file: str | Path) -> Receipt:
    """The receipt in `file`.  Raises Unreadable."""
    from parkgraph.read.files import read_text

    text = read_text(Path(file), name=str(file))
    try:
        held: dict[str, Any] = json.loads(text)
        if held.pop("kind") != _KIND:
            raise ValueError
        graphs = {str(name): Measure(**found) for name, found in held.pop("graphs").items()}
        return Receipt(graphs=graphs, **held)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable(_("not a receipt of `parkgraph load`"), file=file) from None
