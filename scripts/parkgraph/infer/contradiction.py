"""A contradiction: a rule of OWL 2 RL that ends in "this cannot be", and the terms it met."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal

from parkgraph.infer.rules import read_rules
from parkgraph.infer.terms import Term
from parkgraph.names import XSD

_NUMERIC = {
    XSD + name
    for name in (
        *("decimal", "integer", "long", "int", "short", "byte", "double", "float"),
        *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
}


@dataclass(frozen=True)
class Contradiction:
    """rule: its W3C name (cax-dw, prp-irp …).  terms: those of the rule's head, the thing itself first."""

    rule: str
    terms: tuple[Term, ...]

    def bindings(self) -> dict[str, Term]:
        """The variables of the rule's head → the terms."""
        heads = (rule for rule in read_rules().rules if rule.head == "clash" and rule.name == self.rule)
        variables = [argument[1:] for argument in next(heads).arguments[1:]]
        return dict(zip(variables, self.terms, strict=True))

    def sort_key(self) -> tuple[str, tuple[str, ...]]:
        """By rule, then by the terms as N-Triples."""
        return self.rule, tuple(map(str, self.terms))


def is_real(contradiction: Contradiction) -> bool:
    """False when two literals that "must not differ" only are written differently: 1 and 1.0."""
    *_, one, other = contradiction.terms
    if isinstance(one, Literal) and isinstance(other, Literal) and one != other:
        return _value(one) != _value(other)
    return True


def _value(literal: Literal) -> object:
    datatype, text = literal.datatype.value, literal.value.strip()
    if literal.language:
        return literal.value, literal.language.lower()
    if datatype in _NUMERIC:
        try:
            return Decimal(text)
        except InvalidOperation:  # INF, NaN, or no number at all: as written
            return datatype, text
    if datatype == XSD + "boolean":
        return {"1": True, "true": True, "0": False, "false": False}.get(text, text)
    if datatype == XSD + "hexBinary":
        return datatype, text.upper()
    return datatype, literal.value
