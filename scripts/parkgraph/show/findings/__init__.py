"""Findings in the forms that people and CI systems read.

text      for a person: by file, with the line and a caret       json, jsonl   for programs, with a schema
sarif     SARIF 2.1.0, for code scanning                         junit         JUnit XML
github    annotations of GitHub Actions                          md            a summary in Markdown
gitlab    GitLab code quality                                    turtle        a sh:ValidationReport
"""

from __future__ import annotations

import importlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from parkgraph.errors import Usage
from parkgraph.messages import _

if TYPE_CHECKING:
    from parkgraph.show.findings.context import ReportContext

FORMATS = ("text", "json", "jsonl", "sarif", "junit", "github", "md", "gitlab", "turtle")
_BY_SUFFIX = {
    ".txt": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".sarif": "sarif",
    ".xml": "junit",
    ".md": "md",
    ".ttl": "turtle",
}


def render(context: ReportContext, form: str) -> str:
    """The findings in one of FORMATS; the same findings give the same bytes."""
    module = importlib.import_module(f"parkgraph.show.findings.{form.removesuffix('l')}")
    text: str = module.render_lines(context) if form == "jsonl" else module.render(context)
    return text


def form_of(path: str) -> str:
    """The format that a file's name asks for.  Raises Usage when it asks for none."""
    name = PurePath(path).name
    if name.startswith("gl-code-quality"):
        return "gitlab"
    if name.endswith(".sarif.json"):
        return "sarif"
    suffix = PurePath(path).suffix.lower()
    if suffix not in _BY_SUFFIX:
        known = ", ".join(FORMATS)
        raise Usage(
            _("the name {path} tells no format", path=path),
            fix=_("add --format, one of: {known}", known=known),
        )
    return _BY_SUFFIX[suffix]
