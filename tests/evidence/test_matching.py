"""Numbers of the text and the facts that say them at the same place."""

from __future__ import annotations

import pytest


def matches(scratch) -> dict[str, tuple[str, str | None]]:
    """Printed number → how it is matched, and the node's local name."""
    (source,) = scratch.audit().sources
    return {
        match.number.printed: (match.how, match.node and match.node.value.rpartition("/")[2])
        for part in source.sections
        for match in part.numbers
    }


def test_without_facts_only_ordinary_words_are_settled(scratch) -> None:
    found = matches(scratch)
    assert found["一"] == ("ordinary", None)
    assert {how for printed, (how, _) in found.items() if printed != "一"} == {"unmatched"}
    assert set(found) == {
        "2019-05-06 09:30:00", "2018年", "150", "8.5%", "1—3月", "12", "3", "一", "两", "5月4日", "第二",
        "三",
    }  # fmt: skip
    unmatched = [f.value for f in scratch.audit().findings if f.rule == "number-unmatched"]
    assert sorted(unmatched) == sorted(set(found) - {"一"})


def test_a_figure_is_matched_where_its_evidence_holds_the_place(scratch) -> None:
    fact = "id:obs a park:Observation ; park:basis basis:stated ; park:statedValue {} ; park:evidence {} ."
    here, elsewhere = scratch.passage("东岭园区总收入突破150亿元"), scratch.passage("增长8.5%")
    scratch.write("facts", fact.format("150.0", here))
    assert matches(scratch)["150"] == ("figure", "obs")
    scratch.write("facts", fact.format("150.0", elsewhere))
    assert matches(scratch)["150"][0] == "unmatched"
    scratch.write("facts", fact.format("151.0", here))
    assert matches(scratch)["150"][0] == "unmatched"


def test_derived_numbers_are_not_what_is_printed(scratch) -> None:
    passage = scratch.passage("东岭园区总收入突破150亿元")
    scratch.write("facts", f"id:obs a park:Observation ; park:lowerBound 150.0 ; park:evidence {passage} .")
    assert matches(scratch)["150"][0] == "unmatched"
    scratch.write(
        "facts", f"id:obs a park:Observation ; park:normalizedValue 150 ; park:evidence {passage} ."
    )
    assert matches(scratch)["150"][0] == "unmatched"


@pytest.mark.parametrize(
    ("printed", "phrase", "turtle"),
    [
        ("2019-05-06 09:30:00", "2019-05-06 09:30:00", '<urn:at> "2019-05-06T09:30:00+08:00"^^xsd:dateTime'),
        ("2018年", "2018年", '<urn:at> "2018"^^xsd:gYear'),
        ("2018年", "2018年", "park:period id:period"),
        ("5月4日", "5月4日", '<urn:at> "2019-05-04"^^xsd:date'),
        ("1—3月", "今年1—3月", "park:period id:quarter"),
    ],
)
def test_dates_and_periods(scratch, printed, phrase, turtle) -> None:
    periods = """
id:period <urn:from> "2018-01-01"^^xsd:date ; <urn:to> "2018-12-31"^^xsd:date .
id:quarter <urn:from> "2019-01-01"^^xsd:date ; <urn:to> "2019-03-31"^^xsd:date .
"""
    scratch.write(
        "facts", f"id:x a park:Event ; {turtle} ; park:evidence {scratch.passage(phrase)} . {periods}"
    )
    assert matches(scratch)[printed] == ("date", "x")


@pytest.mark.parametrize(
    ("printed", "phrase", "turtle"),
    [
        ("2019-05-06 09:30:00", "2019-05-06 09:30:00", '<urn:at> "2019-05-06T09:31:00+08:00"^^xsd:dateTime'),
        ("2018年", "2018年", '<urn:at> "2019"^^xsd:gYear'),
        ("5月4日", "5月4日", '<urn:at> "2019-05-05"^^xsd:date'),
        ("1—3月", "今年1—3月", '<urn:from> "2019-01-01"^^xsd:date ; <urn:to> "2019-04-30"^^xsd:date'),
        ("5月4日", "5月4日", '<urn:at> "2019-05-04"'),
    ],
)
def test_other_dates_do_not_match(scratch, printed, phrase, turtle) -> None:
    scratch.write("facts", f"id:x a park:Event ; {turtle} ; park:evidence {scratch.passage(phrase)} .")
    assert matches(scratch)[printed][0] == "unmatched"


@pytest.mark.parametrize(
    ("printed", "phrase", "label", "matched"),
    [
        ("两", "围绕“两大主业”", "两大主业", True),
        ("两", "围绕“两大主业”", "两个中心", False),
        ("两", "围绕“两大主业”", "大主业", False),
        ("三", "“三张网”工程启动", "“三张网”工程", True),
        ("第二", "第二届洽谈会开幕", "东岭第二届洽谈会", True),
        ("12", "新引进项目12个", "12", True),
        ("12", "新引进项目12个", "引进项目12", True),
        ("12", "新引进项目12个", "引进企业12", False),
        ("12", "新引进项目12个", "项目112个", False),
        ("12", "新引进项目12个", "项目12.5个", False),
    ],
)
def test_a_name_must_hold_the_number_as_printed(scratch, printed, phrase, label, matched) -> None:
    fact = "id:x a park:Programme ; {} ; park:evidence {} ."
    for property in ("rdfs:label", "skos:altLabel"):
        scratch.write("facts", fact.format(f'{property} "{label}"@zh', scratch.passage(phrase)))
        assert matches(scratch)[printed] == (("name", "x") if matched else ("unmatched", None))


def test_a_name_of_what_the_node_points_to_counts(scratch) -> None:
    passage = scratch.passage("“三张网”工程启动")
    scratch.write("facts", f'id:x park:about id:y ; park:evidence {passage} . id:y rdfs:label "三张网"@zh .')
    assert matches(scratch)["三"] == ("name", "x")


def test_the_words_of_a_figure_do_not_stand_for_its_number(scratch) -> None:
    fact = 'id:x a park:Observation ; rdfs:label "总收入突破150亿元"@zh ; park:evidence {} .'
    scratch.write("facts", fact.format(scratch.passage("东岭园区总收入突破150亿元")))
    assert matches(scratch)["150"][0] == "unmatched"


def test_an_ordinal(scratch) -> None:
    passage = scratch.passage("第二届洽谈会开幕")
    scratch.write("facts", f"id:x a park:Event ; park:ordinal 2 ; park:evidence {passage} .")
    assert matches(scratch)["第二"] == ("ordinal", "x")
    scratch.write("facts", f"id:x a park:Event ; park:ordinal 3 ; park:evidence {passage} .")
    assert matches(scratch)["第二"][0] == "unmatched"


def test_a_number_in_an_omission_is_declared(scratch) -> None:
    scratch.write(
        "sources/briefing.coverage",
        f"id:o a park:Omission ; park:evidence {scratch.passage('“三张网”工程启动')} ;"
        ' park:reason "与园区无关"@zh , "not about the park"@en .',
    )
    assert matches(scratch)["三"][0] == "declared"
    assert "三" not in [f.value for f in scratch.audit().findings if f.rule == "number-unmatched"]
