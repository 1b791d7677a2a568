"""What things are called on a page: their labels, and titles made for those without one."""

from __future__ import annotations

import re
from collections import Counter

from pyoxigraph import Literal, NamedNode

from parkgraph.evidence.sources import passage_of
from parkgraph.messages import Message, _
from parkgraph.names import OWL, PARK, RDF, RDFS, SKOS
from parkgraph.search.things import TYPE, Things

DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
LABELS = (NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel"))

FOREIGN: dict[str, Message] = {
    RDF + "type": _("type"),
    RDFS + "label": _("label"),
    RDFS + "domain": _("domain"),
    RDFS + "range": _("range"),
    RDFS + "subClassOf": _("subclass of"),
    RDFS + "subPropertyOf": _("subproperty of"),
    RDFS + "seeAlso": _("see also"),
    RDFS + "isDefinedBy": _("defined by"),
    RDFS + "comment": _("comment"),
    OWL + "inverseOf": _("inverse of"),
    OWL + "disjointWith": _("disjoint with"),
    OWL + "versionInfo": _("version"),
    OWL + "Class": _("class"),
    OWL + "ObjectProperty": _("property"),
    OWL + "DatatypeProperty": _("property"),
    OWL + "AnnotationProperty": _("property"),
    OWL + "Axiom": _("annotation"),
    OWL + "Ontology": _("ontology"),
    SKOS + "altLabel": _("also called"),
    SKOS + "definition": _("definition"),
    SKOS + "scopeNote": _("note"),
    SKOS + "example": _("example"),
    SKOS + "notation": _("notation"),
    SKOS + "Concept": _("concept"),
    SKOS + "ConceptScheme": _("code list"),
    SKOS + "broader": _("broader"),
    SKOS + "narrower": _("narrower"),
    SKOS + "broaderTransitive": _("broader, at any distance"),
    SKOS + "inScheme": _("in code list"),
    SKOS + "topConceptOf": _("top concept of"),
    DCTERMS + "description": _("description"),
    DCTERMS + "title": _("title"),
    DCTERMS + "license": _("licence"),
    DCTERMS + "creator": _("creator"),
    DCTERMS + "publisher": _("publisher"),
    DCTERMS + "created": _("created"),
    DCTERMS + "issued": _("issued"),
    DCTERMS + "modified": _("modified"),
    SCHEMA + "headline": _("headline"),
    SCHEMA + "datePublished": _("published"),
    SCHEMA + "inLanguage": _("language"),
    SCHEMA + "author": _("author"),
    SCHEMA + "editor": _("editor"),
    SCHEMA + "publisher": _("publisher"),
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
