"""Comparing by value: what stores rewrite is equal, everything else is not."""

from __future__ import annotations

import pytest
from parkgraph.store.canonical import GENID, Measure, Payload, differences, measure_store, results_by_value
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

XSD = "http://www.w3.org/2001/XMLSchema#"
S, P = NamedNode("https://example.org/s"), NamedNode("https://example.org/p")


def measure(triples: list[Triple]) -> Measure:
    store = Store()
    store.extend(Quad(*triple) for triple in triples)
    return measure_store(store)


def typed(value: str, name: str) -> Triple:
    return Triple(S, P, Literal(value, datatype=NamedNode(XSD + name)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("5400.0", "decimal"), typed("5400", "decimal")),
        (typed("01", "integer"), typed("1", "integer")),
        (typed("1", "boolean"), typed("true", "boolean")),
        (Triple(S, P, Literal("x", language="zh-Hans")), Triple(S, P, Literal("x", language="zh-hans"))),
        (typed("2018-06-20T08:00:08+08:00", "dateTime"), typed("2018-06-20T00:00:08Z", "dateTime")),
        (typed("2018-01-01T00:30:00.50+01:00", "dateTime"), typed("2017-12-31T23:30:00.5Z", "dateTime")),
        (typed("AB12", "hexBinary"), typed("ab12", "hexBinary")),
    ],
)
def test_the_same_value_is_the_same(one: Triple, other: Triple) -> None:
    assert measure([one]) == measure([other])
    assert measure([one]).sha256 is not None
    assert Payload([one, other]).content.decode() == f"{one} .\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("5400.1", "decimal"), typed("5400", "decimal")),
        (typed("1", "integer"), typed("1", "decimal")),
        (Triple(S, P, Literal("x", language="zh")), Triple(S, P, Literal("x", language="en"))),
        (Triple(S, P, Literal("x")), Triple(S, P, Literal("y"))),
        (Triple(S, P, Literal("AB")), Triple(S, P, Literal("ab"))),
        (typed("2018-06-20T08:00:08+08:00", "dateTime"), typed("2018-06-20T08:00:08Z", "dateTime")),
        (typed("2018-06-20T08:00:08", "dateTime"), typed("2018-06-20T08:00:08Z", "dateTime")),
        (
            typed("2018-06-20T08:00:08.12345671Z", "dateTime"),
            typed("2018-06-20T08:00:08.1234567Z", "dateTime"),
        ),
    ],
)
def test_another_value_is_another(one: Triple, other: Triple) -> None:
    assert measure([one]).sha256 != measure([other]).sha256
    assert [line.partition(" ")[0] for line in differences(measure([one]), measure([other]))] == ["sha256"]


def test_blank_nodes_get_names_that_stay() -> None:
    sent = Payload([Triple(BlankNode("b1"), P, BlankNode("b2"))])
    assert sent.content.decode() == f"{NamedNode(GENID + 'b1')} {P} {NamedNode(GENID + 'b2')} .\n"


def test_blank_nodes_in_an_answer_do_not_hang_on_their_labels() -> None:
    one, other = ([Triple(BlankNode(name), P, S)] for name in ("a", "b"))
    assert measure(one) == measure(other)


def test_differences_name_number_and_predicate() -> None:
    q = NamedNode("https://example.org/q")
    more = measure([typed("1", "integer"), Triple(S, q, S)])
    less = measure([typed("1", "integer")])
    assert differences(more, less) == ["triples 2 → 1", "<https://example.org/q> 1 → 0"]
    assert differences(less, more) == ["triples 1 → 2", "<https://example.org/q> 0 → 1"]
    assert differences(less, more, at_least=True) == []
    assert differences(more, less, at_least=True) != []


def test_results_are_read_by_value_and_only_whole() -> None:
    answer = (
        b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"typed-literal",'
        b'"datatype":"http://www.w3.org/2001/XMLSchema#boolean","value":"1"}}]}}'
    )
    assert b'"value": "true"' in results_by_value(answer)
    with pytest.raises(ValueError):
        results_by_value(answer[:-2])


def test_a_graph_too_large_to_be_hashed_is_counted_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    held = [typed(str(number), "integer") for number in range(30)]
    held += [typed("01", "integer"), held[0], typed("5.0", "decimal"), typed("5.00", "decimal")]
    held += [Triple(S, P, Literal("x", language=tag)) for tag in ("en", "EN")]
    small = Payload(held).wanted
    monkeypatch.setattr("parkgraph.store.canonical.HASH_LIMIT", 10)
    large = Payload(held).wanted
    assert small.sha256 and large == small._replace(sha256=None) and large.triples == 32
