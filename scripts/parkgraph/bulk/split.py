"""Which source a thing belongs to, so that the graph can be cut into a part a source.

A park's facts come from the sources about it, so parts are what is spread over machines. A subject goes with
all its triples, asserted and inferred, to the one source its evidence is from. Shared is what has evidence
from no source or from several (the ontology, concepts), what a thing of another part refers to (an indicator
or a period that two parks name), and what a shared thing refers to in turn: a part and what is shared leave
no reference open. Every triple is in exactly one part, and the parts together are the graph.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, Triple

from parkgraph.names import OWL, PARK, SOURCE

SHARED = "shared"
"""Name of the part of what belongs to no one source."""

_IN_SOURCE = NamedNode(PARK + "inSource")
_EVIDENCE = NamedNode(PARK + "evidence")
_ANNOTATED = NamedNode(OWL + "annotatedSource")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def parts_of(data: Iterable[Triple]) -> dict[object, str]:
    """Subject → name of its part, for the subjects of `data` that belong to one source; the rest is SHARED.

    data: the asserted triples, passages among them; is read several times.
    """
    sources = _sources(data)
    real = {triple.object for triple in data if triple.predicate == _IN_SOURCE}
    owner = {
        subject: next(iter(found)) for subject, found in sources.items() if len(found) == 1 and found <= real
    }
    refers: dict[object, list[object]] = {}
    waiting = [subject for subject in sources if subject not in owner]
    for triple in data:
        place, target = owner.get(triple.subject), triple.object
        if target in owner:
            refers.setdefault(triple.subject, []).append(target)
            if owner[target] != place:
                waiting.append(target)
        if triple.predicate == _ANNOTATED:  # says on what a triple rests, so it goes where that triple is
            refers.setdefault(target, []).append(triple.subject)
    while waiting:
        subject = waiting.pop()
        owner.pop(subject, None)
        waiting += [target for target in refers.pop(subject, ()) if target in owner]
    named = _names(set(owner.values()))
    return {subject: named[source] for subject, source in owner.items()}


def _sources(data: Iterable[Triple]) -> dict[object, set[object]]:
    """Subject → the sources that its evidence is from, that it is in, or is."""
    sources: dict[object, set[object]] = {}
    for triple in data:
        if triple.predicate == _IN_SOURCE:
            sources.setdefault(triple.subject, set()).add(triple.object)
            sources.setdefault(triple.object, set()).add(triple.object)
    places = {place: next(iter(found)) for place, found in sources.items() if len(found) == 1}
    for triple in data:
        if triple.predicate == _EVIDENCE:
            # A passage that is in no source counts as a source of its own.
            sources.setdefault(triple.subject, set()).add(places.get(triple.object, triple.object))
    return sources


def _names(sources: set[object]) -> Mapping[object, str]:
    """A name for each source that can stand in file names and IRIs, none twice."""

    def name(source: object) -> str:
        iri = source.value if isinstance(source, NamedNode) else str(source)
        tail = iri.removeprefix(SOURCE)
        if _NAME.fullmatch(tail) and tail != SHARED:
            return tail
        return hashlib.sha256(iri.encode()).hexdigest()[:16]

    return {source: name(source) for source in sources}
