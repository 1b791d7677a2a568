"""A summary in Markdown, such as GitHub shows under a run."""

from __future__ import annotations

from parkgraph.finding import Finding, Severity
from parkgraph.messages import _
from parkgraph.show.findings.told import Told, shape_of

_SIGNS: dict[Severity, str] = {"violation": "❌", "warning": "⚠️", "info": "ℹ️"}
_HEADS = {"en": ("", "place", "message", "node", "shape"), "zh": ("", "位置", "说明", "节点", "形状")}


def render(told: Told) -> str:
    """A heading, the counts and a table of the findings."""
    counts = told.tally
    sign = _SIGNS["violation"] if told.failed else "✅"
    counted = {"en": ", ".join(f"{number:,} {severity}" for severity, number in counts.items()),
               "zh": "，".join(f"{counts[severity]:,} {word}" for severity, word in _ZH.items())}  # fmt: skip
    lines = [f"### {sign} parkgraph {told.command}", "", told.say(counted), ""]
    if told.findings:
        heads = _HEADS.get(told.lang, _HEADS["en"])
        lines += ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
        lines += [_row(finding, told) for finding in told.findings]
        lines.append("")
    if told.omitted:
        rest = f"{told.omitted:,}"
        lines += [told.say(_("… and {rest} more, not shown", rest=rest)), ""]
    return "\n".join(lines)


_ZH: dict[Severity, str] = {"violation": "违规", "warning": "警告", "info": "提示"}


def _row(finding: Finding, told: Told) -> str:
    shape = shape_of(finding)
    place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part is not None)
    source = f"`{told.rule_id(finding)}`" + (f" `{shape.file}:{shape.line}`" if shape else "")
    node = f"`{told.terms(finding.focus)}`" if finding.focus else ""
    cells = (
        _SIGNS[finding.severity],
        f"`{place}`" if place else "",
        _text(told.say(finding.messages)),
        node,
        source,
    )
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _text(text: str) -> str:
    for sign in "\\`*_<>[]":
        text = text.replace(sign, f"&#{ord(sign)};")
    return text
