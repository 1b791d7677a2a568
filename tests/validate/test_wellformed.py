"""A broken shapes graph is said to be that, at its line; it never conforms."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from parkgraph.graph.documents import Graph
from parkgraph.read.turtle import Document
from parkgraph.validate.check import BrokenShapes, Report
from parkgraph.validate.reference import rdflib_graph
from parkgraph.validate.shape_lint import problems
from parkgraph.validate.shapes import Shapes

Validate = Callable[..., Report]
HEAD = 6
DATA = "ex:a a ex:C ; ex:p 1 ."
QUERY = "ex:S sh:targetClass ex:C ; sh:sparql [ sh:select "
SHAPE = "ex:S sh:targetClass ex:C ; sh:property "

BROKEN = {
    # what is wrong: (shapes, rule, line, column)
    "no path": (SHAPE + "[ sh:minCount 1 ] .", "no-path", 1, 28),
    "no path, by type": ("ex:P a sh:PropertyShape ; sh:minLength 1 .", "no-path", 1, 6),
    "two paths": (SHAPE + "[ sh:path ex:p ,\n ex:q ] .", "two-values", 2, 2),
    "path is a text": (SHAPE + '[ sh:path "p" ] .', "bad-path", 1, 42),
    "path of one member": (SHAPE + "[ sh:path ( ex:p ) ] .", "bad-path", 1, 52),
    "path of two operators": (
        SHAPE + "[ sh:path [ sh:inversePath ex:p ; sh:zeroOrMorePath ex:q ] ] .",
        "bad-path", 1, 52,
    ),
    "path in a circle": (SHAPE + "[ sh:path _:p ] . _:p\n sh:inversePath _:p .", "bad-path", 2, 2),
    "path on a node shape": ("ex:S a sh:NodeShape ; sh:path ex:p .", "path-on-node-shape", 1, 23),
    "count is no number": (SHAPE + '[ sh:path ex:p ; sh:minCount "1" ] .', "bad-value", 1, 57),
    "count that is no number": (SHAPE + "[ sh:path ex:p ; sh:maxCount '-1' ] .", "bad-value", 1, 57),
    "two counts": (SHAPE + "[ sh:path ex:p ; sh:minCount 1 ,\n 2 ] .", "two-values", 2, 2),
    "count on a node shape": ("ex:S sh:targetClass ex:C ; sh:minCount 1 .", "needs-path", 1, 28),
    "less than on a node shape": ("ex:S sh:targetClass ex:C ; sh:lessThan ex:p .", "needs-path", 1, 28),
    "datatype is a text": (SHAPE + '[ sh:path ex:p ; sh:datatype "x" ] .', "bad-value", 1, 57),
    "node kind unknown": (SHAPE + "[ sh:path ex:p ; sh:nodeKind sh:Iri ] .", "bad-value", 1, 57),
    "class is a text": ('ex:S sh:targetClass ex:C ; sh:class "C" .', "bad-value", 1, 28),
    "in without a list": (SHAPE + "[ sh:path ex:p ; sh:in ex:v ] .", "bad-value", 1, 57),
    "list in a circle": (
        "ex:S sh:targetClass ex:C ; sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .",
        "bad-value", 1, 28,
    ),
    "languages are no texts": (SHAPE + "[ sh:path ex:p ; sh:languageIn ( ex:en ) ] .", "bad-value", 1, 57),
    "closed is no boolean": ('ex:S sh:targetClass ex:C ; sh:closed "yes" .', "bad-value", 1, 28),
    "message is an IRI": ("ex:S sh:targetClass ex:C ; sh:message ex:m .", "bad-value", 1, 28),
    "target is a text": ('ex:S sh:targetClass "C" .', "bad-value", 1, 6),
    "deactivated is a text": ('ex:S sh:targetClass ex:C ; sh:deactivated "x" .', "bad-value", 1, 28),
    "shape is a text": ('ex:S sh:targetClass ex:C ; sh:node "x" .', "bad-value", 1, 28),
    "node takes no property shape": (
        "ex:S sh:targetClass ex:C ; sh:node ex:P . ex:P sh:path ex:p .",
        "bad-value", 1, 28,
    ),
    "pattern is none": (SHAPE + '[ sh:path ex:p ; sh:pattern "(" ] .', "bad-regex", 1, 57),
    "flags unknown": (SHAPE + '[ sh:path ex:p ; sh:pattern "a" ; sh:flags "g" ] .', "bad-regex", 1, 74),
    "query is none": (
        QUERY + '"""\nSELECT $this {\n $this a }\n""" ] .',
        "bad-sparql", 3, 2,
    ),
    "query without prefix": (
        QUERY + '"SELECT $this { $this un:p ?x }" ] .',
        "bad-sparql", 1, 50,
    ),
    "query with an unknown function": (
        QUERY + '"SELECT $this { $this ?p ?o . FILTER (<http://e/f>(?o)) }" ] .',
        "bad-sparql", 1, 50,
    ),
    "query is missing": ("ex:S sh:targetClass ex:C ; sh:sparql [ ] .", "bad-value", 1, 28),
    "query asks the network": (
        QUERY + '"SELECT $this { SERVICE <http://x> { $this ?p ?o } }" ] .',
        "bad-sparql", 1, 50,
    ),
    "query asks the network in disguise": (
        QUERY + r'"SELECT $this { \\u0053ERVICE <http://x> {} }" ] .',
        "bad-sparql", 1, 50,
    ),
    "query reads a file": (
        QUERY + '"SELECT $this FROM <file:///etc/passwd> { $this ?p ?o }" ] .',
        "bad-sparql", 1, 50,
    ),
    "query forgets the node": (
        QUERY + '"SELECT ?x { ?x ?p ?o }" ] .',
        "bad-sparql", 1, 50,
    ),
    "query is an ask": (
        QUERY + '"ASK { $this ?p ?o }" ] .',
        "bad-sparql", 1, 50,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_broken(case: str, validate: Validate) -> None:
    shapes, rule, line, column = BROKEN[case]
    with pytest.raises(BrokenShapes) as error:
        validate(DATA, shapes)
    found = error.value.findings
    assert [(f.rule, f.file, (f.line or 0) - HEAD, f.column) for f in found] == [
        (f"shapes/{rule}", "s.ttl", line, column)
    ]
    assert found[0].messages["zh"] and found[0].messages["en"]
    assert error.value.exit_code == 3
    assert "broken" in str(error.value)


def test_all_faults_are_told(validate: Validate) -> None:
    with pytest.raises(BrokenShapes, match=r"and 1 more") as error:
        validate(DATA, "ex:S sh:targetClass ex:C ; sh:class 1 ; sh:closed 1 .")
    assert len(error.value.findings) == 2


def test_nearest_names_are_told(validate: Validate) -> None:
    (finding,) = validate(DATA, SHAPE + "[ sh:path ex:p ; sh:minCnt 1 ] .").findings
    assert dict(finding.fix or {}) == {"en": "is sh:minCount meant?", "zh": "是否应为 sh:minCount？"}
    with pytest.raises(BrokenShapes) as error:
        validate(DATA, SHAPE + "ex:labelShap . ex:labelShape sh:path ex:p ; sh:minCount 1 .")
    assert "<http://e/labelShape>" in (error.value.findings[0].fix or {})["en"]


WARNED = {
    # legal, and most likely a slip: (shapes, rule, line, column)
    "nothing checks it": ("ex:S sh:targetClass ex:C ; sh:colour 1 .", "unknown-term", 1, 28),
    "misspelt parameter": (SHAPE + "[ sh:path ex:p ;\n sh:minCnt 1 ] .", "misspelt-term", 2, 2),
    "misspelt target": ("ex:S sh:targetclass ex:D ; sh:targetClass ex:C .", "misspelt-term", 1, 6),
    "unknown class": ("ex:S a sh:NodeShpe ; sh:targetClass ex:C .", "unknown-term", 1, 6),
    "unknown severity": ("ex:S sh:targetClass ex:C ; sh:severity sh:Error .", "unknown-term", 1, 28),
    "shape is not defined": ("ex:S sh:targetClass ex:C ; sh:node ex:T .", "undefined-shape", 1, 28),
    "shape of a list is not defined": (
        "ex:S sh:targetClass ex:C ; sh:or ( ex:T [ ] ) .", "undefined-shape", 1, 28,
    ),
    "empty and": ("ex:S sh:targetClass ex:C ; sh:and () .", "empty-list", 1, 28),
    "shape uses itself": ("ex:S sh:targetClass ex:C ;\n sh:node ex:S .", "recursive", 2, 2),
    "component without validator": (
        "ex:K a sh:ConstraintComponent ; sh:parameter [ sh:path ex:k ] . ex:S sh:targetClass ex:C ; ex:k 1 .",
        "bad-component", 1, 6,
    ),
    "beyond core and sparql": ("ex:S sh:targetClass ex:C ; sh:rule [ ] .", "unsupported", 1, 28),
    "flags without pattern": ('ex:S sh:targetClass ex:C ; sh:flags "i" .', "missing-parameter", 1, 28),
}  # fmt: skip


@pytest.mark.parametrize("case", WARNED)
def test_legal_slips_are_warned_of(case: str, validate: Validate) -> None:
    shapes, rule, line, column = WARNED[case]
    report = validate(DATA, shapes)
    assert [
        (f.rule, f.severity, (f.line or 0) - HEAD, f.column) for f in report.findings if not f.component
    ] == [(f"shapes/{rule}", "warning", line, column)]


AIMLESS = {
    # nothing was checked: (shapes, findings as rule, severity, file and line)
    "no shapes": ("ex:x ex:y ex:z .", ["no-targets violation s 0", "no-shapes warning s 0"]),
    "prefixes only": (
        'ex:o sh:declare [ sh:prefix "ex" ; sh:namespace "http://e/" ] .', ["no-targets violation s 0"],
    ),
    "no target": ("ex:S a sh:NodeShape ; sh:nodeKind sh:IRI .", ["no-targets violation s 0"]),
    "deactivated": (
        "ex:S sh:targetClass ex:C ; sh:deactivated true ; sh:nodeKind sh:Literal .",
        ["no-targets violation s 0"],
    ),
    "targets that select nothing": (
        "ex:S sh:targetClass ex:Typo ; sh:nodeKind sh:IRI .",
        ["empty-target violation d 0", "empty-target warning s 1"],
    ),
    "a known class without instance": ("ex:S sh:targetClass ex:C , <http://o/D> ; sh:nodeKind sh:IRI .", []),
}  # fmt: skip


@pytest.mark.parametrize("case", AIMLESS)
def test_what_checks_nothing_is_told(case: str, validate: Validate) -> None:
    shapes, expected = AIMLESS[case]
    found = validate(DATA, shapes, "<http://o/D> a owl:Class .").findings
    assert [
        f"{f.rule.removeprefix('shapes/')} {f.severity} {(f.file or '')[0]} {max(0, (f.line or 0) - HEAD)}"
        for f in found
    ] == expected


# --- against SHACL for SHACL -------------------------------------------------

_GOOD = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:severity sh:Warning ; sh:message "m"@en ;
  sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:maxCount 2 ; sh:datatype xsd:string ;
    sh:uniqueLang true ; sh:languageIn ( "en" ) ; sh:minLength 1 ; sh:pattern "a" ; sh:flags "i" ;
    sh:in ( 1 2 ) ; sh:lessThan ex:q ] ;
  sh:property [ sh:path [ sh:inversePath ex:q ] ; sh:class ex:D ; sh:nodeKind sh:IRI ; sh:hasValue ex:v ] ;
  sh:property [ sh:path ( ex:p ex:q ) ; sh:qualifiedValueShape [ sh:class ex:E ] ; sh:qualifiedMinCount 1 ] ;
  sh:closed true ; sh:ignoredProperties ( rdf:type ) ;
  sh:or ( [ sh:class ex:F ] [ sh:not [ sh:nodeKind sh:IRI ] ] ) .
"""


def test_what_shacl_for_shacl_refuses_is_refused(document: Callable[..., Document]) -> None:
    """Single faults put into a good shapes graph: what pySHACL's meta-validation finds must be found here."""
    from pyshacl.entrypoints import meta_validate

    words = _GOOD.split(" ")
    swaps = ['"x"', "5", "ex:z", "true", "[ ]", "( )", "-1", "sh:IRI"]
    generator = random.Random(6)
    places = [
        n
        for n, word in enumerate(words)
        if word[:1] in '"' or word.startswith(("ex:", "xsd:")) or word.isdigit()
    ]
    refused = 0
    for _ in range(16):
        changed = list(words)
        changed[generator.choice(places)] = generator.choice(swaps)
        try:
            made = document(" ".join(changed), "s.ttl")
        except Exception:  # no Turtle any more
            continue
        conforms, _, _ = meta_validate(rdflib_graph(made.triples), inference="none")
        ours = [p for p in problems(Shapes(Graph([made]))) if p.severity == "violation"]
        if not conforms:
            refused += 1
            assert ours, " ".join(changed)
    assert refused >= 4


def test_good_shapes_are_not_refused(document: Callable[..., Document]) -> None:
    assert problems(Shapes(Graph([document(_GOOD, "s.ttl")]))) == []
