"""Into a store, all or nothing: in one request where nothing can be lost, else staged, compared and moved."""

from __future__ import annotations

import contextlib
import itertools
import json
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import Triple

from parkgraph import __version__
from parkgraph.errors import ParkgraphError, Remote, Unreadable
from parkgraph.messages import LANGS, Text, _, in_language
from parkgraph.store.canonical import Measure, Payload, differences
from parkgraph.store.endpoint import Endpoint, is_forgotten, staging_of
from parkgraph.store.http import Refused, Uncertain

Say = Callable[[Text], None]

_KIND = "parkgraph load receipt 2"
_SHOWN = 20  # differences in a message
_FORBIDDEN = (403, 404, 405, 501)  # answers of a store that takes no data
_TRIES = 5  # of moving, when another load moves at the same moment
_AT_ONCE = 64 * 1024 * 1024  # bytes; more goes in pieces, for a server holds a request in memory


class Receipt(NamedTuple):
    """What the store must hold, so that anyone can look later.

    endpoint: the store's URL.  store: name of its profile.  mode: replace or add.  time: UTC, ISO 8601.
    version: of parkgraph.  graphs: IRI → what it held when the load was done.
    """

    endpoint: str
    store: str
    mode: str
    time: str
    version: str
    graphs: Mapping[str, Measure]

    def to_json(self) -> str:
        """The receipt as JSON text."""
        graphs = {name: found._asdict() for name, found in self.graphs.items()}
        told = {"kind": _KIND, **self._asdict(), "graphs": graphs}
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


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


def load(
    graphs: Mapping[str, Iterable[Triple]],
    endpoint: Endpoint,
    *,
    add: bool = False,
    say: Say = lambda text: None,
    tell: Say = lambda text: None,
) -> Receipt:
    """Writes `graphs` (IRI → triples, each gone through once) into the store; gives the receipt.

    add: keeps what the graphs hold; otherwise it is replaced.  say: is told each step; tell: what an
    interrupted load leaves behind.
    Raises Remote when anything fails; its message says what the store holds then.
    """
    payloads = {}
    for graph, triples in graphs.items():
        say(_("preparing {graph}", graph=graph))
        payloads[graph] = Payload(triples)
    return _Load(payloads, endpoint, add, say, tell).run()


def remove_forgotten(graphs: Iterable[str], endpoint: Endpoint) -> tuple[list[str], list[str]]:
    """Removes the staging graphs of `graphs` that a load of more than a day ago left behind.

    Gives them, and those that stay because their load may still run.
    """
    left = endpoint.staging_left(graphs)
    old = [place for place in left if is_forgotten(place)]
    if old:
        endpoint.drop(old)
    return old, [place for place in left if place not in old]


def verify(receipt: Receipt, endpoint: Endpoint) -> dict[str, list[str]]:
    """What in the store differs from the receipt: graph → differences, a line each, if any."""
    return {graph: differences(wanted, endpoint.measure(graph)) for graph, wanted in receipt.graphs.items()}


class _Load:
    """One load.

    staging: target → its staging graph; an empty graph needs none.  begun: those that may hold something.
    sending: a piece is on its way.  unsure: what was sent at once may still arrive.
    """

    def __init__(
        self, graphs: Mapping[str, Payload], endpoint: Endpoint, add: bool, say: Say, tell: Say
    ) -> None:
        self.graphs = graphs
        self.endpoint = endpoint
        self.adding = add
        self.say, self.tell = say, tell
        self.staging: dict[str, str] = {}
        self.begun: list[str] = []
        self.sending = self.unsure = False

    def run(self) -> Receipt:
        for __ in range(_TRIES - 1):
            try:
                return self._once()
            except _Mixed:
                # Two loads moved at the same moment, and the store mixed them (Oxigraph does).
                time.sleep(secrets.randbelow(1000) / 1000)
        return self._once()

    def _once(self) -> Receipt:
        self.staging, self.begun = {}, []
        once = self._sent_at_once()
        if not once:
            self._sent_and_moved()
        try:
            held = {graph: self._held(graph, whole=once) for graph in self.graphs}
            self._compare_all(held)
        except BaseException as failure:
            # A store may have said yes, and done nothing.
            undone = isinstance(failure, ParkgraphError) and self._nothing_done()
            self._end(failure, _OLD if undone else _NEW, removed=not undone or self._remove())
            raise
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        mode = "add" if self.adding else "replace"
        return Receipt(self.endpoint.base, self.endpoint.name, mode, moment, __version__, held)

    def _sent_at_once(self) -> bool:
        """Sends all graphs in one request, where the store takes that whole or not at all and none of them
        holds anything: there is nothing to lose, so nothing needs staging.  False where it is done otherwise.
        """
        asked = False
        try:
            if (
                self.endpoint.profile.quads is None
                or sum(one.size for one in self.graphs.values()) > _AT_ONCE
            ):
                return False
            if any(map(self.endpoint.holds, self.graphs)):
                return False
            for graph in self.graphs:
                self.say(_("sending {graph}: {share}", graph=graph, share="0 %"))
            asked = True
            self.endpoint.post(self.graphs)
        except BaseException as failure:
            status = failure.status if isinstance(failure, Refused) else 0
            if asked and isinstance(failure, Remote) and status not in (401, 403):
                # Smaller requests may do. Should this one be done later, it adds what then is there.
                self.unsure = not status
                return self.unsure and self._arrived()
            self._end(failure, _OLD if status or not asked else _UNKNOWN, removed=True)
            raise
        return True

    def _arrived(self) -> bool:
        """Whether all graphs count as what was sent, as far as the store tells."""
        try:
            return all(self._held(graph, whole=False) == sent.wanted for graph, sent in self.graphs.items())
        except ParkgraphError:
            return False

    def _sent_and_moved(self) -> None:
        """Sends each graph into a staging graph, compares that, and moves all of them in one request."""
        self.staging = staging_of(graph for graph, content in self.graphs.items() if content.size)
        try:
            self._stage()
            before = {graph: self.endpoint.counted(graph) for graph in self.graphs}
        except BaseException as failure:
            # What was being sent when we left may still arrive after it is removed.
            sending = self.sending and (isinstance(failure, Uncertain) or not isinstance(failure, Remote))
            self._end(failure, _UNKNOWN if self.unsure else _OLD, removed=self._remove() and not sending)
            raise
        self.say(_("moving into place"))
        try:
            self._switch()
        except BaseException as failure:
            state, known = self._state(before, failure)
            self._end(failure, state, removed=known and self._remove())
            raise

    def _stage(self) -> None:
        for graph, place in self.staging.items():
            content = self.graphs[graph]
            self.begun.append(place)
            self.sending = True
            try:
                for sent in itertools.chain((0,), self.endpoint.put(place, content)):
                    share = f"{100 * sent // content.size} %"
                    self.say(_("sending {graph}: {share}", graph=graph, share=share))
            except Refused as refused:
                if refused.status in (401, 403) and len(self.begun) == 1:
                    self.begun.clear()  # who may not write has written nothing
                raise
            self.sending = False
            self.say(_("comparing {graph}", graph=graph))
            _compare(content.wanted, self.endpoint.measure(place, content), graph)

    def _switch(self) -> None:
        if self.adding:
            self.endpoint.add(self.staging)
            with contextlib.suppress(Remote):  # all is in place; a staging graph left over does no harm
                self.endpoint.drop(self.staging.values())
            return
        try:
            self.endpoint.move(self.staging, [graph for graph in self.graphs if graph not in self.staging])
        except Uncertain:
            # It may have been done all the same; the store itself says.
            if any(self.endpoint.holds(place) for place in self.staging.values()):
                raise

    def _held(self, graph: str, *, whole: bool) -> Measure:
        """What the graph holds now.  whole: read it; else one that counts as what was compared is taken to
        hold that."""
        self.say(_("comparing {graph}", graph=graph))
        sent = self.graphs[graph]
        if whole or self.adding:
            return self.endpoint.measure(graph, sent)
        wanted, counted = sent.wanted, self.endpoint.counted(graph)
        return wanted if counted == wanted._replace(sha256=None) else counted

    def _compare_all(self, held: Mapping[str, Measure]) -> None:
        for graph, found in held.items():
            try:
                _compare(self.graphs[graph].wanted, found, graph, at_least=self.adding)
            except Remote as failure:
                if any(differences(self.graphs[graph].wanted, held[graph], at_least=True) for graph in held):
                    raise
                raise _Mixed(failure.message) from None

    def _state(self, before: Mapping[str, Measure], failure: BaseException) -> tuple[Text, bool]:
        """What the store holds after a failed move, and whether that is sure to stay so."""
        if isinstance(failure, Uncertain) or not isinstance(failure, ParkgraphError):
            return _UNKNOWN, False  # the server may still be at it, and then needs the staging graphs
        try:
            same = all(self.endpoint.counted(graph) == found for graph, found in before.items())
        except ParkgraphError:
            return _UNKNOWN, False
        return (_OLD, True) if same else (_MIXED, False)

    def _nothing_done(self) -> bool:
        """Whether all is where it was before the last request, as far as the store tells."""
        holds = self.endpoint.holds
        try:
            if self.staging:
                return all(map(holds, self.staging.values()))
            return not self.adding and not any(map(holds, self.graphs))
        except ParkgraphError:
            return False

    def _remove(self) -> bool:
        """Removes the staging graphs; whether that went well."""
        if not self.begun:
            return True
        try:
            self.endpoint.drop(self.begun)
        except ParkgraphError:
            return False
        return True

    def _end(self, failure: BaseException, state: Text, *, removed: bool) -> None:
        """Adds to the failure, or tells when it is an interrupt, what the store holds now."""
        if not removed:
            names = "\n    ".join(f"<{place}>" for place in self.begun)
            left = _("staging graphs that may be left, to be dropped by hand:\n    {names}", names=names)
            state = _both(state, left)
        if isinstance(failure, ParkgraphError):
            failure.message = _both(failure.message, state)
            if isinstance(failure, Refused) and failure.status in _FORBIDDEN:
                failure.fix = self.endpoint.profile.writes or failure.fix
            failure.fix = failure.fix or self.endpoint.profile.keeps
        else:
            self.tell(state)


class _Mixed(Remote):
    """The graphs hold what was sent, and more."""


def _both(first: Text, second: Text) -> Text:
    """The second on a line of its own."""
    return {lang: f"{in_language(first, lang)}\n  {in_language(second, lang)}" for lang in LANGS}


_OLD: Text = _("in place: the old graphs, untouched")
_NEW: Text = _(
    "the new graphs were moved into place; what is there now could not be confirmed as what was sent"
)
_MIXED: Text = _(
    "this store did a part of it: some graphs are neither the old nor the new; load again to mend it"
)
_UNKNOWN: Text = _(
    "whether the old or the new graphs are in place is not known; load again when the server answers"
)


def _compare(wanted: Measure, found: Measure, graph: str, *, at_least: bool = False) -> None:
    lines = differences(wanted, found, at_least=at_least)
    if lines:
        told = {"graph": graph, "shown": "\n    ".join(lines[:_SHOWN])}
        raise Remote(_("{graph}: the store does not hold what was sent (sent → held):\n    {shown}", **told))
