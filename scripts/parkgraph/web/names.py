"""What things are called on a page: their labels, and titles made for those without one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from parkgraph.evidence.sources import passage_of
from parkgraph.messages import _
from parkgraph.names import OWL, PARK, RDFS, SKOS
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
