"""Tables on a terminal: side by side, wrapped, or a block a row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from parkgraph.show.table import render, width

CELL = st.text(st.sampled_from("ab 中文，。-9"), max_size=40)


def table(headings: list[str], rows: list[list[str]], columns: int, numeric: list[bool] | None = None) -> str:
    return "\n".join(render(headings, rows, numeric or [False] * len(headings), columns))


def test_side_by_side_when_it_fits() -> None:
    shown = table(["项目", "金额"], [["凯昆科技", "57.97"], ["IT", "5"]], 40, [False, True])
    assert shown == "项目       金额\n────────  ─────\n凯昆科技  57.97\nIT            5"


def test_wraps_when_it_is_a_little_too_wide() -> None:
    shown = table(["项目", "说明"], [["甲", "生物医药大健康产业的项目"]], 20)
    assert shown.splitlines() == [
        "项目  说明",
        "────  ──────────────",
        "甲    生物医药大健康",
        "      产业的项目",
    ]


def test_wrapped_rows_stand_apart() -> None:
    shown = table(["a", "b"], [["x", "one two three"], ["y", "z"]], 13)
    assert shown.splitlines()[2:] == ["x  one two", "   three", "", "y  z"]


def test_blocks_when_columns_would_be_too_narrow() -> None:
    headings = ["项目", "产业", "依据", "出处"]
    row = ["双环铂注射剂及原料药生产基地", "生物医药大健康", "推断", "kunming-daily-2018-06-20 1358-1376"]
    lines = table(headings, [row, row], 40).splitlines()
    assert lines[0].startswith("── 1 ─") and lines[5].startswith("── 2 ─")
    assert lines[1] == "项目  双环铂注射剂及原料药生产基地"
    assert lines[4] == "出处  kunming-daily-2018-06-20 1358-1376"


def test_blocks_leave_out_empty_cells() -> None:
    shown = table(["a" * 20, "b" * 20, "c" * 20], [["x", "", "y"]], 30)
    assert "bbb" not in shown and "aaa" in shown


def test_no_rows_still_shows_headings() -> None:
    assert table(["a", "b"], [], 80) == "a  b\n─  ─"


def test_no_rows_and_no_room_still_shows_headings() -> None:
    assert table(["甲" * 10, "乙" * 10], [], 20) == "甲" * 10 + "\n" + "乙" * 10


def test_escapes_reach_no_terminal() -> None:
    assert "\x1b" not in table(["a\x1b"], [["\x1b[2J"]], 80)


@given(
    st.integers(1, 5).flatmap(
        lambda count: st.tuples(
            st.lists(st.text("标题ab", min_size=1, max_size=8), min_size=count, max_size=count),
            st.lists(st.lists(CELL, min_size=count, max_size=count), max_size=4),
        )
    ),
    st.integers(24, 100),
)
def test_no_line_is_wider_than_asked(made: tuple[list[str], list[list[str]]], columns: int) -> None:
    headings, rows = made
    lines = list(render(headings, rows, [False] * len(headings), columns))
    assert all(width(line) <= columns for line in lines)
    shown = "".join("".join(lines).split())
    for row in rows:
        for cell in row:
            assert all(char in shown for char in cell if char != " ")
