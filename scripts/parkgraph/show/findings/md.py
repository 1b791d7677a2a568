"""A summary in Markdown, such as GitHub shows under a run."""

from __future__ import annotations

from parkgraph.finding import Severity
from parkgraph.messages import _
from parkgraph.show.documents import Cell, markdown
from parkgraph.show.findings.context import ReportContext, place_text

_SIGNS: dict[Severity, str] = {"violation": "❌", "warning": "⚠️", "info": "ℹ️"}


def render(context: ReportContext) -> str:
    """A heading, the counts and a table of the findings."""
    sign = _SIGNS["violation"] if context.failed else "✅"
    counted = _("violations: {violation:,}, warnings: {warning:,}, info: {info:,}", **context.tally)
    lines = [f"### {sign} parkgraph {context.command}", "", context.say(counted), ""]
    if context.findings:
        heads = ["", *map(context.say, (_("place"), _("message"), _("node"), _("shape")))]
        rows = (
            [
                Cell(_SIGNS[finding.severity]),
                Cell(place_text(finding.place)),
                Cell(context.say(finding.messages).replace("\n", " ")),
                Cell(context.concerns(finding)),
                Cell(
                    " ".join([context.rule_id(finding), place_text(finding.shape) if finding.shape else ""])
                ),
            ]
            for finding in context.findings
        )
        lines += [line.rstrip("\n") for line in markdown(heads, rows, [False] * len(heads))] + [""]
    if context.omitted:
        rest = f"{context.omitted:,}"
        lines += [context.say(_("… and {rest} more, not shown", rest=rest)), ""]
    return "\n".join(lines)
