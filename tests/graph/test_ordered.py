"""Triples in order, as text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from parkgraph.graph.assemble import Ordered, merged, triples_of
from parkgraph.names import RDF
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

TYPE = NamedNode(RDF + "type")
SOME = st.sampled_from([NamedNode(f"http://e/{name}") for name in ("a", "ab", "a/b", "b#c")])
LITERALS = st.builds(Literal, st.text(st.characters(codec="utf-8"))) | st.builds(
    Literal, st.sampled_from(["1", "1.0", "01", "a\tb\n\u2028\x85"]), datatype=SOME
)
NODES = SOME | st.sampled_from([BlankNode("b1"), BlankNode("b12")])
TRIPLES = st.lists(
    st.builds(Triple, NODES, SOME | st.just(TYPE), NODES | LITERALS | st.just(Literal("x", language="zh")))
)


def by_definition(triples: list[Triple]) -> list[Triple]:
    return sorted(
        set(triples), key=lambda t: (str(t.subject), t.predicate != TYPE, str(t.predicate), str(t.object))
    )


@given(TRIPLES)
def test_order(triples: list[Triple]) -> None:
    found = Ordered(triples)
    assert list(found) == list(found) == by_definition(triples)
    assert len(found) == len(set(triples))


@given(TRIPLES, TRIPLES)
def test_merged(one: list[Triple], two: list[Triple]) -> None:
    assert list(triples_of(merged([Ordered(one), Ordered(two)]))) == by_definition(one + two)


def test_namespaces_in_use() -> None:
    found = Ordered(
        [Triple(NamedNode("http://a/x"), NamedNode("http://b#y"),
                Literal("<http://no/z>", datatype=NamedNode("http://c/d/e"))),
         Triple(NamedNode("http://a/x"), NamedNode("http://b#y"), Literal("http://no/z", language="en"))]
    )  # fmt: skip
    used = ["http://a/", "http://b#", "http://c/", "http://c/d/"]
    assert [found.uses(namespace) for namespace in used] == [True] * 4
    assert not any(found.uses(namespace) for namespace in ("http://no/", "http://c/d/e/", "http://b/"))
