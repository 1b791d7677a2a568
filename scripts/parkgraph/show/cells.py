"""What one cell of an answer says to a person, and how terms look in SPARQL's own formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from parkgraph.messages import _, in_language
from parkgraph.names import INTEGERS, NUMBERS, SOURCE, XSD, shorten

Term = NamedNode | BlankNode | Literal | Triple

Label = Callable[[str], str | None]
"""IRI → its label in the language of the answer, or None."""

_PASSAGE = re.compile(re.escape(SOURCE) + r"([^\s/]+)/(\d+)-(\d+)")
_BOOLEANS = ((XSD + "boolean", "true"), (XSD + "boolean", "false"))
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")


def yes_no(value: bool, lang: str) -> str:
    """`是`/`否` or `yes`/`no`."""
    return in_language(_("yes") if value else _("no"), lang)


def is_number(term: Term | None) -> bool:
    """Whether the term is a numeric literal and reads as a number (an ill-typed one does not)."""
    if not isinstance(term, Literal) or term.datatype.value not in NUMBERS:
        return False
    return bool(_NUMBER.fullmatch(term.value))


def passages(text: str) -> list[tuple[str, int, int]]:
    """(source slug, start, end) of every token when `text` is nothing but passage IRIs separated by spaces;
    otherwise an empty list."""
    found = [_PASSAGE.fullmatch(token) for token in text.split()]
    return [(match[1], int(match[2]), int(match[3])) for match in found if match] if all(found) else []


def short_passages(places: list[tuple[str, int, int]]) -> str:
    """`kunming-daily-2018-06-20 457-470, 512-530; other-source 3-9`."""
    by_source: dict[str, list[str]] = {}
    for source, start, end in places:
        by_source.setdefault(source, []).append(f"{start}-{end}")
    return "; ".join(f"{source} {', '.join(spans)}" for source, spans in by_source.items())


def plain(term: Term | None, *, lang: str, prefixes: Mapping[str, str], label: Label | None = None) -> str:
    """The cell for a person: labels or short names for IRIs, short places for passages, no quotes; "" when
    unbound."""
    if term is None:
        return ""
    if isinstance(term, Literal) and (term.datatype.value, term.value) in _BOOLEANS:
        return yes_no(term.value == "true", lang)
    if isinstance(term, Literal | NamedNode) and (places := passages(term.value)):
        return short_passages(places)
    if isinstance(term, Literal):
        return term.value
    if isinstance(term, NamedNode):
        named = label(term.value) if label else None
        return named or shorten(term.value, dict(prefixes)).removeprefix("<").removesuffix(">")
    return str(term)


def native(column: str, term: Term | None) -> object:
    """The cell as a Python value: str for IRIs and text, int, Decimal, float, bool, date, datetime for typed
    literals, None when unbound. xsd:gYear is an int. The column `evidence` is a tuple of passage IRIs."""
    if column == "evidence":
        return tuple(term.value.split()) if isinstance(term, Literal | NamedNode) else ()
    if not isinstance(term, Literal):
        return None if term is None else term.value if isinstance(term, NamedNode) else str(term)
    datatype = term.datatype.value
    try:
        return _TYPED[datatype](term.value) if datatype in _TYPED else term.value
    except (ValueError, InvalidOperation):
        # An ill-typed literal is shown as it is written, never dropped.
        return term.value


_TYPED: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(INTEGERS, int),
    XSD + "gYear": int,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "float": float,
    XSD + "boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}.get(text, text),
    XSD + "date": date.fromisoformat,
    XSD + "dateTime": datetime.fromisoformat,
}
