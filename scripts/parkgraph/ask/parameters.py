"""Parameters: what a user gives (a label, an IRI, a year …) → checked terms → the question's VALUES lines.

Nothing a user types becomes query text: the only thing put into a query is the serialisation of terms, and
only between the braces of a parameter's own VALUES line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, Store

from parkgraph.ask.literals import NotSuch, literal
from parkgraph.ask.question import Parameter, Question
from parkgraph.ask.resolve import Resolver, Wanted, quoted
from parkgraph.errors import Usage
from parkgraph.messages import _
from parkgraph.show.cells import Term

Values = Mapping[str, str | int | float | Sequence[str | int | float]]
"""Parameter → what the user gave: one value or several."""


class Bound(NamedTuple):
    """A question with its parameters.  terms: parameter → its terms.  text: the SPARQL to run."""

    terms: Mapping[str, tuple[Term, ...]]
    text: str


def bind(question: Question, given: Values, store: Store, *, lang: str, prefixes: Mapping[str, str]) -> Bound:
    """The question with the `given` values; what is not given keeps its default, a language becomes `lang`.

    store: the assembled graph, against which entities and concepts are checked.  prefixes: for short names.
    Raises Usage: no such parameter, no such value (with the nearest), a value that fits several, one of
    another class or scheme, several where one is allowed.
    """
    for name in given:
        if name not in question.parameters:
            raise unknown_parameter(question, name)
    resolver = Resolver(store, prefixes, lang)
    terms = {}
    for name, parameter in question.parameters.items():
        if name in given:
            terms[name] = _resolve_all(parameter, given[name], resolver)
        elif parameter.kind == "language":
            terms[name] = (Literal(lang),)
        else:
            terms[name] = parameter.default
    return Bound(terms, substitute(question, terms))


def substitute(question: Question, terms: Mapping[str, tuple[Term, ...]]) -> str:
    """The question's SPARQL with `terms` between the braces of its VALUES lines (UNDEF where none)."""
    text = question.text
    for parameter in sorted(question.parameters.values(), key=lambda one: -one.values.start):
        written = " ".join(map(str, terms[parameter.name])) or "UNDEF"
        text = f"{text[: parameter.values.start]} {written} {text[parameter.values.end :]}"
    return text


def unknown_parameter(question: Question, name: str) -> Usage:
    """The error for a parameter the question does not have; names the ones it has."""
    from parkgraph.ask.nearest import nearest

    near = nearest(name, question.parameters)[:1]
    known = [f"--{known}" for known in question.parameters] or ["–"]
    return Usage(
        _("{id} has no parameter {name}", id=question.id, name=name),
        fix=_("did you mean --{near}?", near=near[0]) if near else _("its parameters: {known}", known=known),
    )


def _resolve_all(
    parameter: Parameter, given: str | int | float | Sequence[str | int | float], resolver: Resolver
) -> tuple[Term, ...]:
    values = [given] if isinstance(given, str | int | float) else list(given)
    if not values:
        return parameter.default
    if len(values) > 1 and not parameter.many:
        raise Usage(
            _("--{name} takes one value", name=parameter.name),
            fix=_("give it once"),
        )
    terms = [_resolve(parameter, str(value), resolver) for value in values]
    if None in terms:
        return ()
    return tuple(dict.fromkeys(term for term in terms if term is not None))


def _resolve(parameter: Parameter, text: str, resolver: Resolver) -> Term | None:
    """The term that `text` means; None for `any`, where the parameter may stay open.  Raises Usage."""
    if parameter.optional and text.strip().casefold() in ("any", "全部", "不限"):
        return None
    if parameter.of:
        return resolver.member(text, Wanted(parameter.name, parameter.label, parameter.kind, parameter.of))
    try:
        return literal(parameter.kind, parameter.datatype, text)
    except NotSuch as error:
        message = _("--{name}: not a value: {quoted}", name=parameter.name, quoted=quoted(text))
        raise Usage(message, fix=error.message) from None
