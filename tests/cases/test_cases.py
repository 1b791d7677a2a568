"""Data of other kinds of source, invented: accepted, without contradiction, and a slip in each is found."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from parkgraph.finding import Finding
from parkgraph.infer.closure import close
from parkgraph.read.files import Root
from parkgraph.validate import validate
from pyoxigraph import RdfFormat, Triple, parse

HERE = Path(__file__).resolve().parent
ROOT = Root(HERE.parent.parent)
CASES = sorted(HERE.glob("*.ttl"))
BESIDE = {"second-source": ROOT.paths("data", "passages")}
"""Case → what it is added to."""

SHAPES = [path for path in ROOT.paths("shapes", "prefixes") if path.name != "bilingual.ttl"]
"""Those of the model; that names are in both languages is asked of our own graph alone."""

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)


def _found(case: Path, name: str) -> list[Finding]:
    ontology = ROOT.paths("ontology", "codes")
    data = [case, *BESIDE.get(name, ())]
    return [one for one in validate(data, SHAPES, ontology) if one.file == str(case)]


@cache
def _triples(*roles: str) -> tuple[Triple, ...]:
    return tuple(
        quad.triple for path in ROOT.paths(*roles) for quad in parse(path=str(path), format=RdfFormat.TURTLE)
    )


@every_case
def test_is_accepted(case: Path) -> None:
    found = _found(case, case.stem)
    assert [f"{one.line} {one.messages['en']}" for one in found if one.severity != "info"] == []


@every_case
def test_contradicts_nothing(case: Path) -> None:
    beside = _triples("data", "passages") if case.stem in BESIDE else ()
    own = [quad.triple for quad in parse(path=str(case), format=RdfFormat.TURTLE)]
    assert not close([*_triples("ontology", "codes"), *beside, *own]).contradictions


SLIPS = {
    "park run by a person": ("company-park", "administeredBy enterprise:", "administeredBy organization:no"),
    "figure in another unit": ("company-park", "park:unit qudt-unit:CCY_CNY", "park:unit qudt-unit:NUM"),
    "range the wrong way round": ("company-park", "park:lowerBound 10.0", "park:lowerBound 30.0"),
    "project results in nothing known": ("company-park", "resultsIn place:hall", "resultsIn place:hal"),
    "register without a heading": ("register", 'park:row "HRB 77" ; park:column "capital"',
                                   'park:column "capital"'),
    "legal form of another list": ("register", "legal-form:company", "level:park"),
    "owner that cannot own": ("register", "person:owner ; park:evidence", "place:town ; park:evidence"),
    "base year after the year": ("yearly-table", "comparedWith period:2019", "comparedWith period:2020"),
    "share above the whole": ("yearly-table", "statedValue 55.0", "statedValue 155.0"),
    "less than, inclusive": ("yearly-table", "park:upperBound 55.0 ; park:upperInclusive false",
                             "park:upperBound 55.0 ; park:upperInclusive true"),
    "clause without a number": ("policy-with-clauses", "park:ordinal 2 ; ", ""),
    "clause that is an action": ("policy-with-clauses", "provision:m-3 a park:PolicyProvision ;",
                                 "provision:m-3 a park:Undertaking ;"),
    "text of a clause": ("policy-with-clauses", "isTextOf policy:measures", "isTextOf provision:m-1"),
    "place that signs": ("yearbook", "participant person:chefin", "participant place:grenzpark"),
    "title with a status of projects": ("yearbook", "recognition-status:revoked", "status:cancelled"),
    "indicator without a definition": ("yearbook", '; skos:definition "Wachstum', '; rdfs:comment "Wachstum'),
    "firm that ended at no known time": ("yearbook", 'park:date "2023-06-30"^^xsd:date ; ', ""),
    "status on the thing": ("second-source", "enterprise:other a park:Enterprise ;",
                            "enterprise:other a park:Enterprise ; park:status status:planned ;"),
    "status without a day": ("second-source", 'status:cancelled ; park:date "2020-02-01"^^xsd:date ;',
                             "status:cancelled ;"),
}  # fmt: skip
"""What is wrong → the case, what is changed in it, into what."""


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found_where_it_is(slip: str, tmp_path: Path) -> None:
    name, old, new = SLIPS[slip]
    text = (HERE / f"{name}.ttl").read_text(encoding="utf-8")
    assert text.count(old) == 1
    case = tmp_path / f"{name}.ttl"
    case.write_text(text.replace(old, new), encoding="utf-8")
    found = [one for one in _found(case, name) if one.severity == "violation"]
    assert found
    line = text[: text.index(old)].count("\n") + 1
    # At the line itself, or at the head of the thing that the line belongs to.
    head = max(
        number
        for number, content in enumerate(text.splitlines()[:line], 1)
        if content and not content[0].isspace()
    )
    assert {one.line for one in found} & set(range(head, line + 1)), [
        (one.line, one.messages["en"]) for one in found
    ]
