"""Figures and names that their passages don't print, omissions that are none."""

from __future__ import annotations

import pytest


def observation(scratch, **changes: str) -> str:
    parts = {
        "value": "park:statedValue 150.0 ;",
        "form": 'park:printedForm "150亿元" ;',
        "basis": "park:basis basis:stated ;",
        "evidence": f"park:evidence {scratch.passage('东岭园区总收入突破150亿元')} .",
    } | changes
    return "id:obs a park:Observation ; " + " ".join(parts.values())


def rules(scratch, turtle: str, *, with_text: bool = True) -> list[str]:
    """What the audit finds, the generated file being up to date as far as it can be."""
    scratch.write("facts", turtle)
    scratch.cite()
    return scratch.rules(with_text=with_text)


def test_a_sound_fact_gives_no_finding(scratch) -> None:
    assert rules(scratch, observation(scratch)) == []


def test_an_omission_that_facts_cite_wholly_is_idle(scratch) -> None:
    omission = 'id:o a park:Omission ; park:reason "无"@zh , "none"@en ; park:evidence {} .\n'
    fact = f"id:x a park:Event ; park:evidence {scratch.passage('其中外资项目3个')} .\n"
    assert rules(scratch, omission.format(scratch.passage("其中外资项目3个")) + fact) == ["omission-covered"]
    assert rules(scratch, omission.format(scratch.passage("新引进项目12个,其中外资项目3个")) + fact) == []


@pytest.mark.parametrize(
    ("part", "value", "rule"),
    [
        ("value", "park:statedValue 105.0 ;", "figure-not-printed"),
        ("value", "park:statedValue 150.0 ; park:statedSize 12 ;", "figure-not-printed"),
        ("form", 'park:printedForm "150 亿元" ;', "printed-form-not-printed"),
    ],
)
def test_a_stated_number_must_stand_in_its_own_passage(scratch, part, value, rule) -> None:
    scratch.write("facts", observation(scratch, **{part: value}))
    scratch.cite()
    (finding,) = [f for f in scratch.audit().findings if f.rule == rule]
    assert finding.file == "kg/facts.ttl"
    assert rule not in scratch.rules(with_text=False)


def test_value_and_printed_form_are_one_number(scratch) -> None:
    passage = scratch.passage("新引进项目12个,其中外资项目3个")
    turtle = observation(scratch, value="park:statedValue 3.0 ;", form='park:printedForm "12个" ;',
                         evidence=f"park:evidence {passage} .")  # fmt: skip
    assert rules(scratch, turtle) == ["printed-form-differs"]
    assert rules(scratch, turtle, with_text=False) == ["printed-form-differs"]


def test_a_computed_number_need_not_be_printed(scratch) -> None:
    turtle = observation(
        scratch,
        value="park:statedValue 137.5 ;",
        form="",
        basis='park:basis basis:computed ; park:reason "相除"@zh , "quotient"@en ;',
    )
    assert rules(scratch, turtle) == []


def test_a_name_that_is_nowhere_printed_is_told(scratch) -> None:
    entity = 'id:p a park:Project ; rdfs:label "{}"@zh , "net"@en ; park:evidence {} .'
    passage = scratch.passage("“三张网”工程启动")
    assert rules(scratch, entity.format("三张网", passage)) == []
    scratch.write("facts", entity.format("三张大网", passage))
    (finding,) = [f for f in scratch.audit().findings if f.rule == "name-not-printed"]
    assert finding.severity == "info"
