"""Generated pages are current, and the diagram shows every class."""

from __future__ import annotations

import re

import pages
import pytest


@pytest.mark.parametrize("name", list(pages.pages()))
def test_page_is_current(name: str) -> None:
    file = pages.REPO.path / "docs" / name
    assert file.read_text(encoding="utf-8") == pages.pages()[name], "run python tests/ontology/pages.py"


def test_diagram_shows_every_class() -> None:
    diagram = "\n".join(pages.diagram(pages.modules(), "en"))
    shown = set(re.findall(r'^    (\w+)\["', diagram, re.MULTILINE))
    assert shown == {name for module in pages.modules() for name in module.terms("Class")}
    assert diagram.count("-->") > 20


@pytest.mark.parametrize("name", list(pages.READMES))
def test_readme_shows_the_main_classes(name: str) -> None:
    found = pages.BLOCK.search((pages.REPO.path / name).read_text(encoding="utf-8"))
    assert found is not None, f"{name} has lost its markers"
    assert found[1] == pages.readme_block(pages.READMES[name]), "run python tests/ontology/pages.py"
    shown = re.findall(r'^    (\w+)\["', found[1], re.MULTILINE)
    assert sorted(shown) == sorted(pages.MAIN)
    joined = re.findall(r"^    (\w+) -.*> ?(?:\|[^|]*\| )?(\w+)$", found[1], re.MULTILINE)
    assert {name for pair in joined for name in pair} == set(shown), "a class without an arrow"
