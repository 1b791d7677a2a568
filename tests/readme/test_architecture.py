"""docs/architecture.md shows every room in the order that the import contract holds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest


def layers(repo: Path) -> list[set[str]]:
    """The rooms of the contract, line by line, that there are."""
    contracts = tomllib.loads((repo / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (contract,) = [contract for contract in contracts if contract["type"] == "layers"]
    lines = [set(re.findall(r"\w+", line)) for line in contract["layers"] if line != "__main__"]
    return [{room for room in line if list((repo / "scripts/parkgraph").glob(f"{room}*"))} for line in lines]


@pytest.mark.parametrize("page", ["architecture.md", "architecture.zh.md"])
def test_the_page_shows_the_contract(repo: Path, page: str) -> None:
    text = (repo / "docs" / page).read_text("utf-8")
    table = text.split("|---|---|\n")[1].split("\n\n")[0].splitlines()
    assert [set(re.findall(r"`(\w+)`", row.split("|")[1])) for row in table] == layers(repo)


@pytest.mark.parametrize("page", ["architecture.md", "architecture.zh.md"])
def test_every_file_that_it_names_is_there(repo: Path, page: str) -> None:
    text = (repo / "docs" / page).read_text("utf-8")
    named = {name for name in re.findall(r"`([\w./-]+/[\w.-]*)`", text) if "NAME" not in name}
    assert len(named) > 10
    for name in named:
        assert any((repo / folder / name).exists() for folder in (".", "scripts/parkgraph")), name
