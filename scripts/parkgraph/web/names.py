"""What things are called on a page, and where on the site each has its place.

A thing is called by its label, or by a title made for it. Its place is that of its IRI under the site's root:
`…/id/project/x` is `id/project/x/`, which holds the data and leads to the pages `zh/id/project/x.html` and
`en/id/project/x.html`. A term of the ontology shares its IRI's page with all others, so it has one of its own
below `ontology/class/` or `ontology/property/`, apart, because file systems take `Indicator` and `indicator`
for the same; a passage is a place in the page of its source.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode

from parkgraph.evidence.sources import passage_of
from parkgraph.messages import _
from parkgraph.names import BASE, ONTOLOGY, OWL, PARK, RDFS, SKOS, shorten
from parkgraph.search.things import TYPE, Things

DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
LABELS = (NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel"))

FOREIGN = {
    iri: {"en": english, "zh": chinese}
    for line in Path(__file__).with_name("foreign.tsv").read_text("utf-8").splitlines()
    for iri, english, chinese in [line.split("\t")]
}
"""Terms of other vocabularies, which the ontology uses without giving them labels."""

_CHINESE = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]{2}")


def tongue(text: str) -> str:
    """The language of a text of ours: zh or en, "" for figures and signs."""
    return "zh" if _CHINESE.search(text) else "en" if _LATIN.search(text) else ""


class Names:
    """Labels in the chosen language, else in the other, else made: the same everywhere."""

    def __init__(self, things: Things) -> None:
        self._things = things
        self._known: dict[tuple[str, str], str] = {}
        self._holders: dict[str, Counter[str]] = {}

    def of(self, node: NamedNode, lang: str) -> str:
        """The name of `node`."""
        key = (node.value, lang)
        if key not in self._known:
            self._known[key] = node.value  # of things that name each other in a circle
            self._known[key] = self._found(node, lang)
        return self._known[key]

    def shared(self, node: NamedNode, lang: str) -> bool:
        """Whether another thing has the same label."""
        if lang not in self._holders:
            labels = {
                (quad.subject, quad.object.value)
                for predicate in LABELS
                for quad in self._things.quads(None, predicate)
                if isinstance(quad.object, Literal) and (quad.object.language or lang).split("-")[0] == lang
            }
            self._holders[lang] = Counter(label for __, label in labels)
        return self._holders[lang][self.of(node, lang)] > 1

    def kind(self, node: NamedNode, lang: str) -> str:
        """What it is, in a word."""
        kinds = self._things.kinds(node)
        return self.of(kinds[0], lang) if kinds else ""

    def _found(self, node: NamedNode, lang: str) -> str:
        name = self._things.name(node)
        passage = passage_of(node)
        if passage is not None:
            return f"{self.of(NamedNode(passage[0]), lang)} {passage[1].start}–{passage[1].end}"
        if name.label[lang] != name.short:
            return name.label[lang]
        if node.value in FOREIGN:
            return FOREIGN[node.value][lang]
        return self._made(node, lang) or name.short

    def _made(self, node: NamedNode, lang: str) -> str:
        """A title from what a thing is and what it is about: the first thing that it points to."""
        about = sorted(
            (not quad.predicate.value.startswith(OWL), quad.predicate.value, quad.object.value)
            for quad in self._things.quads(node)
            if isinstance(quad.object, NamedNode)
            and quad.predicate != TYPE
            and quad.predicate.value not in _APART
        )
        kind = self.kind(node, lang)
        if not kind or not about or node.value.startswith(PARK):
            return ""
        return _("{kind}: {of}", kind=kind, of=self.of(NamedNode(about[0][2]), lang))[lang]


_APART = {PARK + "basis", OWL + "annotatedProperty", RDFS + "isDefinedBy"}


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
