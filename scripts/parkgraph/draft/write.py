"""Nodes and figures as Turtle, in the house's layout; files changed whole, after a check, or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from parkgraph.draft import HAN, WORDS
from parkgraph.errors import Usage
from parkgraph.evidence.numerals import worth
from parkgraph.evidence.sources import EVIDENCE
from parkgraph.evidence.text import SourceText, Span, clauses
from parkgraph.finding import Finding
from parkgraph.graph.documents import Graph, read_documents
from parkgraph.messages import _
from parkgraph.names import expand, shorten
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from parkgraph.read.turtle import Term

if TYPE_CHECKING:
    from parkgraph.draft.figures import Figure

WIDTH = 110
Values = tuple[str, Sequence[str]]
"""A property and its values, as Turtle writes them."""

_PREFIX = re.compile(r"^@prefix ([\w-]*): <([^>]*)> \.\n", re.MULTILINE)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"(?:@[\w-]+)?|<[^>\s]*>|#.*$', re.MULTILINE)
TOPIC: dict[str, str] = {name: topic for topic, names in WORDS["topics"].items() for name in names.split()}
"""Class → its topic file in kg/ (docs/model.md has the same table)."""


def literal(text: str, lang: str = "") -> str:
    """A string as Turtle writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"' + (f"@{lang}" if lang else "")


def both(zh: str, en: str) -> list[str]:
    """A text in both languages."""
    return [literal(zh, "zh"), literal(en, "en")]


def day(given: date) -> str:
    """A day as Turtle writes it."""
    return f'"{given}"^^xsd:date'


def slug(english: str) -> str:
    """The end of an IRI from an English name: lower case, hyphens, no article at the front."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", english).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    return "-".join(words[1:] if words[:1] in (["the"], ["a"]) and len(words) > 1 else words)


def node(name: str, class_: str, values: Iterable[Values]) -> str:
    """A node in the layout of kg/: a property a line, long values one below the other."""
    lines = [f"{name} a {class_}"]
    for predicate, objects in ((predicate, objects) for predicate, objects in values if objects):
        whole = f"    {predicate} {' , '.join(objects)}"
        long = f"    {predicate} " + " ,\n        ".join(objects)
        lines.append(whole if len(whole) <= WIDTH else long)
    return " ;\n".join(lines) + " .\n"


@dataclass
class Edits:
    """Changes of a graph's files that are not written yet.  extra: prefixes besides those of the graph."""

    root: Root
    extra: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A file as it will be; "" for one that is not there."""
        if name not in self.texts:
            path = self.root.path / name
            self.texts[name] = path.read_text("utf-8") if path.exists() else ""
        return self.texts[name]

    def add(self, name: str, nodes: Iterable[str], heading: str = "") -> None:
        """Appends nodes to a file, under a comment, with the prefixes they use."""
        added = "\n".join(nodes)
        if not added:
            return
        text = self.text(name)
        if heading:
            line = f"# --- {heading} "
            added = f"{line}{'-' * max(3, 80 - len(line))}\n\n{added}"
        self.texts[name] = self._with_prefixes(f"{text.rstrip()}\n\n{added}" if text.strip() else added)

    def _with_prefixes(self, text: str) -> str:
        known = prefixes(self.root.path) | self.extra
        declared = dict(_PREFIX.findall(text))
        body = _PREFIX.sub("", text).lstrip("\n")
        used = set(re.findall(r"(?<![\w-])([A-Za-z][\w-]*):(?!/)", _STRING.sub(" ", body)))
        used |= {"xsd"} if "^^xsd:" in body else set()
        declared |= {name: known[name] for name in used if name not in declared and name in known}
        head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(declared.items()))
        return f"{head}\n{body}"

    def cite(self, graph: Graph, thing: Term, passages: Sequence[str], also: str = "") -> None:
        """Adds passages to the evidence of a node that a data file describes, and another name of it."""
        for one in (found for found in graph.of(thing, EVIDENCE) if found.document.role == "data"):
            text = self.text(one.document.name)
            subject = one.document.text.split("\n")[(one.subject_place.line or 1) - 1].split(" ", 1)[0]
            begin = text.find(f"\n{subject} ")
            end = text.find(" .\n", begin)
            head, evidence, tail = text[begin:end].partition("park:evidence ")
            if begin < 0 or not evidence:
                continue
            held, rest, others = tail.partition(" ;\n")
            held += "".join(f" , {one}" for one in passages if one not in held)
            if also and "skos:altLabel" not in head + others:
                head = head.replace(" ;\n    park:", f" ;\n    skos:altLabel {also} ;\n    park:", 1)
            block = head + evidence + held + rest + others
            self.texts[one.document.name] = self._with_prefixes(text[:begin] + block + text[end:])
            return

    def checked(self, texts: Sequence[SourceText]) -> tuple[list[Finding], dict[str, str]]:
        """What would be wrong with the graph after the changes, and every changed file with its content.

        texts: those of the sources whose passages are renewed.
        """
        from parkgraph.conformance import check_graph
        from parkgraph.evidence.passages import write_passages

        with tempfile.TemporaryDirectory() as folder:
            copy = Path(os.path.realpath(folder))
            for part in ("ontology", "kg", "queries"):
                if (self.root.path / part).is_dir():
                    shutil.copytree(self.root.path / part, copy / part)
            for name, text in self.texts.items():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                (copy / name).write_text(text, "utf-8")
            scratch = Root(copy)
            outcome = write_passages(scratch, texts)
            if any(found.severity == "violation" for found in outcome.findings):
                return outcome.findings, {}
            named = [copy / f"article-{number}.txt" for number in range(len(texts))]
            for path, source in zip(named, texts, strict=True):
                path.write_bytes(source.text.encode())
            found = check_graph(scratch, articles=named).findings
            changed = {**self.texts, **{name: (copy / name).read_text("utf-8") for name in outcome.written}}
            return found, changed


# --- figures and their units ---------------------------------------------------

_QUDT = "http://qudt.org/schema/qudt/"
UNITS = {"unit": "https://w3id.org/parkgraph/code/unit/", "qudt-unit": "http://qudt.org/vocab/unit/"}

# Printed → name, English label, base unit and factor (none: a base unit of its own).
_KNOWN: dict[str, tuple[str, str, str, str]] = {one: tuple(unit) for one, unit in WORDS["units"].items()}
_SAME: dict[str, str] = WORDS["units_alike"]
_SCALES = {"十": "ten", "百": "hundred", "千": "thousand", "万": "wan", "亿": "yi"}


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
            name = self.printed[text]
            unit = NamedNode(expand(name, UNITS) or "")
            scaled = self.graph.objects(unit, NamedNode(_QUDT + "scalingOf"))
            times = self.graph.texts(unit, NamedNode(_QUDT + "conversionMultiplier")).get("", "1")
            return name, shorten(scaled[0].value, UNITS) if scaled else name, Decimal(times)
        if text in _KNOWN:
            name, __, base, times = self.new[text] = _KNOWN[text]
            if base:
                self._base(base)
            return name, base or name, Decimal(times or 1)
        scale = text[: len(text) - len(text.lstrip("".join(_SCALES)))]
        rest = text[len(scale) :]
        if scale and rest and rest not in self.printed and rest not in _KNOWN:
            factor = Decimal(worth(scale))
            name = "unit:" + "-".join(_SCALES[character] for character in scale)
            self.new[scale] = (name, f"{factor:,} (count)", "qudt-unit:NUM", f"{factor}.0")
            return name, "qudt-unit:NUM", factor
        if not re.fullmatch(f"{HAN}+", text):
            fix = _("add it: parkgraph codes unit --add …")
            raise Usage(_("no unit is printed “{unit}”", unit=printed), fix=fix)
        return "qudt-unit:NUM", "qudt-unit:NUM", Decimal(1)

    def _base(self, name: str) -> None:
        if name not in {*self.printed.values(), *(unit[0] for unit in self.new.values())}:
            self.new |= {printed: unit for printed, unit in _KNOWN.items() if unit[0] == name}

    def nodes(self) -> list[str]:
        """The new units as the code list writes them."""
        lines = []
        for printed, (name, english, base, factor) in sorted(self.new.items(), key=lambda item: item[1][0]):
            scaled = f" ;\n    qudt:scalingOf {base} ; qudt:conversionMultiplier {factor}" if base else ""
            labels = " , ".join(both(printed, english))
            said = f"rdfs:label {labels} ; qudt:symbol {literal(printed)}"
            lines.append(f"{name} a qudt:Unit ; {said}{scaled} .\n")
        return lines


def decimal(value: Decimal) -> str:
    """A decimal as Turtle writes it, with a point."""
    text = f"{value.normalize():f}"
    return text if "." in text else f"{text}.0"


def quantity(figure: Figure, printed: str, units: Units) -> list[Values]:
    """Value, unit, bounds and normal value of a figure.  printed: number and unit as the text has them."""
    name, base, factor = units.of(figure.unit)
    value, high = figure.value, figure.high
    low_in, high_in = {"exactly": ("true", "true"), "more-than": ("false", ""), "at-least": ("true", ""),
                       "nearly": ("", "false"), "less-than": ("", "false"), "at-most": ("", "true"),
                       "between": ("true", "true"), "about": ("", "")}[figure.qualifier]  # fmt: skip
    upper = high if high is not None else value
    return [
        ("park:statedValue", [decimal(value)]),
        ("park:unit", [name]),
        ("park:printedForm", [literal(printed)]),
        ("park:qualifier", [f"qualifier:{figure.qualifier}"]),
        ("park:lowerBound", [decimal(value)] if low_in else []),
        ("park:lowerInclusive", [low_in] if low_in else []),
        ("park:upperBound", [decimal(upper)] if high_in else []),
        ("park:upperInclusive", [high_in] if high_in else []),
        ("park:normalizedValue", [decimal(value * factor)]),
        ("park:normalizedUnit", [base]),
    ]


def read_graph(root: Root) -> Graph:
    """The ontology, codes and data of a graph, with its passages."""
    return Graph(read_documents(root, "ontology", "codes", "data", "passages"))


def whole_clauses(text: str, spans: Iterable[Span], longest: int) -> list[Span]:
    """Spans widened to whole clauses; one that gets too long becomes its clauses, none crosses another."""
    pieces = clauses(text)
    wide: dict[Span, list[Span]] = {}
    for span in spans:
        if inside := [piece for piece in pieces if piece.meets(span)]:
            wide[Span(inside[0].start, inside[-1].end)] = inside
    crossing = {one for one in wide for other in wide if one.crosses(other)}
    found: set[Span] = set()
    for whole, inside in wide.items():
        found |= set(inside) if whole in crossing or len(whole) > longest else {whole}
    return sorted(found)
