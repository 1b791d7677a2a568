"""Where on the site each IRI has its place: that of the IRI itself under the site's root.

`…/id/project/x` is `id/project/x/`, which holds the data and leads to the pages `zh/id/project/x.html` and
`en/id/project/x.html`. A term of the ontology shares its IRI's page with all others, so it has one of
its own below `ontology/class/` or `ontology/property/`, apart, because file systems take `Indicator` and
`indicator` for the same; a passage is a place in the page of its source.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from parkgraph.evidence.sources import passage_of
from parkgraph.names import BASE, ONTOLOGY, PARK, shorten

OWN = {
    "zh", "en", "index", "assets", "data", "api", "sparql", "graph-store", "external", "question", "graph",
    "questions", "search", "indicators", "open", "about", "404.html", "index.html", "sitemap.xml.gz",
    "robots.txt",
}  # fmt: skip
"""First parts of addresses that are pages and files of the site's own."""

_UNSAFE = re.compile(r'[\x00-\x1f<>:"|?*\\%]|^\.|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE)
_FILES = re.compile(r".*\.html|data\.(ttl|jsonld|nt|rdf)", re.IGNORECASE)


class Addresses:
    """The places of things; no two differ by case alone."""

    def __init__(
        self,
        iris: Iterable[str],
        kinds: Mapping[str, str],
        prefixes: Mapping[str, str],
        notes: Mapping[str, str],
    ) -> None:
        """iris: of all things with a page.  kinds: IRI of a term of the ontology → class or property.
        notes: IRI of an annotation → that of the thing on whose page it stands."""
        self._prefixes = dict(prefixes)
        self._kinds = kinds
        self._notes = notes
        self.parts: dict[str, int] = {}
        """IRI of a passage → the part of its source's page where it stands."""
        self._place: dict[str, str] = {}
        taken: set[str] = set()
        for iri in sorted(iris):
            place = self.usual(iri)
            if place.casefold() in taken:
                place = f"{place.rstrip('/')}~{_short(iri)}/"
            taken.add(place.casefold())
            self._place[iri] = place
        self.iri_at = {place: iri for iri, place in self._place.items()}

    def usual(self, iri: str) -> str:
        """The place of `iri`, were there no other."""
        if iri == ONTOLOGY:
            return "ontology/"
        if iri.startswith(PARK):
            return f"ontology/{self._kinds.get(iri, 'individual')}/{_part(iri[len(PARK) :])}/"
        inside = iri[len(BASE) :].split("/") if iri.startswith(BASE) and "#" not in iri else []
        if inside and all(inside) and inside[0].casefold() not in OWN:
            return "/".join(map(_part, inside)) + "/"
        short = shorten(iri, self._prefixes)
        return f"external/{_short(iri) if short.startswith('<') else _part(short.replace(':', '-', 1))}/"

    def place(self, iri: str) -> str | None:
        """Where the page of the thing is, from the folder of a language; None when it has none."""
        passage = passage_of(NamedNode(iri))
        if passage is not None and passage[0] in self._place:
            part = self.parts.get(iri, 1)
            end = f".p{part}" if part > 1 else ""
            return f"{quote(self._place[passage[0]].rstrip('/'))}{end}.html#{passage[1]}"
        found = self._place.get(self._notes.get(iri, iri))
        return found and quote(found.rstrip("/")) + ".html"

    def folder(self, iri: str) -> str:
        """The folder of a thing that has one, as a path."""
        return self._place[iri]

    def irregular(self, iri: str) -> bool:
        """Whether the place does not follow from the IRI alone."""
        return self._place.get(iri, "").rstrip("/") != iri.removeprefix(BASE)


def _part(name: str) -> str:
    decoded = unquote(name)
    safe = not _UNSAFE.search(decoded) and not _FILES.fullmatch(decoded) and "/" not in decoded
    return decoded if safe and len(decoded.encode()) < 120 else "~" + _short(name)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]
