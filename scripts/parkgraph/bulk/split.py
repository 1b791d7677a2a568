"""Which source a thing belongs to, so that the graph can be cut into a part a source.

A park's facts come from the sources about it, so parts are what is spread over machines. A subject goes with
all its triples, asserted and inferred, to the one source its evidence is from. What has evidence from no
source or from several (concepts, the ontology, a province that two parks name) is shared. Every triple is
thus in exactly one part, and the parts together are the graph.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, Triple

from parkgraph.names import PARK, SOURCE

SHARED = "shared"
"""Name of the part of what belongs to no one source."""

_IN_SOURCE = NamedNode(PARK + "inSource")
_EVIDENCE = NamedNode(PARK + "evidence")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def parts_of(data: Iterable[Triple]) -> dict[object, str]:
    """Subject → name of its part, for the subjects of `data` that belong to one source; the rest is SHARED.

    data: the asserted triples, passages among them; may be read only once.
    """
    sources: dict[object, set[object]] = {}
    cited: list[tuple[object, object]] = []
    for triple in data:
        if triple.predicate == _IN_SOURCE:
            sources.setdefault(triple.subject, set()).add(triple.object)
            sources.setdefault(triple.object, set()).add(triple.object)
        elif triple.predicate == _EVIDENCE:
            cited.append((triple.subject, triple.object))
    places = {place: next(iter(found)) for place, found in sources.items() if len(found) == 1}
    for subject, place in cited:
        # A passage that is in no source counts as a source of its own: what cites it is then shared.
        sources.setdefault(subject, set()).add(places.get(place, place))
    named = _names({source for place, source in places.items()})
    return {
        subject: named[next(iter(found))]
        for subject, found in sources.items()
        if len(found) == 1 and next(iter(found)) in named
    }


def _names(sources: set[object]) -> Mapping[object, str]:
    """A name for each source that can stand in file names and IRIs, none twice."""

    def name(source: object) -> str:
        iri = source.value if isinstance(source, NamedNode) else str(source)
        tail = iri.removeprefix(SOURCE)
        if _NAME.fullmatch(tail) and tail != SHARED:
            return tail
        return hashlib.sha256(iri.encode()).hexdigest()[:16]

    return {source: name(source) for source in sources}
