"""Rows in the order of a reader's language."""

from __future__ import annotations

import pytest
from parkgraph.ask.run import ordered
from pyoxigraph import Literal, NamedNode


def rows(labels: list[str]) -> list[tuple[NamedNode | Literal | None, ...]]:
    return [
        (NamedNode(f"http://e/{number}"), Literal(label, language="zh"), Literal(number // 3))
        for number, label in enumerate(labels)
    ]


COLUMNS = ("x", "xLabel", "n")


def told(query: str, labels: list[str], lang: str = "zh", columns: tuple[str, ...] = COLUMNS) -> list[str]:
    return [row[1].value for row in ordered(query, columns, rows(labels), lang)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("lang", "labels", "expected"),
    [
        ("zh", ["云南", "安宁", "《马金铺》", "昆明"], ["安宁", "昆明", "《马金铺》", "云南"]),
        ("zh", ["云", "IT服务", "10项", "9项"], ["9项", "10项", "IT服务", "云"]),
        ("zh", ["鑫", "一", "喆", "𠀀"], ["一", "鑫", "喆", "𠀀"]),
        ("en", ["Zoo", "“ape”", "Bear", "no. 10", "no. 9"], ["“ape”", "Bear", "no. 9", "no. 10", "Zoo"]),
    ],
)  # fmt: skip
def test_labels_in_the_order_of_the_language(lang: str, labels: list[str], expected: list[str]) -> None:
    assert told("SELECT ?x ?xLabel ?n {} ORDER BY ?x", labels, lang) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("?n ?x", "dbaghf"),  # what stands before things goes first
        ("DESC(?n) ?x", "dbaghf"),  # in the order that the engine gave it
        ("?rank ?x", "bdahgf"),  # a rank orders the column behind it
        ("?rank ?n ?x", "dbaghf"),
        ("MIN(?rank) ?n ?x", "dbaghf"),
        ("STR(?x)", "bdahgf"),
        ("?n", "bdahgf"),
    ],
)
def test_only_rows_that_nothing_else_orders_are_put_in_order(order: str, expected: str) -> None:
    names = dict(zip("abdfgh", ["昆", "宝", "安", "云", "丹", "天"], strict=True))
    labels = [names[char] for char in "bdahgf"]
    wanted = [names[char] for char in expected]
    assert told(f"SELECT * {{ {{ SELECT ?y {{}} ORDER BY ?y }} }} ORDER BY {order} LIMIT 9", labels) == wanted


def test_things_without_a_label_come_last_and_others_stay() -> None:
    found = [(NamedNode("http://e/1"), None, None), (NamedNode("http://e/2"), Literal("a"), None)]
    assert ordered("SELECT ?x {} ORDER BY ?x", COLUMNS, found, "en") == [found[1], found[0]]
    assert ordered("SELECT ?x {} ORDER BY ?n", COLUMNS, found, "en") == found
