"""The rules behind owlrl's messages of contradictions."""

from __future__ import annotations

RULE_OF_MESSAGE = {
    "'sameAs' and 'differentFrom'": "eq-diff1",
    "'sameAs' and 'AllDifferent'": "eq-diff2",
    "Irreflexive property": "prp-irp",
    "Erroneous usage of asymmetric": "prp-asyp",
    "Disjoint properties in": "prp-adp",
    "Erroneous usage of disjoint": "prp-pdw",
    "Negative (object)": "prp-npa1",
    "Negative (datatype)": "prp-npa2",
    "Violation of complementarity": "cls-com",
    "Erroneous usage of maximum cardinality": "cls-maxc1",
    "Erroneous usage of maximum qualified": "cls-maxqc1",
    "Disjoint classes": "cax-dw",
}
"""Beginning of a message of owlrl → the rule behind it; cax-adc and cls-maxqc2 share another's message."""


def rule_of(message: str) -> str | None:
    """The W3C name of the rule behind one of owlrl's messages; None for one without a rule here."""
    if message.endswith("is defined of type 'Nothing'"):
        return "cls-nothing2"
    return next((rule for start, rule in RULE_OF_MESSAGE.items() if message.startswith(start)), None)
