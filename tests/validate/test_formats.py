"""Each format says what its readers need, and the same findings give the same bytes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
import rdflib
from parkgraph import __version__
from parkgraph.errors import Usage
from parkgraph.finding import Finding, fingerprint
from parkgraph.show.findings import FORMATS, ReportContext
from parkgraph.show.reports import SCHEMA, form_of, render
from parkgraph.validate.check import Report, check
from parkgraph.validate.inputs import Library
from rdflib.namespace import SH

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


def whole(told: ReportContext, form: str, lang: str) -> str:
    """The report, whatever the version."""
    return render(replace(told, lang=lang), form).replace(__version__, "VERSION")


FOR_PEOPLE = ("text", "md", "github", "gitlab", "junit")


@pytest.mark.parametrize(
    ("form", "lang"), [*((form, "en") for form in FORMATS), *((form, "zh") for form in FOR_PEOPLE)]
)
def test_the_report_is_as_expected(told: ReportContext, form: str, lang: str) -> None:
    """With RENEW=1 in the environment it writes what is expected anew: read the difference."""
    file = Path(__file__).parent / "formats" / f"{form}.{lang}"
    text = whole(told, form, lang)
    if os.environ.get("RENEW"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_no_findings(form: str) -> None:
    told = ReportContext(
        [], about={"files": 1, "triples": 2, "shapes": 3}, passed=("http://e/S", "http://e/T")
    )
    text = render(told, form)
    assert (text == "") is (form in ("jsonl", "github"))
    if form == "junit":
        assert 'tests="2"' in text and 'failures="0"' in text
    if form == "turtle":
        assert "sh:conforms true" in text


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


def test_json_and_sarif_fit_their_schemas(told: ReportContext) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(render(told, "json")), schema)
    for line in render(told, "jsonl").splitlines():
        jsonschema.validate(json.loads(line), {**schema, **schema["$defs"]["finding"]})
    sarif = json.loads((Path(__file__).parent / "sarif.schema.json").read_text(encoding="utf-8"))
    for findings in (told.findings, [], [Finding("info", "r", {"en": "m"})]):
        jsonschema.validate(json.loads(render(replace(told, findings=findings), "sarif")), sarif)


def test_fingerprints_last_when_lines_move(files: Callable[..., Path], report: Report) -> None:
    folder = files(数据="\n\n# more above\nex:z ex:y ex:x .\n" + DATA)
    moved = check(Library().inputs([folder / "数据.ttl"], [folder / "shapes.ttl"]))
    assert list(map(fingerprint, moved.findings)) == list(map(fingerprint, report.findings))
    assert [f.line for f in moved.findings] != [f.line for f in report.findings]
    assert len(set(map(fingerprint, report.findings))) == 3


def test_warnings_fail_in_junit_where_they_are_said_to(told: ReportContext) -> None:
    assert ElementTree.fromstring(render(replace(told, fail_on="warning"), "junit")).get("failures") == "3"


def test_junit_holds_no_character_that_xml_forbids() -> None:
    bad = Finding("violation", "r", {"en": 'a\x00b\x1b <&> "'}, file="f\x01.ttl", line=1, column=1)
    ElementTree.fromstring(render(ReportContext([bad]), "junit"))


def test_github_shows_ten_of_a_kind_and_counts_the_rest() -> None:
    many = [Finding("violation", "r", {"en": f"m{n}"}, "f.ttl", n, 1) for n in range(1, 26)]
    lines = render(ReportContext(many, counts={"violation": 1234}), "github").splitlines()
    assert sum(line.startswith("::error") for line in lines) == 10
    assert (
        lines[-1]
        == "::notice title=parkgraph validate::1,224 more findings: see the summary or the report file"
    )


def test_gitlab_tells_two_alike_apart(told: ReportContext) -> None:
    twice = replace(told, findings=[*told.findings, told.findings[0]])
    assert len({issue["fingerprint"] for issue in json.loads(render(twice, "gitlab"))}) == 4


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
    with pytest.raises(Usage, match="cannot be told from its name"):
        form_of("report.html")
