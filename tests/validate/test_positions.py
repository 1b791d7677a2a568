"""Every finding points at what a person must change, and at the line of the shape that says so."""

from __future__ import annotations

from collections.abc import Callable

from parkgraph.finding import Finding, Place
from parkgraph.read.turtle import Fact
from parkgraph.validate.check import Report
from parkgraph.validate.locate import ALSO, ANOTHER, COMPARED, INFERRED, SAME_LANGUAGE, VALUE
from pyoxigraph import NamedNode

Validate = Callable[..., Report]
HEAD = 6  # lines of prefixes before the texts of these tests


def only(report: Report) -> Finding:
    found = [finding for finding in report.findings if finding.component]
    assert len(found) == 1, found
    return found[0]


def at(place: Finding | Place) -> tuple[str | None, int | None, int | None, int | None, int | None]:
    """File, line (of the text), column, end line, end column."""
    assert place.line and place.end_line
    return place.file, place.line - HEAD, place.column, place.end_line - HEAD, place.end_column


def noted(finding: Finding, note: dict[str, str]) -> list[tuple[object, ...]]:
    return [at(place) for place in finding.related if place.note == note]


def shape_of(finding: Finding) -> list[tuple[object, ...]]:
    return [at(finding.shape)] if finding.shape else []


def test_value_is_spanned_exactly(validate: Validate) -> None:
    finding = only(
        validate(
            'ex:a a ex:C ;\n  ex:p "昆明" , "x" .',
            "ex:S sh:targetClass ex:C ;\n  sh:property [ sh:path ex:p ;\n    sh:minLength 2 ] .",
        )
    )
    assert at(finding) == ("d.ttl", 2, 15, 2, 18)
    assert shape_of(finding) == [("s.ttl", 3, 5, 3, 19)]
    assert (finding.focus, finding.path, finding.value) == ("<http://e/a>", "<http://e/p>", '"x"')


def test_missing_property_is_the_subjects(validate: Validate) -> None:
    finding = only(
        validate(
            "ex:b ex:q ex:a .\n\nex:a\n  a ex:C .",
            "ex:S sh:targetClass ex:C ; sh:property ex:P .\nex:P sh:path ex:p ; sh:minCount 1 .",
        )
    )
    assert at(finding) == ("d.ttl", 3, 1, 3, 5)
    assert shape_of(finding) == [("s.ttl", 2, 21, 2, 34)]
    assert finding.rule == "http://e/P"


def test_last_triple_of_a_sequence(validate: Validate) -> None:
    finding = only(
        validate(
            "ex:a a ex:C ; ex:p ex:b .\nex:b ex:q ex:c , 5 .\nex:c ex:q 5 .",
            "ex:S sh:targetClass ex:C ; sh:property [ sh:path ( ex:p ex:q ) ; sh:nodeKind sh:IRI ] .",
        )
    )
    assert at(finding) == ("d.ttl", 2, 18, 2, 19)


def test_last_triple_of_a_repeated_path(validate: Validate) -> None:
    finding = only(
        validate(
            "ex:a a ex:C ; ex:p ex:b .\nex:b ex:p ex:c .\nex:c ex:p ex:d .\nex:b a ex:T . ex:c a ex:T .",
            "ex:S sh:targetClass ex:C ; sh:property [ sh:path [ sh:oneOrMorePath ex:p ] ; sh:class ex:T ] .",
        )
    )
    assert at(finding) == ("d.ttl", 3, 11, 3, 15)
    assert finding.path == "<http://e/p>+"


def test_inverse_path_points_at_the_reference(validate: Validate) -> None:
    finding = only(
        validate(
            "ex:a a ex:C .\nex:b ex:x 1 ;\n  ex:p ex:a .",
            "ex:S sh:targetClass ex:C ; sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:class ex:T ] .",
        )
    )
    assert at(finding) == ("d.ttl", 3, 3, 3, 12)
    assert finding.value == "<http://e/b>"


def test_alternative_and_optional_path(validate: Validate) -> None:
    path = "[ sh:alternativePath ( ex:p [ sh:zeroOrOnePath ex:q ] ) ]"
    report = validate(
        "ex:a a ex:C ; ex:q 7 .\nex:b a ex:C ; ex:p 8 .",
        f"ex:S sh:targetClass ex:C ; sh:property [ sh:path {path} ; sh:nodeKind sh:IRI ] .",
    )
    assert [at(finding) for finding in report.findings] == [("d.ttl", 1, 20, 1, 21), ("d.ttl", 2, 20, 2, 21)]


def test_surplus_value(validate: Validate) -> None:
    finding = only(
        validate(
            "ex:a a ex:C ;\n  ex:p 1 ,\n    2 ,\n    3 .",
            "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:maxCount 1 ] .",
        )
    )
    assert at(finding) == ("d.ttl", 3, 5, 3, 6)
    assert noted(finding, ANOTHER) == [("d.ttl", 2, 8, 2, 9), ("d.ttl", 4, 5, 4, 6)]


def test_second_text_in_a_language(validate: Validate) -> None:
    finding = only(
        validate(
            'ex:a a ex:C ; ex:p "甲"@zh , "a"@en ,\n  "b"@en .',
            "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:uniqueLang true ] .",
        )
    )
    assert at(finding) == ("d.ttl", 2, 3, 2, 9)
    assert noted(finding, SAME_LANGUAGE) == [("d.ttl", 1, 29, 1, 35)]


def test_reference_and_what_it_refers_to(validate: Validate) -> None:
    finding = only(
        validate(
            {"d.ttl": "ex:a a ex:C ; ex:p ex:b .", "e.ttl": "\nex:b a ex:Other ; ex:q 1 ."},
            "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:class ex:T ] .",
        )
    )
    assert at(finding) == ("d.ttl", 1, 20, 1, 24)
    assert noted(finding, VALUE) == [("e.ttl", 2, 1, 2, 5)]


def test_node_in_two_files_is_told_where_its_class_stands(validate: Validate) -> None:
    finding = only(
        validate(
            {"d.ttl": "ex:a ex:q 1 .", "e.ttl": "\nex:a ex:r 2 ; a ex:C ."},
            "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
        )
    )
    assert at(finding) == ("e.ttl", 2, 1, 2, 5)
    assert noted(finding, ALSO) == [("d.ttl", 1, 1, 1, 5)]


def test_class_from_the_ontology_file(validate: Validate) -> None:
    shapes = "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:class ex:T ] ."
    data = "ex:a a ex:D ; ex:p ex:b . ex:b a ex:U ."
    classes = "ex:D rdfs:subClassOf ex:C . ex:U rdfs:subClassOf ex:T ."
    assert validate(data, shapes, classes).findings == []
    assert at(only(validate(data, shapes, "ex:D rdfs:subClassOf ex:C ."))) == ("d.ttl", 1, 20, 1, 24)
    # Without an ontology the hierarchy in the data counts; the shapes graph is another graph.
    assert [f.rule for f in validate(data, shapes + classes).findings] == ["shapes/empty-target"] * 2
    assert validate(data + classes, shapes).findings == []


def test_blank_nodes(validate: Validate) -> None:
    report = validate(
        "ex:a ex:p [ a ex:C ] ,\n  [ a ex:C ; ex:q 1 ] .\n_:x a ex:C .\n[] a ex:C .",
        "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .",
    )
    assert [at(finding) for finding in report.findings] == [
        ("d.ttl", 1, 11, 1, 12),
        ("d.ttl", 3, 1, 3, 4),
        ("d.ttl", 4, 1, 4, 2),
    ]
    names = [finding.focus for finding in report.findings]
    assert names[1] == "_:x"
    assert len(set(names)) == 3


def test_names_of_blank_nodes_last(validate: Validate) -> None:
    shapes = "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:q ; sh:minCount 1 ] ."
    before = only(validate("ex:a ex:p [ a ex:C ] .", shapes))
    after = only(validate("ex:z ex:p [ ex:r 1 ] .\n\nex:a ex:o 1 ; ex:p [ a ex:C ] .", shapes))
    assert before.focus == after.focus
    assert before.line != after.line


def test_list_member(validate: Validate) -> None:
    path = "( ex:p [ sh:zeroOrMorePath rdf:rest ] rdf:first )"
    finding = only(
        validate(
            "ex:a a ex:C ; ex:p (\n  ex:b\n  7\n) .",
            f"ex:S sh:targetClass ex:C ; sh:property [ sh:path {path} ; sh:nodeKind sh:IRI ] .",
        )
    )
    assert at(finding) == ("d.ttl", 3, 3, 3, 4)


def test_node_that_is_only_referred_to(validate: Validate) -> None:
    finding = only(
        validate(
            "ex:a ex:p ex:b .",
            "ex:S sh:targetObjectsOf ex:p ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .",
        )
    )
    assert at(finding) == ("d.ttl", 1, 11, 1, 15)


def test_literal_as_node(validate: Validate) -> None:
    finding = only(validate("ex:a ex:p 5 .", "ex:S sh:targetObjectsOf ex:p ; sh:nodeKind sh:IRI ."))
    assert at(finding) == ("d.ttl", 1, 11, 1, 12)


def test_target_that_is_nowhere_in_the_data(validate: Validate) -> None:
    finding = only(
        validate(
            "ex:a ex:p 1 .",
            "ex:S sh:targetNode ex:gone ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .",
        )
    )
    assert at(finding) == ("s.ttl", 1, 20, 1, 27)


def test_closed_points_at_the_property_that_is_too_much(validate: Validate) -> None:
    finding = only(
        validate(
            "ex:a a ex:C ; ex:p 1 ;\n  ex:q 2 .",
            "ex:S sh:targetClass ex:C ; sh:closed true ;\n"
            "  sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ] .",
        )
    )
    assert at(finding) == ("d.ttl", 2, 8, 2, 9)
    assert shape_of(finding) == [("s.ttl", 1, 28, 1, 42)]


def test_compared_values(validate: Validate) -> None:
    finding = only(
        validate(
            "ex:a a ex:C ; ex:start 9 ;\n  ex:end 5 .",
            "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:start ; sh:lessThan ex:end ] .",
        )
    )
    assert at(finding) == ("d.ttl", 1, 24, 1, 25)
    assert noted(finding, COMPARED) == [("d.ttl", 2, 10, 2, 11)]


def test_equals_points_at_the_value_on_either_side(validate: Validate) -> None:
    report = validate(
        "ex:a a ex:C ; ex:p 1 ;\n  ex:q 2 .",
        "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:equals ex:q ] .",
    )
    assert [at(finding)[1:3] for finding in report.findings] == [(1, 20), (2, 8)]


def test_sparql_constraint(validate: Validate) -> None:
    finding = only(
        validate(
            "ex:a a ex:C ;\n  ex:p 5 .",
            "ex:S sh:targetClass ex:C ;\n  sh:sparql ex:Q .\n"
            'ex:Q sh:message "{?value} 太大"@zh , "{?value} is too big"@en ;\n'
            '  sh:select "SELECT $this ?value { $this <http://e/p> ?value . FILTER(?value > 3) }" .',
        )
    )
    assert at(finding) == ("d.ttl", 2, 8, 2, 9)
    assert shape_of(finding) == [("s.ttl", 2, 3, 2, 17)]
    assert finding.messages == {"zh": "5 太大", "en": "5 is too big"}


def test_two_queries_of_one_shape_are_told_apart(validate: Validate) -> None:
    query = 'sh:select "SELECT $this ?value {{ $this <http://e/{}> ?value }}" ; sh:message "{}"'
    shapes = (
        f"ex:S sh:targetClass ex:C ;\n  sh:sparql [ {query.format('p', 'first')} ] ,\n"
        f"    [ {query.format('q', 'second')} ] ."
    )
    for engine in ("fast", "reference"):
        report = validate("ex:a a ex:C ; ex:p 1 ; ex:q 2 .", shapes, engine=engine)
        assert [(f.messages[""], shape_of(f)[0][1]) for f in report.findings] == [
            ("first", 2),
            ("second", 3),
        ]


def test_two_classes_are_told_apart(validate: Validate) -> None:
    report = validate(
        "ex:a a ex:C ; ex:p ex:b .",
        "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ;\n  sh:class ex:T ,\n    ex:U ] .",
    )
    assert sorted(shape_of(finding)[0][1:3] for finding in report.findings) == [(2, 3), (3, 5)]


def test_two_languages_are_told_apart_and_once_each_by_shapes_in_common(validate: Validate) -> None:
    for engine in ("fast", "reference"):
        report = validate(
            'ex:a a ex:C ; ex:p "a"@en , "b"@en ,\n  "甲"@zh , "乙"@zh .',
            "ex:S sh:targetClass ex:C ; sh:property ex:P . ex:T sh:targetClass ex:C ; sh:property ex:P .\n"
            "ex:P sh:path ex:p ; sh:uniqueLang true .",
            engine=engine,
        )
        assert [at(finding)[1] for finding in report.findings] == [1, 2], engine
        assert report.counts == {"violation": 2}, engine


def test_inferred_triple_is_told_by_what_it_follows_from(validate: Validate) -> None:
    ex = "http://e/"
    inferred = Fact(NamedNode(ex + "a"), NamedNode(ex + "p"), NamedNode(ex + "b"))
    support = [
        Fact(NamedNode(ex + "b"), NamedNode(ex + "partOf"), NamedNode(ex + "a")),
        Fact(NamedNode(ex + "partOf"), NamedNode(ex + "inverseOf"), NamedNode(ex + "p")),
    ]
    finding = only(
        validate(
            "ex:a a ex:C .\nex:b ex:partOf ex:a .",
            "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:class ex:T ] .",
            "ex:partOf ex:inverseOf ex:p .",
            inferred=[inferred],
            explain=lambda fact: support if fact == inferred else [],
        )
    )
    assert at(finding) == ("d.ttl", 2, 6, 2, 20)
    assert noted(finding, INFERRED) == [("o.ttl", 1, 11, 1, 28)]


def test_message_of_one_component_in_both_languages(validate: Validate) -> None:
    finding = only(
        validate(
            "ex:a a ex:C ; ex:p 5 .",
            "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:in ( 1 2 ) ] .",
        )
    )
    assert finding.messages == {"en": "5 is none of 1, 2", "zh": "5 不在 1, 2 之中"}
