"""What a validation gives: results (section 3.6.2 of the specification), and constraints, which find them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal

from parkgraph.read.turtle import Fact, Term
from parkgraph.validate.paths import Path


class Found(NamedTuple):
    """What a constraint says of a focus node; the rest of a result is the shape's.

    other: the term that the value was compared with, or another that explains it.  path: where it is not the
    shape's.  messages: of a query's solution.  bindings: of its variables.
    """

    focus: Term
    value: Term | None = None
    other: Term | None = None
    path: Path | None = None
    messages: tuple[Literal, ...] = ()
    bindings: tuple[tuple[str, Term], ...] = ()


Values = Mapping[Term, Sequence[Term]]
"""Focus node → its value nodes (section 3.5)."""

Check = Callable[[Values], Iterable[Found]]


class Constraint(NamedTuple):
    """One constraint of a shape.

    component: its IRI.  rule: the triple that states it.  check: what it finds.  node: of a sh:sparql.
    hands_on: of sh:property, the shape whose results are given instead.
    """

    component: str
    rule: Fact
    check: Check
    node: Term | None = None
    hands_on: Term | None = None


class Result(NamedTuple):
    """One validation result.  severity: an IRI.  path: None for a node shape."""

    found: Found
    constraint: Constraint
    shape: Term
    severity: str
    path: Path | None

    @property
    def focus(self) -> Term:
        """The node that was judged."""
        return self.found.focus

    @property
    def value(self) -> Term | None:
        """The value that is wrong, where it is one."""
        return self.found.value

    @property
    def component(self) -> str:
        """IRI of the constraint component."""
        return self.constraint.component
