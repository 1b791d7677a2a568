"""What the specification wants of inputs that people have: on both engines, with the right exit code."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import pytest
import yaml
from parkgraph.cli.app import run
from parkgraph.errors import Unreadable
from parkgraph.read.turtle import Document
from parkgraph.validate.check import check
from parkgraph.validate.inputs import Inputs

BASE = "http://example.org/"
PREFIXES = f"""@prefix ex: <{BASE}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
KINDS = yaml.safe_load((Path(__file__).parent / "kinds.yaml").read_text(encoding="utf-8"))
CASES = yaml.safe_load((Path(__file__).parent / "specification.yaml").read_text(encoding="utf-8"))
Validate = Callable[..., tuple[int, dict]]  # type: ignore[type-arg]


@pytest.fixture
def validate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Validate:
    """Runs the command on texts: (data, shapes, *options, prefixes=…) → exit code, report as JSON."""
    monkeypatch.chdir(tmp_path)

    def call(data: str, shapes: str, *options: str, prefixes: str = PREFIXES) -> tuple[int, dict]:  # type: ignore[type-arg]
        (tmp_path / "data.ttl").write_text(prefixes + data, encoding="utf-8")
        (tmp_path / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
        code = run(["validate", "data.ttl", "-s", "shapes.ttl", "--format", "json", *options])
        out = capfd.readouterr().out
        return code, json.loads(out) if out else {}

    return call


def results(report: dict) -> Counter[tuple[str, str]]:  # type: ignore[type-arg]
    """Focus node, by its local name, and component of each result."""
    return Counter(
        (
            _short(found["focus"]),
            found["component"].split("#")[-1].split("/")[-1].removesuffix("ConstraintComponent"),
        )
        for found in report["findings"]
        if found["component"]
    )


def _short(term: str) -> str:
    if term.startswith('"'):
        return '"' + term[1:].split('"')[0] + '"'
    if term.startswith("_:"):
        return "_"
    return term[1:-1].removeprefix(BASE) or BASE


@pytest.mark.parametrize("engine", ["fast", "reference"])
@pytest.mark.parametrize("name", CASES)
def test_case(name: str, engine: str, validate: Validate) -> None:
    case = CASES[name]
    prefixes = "" if case.get("prefixes") == "none" else PREFIXES
    code, report = validate(case["data"], case["shapes"], "--engine", engine, prefixes=prefixes)
    wanted = Counter(
        {(focus.removeprefix(BASE) or BASE, component): n for focus, component, n in case.get("expect", ())}
    )
    assert code == case["exit"]
    if code != 3:
        assert results(report) == wanted


def test_kinds() -> None:
    wrong = {}
    for name, (data, shapes, wanted) in KINDS.items():
        texts = {"d.ttl": PREFIXES + data, "s.ttl": PREFIXES + shapes}
        both = [Document(text, name=file, blank=file[0]) for file, text in texts.items()]
        found: object = "refused"
        with suppress(Unreadable):
            found = results(
                {"findings": [asdict(one) for one in check(Inputs((both[0],), (both[1],))).findings]}
            )
        if wanted != "refused":
            wanted = Counter({(focus, component): times for focus, component, times in wanted})
        if found != wanted:
            wrong[name] = found
    assert wrong == {}


def _chain(nodes: int) -> str:
    return "".join(f"ex:n{n} a ex:T ; ex:next ex:n{n + 1} .\n" for n in range(nodes))


def test_place_at_the_end_of_a_long_path(validate: Validate) -> None:
    shapes = (
        "ex:S sh:targetNode ex:n0 ; sh:property [ sh:path [ sh:oneOrMorePath ex:next ] ; sh:maxCount 5 ] ."
    )
    code, report = validate(_chain(3000), shapes)
    assert (code, results(report)) == (1, {("n0", "MaxCount"): 1})
    assert report["findings"][0]["line"] == PREFIXES.count("\n") + 6  # the sixth value


def test_long_path_from_every_node(validate: Validate) -> None:
    path = "[ sh:oneOrMorePath ex:next ]"
    shapes = f"ex:S sh:targetClass ex:T ; sh:property [ sh:path {path} ; sh:hasValue ex:n1000 ] ."
    assert validate(_chain(1000), shapes)[0] == 0


def test_in_of_many_members(validate: Validate) -> None:
    members = " ".join(f"ex:m{n}" for n in range(20_000))
    code, report = validate(
        "ex:a ex:p ex:m19999 , ex:none .",
        f"ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:in ( {members} ) ] .",
    )
    assert (code, results(report)) == (1, {("a", "In"): 1})


def test_at_most_less_than_nothing(validate: Validate) -> None:
    shapes = "ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:maxCount -1 ] ."
    code, report = validate("ex:a a ex:T . ex:b a ex:T ; ex:p 1 .", shapes)
    assert (code, results(report)) == (1, {("a", "MaxCount"): 1, ("b", "MaxCount"): 1})


# --- recursion -----------------------------------------------------------------

PERSON = """
ex:S sh:targetClass ex:T ;
  sh:property [ sh:path ex:name ; sh:minCount 1 ] , [ sh:path ex:knows ; sh:node ex:S ] .
"""


def test_recursion_is_told_and_a_node_conforms_as_long_as_nothing_shows_otherwise(validate: Validate) -> None:
    data = "ex:a a ex:T ; ex:name 1 ; ex:knows ex:b . ex:b a ex:T ; ex:name 1 ; ex:knows ex:a , ex:b ."
    code, report = validate(data, PERSON)
    assert (code, results(report)) == (0, {})
    assert {found["rule"] for found in report["findings"]} == {"shapes/recursive"}


def test_recursion_finds_what_is_far_away(validate: Validate) -> None:
    data = "".join(f"ex:n{n} a ex:T ; ex:name 1 ; ex:knows ex:n{n + 1} .\n" for n in range(2000))
    code, report = validate(data, PERSON, "--max-findings", "0")  # n2000 has no name
    assert code == 1
    assert results(report) == {(f"n{n}", "Node"): 1 for n in range(2000)}


def test_recursion_in_a_dense_graph_ends(validate: Validate) -> None:
    data = "".join(
        f"ex:n{n} a ex:T ; ex:name 1 ; ex:knows {' , '.join(f'ex:n{m}' for m in range(40))} .\n"
        for n in range(40)
    )
    assert validate(data, PERSON)[0] == 0


# --- lenient -------------------------------------------------------------------


def test_lenient_does_without_what_is_broken_and_says_so(validate: Validate) -> None:
    shapes = (
        'ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:maxCount "many" ] , '
        "[ sh:minCount 1 ] , ex:gone ; sh:sparql [ sh:select 'SELECT $this { MINUS {} }' ] ."
    )
    assert validate("ex:a a ex:T .", shapes)[0] == 3
    code, report = validate("ex:a a ex:T .", shapes, "--lenient")
    assert (code, results(report)) == (1, {("a", "MinCount"): 1})
    broken = Counter(found["rule"] for found in report["findings"] if not found["component"])
    assert broken == {
        "shapes/bad-value": 1,
        "shapes/no-path": 1,
        "shapes/undefined-shape": 1,
        "shapes/bad-sparql": 1,
    }
    assert validate("ex:a a ex:T ; ex:p 1 .", shapes, "--lenient")[0] == 1  # broken shapes are violations


# --- what is beyond ------------------------------------------------------------


def test_functions_of_shacl_af(validate: Validate) -> None:
    shapes = """
ex:double a sh:SPARQLFunction ; sh:parameter [ sh:path ex:op ] ; sh:select "SELECT ($op * 2 AS ?r) {}" .
ex:S sh:targetClass ex:T ; sh:sparql [ sh:prefixes ex: ;
  sh:select "SELECT $this ?value { $this ex:p ?value FILTER (ex:double(?value) > 5) }" ] .
ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/" ] .
"""
    code, report = validate("ex:a a ex:T ; ex:p 2 , 3 .", shapes)
    assert (code, results(report)) == (1, {("a", "SPARQL"): 1})
    assert report["findings"][0]["value"].startswith('"3"')


@pytest.mark.parametrize(
    "term", ["sh:expression [ sh:path ex:p ]", "sh:rule [ a sh:TripleRule ]", "sh:uniqueMembers true"]
)
def test_what_is_not_run_is_said(term: str, validate: Validate) -> None:
    code, report = validate("ex:a a ex:T .", f"ex:S sh:targetClass ex:T ; {term} .")
    assert code == 0
    assert [found["rule"] for found in report["findings"]] == ["shapes/unsupported"]


# --- what readers need ---------------------------------------------------------


def test_details_say_what_is_wrong_inside(validate: Validate) -> None:
    either = "( [ sh:datatype xsd:date ] [ sh:minLength 9 ] )"
    shapes = f"ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:or {either} ] ."
    (found,) = validate('ex:a a ex:T ; ex:p "x" .', shapes)[1]["findings"]
    assert [detail["component"].split("#")[1] for detail in found["details"]] == [
        "DatatypeConstraintComponent",
        "MinLengthConstraintComponent",
    ]


def test_hidden_severities_are_not_counted(validate: Validate) -> None:
    shapes = "ex:S sh:targetClass ex:T ; sh:severity sh:Info ; sh:nodeKind sh:Literal ."
    assert validate("ex:a a ex:T .", shapes, "--hide", "info", "--fail-on", "info")[0] == 0


def test_what_is_hidden_and_accepted_is_still_met(validate: Validate) -> None:
    shapes = "ex:S sh:targetClass ex:T ; sh:severity sh:Info ; sh:nodeKind sh:Literal ."
    validate("ex:a a ex:T .", shapes, "--write-baseline", "b.yaml", "--reason", "known")
    code, report = validate("ex:a a ex:T .", shapes, "--baseline", "b.yaml", "--hide", "info")
    assert (code, report["findings"], report["counts"]["info"]) == (0, [], 0)
    gone = validate("ex:a a ex:U .", shapes, "--baseline", "b.yaml", "--allow-empty")[1]["findings"]
    assert [found["rule"] for found in gone][-1] == "validate/outdated-baseline"


def test_nodes_of_the_ontology_are_not_judged(validate: Validate, tmp_path: Path) -> None:
    (tmp_path / "o.ttl").write_text(PREFIXES + "ex:o a ex:T . ex:U rdfs:subClassOf ex:T .", encoding="utf-8")
    shapes = "ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    assert results(validate("ex:a a ex:U .", shapes, "--ontology", "o.ttl")[1]) == {("a", "MinCount"): 1}


# --- anything RDF --------------------------------------------------------------

SHAPE = "ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:nodeKind sh:IRI ] ."
XML = (
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:ex="http://example.org/"><rdf:Description rdf:about="http://example.org/a"><ex:p>1</ex:p>'
    "</rdf:Description></rdf:RDF>"
)
TRIG = (
    '@prefix ex: <http://example.org/> .\nex:g { ex:a ex:q 1 .\n ex:a ex:p "1" }\nGRAPH ex:h { ex:b ex:q 1 }'
)
QUADS = (
    "<http://example.org/b> <http://example.org/q> _:x <http://example.org/g> .\n"
    '<http://example.org/a> <http://example.org/p> "1" <http://example.org/g> .\n'
)
FORMATS = {
    "bom.ttl": ("\ufeff" + PREFIXES + 'ex:a ex:p "1" .', 7),
    "cr.ttl": ((PREFIXES + 'ex:b ex:q 1 .\nex:a ex:p "1" .').replace("\n", "\r"), 8),
    "d.TTL": (PREFIXES + 'ex:a ex:p "1" .', 7),
    "d.nt": (QUADS.replace(" <http://example.org/g>", ""), 2),
    "d.nq": (QUADS, 2),
    "d.trig": (TRIG, 3),
    "d.rdf": (XML, None),
    "d.jsonld": ('{"@id": "http://example.org/a", "http://example.org/p": "1"}', None),
}


@pytest.mark.parametrize("name", [*FORMATS, "d.nq.gz"])
def test_any_format_alone_and_in_a_folder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    text, line = FORMATS[name.removesuffix(".gz")]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.ttl").write_text(PREFIXES + SHAPE, encoding="utf-8")
    folder = tmp_path / "data"
    folder.mkdir()
    content = text.encode()
    (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    for path in (f"data/{name}", "data"):
        assert run(["validate", path, "-s", "s.ttl", "--format", "jsonl"]) == 1
        found = json.loads(capfd.readouterr().out)
        assert (found["file"], found["line"], found["focus"]) == (f"data/{name}", line, f"<{BASE}a>")


def test_nothing_in_a_folder_is_passed_over_in_silence(validate: Validate, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "notes.txt").write_text("x")
    (folder / "d.ttl").write_text(PREFIXES + "ex:a ex:p ex:b .")
    (tmp_path / "shapes.ttl").write_text(PREFIXES + SHAPE)
    assert run(["validate", "data", "-s", "shapes.ttl", "-o", "out.json"]) == 0
    assert "notes.txt" in (tmp_path / "out.json").read_text()
    (folder / "gone.ttl").symlink_to(tmp_path / "nowhere.ttl")
    assert run(["validate", "data", "-s", "shapes.ttl"]) == 3


def test_shapes_among_the_data_are_told(validate: Validate) -> None:
    _, report = validate("ex:a ex:p ex:b . ex:T a sh:NodeShape ; sh:targetClass ex:C .", SHAPE)
    assert [found["rule"] for found in report["findings"]] == ["data/unused-shapes"]
