"""Parameters: what a user gives (a label, an IRI, a year …) → checked terms → the question's VALUES lines.

Nothing a user types becomes query text: the only thing put into a query is the serialisation of terms, and
only between the braces of a parameter's own VALUES line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from parkgraph.ask.labels import nearest
from parkgraph.ask.question import Parameter, Question
from parkgraph.ask.resolve import Resolver, quoted
from parkgraph.errors import Usage
from parkgraph.messages import _
from parkgraph.names import XSD
from parkgraph.show.cells import Term

Values = Mapping[str, str | int | float | Sequence[str | int | float]]
"""Parameter → what the user gave: one value or several."""


class Bound(NamedTuple):
    """A question with its parameters.  terms: parameter → its terms.  text: the SPARQL to run.  given: the
    parameters for which the user gave something; None where that is not known."""

    terms: Mapping[str, tuple[Term, ...]]
    text: str
    given: frozenset[str] | None = None


def bind(question: Question, given: Values, store: Store, *, lang: str, prefixes: Mapping[str, str]) -> Bound:
    """The question with the `given` values; what is not given keeps its default, a language becomes `lang`.

    store: the assembled graph, against which entities and concepts are checked.  prefixes: for short names.
    Raises Usage: no such parameter, no such value (with the nearest), a value that fits several, one of
    another class or scheme, several where one is allowed.
    """
    for name in given:
        if name not in question.parameters:
            near = nearest(name, question.parameters)[:1]
            known = [f"--{known}" for known in question.parameters] or ["–"]
            fix = _("did you mean --{near}?", near=near[0]) if near else None
            fix = fix or _("its parameters: {known}", known=known)
            raise Usage(_("{id} has no parameter {name}", id=question.id, name=name), fix=fix)
    resolver = Resolver(store, prefixes, lang)
    terms = {}
    for name, parameter in question.parameters.items():
        terms[name] = parameter.default
        if parameter.kind == "language":
            terms[name] = (Literal(lang),)
        elif name in given:
            terms[name] = _resolve_all(parameter, given[name], resolver)
    return Bound(terms, substitute(question, terms), frozenset(given))


def substitute(question: Question, terms: Mapping[str, tuple[Term, ...]]) -> str:
    """The question's SPARQL with `terms` in the places of its parameters (UNDEF where none)."""
    text = question.text
    places = [(place, name) for name, one in question.parameters.items() for place in one.places]
    for place, name in sorted(places, reverse=True, key=lambda one: one[0].start):
        written = " ".join(map(str, terms[name])) or "UNDEF"
        text = f"{text[: place.start]}{written}{text[place.end :]}"
    return text


def _resolve_all(
    parameter: Parameter, given: str | int | float | Sequence[str | int | float], resolver: Resolver
) -> tuple[Term, ...]:
    values = [given] if isinstance(given, str | int | float) else list(given)
    if not values:
        return parameter.default
    if len(values) > 1 and not parameter.many:
        raise Usage(_("--{name} takes one value", name=parameter.name), fix=_("give it once"))
    terms = [_resolve(parameter, str(value), resolver) for value in values]
    if None in terms:
        return ()
    return tuple(dict.fromkeys(term for term in terms if term is not None))


def _resolve(parameter: Parameter, text: str, resolver: Resolver) -> Term | None:
    """The term that `text` means; None for `any`, where the parameter may stay open.  Raises Usage."""
    if parameter.optional and text.strip().casefold() in ("any", "全部", "不限"):
        return None
    if parameter.of:
        return resolver.member(text, parameter)
    try:
        return _READERS[parameter.kind](parameter.datatype, text)
    except _NotSuch as error:
        message = _("--{name}: not a value: {quoted}", name=parameter.name, quoted=quoted(text))
        raise Usage(message, fix=error.args[0]) from None


# --- values that are no entity ---------------------------------------------------

LONGEST_TEXT = 1000

_YEAR = re.compile(r"\d{4}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBERS = {
    XSD + "integer": re.compile(r"[+-]?\d{1,18}", re.ASCII),
    XSD + "decimal": re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{1,18})?|\.\d{1,18})", re.ASCII),
    XSD + "double": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII),
}


class _NotSuch(ValueError):
    """The text is no value of the kind; its argument is the message that says what is needed."""


def _narrow(text: str) -> str:
    """Full-width characters as usual ones, and no others: `10²` is not 102."""
    return "".join(chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in text).strip()


def _year(datatype: str, text: str) -> Literal:
    digits = _narrow(text).removesuffix("年")
    if not _YEAR.fullmatch(digits):
        raise _NotSuch(_("a year has four digits, as 2017"))
    return Literal(digits, datatype=NamedNode(datatype))


def _date(datatype: str, text: str) -> Literal:
    from datetime import date

    written = _narrow(text)
    try:
        if not _DATE.fullmatch(written):
            raise ValueError
        date.fromisoformat(written)
    except ValueError:
        raise _NotSuch(_("a date is year-month-day, as 2018-06-15")) from None
    return Literal(written, datatype=NamedNode(XSD + "date"))


def _number(datatype: str, text: str) -> Literal:
    written = _narrow(text).removesuffix("%").rstrip().casefold()
    if found := _AMOUNT.fullmatch(written):
        number = Decimal(re.sub(r"[,'’\s]", "", found["digits"]))
        for word in _POWER.findall(found["powers"]):
            number = number.scaleb(_POWERS[word])
        written = f"{number:f}"
    elif _NUMERAL.fullmatch(written):
        from parkgraph.evidence.numerals import worth

        written = str(worth(written))
    if not _NUMBERS[datatype].fullmatch(written):
        if datatype == XSD + "integer":
            raise _NotSuch(_("a whole number is needed, as 30"))
        raise _NotSuch(_("a number is needed, without its unit, as 57.97, 1,000 or 2000亿"))
    return Literal(written.removeprefix("+"), datatype=NamedNode(datatype))


_POWERS = {
    "十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "thousand": 3, "million": 6, "billion": 9, "trillion": 12,
}  # fmt: skip
"""Words for powers of ten, behind a number: 2000亿, 57.97 billion."""

_POWER = re.compile("|".join(_POWERS))
_AMOUNT = re.compile(
    r"(?P<digits>[+-]?(?:\d{1,3}(?P<mark>[,'’\s])\d{3}(?:(?P=mark)\d{3})*|\d+)(?:\.\d+)?)"
    rf"(?P<powers>(?:\s*(?:{_POWER.pattern}))*)",
    re.ASCII,
)
_NUMERAL = re.compile("(?=.*[一二三四五六七八九两])[零〇一二三四五六七八九十百千万亿两]+")


def _text(datatype: str, text: str) -> Literal:
    # SPARQL lets an engine decode \u0022 before it reads the query, even inside a text and after another
    # backslash; rdflib does. So no backslash may come from outside.
    if "\\" in text:
        raise _NotSuch(_("a text cannot hold a backslash"))
    if not all(char in "\n\t" or " " <= char <= "\ud7ff" or char >= "\ue000" for char in text):
        raise _NotSuch(_("a text cannot hold control characters"))
    if len(text) > LONGEST_TEXT:
        raise _NotSuch(_("a text has at most {n} characters", n=LONGEST_TEXT))
    return Literal(text)


_READERS: dict[str, Callable[[str, str], Literal]] = {
    "year": _year, "date": _date, "number": _number, "text": _text,
}  # fmt: skip
"""Kind of a parameter → what reads its values: datatype and text → literal, or raises _NotSuch."""
