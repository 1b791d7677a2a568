"""JSON-LD says what N-Triples says, whatever stands in a text."""

from __future__ import annotations

import io
import json

from hypothesis import example, given
from hypothesis import strategies as st
from parkgraph.export import write_json_ld
from parkgraph.graph.assemble import Ordered
from parkgraph.names import RDF, XSD
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

PREFIXES = {"e": "http://e/", "xsd": XSD}
NODES = st.sampled_from([NamedNode("http://e/a"), NamedNode("http://other/b"), BlankNode("b1")])
PREDICATES = st.sampled_from([NamedNode("http://e/p"), NamedNode(RDF + "type"), NamedNode("http://other/q")])
TEXTS = st.text(st.characters(codec="utf-8"))
LITERALS = (
    st.builds(Literal, TEXTS)
    | st.builds(lambda text: Literal(text, language="zh-Hans"), TEXTS)
    | st.builds(
        Literal,
        TEXTS | st.just("5400.0"),
        datatype=st.sampled_from([NamedNode(XSD + "decimal"), NamedNode("http://no/d")]),
    )
)
TRIPLES = st.lists(
    st.builds(Triple, NODES, PREDICATES, NODES) | st.builds(Triple, NODES, PREDICATES, LITERALS)
)


def written(triples: list[Triple], graph: str | None) -> bytes:
    stream = io.BytesIO()
    write_json_ld({graph: Ordered(triples).terms()}, stream, PREFIXES)
    return stream.getvalue()


@given(TRIPLES)
@example(
    [
        Triple(
            NamedNode("http://e/a"),
            NamedNode("http://e/p"),
            Literal('\x00\x08\x0b\x7f"\\/\n\u2028\U0001f600'),
        )
    ]
)
def test_the_same_triples_come_back(triples: list[Triple]) -> None:
    place = NamedNode("http://e/graph")
    for graph in (None, place.value):
        found = set(parse(written(triples, graph), RdfFormat.JSON_LD))
        wanted = (Quad(*triple, place) if graph else Quad(*triple) for triple in triples)
        assert found == set(wanted)


def test_it_is_short() -> None:
    a, p, q = (NamedNode(iri) for iri in ("http://e/a", "http://e/p", "http://other/q"))
    (node,) = json.loads(written([
        Triple(a, NamedNode(RDF + "type"), NamedNode("http://e/C")), Triple(a, p, a),
        Triple(a, q, Literal("一")), Triple(a, q, Literal("二")),
    ], None))["@graph"]  # fmt: skip
    assert node == {
        "@id": "e:a", "@type": "e:C", "e:p": {"@id": "e:a"},
        "http://other/q": [{"@value": "一"}, {"@value": "二"}],
    }  # fmt: skip
