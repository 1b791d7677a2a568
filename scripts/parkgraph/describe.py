"""The description of what `build` and `load` write: VoID (counts), DCAT (files), PROV (origin), as triples.

Every count is made from the triples themselves. Dates come from the ontology's header, or from
SOURCE_DATE_EPOCH where that is set, never from the clock.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from parkgraph import __version__
from parkgraph.errors import Usage
from parkgraph.messages import _
from parkgraph.names import BASE, GRAPH_DATA, GRAPH_ONTOLOGY, ONTOLOGY, PARK, RDF, XSD, shorten
from parkgraph.read.files import Root, read_bytes

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
PROV = "http://www.w3.org/ns/prov#"
SPDX = "http://spdx.org/rdf/terms#"
OWL_VERSION = "http://www.w3.org/2002/07/owl#versionInfo"

PREFIXES = {"void": VOID, "dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF, "prov": PROV, "spdx": SPDX,
            "xsd": XSD, "owl": "http://www.w3.org/2002/07/owl#"}  # fmt: skip

DATASET = BASE + "dataset"

MEDIA_TYPES = {
    ".ttl": "text/turtle",
    ".nq": "application/n-quads",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv",
    ".md": "text/markdown",
}

# Of the ontology's header these say the same of the dataset.
_HEADER = ("license", "creator", "publisher", "created", "issued", "modified")

_TYPE = NamedNode(RDF + "type")

Graphs = Mapping[str, Iterable[Triple]]


def describe(
    graphs: Graphs, files: Mapping[str, bytes], inputs_digest: str, prefixes: Mapping[str, str]
) -> list[Triple]:
    """The description as triples.

    graphs: named graph → its triples, as written to the N-Quads file.  files: name → content of every file
    that goes with it.  inputs_digest: SHA-256 (hex) of all input files.  prefixes: for readable IRIs.
    Raises Usage when SOURCE_DATE_EPOCH is no number.
    """
    sets = {graph: set(triples) for graph, triples in graphs.items()}
    return [
        *_dataset(sets, inputs_digest),
        *(triple for graph, triples in sets.items() for triple in _subset(graph, triples, prefixes)),
        *(triple for name, content in files.items() for triple in _file(name, content)),
    ]


def inputs_digest(root: Root) -> str:
    """SHA-256 over the names and digests of all input files."""
    digest = hashlib.sha256()
    for file in root.files():
        content = hashlib.sha256(read_bytes(file.path, name=file.name)).hexdigest()
        digest.update(f"{content}  {file.name}\n".encode())
    return digest.hexdigest()


def _dataset(graphs: Mapping[str, set[Triple]], inputs_digest: str) -> Iterator[Triple]:
    dataset, activity = NamedNode(DATASET), NamedNode(DATASET + "/build")
    yield _is_a(dataset, VOID + "Dataset")
    yield _is_a(dataset, DCAT + "Dataset")
    yield _is_a(dataset, PROV + "Entity")
    for word, lang in (("园区知识图谱", "zh"), ("parkgraph: a knowledge graph of an industrial park", "en")):
        yield Triple(dataset, NamedNode(DCTERMS + "title"), Literal(word, language=lang))
    yield Triple(dataset, NamedNode(OWL_VERSION), Literal(__version__))
    yield Triple(dataset, NamedNode(DCTERMS + "identifier"), Literal(f"sha256:{inputs_digest}"))
    yield Triple(dataset, NamedNode(VOID + "uriSpace"), Literal(BASE))
    header = {
        (triple.predicate.value, triple.object)
        for triple in graphs.get(GRAPH_ONTOLOGY, ())
        if triple.subject == NamedNode(ONTOLOGY)
    }
    built = _source_date()
    for name in _HEADER:
        if name == "modified" and built:
            continue
        for predicate, value in header:
            if predicate == DCTERMS + name:
                yield Triple(dataset, NamedNode(predicate), value)
    if built:
        yield Triple(dataset, NamedNode(DCTERMS + "modified"), built)
    yield from _counts(dataset, {triple for triples in graphs.values() for triple in triples})
    for graph in graphs:
        yield Triple(dataset, NamedNode(VOID + "subset"), NamedNode(graph))
    for vocabulary in sorted(_vocabularies(graphs)):
        yield Triple(dataset, NamedNode(VOID + "vocabulary"), NamedNode(vocabulary))
    yield Triple(dataset, NamedNode(PROV + "wasGeneratedBy"), activity)
    yield _is_a(activity, PROV + "Activity")
    tool = NamedNode(f"{BASE}software/{__version__}")
    yield Triple(activity, NamedNode(PROV + "wasAssociatedWith"), tool)
    yield _is_a(tool, PROV + "SoftwareAgent")
    yield Triple(tool, NamedNode(FOAF + "name"), Literal(f"parkgraph {__version__}"))
    for source in _sources(graphs.get(GRAPH_DATA, ())):
        yield Triple(dataset, NamedNode(PROV + "wasDerivedFrom"), source)


def _subset(graph: str, triples: set[Triple], prefixes: Mapping[str, str]) -> Iterator[Triple]:
    subset = NamedNode(graph)
    yield _is_a(subset, VOID + "Dataset")
    yield from _counts(subset, triples)
    classes: Counter[NamedNode] = Counter()
    for __, kind in {(triple.subject, triple.object) for triple in triples if _is_type(triple)}:
        if isinstance(kind, NamedNode):
            classes[kind] += 1
    for kind, count in classes.items():
        part = NamedNode(f"{graph}/class/{_slug(kind, prefixes)}")
        yield Triple(subset, NamedNode(VOID + "classPartition"), part)
        yield Triple(part, NamedNode(VOID + "class"), kind)
        yield Triple(part, NamedNode(VOID + "entities"), _integer(count))
    for predicate, count in Counter(triple.predicate for triple in triples).items():
        part = NamedNode(f"{graph}/property/{_slug(predicate, prefixes)}")
        yield Triple(subset, NamedNode(VOID + "propertyPartition"), part)
        yield Triple(part, NamedNode(VOID + "property"), predicate)
        yield Triple(part, NamedNode(VOID + "triples"), _integer(count))


def _counts(node: NamedNode, triples: set[Triple]) -> Iterator[Triple]:
    """How much there is in `triples`, which a reader may recount."""
    subjects = {triple.subject for triple in triples}
    counts = {
        "triples": len(triples),
        "entities": sum(isinstance(subject, NamedNode) for subject in subjects),
        "distinctSubjects": len(subjects),
        "distinctObjects": len({triple.object for triple in triples}),
        "properties": len({triple.predicate for triple in triples}),
        "classes": len({triple.object for triple in triples if _is_type(triple)}),
    }
    for name, count in counts.items():
        yield Triple(node, NamedNode(VOID + name), _integer(count))


def _file(name: str, content: bytes) -> Iterator[Triple]:
    file = NamedNode(f"{DATASET}/file/{name}")
    checksum = NamedNode(f"{DATASET}/file/{name}#sha256")
    suffix = name[name.rindex(".") :]
    yield Triple(NamedNode(DATASET), NamedNode(DCAT + "distribution"), file)
    yield _is_a(file, DCAT + "Distribution")
    yield Triple(file, NamedNode(DCTERMS + "title"), Literal(name))
    media = "https://www.iana.org/assignments/media-types/" + MEDIA_TYPES[suffix]
    yield Triple(file, NamedNode(DCAT + "mediaType"), NamedNode(media))
    yield Triple(file, NamedNode(DCAT + "byteSize"), _integer(len(content), "nonNegativeInteger"))
    yield Triple(file, NamedNode(SPDX + "checksum"), checksum)
    yield Triple(checksum, NamedNode(SPDX + "algorithm"), NamedNode(SPDX + "checksumAlgorithm_sha256"))
    digest = Literal(hashlib.sha256(content).hexdigest(), datatype=NamedNode(XSD + "hexBinary"))
    yield Triple(checksum, NamedNode(SPDX + "checksumValue"), digest)


def _source_date() -> Literal | None:
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return None
    try:
        moment = datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError):
        raise Usage(_("SOURCE_DATE_EPOCH is no number of seconds: {given!r}", given=given)) from None
    return Literal(moment.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=NamedNode(XSD + "dateTime"))


def _vocabularies(graphs: Graphs) -> set[str]:
    used = {
        term.value
        for triples in graphs.values()
        for triple in triples
        for term in (triple.predicate, triple.object if _is_type(triple) else None)
        if isinstance(term, NamedNode)
    }
    return {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in used}


def _sources(data: Iterable[Triple]) -> list[NamedNode | BlankNode]:
    # Whatever has a text of its own is a source; its class is the ontology's business.
    return [triple.subject for triple in data if triple.predicate == NamedNode(PARK + "textSha256")]  # type: ignore[misc]


def _slug(node: NamedNode, prefixes: Mapping[str, str]) -> str:
    short = shorten(node.value, dict(prefixes))
    if short.startswith("<"):
        return hashlib.sha256(node.value.encode()).hexdigest()[:12]
    return short.replace(":", "-")


def _is_type(triple: Triple) -> bool:
    return triple.predicate == _TYPE


def _is_a(node: NamedNode, kind: str) -> Triple:
    return Triple(node, _TYPE, NamedNode(kind))


def _integer(number: int, datatype: str = "integer") -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + datatype))
