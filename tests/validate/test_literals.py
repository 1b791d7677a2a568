"""Literals: which are ill-formed, how two compare, what a regular expression finds; and in queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from parkgraph.names import XSD
from parkgraph.validate.check import Report
from parkgraph.validate.regex import matching
from parkgraph.validate.values import compare, well_formed
from pyoxigraph import Literal, NamedNode

GOOD = {
    "integer": ["0", "-01", "+2", "1" * 5000],
    "decimal": ["0.0", "1.", ".5", "-01.50"],
    "double": ["1e3", "-1.5E-3", "NaN", "INF", "-INF", "+INF", ".5e1"],
    "boolean": ["true", "false", "1", "0"],
    "byte": ["-128", "127"],
    "unsignedByte": ["0", "255"],
    "long": ["9223372036854775807"],
    "positiveInteger": ["1"],
    "date": ["2018-06-20", "2018-06-20Z", "2018-06-20+08:00", "2024-02-29", "-0001-01-01", "12018-01-01"],
    "dateTime": ["2018-06-20T10:00:00", "2018-06-20T24:00:00", "2018-06-20T10:00:00.123+14:00"],
    "dateTimeStamp": ["2018-06-20T10:00:00Z"],
    "time": ["10:00:00", "24:00:00", "10:00:00.5Z"],
    "gYear": ["2018", "2018Z", "-0001", "12018"],
    "gYearMonth": ["2018-06"],
    "gMonth": ["--06"],
    "gMonthDay": ["--02-29"],
    "gDay": ["---31"],
    "duration": ["P1Y", "P1Y2M3DT4H5M6.7S", "-P1D", "PT1S"],
    "dayTimeDuration": ["P1D", "PT1H"],
    "yearMonthDuration": ["P1Y2M"],
    "hexBinary": ["0AFF", "0aff", ""],
    "base64Binary": ["aGVsbG8=", "aGVsbA==", ""],
    "language": ["zh-Hans-CN"],
    "token": ["a b", ""],
    "NCName": ["a-1", "_x"],
    "string": ["\n"],
}
BAD = {
    "integer": ["x", "", "1.0", " 1", "1 ", "1e3", "一"],
    "decimal": ["1e3", "NaN", "abc", "."],
    "double": ["inf", "abc", "1e"],
    "boolean": ["TRUE", "yes", ""],
    "byte": ["128", "300"],
    "unsignedByte": ["-1", "256"],
    "long": ["9223372036854775808"],
    "positiveInteger": ["0"],
    "date": ["2018-13-45", "2024-02-30", "2023-02-29", "2018-6-2", "20180620", "2018-06-20T10:00:00", ""],
    "dateTime": ["2018-06-20", "2018-06-20T25:00:00", "2018-06-20T10:00", "2018-06-20 10:00:00"],
    "dateTimeStamp": ["2018-06-20T10:00:00"],
    "time": ["25:00:00", "10:00"],
    "gYear": ["18", "02018", "abc"],
    "gYearMonth": ["2018-13"],
    "gMonth": ["06", "--13"],
    "gMonthDay": ["--02-30", "06-20"],
    "gDay": ["20", "---32"],
    "duration": ["P", "PT", "1Y", "P1.5Y", "P1S"],
    "dayTimeDuration": ["P1Y"],
    "yearMonthDuration": ["P1D"],
    "hexBinary": ["0AF", "xx"],
    "base64Binary": ["aGVsbG8", "!!", "aGl=", "===="],
    "language": ["e n"],
    "token": [" a ", "a\tb"],
    "NCName": ["1a", "a b"],
}


def literal(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + datatype))


@pytest.mark.parametrize("datatype", GOOD)
def test_well_formed(datatype: str) -> None:
    assert [text for text in GOOD[datatype] if not well_formed(literal(text, datatype))] == []


@pytest.mark.parametrize("datatype", BAD)
def test_ill_formed(datatype: str) -> None:
    assert [text for text in BAD[datatype] if well_formed(literal(text, datatype))] == []


def test_unknown_datatypes_are_left_alone() -> None:
    assert well_formed(Literal("x", datatype=NamedNode("http://e/type")))
    assert well_formed(Literal("x", language="en"))


def test_ill_formed_literals_are_warned_of_whatever_the_shapes_say(validate: Callable[..., Report]) -> None:
    report = validate(
        'ex:a a ex:C ;\n  ex:p "2024-02-30"^^xsd:date .', "ex:S sh:targetClass ex:C ; sh:nodeKind sh:IRI ."
    )
    (finding,) = report.findings
    assert (finding.rule, finding.severity) == ("data/ill-formed-literal", "warning")
    assert (finding.line, finding.column, finding.end_column) == (8, 8, 30)


# --- comparing (XPath's operators behind SPARQL's) ---------------------------------


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        ("P1Y yearMonthDuration", "P12M yearMonthDuration", 0),
        ("P1D dayTimeDuration", "PT23H dayTimeDuration", 1),
        ("P1Y duration", "P366D duration", None),
        ("P1Y duration", "P400D duration", -1),
        ("P13M duration", "P396D duration", None),
        ("P13M duration", "P400D duration", -1),
        ("P2M duration", "P59D duration", None),
        ("2020 gYear", "2019 gYear", 1),
        ("--02-29 gMonthDay", "--03-01 gMonthDay", -1),
        ("24:00:00 time", "00:00:00 time", 0),
        ("24:00:00 time", "10:00:00 time", -1),
        ("true boolean", "0 boolean", 1),
        ("-0.0 double", "0 integer", 0),
        ("12345678901234567890123.5 decimal", "1e22 double", 1),
        ("2020-05 gYearMonth", "2020-05-01 date", None),
        ("2020-05-01Z date", "2020-05-01 date", None),
        ("2020-05-03Z date", "2020-05-01 date", 1),
        ("2020-05-01T00:00:00+02:00 dateTime", "2020-04-30T22:00:00Z dateTime", 0),
        ("2020-01-01T24:00:00 dateTime", "2020-01-02T00:00:00 dateTime", 0),
        ("1 boolean", "true boolean", 0),
        ("3 byte", "2.5 decimal", 1),
        ("0.1 float", "0.1 decimal", 0),
        ("0.1 float", "0.1 double", 1),
        ("1e400 double", "INF double", 0),
        ("NaN double", "NaN double", None),
        ("x integer", "1 integer", None),
        ("b string", "a token", 1),
        ("a anyURI", "b anyURI", None),
    ],
)
def test_comparing(one: str, other: str, sign: int | None) -> None:
    left, right = (literal(*written.split()) for written in (one, other))
    assert compare(left, right) == sign
    assert compare(right, left) == (None if sign is None else -sign)


# --- regular expressions (XPath's, with XML Schema's behind them) -------------------


@pytest.mark.parametrize(
    ("pattern", "flags", "found", "not_found"),
    [
        ("^[a-z-[aeiou]]+$", "", ["xyz"], ["abc"]),
        (r"^\p{Lu}$", "", ["Ä"], ["a", "1"]),
        (r"^\p{IsGreek}+$", "", ["α"], ["a"]),
        (r"^\P{IsBasicLatin}+$", "", ["α"], ["a"]),
        ("^ab$", "", ["ab"], ["ab\n"]),
        ("^cd$", "m", ["ab\ncd"], ["abcd"]),
        ("^a.b$", "", ["axb"], ["a\nb", "a\rb"]),
        ("^a.b$", "s", ["axb", "a\nb"], []),
        ("äb", "i", ["ÄB"], ["ab"]),
        ("^ a b $", "x", ["ab"], ["a b"]),
        ("^a[ ]b$", "x", ["a b"], ["ab"]),
        ("a.b", "q", ["a.b"], ["axb"]),
        (r"^\i\c*$", "", ["a1", "_"], ["1a"]),
        (r"^\w+$", "", ["ab"], ["a_b", "a b"]),
        (r"^\d\D$", "", ["٣x"], ["xx"]),
        (r"^a\sb$", "", ["a b"], ["a\u00a0b"]),
        (r"^(ab)\1$", "", ["abab"], ["abba"]),
        ("^a+?b{2,3}$", "", ["aabb"], ["ab"]),
        ("^[a-c-]$", "", ["-", "b"], ["d"]),
        (r"^[^\-\.]$", "", ["a"], ["-", "."]),
        (r"^\p{IsCJKUnifiedIdeographs}+$", "", ["昆明"], ["Kunming"]),
        (r"^[\i-[:]][\c-[:]]*$", "", ["a.b"], ["a:b"]),
        (r"^[^a-c-[x]]$", "", ["d"], ["x"]),
        (r"^[a&&b]+$", "", ["a&b"], ["c"]),
    ],
)
def test_regular_expressions(pattern: str, flags: str, found: list[str], not_found: list[str]) -> None:
    assert matching(pattern, flags, [*found, *not_found]) == set(found)


# --- in queries: as they are written, whatever an engine makes of them ---------------


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ('$this ex:p ?value FILTER REGEX(STR(?value), "^0")', ["01"]),
        ("$this ex:p ?value FILTER (DATATYPE(?value) = xsd:int)", ["5"]),
        ("$this ex:p ?value . ?other ex:p ?value FILTER (?other != $this)", []),
        ("$this ex:p ?value FILTER (?value = 1)", ["+1", "01", "1", "1.0"]),
        ("$this ex:p ?value FILTER (?value = true)", ["1", "true"]),
        ("$this ex:p 1 ; ex:p ?value", ["1"]),
        ("$this ex:p ?value FILTER SAMETERM(?value, 1.0)", ["1.0"]),
        ("$this ?any ?value FILTER (STRLEN(STR(?value)) = 3)", ["1.0"]),
        ("$this ex:p ?value FILTER (?value > 2000000000000000000000)", ["3000000000000000000000"]),
        ("$this ex:when ?value FILTER CONTAINS(STR(?value), '+00:00')", ["2020-01-01T10:00:00+00:00"]),
        ("$this ex:p ?value FILTER (ex:text(?value) = '01')", ["01"]),
    ],
)
def test_literals_in_queries(query: str, values: list[str], validate: Callable[..., Report]) -> None:
    data = """ex:a ex:p 01 . ex:b ex:p 1 . ex:c ex:p +1 . ex:d ex:p "5"^^xsd:int . ex:f ex:p 5 .
      ex:e ex:p 1.0 , "1"^^xsd:boolean , true , 3000000000000000000000 .
      ex:g ex:p "g" ; ex:when "2020-01-01T10:00:00+00:00"^^xsd:dateTime ."""
    shapes = f"""
      ex:S sh:targetSubjectsOf ex:p ; sh:sparql [ sh:select \"\"\"SELECT $this ?value {{ {query} }}\"\"\" ] .
      ex:text a sh:SPARQLFunction ; sh:parameter [ sh:path ex:op ] ;
        sh:select "SELECT (STR($op) AS ?text) {{}}" ."""
    found = [finding.value or "" for finding in validate(data, shapes).findings]
    assert sorted(value.split('"')[1] for value in found) == values
