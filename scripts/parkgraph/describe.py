"""What `build` and `load` say of what they write: VoID (counts), DCAT (files), PROV (origin) as triples.

Every count is made from the triples themselves. Dates come from the ontology's header, or from
SOURCE_DATE_EPOCH where that is set, never from the clock.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

from parkgraph import __version__
from parkgraph.errors import Usage
from parkgraph.messages import _
from parkgraph.names import BASE, GRAPH_DATA, GRAPH_ONTOLOGY, ONTOLOGY, PARK, XSD, shorten
from parkgraph.read.files import Root, read_bytes

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
PROV = "http://www.w3.org/ns/prov#"
SPDX = "http://spdx.org/rdf/terms#"

PREFIXES = {"void": VOID, "dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF, "prov": PROV, "spdx": SPDX,
            "xsd": XSD, "owl": "http://www.w3.org/2002/07/owl#"}  # fmt: skip

DATASET = BASE + "dataset"

_MEDIA_TYPES = {
    "ttl": "text/turtle",
    "nq": "application/n-quads",
    "jsonld": "application/ld+json",
    "csv": "text/csv",
}

_DATASET = """
<{dataset}> a void:Dataset , dcat:Dataset , prov:Entity ;
    dcterms:title "园区知识图谱"@zh , "parkgraph: a knowledge graph of an industrial park"@en ;
    owl:versionInfo "{version}" ; dcterms:identifier "sha256:{digest}" ; void:uriSpace "{base}" ;
    prov:wasGeneratedBy <{dataset}/build> .
<{dataset}/build> a prov:Activity ; prov:wasAssociatedWith <{base}software/{version}> .
<{base}software/{version}> a prov:SoftwareAgent ; foaf:name "parkgraph {version}" .
"""

_FILE = """
<{dataset}> dcat:distribution <{dataset}/file/{name}> .
<{dataset}/file/{name}> a dcat:Distribution ; dcterms:title "{name}" ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/{media}> ;
    dcat:byteSize "{size}"^^xsd:nonNegativeInteger ; spdx:checksum <{dataset}/file/{name}#sha256> .
<{dataset}/file/{name}#sha256> spdx:algorithm spdx:checksumAlgorithm_sha256 ;
    spdx:checksumValue "{digest}"^^xsd:hexBinary .
"""

# Of the ontology's header these say the same of the dataset.
_ORIGIN = f"""CONSTRUCT {{
  <{DATASET}> ?same ?value ; prov:wasDerivedFrom ?source ; void:vocabulary ?vocabulary
}}
WHERE {{
  {{ GRAPH <{GRAPH_ONTOLOGY}> {{ <{ONTOLOGY}> ?same ?value }}
    VALUES ?same {{ dcterms:license dcterms:creator dcterms:publisher dcterms:created dcterms:issued
                    dcterms:modified }} }}
  UNION  # whatever has a text of its own is a source; its class is the ontology's business
  {{ GRAPH <{GRAPH_DATA}> {{ ?source <{PARK}textSha256> ?text }} }}
  UNION
  {{ SELECT DISTINCT (IRI(REPLACE(STR(?term), "[^/#]*$", "")) AS ?vocabulary) {{
      {{ ?thing ?term ?anything }} UNION {{ ?thing a ?term FILTER(isIRI(?term)) }} }} }}
}}"""

_COUNTS = """CONSTRUCT {{ <{node}> void:triples ?triples ; void:distinctSubjects ?subjects ;
  void:distinctObjects ?objects ; void:properties ?properties ; void:entities ?entities ;
  void:classes ?classes }}
WHERE {{
  {{ SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
           (COUNT(DISTINCT ?p) AS ?properties) {{ ?s ?p ?o }} }}
  {{ SELECT (COUNT(DISTINCT ?s) AS ?entities) {{ ?s ?p ?o FILTER(isIRI(?s)) }} }}
  {{ SELECT (COUNT(DISTINCT ?o) AS ?classes) {{ ?s a ?o }} }}
}}"""

_PARTS = """CONSTRUCT {{ <{node}> a void:Dataset ; void:{kind}Partition ?part .
  ?part void:{kind} ?term ; void:{number} ?count }}
WHERE {{
  {{ SELECT ?term (COUNT({counted}) AS ?count) {{ {pattern} FILTER(isIRI(?term)) }} GROUP BY ?term }}
  VALUES (?term ?part) {{ {names} }}
}}"""

_PARTITIONS = (
    ("class", "entities", "DISTINCT ?s", "?s a ?term"),
    ("property", "triples", "*", "?s ?term ?o"),
)

Graphs = Mapping[str, Iterable[Triple]]


def describe(
    graphs: Graphs, files: Mapping[str, bytes], inputs_digest: str, prefixes: Mapping[str, str]
) -> list[Triple]:
    """The description as triples.

    graphs: named graph → its triples, as written to the N-Quads file.  files: name → content of every file
    that goes with it.  inputs_digest: SHA-256 (hex) of all input files.  prefixes: for readable IRIs.
    Raises Usage when SOURCE_DATE_EPOCH is no number.
    """
    store = Store()
    for graph, triples in graphs.items():
        store.bulk_extend(
            Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph)) for triple in triples
        )
    names = [NamedNode(graph) for graph in graphs]
    text = _DATASET.format(dataset=DATASET, base=BASE, version=__version__, digest=inputs_digest)
    text += "".join(f"<{DATASET}> void:subset <{graph}> .\n" for graph in graphs)
    for file, content in files.items():
        media, digest = _MEDIA_TYPES[file.rpartition(".")[2]], hashlib.sha256(content).hexdigest()
        text += _FILE.format(dataset=DATASET, name=file, media=media, size=len(content), digest=digest)
    found = _triples(store, _ORIGIN, names)
    if built := _source_date():
        found = [triple for triple in found if triple.predicate.value != DCTERMS + "modified"]
        text += f'<{DATASET}> dcterms:modified "{built}"^^xsd:dateTime .\n'
    found += _triples(store, _COUNTS.format(node=DATASET), names)
    for name in names:
        found += _triples(store, _COUNTS.format(node=name.value), [name])
        for part in _PARTITIONS:
            found += _triples(store, _partition(store, name, prefixes, *part), [name])
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    return [*found, *(quad.triple for quad in parse(head + text, RdfFormat.TURTLE))]


def inputs_digest(root: Root) -> str:
    """SHA-256 over the names and digests of all input files."""
    digest = hashlib.sha256()
    for file in root.files():
        content = hashlib.sha256(read_bytes(file.path, name=file.name)).hexdigest()
        digest.update(f"{content}  {file.name}\n".encode())
    return digest.hexdigest()


def _triples(store: Store, query: str, graphs: Sequence[NamedNode]) -> list[Triple]:
    return list(store.query(query, default_graph=graphs, prefixes=PREFIXES))  # type: ignore[arg-type]


def _partition(
    store: Store, graph: NamedNode, prefixes: Mapping[str, str], kind: str, number: str, counted: str,
    pattern: str,
) -> str:  # fmt: skip
    """The query for a partition of a graph, with a name for each of its parts."""
    text = f"SELECT DISTINCT ?term {{ {pattern} FILTER(isIRI(?term)) }}"
    terms = [row[0].value for row in store.query(text, default_graph=[graph])]  # type: ignore[union-attr]
    short = {term: shorten(term, prefixes).replace(":", "-") for term in terms}
    digests = {term: hashlib.sha256(term.encode()).hexdigest()[:12] for term in terms}
    slugs = {term: digests[term] if short[term].startswith("<") else short[term] for term in terms}
    names = " ".join(f"(<{term}> <{graph.value}/{kind}/{slug}>)" for term, slug in slugs.items())
    node = graph.value
    return _PARTS.format(node=node, kind=kind, number=number, counted=counted, pattern=pattern, names=names)


def _source_date() -> str | None:
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return None
    try:
        return datetime.fromtimestamp(int(given), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        raise Usage(_("SOURCE_DATE_EPOCH is no number of seconds: {given!r}", given=given)) from None
