"""Each format says what its readers need, and the same findings give the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import rdflib
from parkgraph.errors import Usage
from parkgraph.finding import Finding, fingerprint
from parkgraph.show.findings import FORMATS, ReportContext
from parkgraph.show.reports import SCHEMA, form_of, render
from parkgraph.validate.check import Report, check
from parkgraph.validate.inputs import Library
from rdflib.namespace import RDF, SH

DATA = """
ex:甲 a ex:C ;
  ex:名 "昆明高新区" , "x\ty" ;  # 注释
  ex:p [ ex:q 5 ] .
ex:b a ex:C .
"""
SHAPES = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ;
  sh:property ex:Name , [ sh:path ( ex:p ex:q ) ; sh:class ex:T ; sh:severity sh:Warning ] .
ex:Name sh:path ex:名 ; sh:minCount 1 ; sh:maxLength 4 ;
  sh:message "名称不对：逗号, 百分号 % 与竖线 |"@zh , "wrong name: comma, percent % and bar |"@en .
"""


@pytest.fixture
def report(files: Callable[..., Path]) -> Report:
    folder = files(数据=DATA, shapes=SHAPES)
    return check(Library().inputs([folder / "数据.ttl"], [folder / "shapes.ttl"]))


@pytest.fixture
def told(report: Report) -> ReportContext:
    return ReportContext(
        report.findings, counts=report.counts, prefixes=report.prefixes, about=report.figures,
        passed=report.rules, engine=report.decided_by,
    )  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_same_findings_same_bytes(told: ReportContext, form: str, lang: str) -> None:
    told = replace(told, lang=lang)
    text = render(told, form)
    assert text == render(replace(told, findings=list(told.findings)), form)
    assert text.endswith("\n")
    expected = {"zh": "名称不对", "en": "wrong name"}
    assert expected[lang] in text
    if form not in ("json", "jsonl", "turtle"):  # these give all languages
        assert expected["en" if lang == "zh" else "zh"] not in text


@pytest.mark.parametrize("form", FORMATS)
def test_no_findings(form: str) -> None:
    told = ReportContext([], about={"files": 1, "triples": 2, "shapes": 3}, passed=("http://e/S",))
    text = render(told, form)
    assert text == "" if form in ("jsonl", "github") else text


def test_text_puts_the_caret_under_the_value_whatever_its_width(told: ReportContext) -> None:
    text = render(told, "text")
    lines = text.splitlines()
    source = next(number for number, line in enumerate(lines) if '"昆明高新区"' in line)
    assert lines[source].split("| ")[1].startswith('  ex:名 "昆明高新区"')
    # Two columns for each Chinese character: 2 + `ex:` 3 + 名 2 + a space.
    assert lines[source + 1].split("| ")[1] == " " * 8 + "^" * 12
    assert "9:8 " in lines[source - 1]
    assert "shape: ex:Name (MaxLength)  shapes.ttl:10:40" in text
    assert lines[0] == "数据.ttl"
    assert lines[-1].startswith("2 violations, 1 warning")


def test_text_cuts_a_long_line_around_the_value() -> None:
    found = Finding("violation", "r", {"en": "m"}, "long.ttl", 1, 3001, 1, 3006)
    Path("long.ttl").write_text("a" * 3000 + '"bad"' + "c" * 3000, encoding="utf-8")
    try:
        lines = render(ReportContext([found], columns=80), "text").splitlines()
    finally:
        Path("long.ttl").unlink()
    frame, caret = (line.split("| ")[1] for line in lines[2:4])
    assert len(frame) <= 80
    assert frame[caret.index("^") : caret.rindex("^") + 1] == '"bad"'


def test_text_does_not_obey_what_the_data_hold() -> None:
    nasty = "\x1b[2Jgone\u202e"
    text = render(
        ReportContext([Finding("violation", "r", {"en": nasty}, focus=f"<http://e/{nasty}>")]), "text"
    )
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_json_fits_its_schema(told: ReportContext) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    whole = json.loads(render(told, "json"))
    jsonschema.validate(whole, schema)
    assert whole["counts"] == {"violation": 2, "warning": 1, "info": 0}
    assert whole["failed"] is True
    first = whole["findings"][0]
    assert (first["file"], first["line"], first["column"]) == ("数据.ttl", 9, 8)
    assert (first["endLine"], first["endColumn"]) == (9, 15)
    assert (first["shape"]["file"], first["shape"]["line"]) == ("shapes.ttl", 10)
    assert first["messages"].keys() == {"zh", "en"}
    assert first["path"] == "<http://e/名>"
    one = {**schema, **schema["$defs"]["finding"]}
    for line in render(told, "jsonl").splitlines():
        jsonschema.validate(json.loads(line), one)


def test_sarif_fits_its_schema(told: ReportContext) -> None:
    schema = json.loads((Path(__file__).parent / "sarif.schema.json").read_text(encoding="utf-8"))
    for one in (
        told,
        replace(told, findings=[]),
        replace(told, findings=[Finding("info", "r", {"en": "m"})]),
    ):
        jsonschema.validate(json.loads(render(one, "sarif")), schema)
    run = json.loads(render(told, "sarif"))["runs"][0]
    first = run["results"][0]
    location = first["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "%E6%95%B0%E6%8D%AE.ttl", "uriBaseId": "%SRCROOT%"}
    assert location["region"] == {"startLine": 9, "startColumn": 8, "endLine": 9, "endColumn": 15}
    assert first["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "shapes.ttl"
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "ex:Name/MaxLength"
    assert {result["level"] for result in run["results"]} == {"error", "warning"}


def test_fingerprints_last_when_lines_move(files: Callable[..., Path], report: Report) -> None:
    folder = files(数据="\n\n# more above\nex:z ex:y ex:x .\n" + DATA)
    moved = check(Library().inputs([folder / "数据.ttl"], [folder / "shapes.ttl"]))
    assert list(map(fingerprint, moved.findings)) == list(map(fingerprint, report.findings))
    assert [f.line for f in moved.findings] != [f.line for f in report.findings]
    assert len(set(map(fingerprint, report.findings))) == 3


def test_junit(told: ReportContext) -> None:
    root = ElementTree.fromstring(render(told, "junit"))
    suite = root.find("testsuite")
    assert suite is not None
    cases = {case.get("name"): case for case in suite}
    assert suite.get("tests") == str(len(cases))
    assert suite.get("failures") == "2"
    failure = cases["ex:Name/MaxLength"].find("failure")
    assert failure is not None and failure.text is not None
    assert "数据.ttl:9:8: violation" in failure.text
    assert "<- shapes.ttl:10" in failure.text
    # A warning does not fail, unless it is said to.
    mild = cases["ex:S/Class"]
    assert mild.find("failure") is None and mild.find("system-out") is not None
    strict = ElementTree.fromstring(render(replace(told, fail_on="warning"), "junit"))
    assert strict.get("failures") == "3"


def test_junit_passes_are_told() -> None:
    root = ElementTree.fromstring(render(ReportContext([], passed=("http://e/S", "http://e/T")), "junit"))
    assert root.get("tests") == "2" and root.get("failures") == "0"


def test_junit_holds_no_character_that_xml_forbids() -> None:
    bad = Finding("violation", "r", {"en": 'a\x00b\x1b <&> "'}, file="f\x01.ttl", line=1, column=1)
    ElementTree.fromstring(render(ReportContext([bad]), "junit"))


def test_github(told: ReportContext) -> None:
    lines = render(told, "github").splitlines()
    assert lines[0].startswith("::error file=数据.ttl,line=9,col=8,endColumn=15,title=ex%3AName/MaxLength::")
    assert "comma, percent %25 and bar |%0A" in lines[0]
    assert "<- shapes.ttl:10" in lines[0]
    assert [line.split(" ")[0] for line in lines] == ["::error", "::error", "::warning"]


def test_github_shows_ten_of_a_kind_and_counts_the_rest() -> None:
    many = [Finding("violation", "r", {"en": f"m{n}"}, "f.ttl", n, 1) for n in range(1, 26)]
    lines = render(ReportContext(many, counts={"violation": 1234}), "github").splitlines()
    assert sum(line.startswith("::error") for line in lines) == 10
    assert (
        lines[-1]
        == "::notice title=parkgraph validate::1,224 more findings: see the summary or the report file"
    )


def test_gitlab(told: ReportContext) -> None:
    twice = replace(told, findings=[*told.findings, told.findings[0]])
    issues: list[dict[str, Any]] = json.loads(render(twice, "gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 4
    assert issues[0]["location"] == {"path": "数据.ttl", "lines": {"begin": 9}}
    assert issues[0]["severity"] == "major"
    assert {"description", "check_name", "fingerprint", "severity", "location"} <= issues[0].keys()


def test_markdown_is_one_row_a_finding(told: ReportContext) -> None:
    text = render(told, "md")
    rows = [line for line in text.splitlines() if line.startswith("| ❌") or line.startswith("| ⚠️")]
    assert len(rows) == 3
    assert all(len(re.split(r"(?<!\\)\|", row)) == 7 for row in rows)
    assert "数据.ttl:9:8" in rows[0]


def test_turtle_is_the_report_of_shacl(told: ReportContext) -> None:
    graph = rdflib.Graph().parse(data=render(told, "turtle"), format="turtle")
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(node, SH.conforms).toPython() is False
    results = list(graph.objects(node, SH.result))
    assert len(results) == 3
    by_component = {graph.value(one, SH.sourceConstraintComponent): one for one in results}
    one = by_component[SH.MaxLengthConstraintComponent]
    assert str(graph.value(one, SH.value)) == "昆明高新区"
    assert str(graph.value(one, SH.sourceShape)) == "http://e/Name"
    path = graph.value(by_component[SH.ClassConstraintComponent], SH.resultPath)
    assert [str(step) for step in graph.items(path)] == ["http://e/p", "http://e/q"]


@pytest.mark.parametrize(
    ("path", "triples"),
    [
        ("<http://e/p>", 0),
        ("^<http://e/p>", 1),
        ("<http://e/p>/(^<http://e/q>)", 5),
        ("(<http://e/p>|<http://e/q>)+", 6),
        ("(<http://e/p>/<http://e/q>)|(<http://e/r>?)", 10),
    ],
)
def test_turtle_writes_any_path(path: str, triples: int) -> None:
    component = str(SH.ClassConstraintComponent)
    plain = Finding("violation", "http://e/S", {"en": "m"}, component=component, focus="<http://e/a>")
    with_path, without = (
        len(rdflib.Graph().parse(data=render(ReportContext([one]), "turtle"), format="turtle"))
        for one in (replace(plain, path=path), plain)
    )
    assert with_path - without == triples + 1


def test_turtle_conforms_without_results() -> None:
    assert "sh:conforms true" in render(ReportContext([]), "turtle")


_NAMES = {
    "a.sarif": "sarif",
    "a.sarif.json": "sarif",
    "a.JSON": "json",
    "x/gl-code-quality-report.json": "gitlab",
    "a.xml": "junit",
    "a.md": "md",
    "a.ttl": "turtle",
    "a.txt": "text",
    "a.jsonl": "jsonl",
}


@pytest.mark.parametrize(("name", "form"), _NAMES.items())
def test_format_of_a_file(name: str, form: str) -> None:
    assert form_of(name) == form


def test_format_of_an_unknown_file() -> None:
    with pytest.raises(Usage, match="cannot be told from its name"):
        form_of("report.html")
