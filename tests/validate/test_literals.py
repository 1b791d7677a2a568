"""Literals: which are ill-formed, and that the engines agree wherever they are said to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from parkgraph.names import XSD
from parkgraph.validate.check import Report
from parkgraph.validate.values import well_formed
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
    "base64Binary": ["aGVsbG8", "!!"],
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
