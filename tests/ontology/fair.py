"""The offline part of FOOPS!, the FAIR assessment of ontologies: tests by their names there, as a score.

    python tests/ontology/fair.py       prints it

What needs a registry, a DOI or a resolving address is "not yet": it is never counted as passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from parkgraph.names import BASE, ONTOLOGY, OWL, RDF, RDFS, SKOS
from parkgraph.read.files import Root
from parkgraph.read.strict import parse_strict
from pyoxigraph import NamedNode

REPO = Root(Path(__file__).resolve().parent.parent.parent)
DC, VANN = "http://purl.org/dc/terms/", "http://purl.org/vocab/vann/"
BIBO, FOAF = "http://purl.org/ontology/bibo/", "http://xmlns.com/foaf/0.1/"
TERMS = {OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}


class Result(NamedTuple):
    """One test.  share: passed part, 0 to 1; None when it cannot be had offline or before publication."""

    name: str
    says: str
    share: float | None


def results() -> Iterator[Result]:
    """Every test of FOOPS!, in its order."""
    quads = [q for file in REPO.files("ontology") for q in parse_strict(file.path, name=file.name)]
    about = {(q.predicate.value, q.object.value) for q in quads if q.subject == NamedNode(ONTOLOGY)}
    header = {predicate: value for predicate, value in about}
    terms = {
        q.subject.value
        for q in quads
        if q.predicate.value == RDF + "type" and q.object.value in TERMS and q.subject.value.startswith(BASE)
    }

    def has(*names: str) -> float:
        return sum(name in header for name in names) / len(names)

    def every(predicate: str) -> float:
        having = {q.subject.value for q in quads if q.predicate.value == predicate}
        return len(terms & having) / len(terms)

    reused = {q.predicate.value for q in quads} | {
        q.object.value for q in quads if isinstance(q.object, NamedNode)
    }
    outside = [iri for iri in reused if not iri.startswith((BASE, OWL, RDF, RDFS, "http://www.w3.org/2001/"))]
    redirects = (REPO.path / "docs" / "w3id" / ".htaccess").is_file()
    yield Result("FIND1", "a prefix is declared", has(VANN + "preferredNamespacePrefix"))
    yield Result("FIND2", "the prefix is in prefix.cc or LOV", None)
    yield Result("FIND3", "the ontology is in a registry", None)
    yield Result("FIND3_BIS", "metadata stay accessible there", None)
    yield Result("HTTP1", "an open protocol", float(ONTOLOGY.startswith("https://")))
    yield Result("CN1", "content negotiation", None)
    yield Result("DOC1", "documentation for people", float((REPO.path / "docs" / "ontology.md").is_file()))
    minimal = [DC + name for name in ("title", "description", "license", "creator")]
    yield Result("OM1", "minimal metadata", has(*minimal, OWL + "versionIRI", VANN + "preferredNamespaceUri"))
    more = [DC + name for name in ("created", "bibliographicCitation", "contributor")]
    more += [OWL + "versionInfo", VANN + "preferredNamespacePrefix"]
    yield Result("OM2", "recommended metadata", has(*more))
    detailed = [DC + name for name in ("publisher", "issued", "modified", "source")]
    detailed += [BIBO + "status", FOAF + "logo"]
    yield Result("OM3", "detailed metadata (a DOI once published)", has(*detailed))
    yield Result("OM4.1", "a license", has(DC + "license"))
    licence = header.get(DC + "license", "")
    yield Result(
        "OM4.2", "the license has an address", float(licence.startswith("https://creativecommons.org/"))
    )
    yield Result("OM5.1", "basic provenance", has(DC + "creator", DC + "created"))
    yield Result("OM5.2", "detailed provenance", has(DC + "issued", DC + "publisher"))
    yield Result(
        "PURL1", "a persistent address", float(ONTOLOGY.startswith("https://w3id.org/") and redirects)
    )
    yield Result("RDF1", "available as RDF", float(bool(quads)))
    yield Result("URI1", "the address resolves", None)
    local = re.compile(re.escape(ONTOLOGY) + r"#[A-Za-z][A-Za-z0-9]*")
    yield Result(
        "URI2", "consistent identifiers", sum(bool(local.fullmatch(iri)) for iri in terms) / len(terms)
    )
    version = header.get(OWL + "versionIRI", ONTOLOGY)
    yield Result("VER1", "a version IRI of its own", float(version != ONTOLOGY))
    yield Result("VER2", "the version IRI resolves", None)
    yield Result(
        "VOC1", "vocabularies for metadata are reused", float(any(iri.startswith(DC) for iri in outside))
    )
    yield Result(
        "VOC2", "other vocabularies are reused", float(len({re.split("[#/]", i)[2] for i in outside}) > 2)
    )
    yield Result("VOC3", "every term has a label", every(RDFS + "label"))
    yield Result("VOC4", "every term has a definition", every(SKOS + "definition"))


def score(found: list[Result]) -> float:
    """Passed share of the tests that can be made offline."""
    shares = [one.share for one in found if one.share is not None]
    return sum(shares) / len(shares)


if __name__ == "__main__":
    made = list(results())
    for one in made:
        print(f"{one.name:<10} {'not yet' if one.share is None else f'{one.share:.0%}':>7}  {one.says}")
    known = sum(one.share is not None for one in made)
    print(
        f"{score(made):.1%} of {known} tests that need no network; {len(made) - known} not before publication"
    )
