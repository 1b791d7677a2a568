"""Facts without support, reasons that are missing, figures that their passages don't print."""

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


def test_a_statement_without_evidence(scratch) -> None:
    scratch.write("facts", "\nid:obs a park:Observation ; park:basis basis:stated .")
    (finding,) = [f for f in scratch.audit(with_text=False).findings]
    assert (finding.rule, finding.file) == ("no-evidence", "kg/facts.ttl")
    assert finding.line == (scratch.folder / "kg/facts.ttl").read_text("utf-8").count("\n") + 1


def test_an_annotation_and_an_omission_without_evidence(scratch) -> None:
    axiom = "<https://w3id.org/parkgraph/id/annotation/a> a owl:Axiom ; park:basis basis:stated ."
    assert rules(scratch, axiom) == ["no-evidence"]
    assert rules(scratch, 'id:o a park:Omission ; park:reason "无"@zh , "none"@en .') == ["no-evidence"]


def test_an_entity_needs_evidence_or_an_evidenced_statement(scratch) -> None:
    entity = 'id:park a park:Park ; rdfs:label "东岭园区"@zh .\n'
    assert rules(scratch, entity) == ["entity-without-evidence"]
    assert rules(scratch, entity + observation(scratch)) == ["entity-without-evidence"]
    about = observation(scratch, value="park:statedValue 150.0 ; park:about id:park ;")
    assert rules(scratch, entity + about) == []


@pytest.mark.parametrize(
    "evidence", ['"3-9"', "source:briefing", "<https://w3id.org/parkgraph/source/briefing/03-9>"]
)
def test_evidence_that_is_no_passage(scratch, evidence) -> None:
    found = rules(scratch, f"id:x a park:Event ; park:evidence {evidence} .")
    assert found == ["evidence-is-no-passage"]


@pytest.mark.parametrize("basis", ["basis:inference", "basis:computed"])
def test_what_is_not_stated_needs_a_reason_in_both_languages(scratch, basis) -> None:
    for reason, found in (
        ("", ["no-reason"]),
        ('park:reason "因为"@zh ;', ["no-reason"]),
        ('park:reason "因为"@zh , "because"@en ;', []),
    ):
        assert rules(scratch, observation(scratch, basis=f"park:basis {basis} ; {reason}")) == found
    assert rules(scratch, f"id:o a park:Omission ; park:evidence {scratch.passage('其中外资项目3个')} .") == [
        "no-reason"
    ]


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
