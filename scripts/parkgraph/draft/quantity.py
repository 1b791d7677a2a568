"""What follows from a printed figure: unit, bounds, normal value; units that the code list lacks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from parkgraph.draft import WORDS
from parkgraph.draft.write import Values, both, literal
from parkgraph.errors import Usage
from parkgraph.graph.documents import Graph
from parkgraph.messages import _
from parkgraph.names import shorten

_QUDT = "http://qudt.org/schema/qudt/"
UNITS = {"unit": "https://w3id.org/parkgraph/code/unit/", "qudt-unit": "http://qudt.org/vocab/unit/"}

# Printed → name, English label, base unit and factor (none: a base unit of its own).
_KNOWN: dict[str, tuple[str, str, str, str]] = {one: tuple(unit) for one, unit in WORDS["units"].items()}
_SAME: dict[str, str] = WORDS["units_alike"]
_SCALES = {"十": "ten", "百": "hundred", "千": "thousand", "万": "wan", "亿": "yi"}
_FACTORS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


class Units:
    """The units of a graph, found by what is printed; those that are missing are described in `new`."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.new: dict[str, tuple[str, str, str, str]] = {}
        deprecated = NamedNode("http://www.w3.org/2002/07/owl#deprecated")
        self.printed = {
            symbol.value: shorten(unit.value, UNITS)
            for unit, symbols in graph.forward(NamedNode(_QUDT + "symbol")).items()
            for symbol in symbols
            if isinstance(unit, NamedNode)
            and isinstance(symbol, Literal)
            and not graph.objects(unit, deprecated)
        }

    def of(self, printed: str) -> tuple[str, str, Decimal]:
        """Unit, its base unit and the factor between them, for a unit as it is printed.

        A measure word counts in qudt-unit:NUM.  Raises Usage for a unit that nobody knows.
        """
        text = _SAME.get(printed, printed)
        if text in self.printed:
            return self._known(self.printed[text])
        if text in _KNOWN:
            name, __, base, times = self.new[text] = _KNOWN[text]
            if base:
                self._base(base)
            return name, base or name, Decimal(times or 1)
        scale = text[: len(text) - len(text.lstrip("".join(_SCALES)))]
        rest = text[len(scale) :]
        if scale and rest and rest not in self.printed and rest not in _KNOWN:
            factor = Decimal(1)
            for character in scale:
                factor *= _FACTORS[character]
            name = "unit:" + "-".join(_SCALES[character] for character in scale)
            self.new[scale] = (name, f"{factor:,} (count)", "qudt-unit:NUM", f"{factor}.0")
            return name, "qudt-unit:NUM", factor
        if text in ("",) or not all("\u3400" <= character <= "\u9fff" for character in text):
            raise Usage(
                _("no unit is printed “{unit}”", unit=printed), fix=_("add it: parkgraph codes unit --add …")
            )
        return "qudt-unit:NUM", "qudt-unit:NUM", Decimal(1)

    def _known(self, name: str) -> tuple[str, str, Decimal]:
        prefix, __, local = name.partition(":")
        unit = NamedNode(UNITS[prefix] + local)
        base = self.graph.objects(unit, NamedNode(_QUDT + "scalingOf"))
        factor = self.graph.objects(unit, NamedNode(_QUDT + "conversionMultiplier"))
        if not base:
            return name, name, Decimal(1)
        return name, shorten(base[0].value, UNITS), Decimal(factor[0].value if factor else 1)

    def _base(self, name: str) -> None:
        known = set(self.printed.values()) | {unit[0] for unit in self.new.values()}
        for printed, unit in _KNOWN.items():
            if unit[0] == name and name not in known:
                self.new[printed] = unit

    def nodes(self) -> list[str]:
        """The new units as the code list writes them."""
        lines = []
        for printed, (name, english, base, factor) in sorted(self.new.items(), key=lambda item: item[1][0]):
            scaled = f" ;\n    qudt:scalingOf {base} ; qudt:conversionMultiplier {factor}" if base else ""
            labels = " , ".join(both(printed, english))
            lines.append(
                f"{name} a qudt:Unit ; rdfs:label {labels} ; qudt:symbol {literal(printed)}{scaled} .\n"
            )
        return lines


def decimal(value: Decimal) -> str:
    """A decimal as Turtle writes it, with a point."""
    text = f"{value.normalize():f}"
    return text if "." in text else f"{text}.0"


def quantity(
    value: Decimal, high: Decimal | None, unit: str, qualifier: str, printed: str, units: Units
) -> list[Values]:
    """Value, unit, bounds and normal value of a figure.  printed: number and unit as the text has them."""
    name, base, factor = units.of(unit)
    low_in, high_in = {"exactly": ("true", "true"), "more-than": ("false", None), "at-least": ("true", None),
                       "nearly": (None, "false"), "less-than": (None, "false"), "at-most": (None, "true"),
                       "between": ("true", "true"), "about": (None, None)}[qualifier]  # fmt: skip
    upper = high if high is not None else value
    bounds: list[tuple[str, Sequence[str]]] = []
    if low_in:
        bounds += [("park:lowerBound", [decimal(value)]), ("park:lowerInclusive", [low_in])]
    if high_in:
        bounds += [("park:upperBound", [decimal(upper)]), ("park:upperInclusive", [high_in])]
    return [
        ("park:statedValue", [decimal(value)]),
        ("park:unit", [name]),
        ("park:printedForm", [literal(printed)]),
        ("park:qualifier", [f"qualifier:{qualifier}"]),
        *bounds,
        ("park:normalizedValue", [decimal(value * factor)]),
        ("park:normalizedUnit", [base]),
    ]
