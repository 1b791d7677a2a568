"""A baseline: findings that are accepted, each with the reason, so that only new ones count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from parkgraph.errors import Unreadable
from parkgraph.finding import Finding, fingerprint
from parkgraph.messages import Quoted, _
from parkgraph.read.files import read_text

_HEAD = """\
# Accepted findings of `parkgraph validate --baseline`. Each entry needs a reason.
# The fingerprint decides; the other fields are for the reader.
"""


class Accepted(NamedTuple):
    """One accepted finding."""

    fingerprint: str
    reason: str
    line: int


def read(path: str | Path) -> dict[str, Accepted]:
    """The accepted findings in a baseline file, by fingerprint.

    Raises Unreadable with the line: not YAML, no fingerprint, no reason.
    """
    import yaml

    name = str(path)
    text = read_text(path)
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
        whole = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        said = str(getattr(error, "problem", None) or error)
        raise Unreadable(_("not YAML: {said}", said=Quoted(said)), file=name, line=line) from None
    if not isinstance(whole, dict) or not isinstance(whole.get("accepted"), list):
        raise Unreadable(
            _("no list `accepted` in this baseline"),
            file=name,
            line=1,
            fix=_("write it with --write-baseline"),
        )
    lines = _lines(root)
    found = {}
    for number, entry in enumerate(whole["accepted"]):
        accepted = _entry(entry, lines[number], name)
        found[accepted.fingerprint] = accepted
    return found


def _lines(root: Any) -> list[int]:
    entries = next(value for key, value in root.value if key.value == "accepted")
    return [entry.start_mark.line + 1 for entry in entries.value]


def _entry(entry: object, line: int, name: str) -> Accepted:
    mark = entry.get("fingerprint") if isinstance(entry, dict) else None
    reason = entry.get("reason") if isinstance(entry, dict) else None
    if not isinstance(mark, str):
        raise Unreadable(_("an entry without fingerprint"), file=name, line=line)
    if not isinstance(reason, str) or not reason.strip():
        raise Unreadable(
            _("no reason is given for accepting {mark}", mark=mark),
            file=name,
            line=line,
            fix=_("say why: reason: …"),
        )
    return Accepted(mark, reason.strip(), line)


def write(findings: Sequence[Finding], reason: str, known: Iterable[Accepted] = ()) -> str:
    """The text of a baseline that accepts `findings`; those known already keep their reason."""
    import yaml

    reasons = {accepted.fingerprint: accepted.reason for accepted in known}
    entries = {}
    for finding in findings:
        mark = fingerprint(finding)
        entry = {
            "fingerprint": mark,
            "reason": reasons.get(mark, reason),
            "rule": finding.rule,
            "component": finding.component,
            "focus": finding.focus,
            "path": finding.path,
            "value": finding.value,
            "file": finding.file,
        }
        entries[mark] = {name: value for name, value in entry.items() if value is not None}
    body = yaml.safe_dump(
        {"accepted": list(entries.values())}, allow_unicode=True, sort_keys=False, width=1000
    )
    return _HEAD + body


def outdated(
    baseline: dict[str, Accepted], met: Collection[str], path: str | Path, *, allow_empty: bool
) -> list[Finding]:
    """A finding (info) for every entry that no finding needs any more.

    allow_empty: whether it is no violation that the baseline matches nothing: it may be that of other files.
    """
    some = allow_empty or not baseline.keys().isdisjoint(met)
    return [
        Finding(
            "info" if some else "violation",
            "validate/outdated-baseline",
            _("accepted, but no longer found: {reason}", reason=accepted.reason),
            file=str(path),
            line=accepted.line,
            column=1,
            fix=_("remove this entry"),
        )
        for accepted in baseline.values()
        if accepted.fingerprint not in met
    ]
