"""What is found wrong with evidence: every check with its severity, what it says and what mends it."""

from __future__ import annotations

from collections.abc import Mapping

from parkgraph.evidence.sources import plain
from parkgraph.finding import Finding, Place, Severity, finding
from parkgraph.graph.documents import Occurrence
from parkgraph.messages import Message, _

_LOOK_UP = _('look the passage up: `parkgraph cite --article FILE "phrase"`')

_SAID: Mapping[str, tuple[Severity, Message, Message]] = {
    # passages
    "passage-unknown-source": (
        "violation",
        _("passage {span} belongs to a source that the graph does not describe: {slug}"),
        _("describe the source in kg/sources/{slug}.ttl, or correct the IRI"),
    ),
    "passage-empty": ("violation", _("passage {span} does not start before its end"), _LOOK_UP),
    "passage-past-end": (
        "violation",
        _("passage {span} ends past the end of the text, which has {length} code points"),
        _LOOK_UP,
    ),
    "passage-in-no-section": (
        "violation",
        _("passage {span} starts in no section of {slug}"),
        _("let the sections in {name} cover the whole text"),
    ),
    "passage-too-long": (
        "warning",
        _("passage {span} has {length} code points; a passage is about a clause, at most {longest}"),
        _("cite the clause that carries the fact, or several passages"),
    ),
    "passage-overlap": (
        "violation",
        _("passages {span} and {other} overlap, and neither lies within the other"),
        _("cite whole clauses: only what they share, or both in one passage, or two passages side by side"),
    ),
    "passage-cuts-number": (
        "violation",
        _("passage {span} cuts a number in two"),
        _("take the whole number into the passage, or leave it out"),
    ),
    # sources
    "source-length": (
        "violation",
        _("the text of {slug} has {length} code points, its description says {said}"),
        _("write park:textLength {length}"),
    ),
    "section-overlap": (
        "violation",
        _("sections {span} and {other} of {slug} overlap"),
        _("let one end where the next starts"),
    ),
    # what facts say
    "printed-form-differs": (
        "violation",
        _("the printed form of {node} is not the number of its stated value: {form}"),
        _("correct park:statedValue or park:printedForm"),
    ),
    "printed-form-not-printed": (
        "violation",
        _("the printed form of {node} stands in none of its passages: {form}"),
        _("copy number and unit exactly as the passage prints them"),
    ),
    "figure-not-printed": (
        "violation",
        _("{node} says {property} {value}; none of its passages prints this number"),
        _("correct the number, or cite the passage that prints it; a computed number has basis:computed"),
    ),
    "name-not-printed": (
        "info",
        _("the text nowhere prints this name of {node}: {value}"),
        _(
            "write the name as printed, unless the text gives it in parts; if another source prints it, "
            "cite that one's passage"
        ),
    ),
    "omission-covered": (
        "violation",
        _("{node} declares passage {span} as left out, but facts cite all of it"),
        _("remove the omission, or narrow it to what is left out"),
    ),
    # what the text says
    "clause-uncovered": (
        "violation",
        _("clause {span} is not covered: {rest}"),
        _("record what it says, with passage {span}, or declare it as a park:Omission with its reason"),
    ),
    "number-unmatched": (
        "violation",
        _("number {printed} at {span} is in no fact that cites its place: …{context}…"),
        _(
            "give it as figure, ordinal, date or name of a node whose passage holds it; a word that counts "
            "nothing is declared as a park:Omission, or listed in ordinary-numerals.yaml of the program"
        ),
    ),
}


def found(
    rule: str, at: Place, values: Mapping[str, object], *, focus: str | None = None, value: str | None = None
) -> Finding:
    """What the check `rule` found at a place.  values: those that its sentences name."""
    severity, *sentences = _SAID[rule]
    message, fix = (Message(str(sentence), values) for sentence in sentences)
    return finding(rule, message, fix, at=at, severity=severity, focus=focus, value=value)


def found_in(rule: str, one: Occurrence, **values: object) -> Finding:
    """What the check `rule` found wrong with the object of a triple."""
    subject, __, object_ = one.fact
    return found(rule, one.place, values, focus=plain(subject), value=plain(object_))
