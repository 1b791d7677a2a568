"""What a report of findings needs beside the findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from parkgraph.finding import SEVERITIES, Finding, Place, Severity
from parkgraph.messages import in_language
from parkgraph.names import SH, shorten

_LONGEST = 200
"""Characters of a value that are shown."""


@dataclass(frozen=True)
class ReportContext:
    """Findings of one run.

    command: what was run.  counts: of all findings, those left out included (default: of `findings`).
    fail_on: the mildest severity that makes the run fail.  passed: rules that found nothing.
    prefixes: for short names.  about: figures for the last line, as {"shapes": 58, …}.  engine: who decided.
    notes: for the reader, by language.  frames: whether lines of the files are shown.
    """

    findings: Sequence[Finding]
    lang: str = "en"
    command: str = "validate"
    counts: Mapping[Severity, int] | None = None
    fail_on: Severity = "violation"
    passed: Sequence[str] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, int] = field(default_factory=dict)
    engine: str | None = None
    notes: Sequence[Mapping[str, str]] = ()
    colour: bool = False
    columns: int = 100
    frames: bool = True

    @property
    def tally(self) -> dict[Severity, int]:
        """How many findings of each severity, worst first."""
        counts = self.counts if self.counts is not None else Counter(f.severity for f in self.findings)
        return {severity: counts.get(severity, 0) for severity in SEVERITIES}

    @property
    def omitted(self) -> int:
        """How many findings are counted and not shown."""
        return sum(self.tally.values()) - len(self.findings)

    @property
    def failed(self) -> bool:
        """Whether the run fails: anything as bad as `fail_on`."""
        return any(self.fails(severity) and number for severity, number in self.tally.items())

    def fails(self, severity: Severity) -> bool:
        """Whether one finding of this severity makes the run fail."""
        return SEVERITIES.index(severity) <= SEVERITIES.index(self.fail_on)

    def say(self, words: Mapping[str, str]) -> str:
        """A text in the language of the report."""
        return in_language(words, self.lang)

    def iri(self, iri: str) -> str:
        """A short name."""
        return shorten(iri, dict(self.prefixes)) if ":" in iri else iri

    def terms(self, text: str) -> str:
        """IRIs in <> shortened, in a term or a path."""
        return re.sub(r"<([^<>\s]*)>", lambda found: self.iri(found[1]), text)

    def concerns(self, finding: Finding) -> str:
        """The node, the path and the value that a finding is about, in short names; "" where none is."""
        value = (
            finding.value
            if finding.value is None or len(finding.value) <= _LONGEST
            else finding.value[: _LONGEST - 1] + "…"
        )
        return " ".join(self.terms(part) for part in (finding.focus, finding.path, value) if part)

    def line(self, finding: Finding) -> str:
        """A finding on one line: message, what it is about, the line of the shape."""
        about = self.concerns(finding)
        shape = f" <- {finding.shape.file}:{finding.shape.line}" if finding.shape else ""
        return self.say(finding.messages) + (f" ({about})" if about else "") + shape

    def rule_id(self, finding: Finding) -> str:
        """The rule's short name, with the component where there is one: `shapes:label/MinCount`."""
        name = self.iri(finding.rule)
        return f"{name}/{component(finding)}" if finding.component else name


def component(finding: Finding) -> str:
    """The short name of a finding's constraint component: `MinCount`."""
    local = re.split(r"[#/]", finding.component or "")[-1]
    return local.removesuffix("ConstraintComponent") if (finding.component or "").startswith(SH) else local


def place_text(place: Place) -> str:
    """A place as `file:line:column`."""
    return ":".join(str(part) for part in (place.file, place.line, place.column) if part is not None)


def uri_of(file: str) -> str:
    """A file's name as a URI reference: relative as it is, absolute as file:."""
    from urllib.parse import quote

    path = Path(file)
    if "://" in file:
        return file
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
