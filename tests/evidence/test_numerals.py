"""Numbers in Chinese text: what is one, where it ends, what it is worth."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files

import pytest
import yaml
from parkgraph.evidence.numerals import DateParts, cut_numbers, numbers, worth


def figures(text: str) -> list[tuple[str, str]]:
    return [(n.printed, str(n.values[0])) for n in numbers(text) if n.kind == "figure"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("完成1,478项,占14.2%", [("1,478", "1478"), ("14.2%", "14.2")]),
        ("共2000,300家参加", [("2000", "2000"), ("300", "300")]),
        ("为10%—15%,20至30个", [("10%", "10"), ("15%", "15"), ("20", "20"), ("30", "30")]),
        ("压缩为2.5项", [("2.5", "2.5")]),
        ("全角２０％和３．５亿", [("２０％", "20"), ("３．５", "3.5")]),
        ("两大产业、十六个基地、近百家", [("两", "2"), ("十六", "16"), ("百", "100")]),
        ("占百分之八十,三分之二", [("百分之八十", "80"), ("三分之二", "0.6666666666666666666666666667")]),
        ("一体两翼", [("一", "1"), ("两", "2")]),
        ("生产3GWH电池", [("3", "3")]),
    ],
)
def test_figures(text: str, expected: list[tuple[str, str]]) -> None:
    assert figures(text) == expected


def test_a_number_before_a_myriad_may_be_meant_either_way() -> None:
    (number,) = numbers("突破2000亿元")
    assert number.printed == "2000"
    assert number.values == (Decimal(2000), Decimal(200_000_000_000))


def test_two_small_numerals_in_a_row_may_be_an_estimate() -> None:
    (number,) = numbers("三四个项目")
    assert {3, 4} <= set(number.values)


@pytest.mark.parametrize(
    ("text", "printed", "parts"),
    [
        ("2018-06-20 08:00:08 来源", "2018-06-20 08:00:08", DateParts(2018, 6, 20, time="08:00:08")),
        ("自1992年起", "1992年", DateParts(1992)),
        ("2018年6月15日,", "2018年6月15日", DateParts(2018, 6, 15)),
        ("5月23日", "5月23日", DateParts(None, 5, 23)),
        ("今年1—4月", "1—4月", DateParts(None, 1, last_month=4)),
        ("2016-2020年", "2016-2020年", DateParts(2016, last_year=2020)),
        ("2018年6月", "2018年6月", DateParts(2018, 6)),
        ("二〇一七年", "二〇一七年", DateParts(2017)),
        ("六月十五日", "六月十五日", DateParts(None, 6, 15)),
    ],
)
def test_dates(text: str, printed: str, parts: DateParts) -> None:
    assert [(n.printed, n.date, n.kind) for n in numbers(text)] == [(printed, parts, "date")]


def test_codes_and_ordinals() -> None:
    assert [(n.printed, n.kind) for n in numbers("“1+4+3”体系,第二届")] == [
        ("1+4+3", "code"),
        ("第二", "ordinal"),
    ]


@pytest.mark.parametrize(
    "text", ["一直如此", "进一步做好", "统一窗口", "引进一批", "零售总额", "第三方检测", "万众一心"]
)
def test_numerals_in_ordinary_words_do_not_count(text: str) -> None:
    found = numbers(text)
    assert found and found[0].kind == "ordinary"
    assert set(found[0].reason or {}) == {"zh", "en"}


@pytest.mark.parametrize("text", ["一个中心", "一项工程", "三步", "一带一路", "百强"])
def test_numerals_that_count_or_name_are_not_taken_for_words(text: str) -> None:
    assert all(number.kind == "figure" for number in numbers(text))


def test_each_listed_word_holds_a_numeral_and_more() -> None:
    listed = yaml.safe_load(files("parkgraph.evidence").joinpath("ordinary-numerals.yaml").read_text("utf-8"))
    words = [word for group in listed for word in group["words"]]
    assert len(words) == len(set(words)) > 50
    for group in listed:
        assert group["reason"]["zh"] and group["reason"]["en"]
    for word in words:
        assert any(c in "零〇一二三四五六七八九十百千万亿两" for c in word), word
        assert len(word) > 1, word
        assert numbers(word)[0].kind == "ordinary", word


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("十九", 19), ("二十一", 21), ("一百零五", 105), ("三百", 300), ("两万", 20_000),
     ("一亿二千万", 120_000_000), ("二〇一七", 2017), ("八", 8)],
)  # fmt: skip
def test_worth(numeral: str, value: int) -> None:
    assert worth(numeral) == value


def test_cuts_inside_numbers() -> None:
    text = "占14.2%,1—4月十六个,一直"
    cuts = cut_numbers(text)
    assert cuts == {2, 3, 4, 5, 8, 9, 12} | {text.index("十") + 1}
