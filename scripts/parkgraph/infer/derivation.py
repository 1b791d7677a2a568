"""How a triple or a contradiction follows: the engine's trace as a tree of steps down to asserted triples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Triple

from parkgraph.infer.contradiction import Contradiction
from parkgraph.infer.numbering import Numbering
from parkgraph.infer.terms import Fact, Term
from parkgraph.names import RDF

_ATOM = re.compile(r"\s*(\w+)\((.*?)\)")
_LIST_CELL = {RDF + "first", RDF + "rest"}


@dataclass(frozen=True)
class Derivation:
    """One step.  rule: its W3C name, None for an asserted triple.  bindings: variable of the rule → term.

    premises: the steps it rests on.  The cells of RDF lists are left out: the rule's words tell the list.
    """

    conclusion: Fact | Contradiction
    rule: str | None = None
    bindings: dict[str, Term] = field(default_factory=dict)
    premises: tuple[Derivation, ...] = ()

    def asserted(self) -> list[Fact]:
        """The asserted triples it all rests on, each once, in the order met."""
        return list(dict.fromkeys(self._leaves()))

    def _leaves(self) -> Iterator[Fact]:
        if self.rule is None and not isinstance(self.conclusion, Contradiction):
            yield self.conclusion
        for premise in self.premises:
            yield from premise._leaves()


def derive(engine: Any, numbering: Numbering, what: Triple | Contradiction) -> Derivation | None:
    """Asks `engine` (after its run) how `what` follows; None when it does not."""
    terms = what.terms if isinstance(what, Contradiction) else tuple(what)
    if any(term not in numbering for term in terms):
        return None
    numbers = ", ".join(str(numbering.number(term)) for term in terms)
    atom = f'clash("{what.rule}", {numbers})' if isinstance(what, Contradiction) else f"triple({numbers})"
    trace = engine.trace(atom)
    if trace is None:
        return None
    (derivation,) = _steps(trace.dict(), numbering)
    return derivation


def _steps(node: dict[str, Any], numbering: Numbering) -> list[Derivation]:
    # A rule without a name is no step: what stands below it takes its place.
    if "fact" in node:
        table, arguments = _atom(node["fact"])
        if table != "asserted":
            return []
        subject, predicate, object_ = (numbering.term(int(argument)) for argument in arguments)
        return [Derivation((subject, predicate, object_))]
    below = [step for sub in node["subtraces"] for step in _steps(sub, numbering)]
    if "name" not in node:
        return below
    bindings = {
        variable[1:]: numbering.term(number)
        for variable, number in node["assignment"].items()
        if isinstance(number, int) and not variable.startswith("?_")
    }
    table, arguments = _atom(node["rule"])
    terms = [
        bindings[argument[1:]] if argument.startswith("?") else numbering.term(int(argument))
        for argument in arguments
        if not argument.startswith('"')
    ]
    premises = {step.conclusion: step for step in below if not _is_list_cell(step)}
    conclusion: Fact | Contradiction = (terms[0], terms[1], terms[2])
    if table == "clash":
        conclusion = Contradiction(node["name"], tuple(terms))
    return [Derivation(conclusion, node["name"], bindings, tuple(premises.values()))]


def _is_list_cell(step: Derivation) -> bool:
    return (
        step.rule is None
        and not isinstance(step.conclusion, Contradiction)
        and getattr(step.conclusion[1], "value", "") in _LIST_CELL
    )


def _atom(text: str) -> tuple[str, list[str]]:
    found = _ATOM.match(text)
    assert found is not None  # the engine wrote it
    return found[1], [argument.strip() for argument in found[2].split(",")]
