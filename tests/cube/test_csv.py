"""The indicators by period as a CSV that another program reads."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from subprocess import CompletedProcess

from parkgraph import api

NUMBERS = ("value", "low", "high", "converted")


def test_a_csv_of_indicators_by_period(
    parkgraph: Callable[..., CompletedProcess[str]], real_root: Path, tmp_path: Path
) -> None:
    file = tmp_path / "figures.csv"
    done = parkgraph(
        "--root",
        real_root,
        "ask",
        "indicators-by-period",
        "--lang",
        "zh",
        "--headings",
        "names",
        "--iris",
        "-o",
        file,
    )
    assert done.returncode == 0, done.stderr
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(api.open(real_root).ask("indicators-by-period"))
    for row in rows:
        numbers = {name: Decimal(row[name]) for name in NUMBERS if row[name]}
        assert "value" in numbers
        assert (
            numbers.get("low", numbers["value"]) <= numbers["value"] <= numbers.get("high", numbers["value"])
        )

    trade = next(row for row in rows if row["figure (IRI)"].endswith("/2017-foreign-trade"))
    assert (trade["start"], trade["end"], trade["value"], trade["unit"], trade["converted"]) == (
        "2017-01-01", "2017-12-31", "16.5", "亿美元", "1650000000",
    )  # fmt: skip
    revenue = next(row for row in rows if row["figure (IRI)"].endswith("/2017-total-revenue"))
    assert (revenue["low"], revenue["high"], revenue["qualifier"]) == ("2000", "", "超过")
