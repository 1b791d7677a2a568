"""The rule file `ontology/owl2rl.rls`: its rules, their words, the program they make, what they know."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from parkgraph.names import OWL, RDF, RDFS, XSD
from parkgraph.read.files import rules_file

Constant = NamedNode | Literal

_NAMESPACES = {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD}
_TYPED = r'"(?P<lexical>\w+)"\^\^xsd:(?P<datatype>\w+)'
_CURIE = r"(?P<prefix>rdfs?|owl|xsd):(?P<local>\w+)"
_CONSTANT = re.compile(f"{_TYPED}|{_CURIE}")
_ATOM = re.compile(r"(~?)\b([a-z]\w*)\(([^()]*)\)")
_NAME = re.compile(r'#\[name\("([\w-]+)"\)\]')
_TITLE = re.compile(r"% ([a-z]+(?:-[a-z0-9]+)+|(?:restriction )?(?:rdfs?|owl):\w+)$")
_WORDS = re.compile(r"% (en|zh): (.+)$")


@dataclass(frozen=True)
class Rule:
    """One rule or fact.  name: its W3C name, None when it only rearranges triples.

    head, body: the predicates of its atoms, without negated ones.  arguments: those of the head, as written.
    needs, gives: the RDF terms that stand in its body and in its head; those of a fact are needed, not given.
    """

    name: str | None
    text: str
    head: str
    arguments: tuple[str, ...]
    body: frozenset[str]
    needs: frozenset[Constant]
    gives: frozenset[Constant]


@dataclass(frozen=True)
class Rules:
    """The rules in the order of the file.

    words: {"en": …, "zh": …} by the name of a rule, with {x} for ?x, and by terms of the schema
    (`rdfs:subClassOf`, `restriction owl:hasValue`).
    """

    rules: tuple[Rule, ...]
    words: dict[str, dict[str, str]]
    outputs: str

    @cached_property
    def vocabulary(self) -> frozenset[Constant]:
        """The RDF terms that stand in the rules."""
        return frozenset(term for rule in self.rules for term in rule.needs | rule.gives)

    def live(self, present: Container[object]) -> list[Rule]:
        """The rules that a graph can set off, in order.  present: the terms of the graph.

        A rule can fire only when each term it needs is in the graph or given by a live rule, and each table
        that it reads is filled by a live rule.
        """
        live: set[int] = set()
        tables, given = {"asserted"}, set[Constant]()
        grown = True
        while grown:
            grown = False
            for number, rule in enumerate(self.rules):
                if number in live or not rule.body <= tables:
                    continue
                if all(term in present or term in given for term in rule.needs):
                    live.add(number)
                    tables.add(rule.head)
                    given |= rule.gives
                    grown = True
        return [rule for number, rule in enumerate(self.rules) if number in live]

    def program(self, present: Container[object], write: Callable[[Constant], str]) -> str:
        """The Nemo program of the live rules, with each RDF term written as `write` says."""
        parts = []
        for rule in self.live(present):
            name = f'#[name("{rule.name}")]\n' if rule.name else ""
            parts.append(name + _CONSTANT.sub(lambda found: write(_constant(found)), rule.text) + " .\n")
        return "".join(parts) + self.outputs


@cache
def read_rules(file: Path | None = None) -> Rules:
    """The rules of `file` (default: the project's own)."""
    text = (file or rules_file()).read_text(encoding="utf-8")
    outputs = "".join(line + "\n" for line in text.splitlines() if line.startswith("@output"))
    kept = "\n".join(line for line in text.splitlines() if line and line[0] not in "%@")
    rules = tuple(_rule(statement) for statement in re.split(r"\s\.(?:\n|$)", kept) if statement.strip())
    return Rules(rules, _words(text), outputs)


def _rule(statement: str) -> Rule:
    found = _NAME.search(statement)
    text = _NAME.sub("", statement).strip()
    head, _, body = text.partition(":-")
    atom = _ATOM.match(head)
    if atom is None:
        raise ValueError(f"no rule: {text}")
    in_head, in_body = _constants(head), _constants(body)
    return Rule(
        name=found[1] if found else None,
        text=text,
        head=atom[2],
        arguments=tuple(argument.strip() for argument in atom[3].split(",")),
        body=frozenset(name for negated, name, _ in _ATOM.findall(body) if not negated),
        needs=in_body if body else in_head,
        gives=in_head if body else frozenset(),
    )


def _constants(text: str) -> frozenset[Constant]:
    return frozenset(_constant(found) for found in _CONSTANT.finditer(text))


def _constant(found: re.Match[str]) -> Constant:
    if found["lexical"] is not None:
        return Literal(found["lexical"], datatype=NamedNode(XSD + found["datatype"]))
    return NamedNode(_NAMESPACES[found["prefix"]] + found["local"])


def _words(text: str) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in text.splitlines():
        if found := _TITLE.match(line):
            current = words[found[1]] = {}
        elif found := _WORDS.match(line):
            current[found[1]] = found[2]
    return words
