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
    every = pages.modules()
    diagram = "\n".join(pages.diagram(every, pages.labels(every, "en"), "en"))
    shown = set(re.findall(r'^    (\w+)\["', diagram, re.MULTILINE))
    assert shown == {name for module in every for name in module.terms("Class")}
    assert diagram.count("-->") > 20
