"""Every finding points at what a person must change, and at the line of the shape that says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from parkgraph.finding import Finding, Place
from parkgraph.read.turtle import Fact
from parkgraph.validate.check import Report
from parkgraph.validate.locate import ALSO, ANOTHER, COMPARED, INFERRED, SAME_LANGUAGE, VALUE
from pyoxigraph import NamedNode

Validate = Callable[..., Report]
HEAD = 6  # lines of prefixes before the texts of these tests
NOTES = {
    "also": ALSO, "another": ANOTHER, "compared": COMPARED, "inferred": INFERRED,
    "same language": SAME_LANGUAGE, "value": VALUE,
}  # fmt: skip


def at(place: Finding | Place) -> str:
    """File, line (of the text) and column of begin and end."""
    assert place.file and place.line and place.end_line
    lines = place.line - HEAD, place.end_line - HEAD
    return f"{place.file[0]} {lines[0]}:{place.column}-{lines[1]}:{place.end_column}"


def placed(report: Report) -> list[list[str]]:
    """Where each finding of a constraint is, where its shape and what else it tells of."""
    return [
        [at(one), *(f"{name} {at(place)}" for place in one.related for name, note in NOTES.items()
                    if place.note == note), *([f"shape {at(one.shape)}"] if one.shape else [])]
        for one in report.findings if one.component
    ]  # fmt: skip


S = "ex:S sh:targetClass ex:C ; "
P = "ex:S sh:targetClass ex:C ; sh:property "
PLACES = {
    "a value is spanned exactly": (
        'ex:a a ex:C ;\n  ex:p "昆明" , "x" .', P + "\n [ sh:path ex:p ;\n    sh:minLength 2 ] .",
        ["d 2:15-2:18", "shape s 3:5-3:19"]),
    "a missing property is the subject's": (
        "ex:b ex:q ex:a .\n\nex:a\n  a ex:C .", P + "ex:P .\nex:P sh:path ex:p ; sh:minCount 1 .",
        ["d 3:1-3:5", "shape s 2:21-2:34"]),
    "the last triple of a sequence": (
        "ex:a a ex:C ; ex:p ex:b .\nex:b ex:q ex:c , 5 .\nex:c ex:q 5 .",
        P + "[ sh:path ( ex:p ex:q ) ; sh:nodeKind sh:IRI ] .", ["d 2:18-2:19"]),
    "the last triple of a repeated path": (
        "ex:a a ex:C ; ex:p ex:b .\nex:b ex:p ex:c .\nex:c ex:p ex:d .\nex:b a ex:T . ex:c a ex:T .",
        P + "[ sh:path [ sh:oneOrMorePath ex:p ] ; sh:class ex:T ] .", ["d 3:11-3:15"]),
    "an inverse path points at the reference": (
        "ex:a a ex:C .\nex:b ex:x 1 ;\n  ex:p ex:a .",
        P + "[ sh:path [ sh:inversePath ex:p ] ; sh:class ex:T ] .", ["d 3:3-3:12", "value d 2:1-2:5"]),
    "an alternative and optional path": (
        "ex:a a ex:C ; ex:q 7 .\nex:b a ex:C ; ex:p 8 .",
        P + "[ sh:path [ sh:alternativePath ( ex:p [ sh:zeroOrOnePath ex:q ] ) ] ; sh:nodeKind sh:IRI ] .",
        ["d 1:20-1:21"], ["d 2:20-2:21"]),
    "a member of a list": (
        "ex:a a ex:C ; ex:p (\n  ex:b\n  7\n) .",
        P + "[ sh:path ( ex:p [ sh:zeroOrMorePath rdf:rest ] rdf:first ) ; sh:nodeKind sh:IRI ] .",
        ["d 3:3-3:4"]),
    "a surplus value": (
        "ex:a a ex:C ;\n  ex:p 1 ,\n    2 ,\n    3 .", P + "[ sh:path ex:p ; sh:maxCount 1 ] .",
        ["d 3:5-3:6", "another d 2:8-2:9", "another d 4:5-4:6"]),
    "a second text in a language": (
        'ex:a a ex:C ; ex:p "甲"@zh , "a"@en ,\n  "b"@en .', P + "[ sh:path ex:p ; sh:uniqueLang true ] .",
        ["d 2:3-2:9", "same language d 1:29-1:35"]),
    "a reference and what it refers to": (
        {"d.ttl": "ex:a a ex:C ; ex:p ex:b .", "e.ttl": "\nex:b a ex:Other ; ex:q 1 ."},
        P + "[ sh:path ex:p ; sh:class ex:T ] .", ["d 1:20-1:24", "value e 2:1-2:5"]),
    "a node in two files is told where its class stands": (
        {"d.ttl": "ex:a ex:q 1 .", "e.ttl": "\nex:a ex:r 2 ; a ex:C ."},
        P + "[ sh:path ex:p ; sh:minCount 1 ] .", ["e 2:1-2:5", "also d 1:1-1:5"]),
    "blank nodes": (
        "ex:a ex:p [ a ex:C ] ,\n  [ a ex:C ; ex:q 1 ] .\n_:x a ex:C .\n[] a ex:C .",
        P + "[ sh:path ex:q ; sh:minCount 1 ] .", ["d 1:11-1:12"], ["d 3:1-3:4"], ["d 4:1-4:2"]),
    "a node that is only referred to": (
        "ex:a ex:p ex:b .", "ex:S sh:targetObjectsOf ex:p ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .",
        ["d 1:11-1:15"]),
    "a literal as node": (
        "ex:a ex:p 5 .", "ex:S sh:targetObjectsOf ex:p ; sh:nodeKind sh:IRI .", ["d 1:11-1:12"]),
    "a target that is nowhere in the data": (
        "ex:a ex:p 1 .", "ex:S sh:targetNode ex:gone ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .",
        ["s 1:20-1:27"]),
    "closed points at the property that is too much": (
        "ex:a a ex:C ; ex:p 1 ;\n  ex:q 2 .",
        S + "sh:closed true ;\n  sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ] .",
        ["d 2:8-2:9", "shape s 1:28-1:42"]),
    "compared values": (
        "ex:a a ex:C ; ex:start 9 ;\n  ex:end 5 .", P + "[ sh:path ex:start ; sh:lessThan ex:end ] .",
        ["d 1:24-1:25", "compared d 2:10-2:11"]),
    "equals points at the value on either side": (
        "ex:a a ex:C ; ex:p 1 ;\n  ex:q 2 .", P + "[ sh:path ex:p ; sh:equals ex:q ] .",
        ["d 1:20-1:21"], ["d 2:8-2:9"]),
    "a query": (
        "ex:a a ex:C ;\n  ex:p 5 .",
        S + "\n  sh:sparql ex:Q .\nex:Q sh:select 'SELECT $this ?value { $this <http://e/p> ?value }' .",
        ["d 2:8-2:9", "shape s 2:3-2:17"]),
    "two classes of one shape": (
        "ex:a a ex:C ; ex:p ex:b .", P + "[ sh:path ex:p ;\n  sh:class ex:T ,\n    ex:U ] .",
        ["d 1:20-1:24", "shape s 2:3-2:16"], ["d 1:20-1:24", "shape s 3:5-3:9"]),
}  # fmt: skip
"""What is shown → data, shapes, and of each finding all its places; that of the shape where it is more than
one line."""


@pytest.mark.parametrize("what", PLACES)
def test_places(what: str, validate: Validate) -> None:
    data, shapes, *wanted = PLACES[what]
    found = placed(validate(data, shapes))
    with_shape = [place for one in wanted for place in one if place.startswith("shape ")]
    if not with_shape:
        found = [[place for place in one if not place.startswith("shape ")] for one in found]
    assert sorted(found) == sorted(wanted)


def test_a_class_from_the_ontology_counts_and_one_from_the_shapes_does_not(validate: Validate) -> None:
    data, shapes = "ex:a a ex:D ; ex:p ex:b . ex:b a ex:U .", P + "[ sh:path ex:p ; sh:class ex:T ] ."
    classes = "ex:D rdfs:subClassOf ex:C . ex:U rdfs:subClassOf ex:T ."
    assert validate(data, shapes, classes).findings == []
    (place,) = placed(validate(data, shapes, "ex:D rdfs:subClassOf ex:C ."))
    assert place[0] == "d 1:20-1:24"
    # Without an ontology the hierarchy in the data counts; the shapes graph is another graph.
    assert [f.rule for f in validate(data, shapes + classes).findings] == ["shapes/empty-target"] * 2
    assert validate(data + classes, shapes).findings == []


def test_names_of_blank_nodes_last(validate: Validate) -> None:
    shapes = P + "[ sh:path ex:q ; sh:minCount 1 ] ."
    before, after, named, *_ = (
        one
        for data in ("ex:a ex:p [ a ex:C ] .", "ex:z ex:p [ ex:r 1 ] .\n\nex:a ex:o 1 ; ex:p [ a ex:C ] .",
                     "_:x a ex:C .\n[] a ex:C . [ a ex:C ] ex:p 1 .")
        for one in validate(data, shapes).findings
    )  # fmt: skip
    assert before.focus == after.focus and before.line != after.line
    assert named.focus == "_:x"


@pytest.mark.parametrize("engine", ["fast", "reference"])
def test_queries_and_languages_of_one_shape_are_told_apart(validate: Validate, engine: str) -> None:
    """And each once, by shapes that have it in common."""
    query = 'sh:select "SELECT $this ?value {{ $this <http://e/{}> ?value }}" ; sh:message "{}"'
    queries = f"[ {query.format('p', 'first')} ] ,\n [ {query.format('q', 'second')} ] ."
    report = validate("ex:a a ex:C ; ex:p 1 ; ex:q 2 .", f"{S}sh:sparql {queries}", engine=engine)
    assert [f.messages[""] for f in report.findings] == ["first", "second"]
    assert [place[-1] for place in placed(report)] == ["shape s 1:28-1:124", "shape s 2:2-2:89"]
    report = validate(
        'ex:a a ex:C ; ex:p "a"@en , "b"@en ,\n  "甲"@zh , "乙"@zh .',
        f"{P}ex:P . ex:T sh:targetClass ex:C ; sh:property ex:P .\nex:P sh:path ex:p ; sh:uniqueLang true .",
        engine=engine,
    )
    assert [place[0][:3] for place in placed(report)] == ["d 1", "d 2"] and report.counts == {"violation": 2}


def test_inferred_triple_is_told_by_what_it_follows_from(validate: Validate) -> None:
    a, p, b, part, inverse = (
        NamedNode("http://e/" + name) for name in ("a", "p", "b", "partOf", "inverseOf")
    )
    inferred, support = Fact(a, p, b), [Fact(b, part, a), Fact(part, inverse, p)]
    report = validate(
        "ex:a a ex:C .\nex:b ex:partOf ex:a .",
        P + "[ sh:path ex:p ; sh:class ex:T ] .",
        "ex:partOf ex:inverseOf ex:p .",
        inferred=[inferred],
        explain=lambda fact: support if fact == inferred else [],
    )
    assert placed(report)[0][:2] == ["d 2:6-2:20", "inferred o 1:11-1:28"]


def test_message_and_terms_of_a_finding(validate: Validate) -> None:
    (one,) = validate("ex:a a ex:C ; ex:p 5 .", P + "[ sh:path ex:p ; sh:in ( 1 2 ) ] .").findings
    assert one.messages == {"en": "5 is none of 1, 2", "zh": "5 不在 1, 2 之中"}
    assert (one.focus, one.path) == ("<http://e/a>", "<http://e/p>") and (one.value or "").startswith('"5"')
