"""What a finding says: the shape's own messages, or a sentence for each component."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode

from parkgraph.messages import Message, Text, _
from parkgraph.names import RDF, RDFS, SH, SKOS, XSD, shorten
from parkgraph.read.turtle import Document, Term
from parkgraph.validate.shapes import PREFIX, Result, Shapes, sh
from parkgraph.validate.values import compare

_ALWAYS = {"rdf": RDF, "rdfs": RDFS, "sh": SH, "xsd": XSD, "skos": SKOS}
_LONGEST = 80


class Names:
    """Short names of terms, by the prefixes that the documents themselves declare."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.prefixes = dict(_ALWAYS)
        self._short: dict[str, str] = {}
        for document in documents:
            for prefix, namespace in PREFIX.findall(document.text):
                self.prefixes.setdefault(prefix, namespace)

    def term(self, term: Term | None) -> str:
        """A term as a person would write it; long texts are cut."""
        if term is None:
            return ""
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        if isinstance(term, BlankNode):
            return "[ ]"
        text = term.value if len(term.value) <= _LONGEST else term.value[: _LONGEST - 1] + "…"
        said = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        if term.language:
            return f"{said}@{term.language}"
        if term.datatype.value == XSD + "string":
            return said
        if term.datatype.value == XSD + "integer" and re.fullmatch(r"[+-]?\d+", term.value):
            return term.value
        return f"{said}^^{self.iri(term.datatype.value)}"

    def iri(self, iri: str) -> str:
        """`prefix:local`, or the IRI in angle brackets."""
        if iri not in self._short:
            self._short[iri] = shorten(iri, self.prefixes)
        return self._short[iri]

    def path(self, path: str) -> str:
        """A SPARQL property path with short names."""
        return re.sub(r"<([^<>]*)>", lambda found: self.iri(found[1]), path)


# {path}, {value}, {other}: of the result.  {asked}: the value of the parameter, or the members of its list.
_SENTENCES: dict[str, Text] = {
    "Class": _("{value} is not a {asked}"),
    "Datatype": _("{value} is not a literal of datatype {asked}"),
    "NodeKind": _("{value} is not of kind {asked}"),
    "MinCount": _("{path} needs at least {asked} values"),
    "MaxCount": _("{path} takes at most {asked} values"),
    "MinExclusive": _("{value} is not greater than {asked}"),
    "MinInclusive": _("{value} is less than {asked}"),
    "MaxExclusive": _("{value} is not less than {asked}"),
    "MaxInclusive": _("{value} is greater than {asked}"),
    "MinLength": _("{value} has fewer than {asked} characters"),
    "MaxLength": _("{value} has more than {asked} characters"),
    "Pattern": _("{value} does not match {asked}"),
    "LanguageIn": _("the language of {value} is none of {asked}"),
    "UniqueLang": _("{path} has two values in the same language"),
    "Equals": _("{path} and {asked} differ by {value}"),
    "Disjoint": _("{value} is a value of {asked} too"),
    "LessThan": _("{value} is not less than the values of {asked}"),
    "LessThanOrEquals": _("{value} is greater than a value of {asked}"),
    "Not": _("{value} is what it must not be"),
    "And": _("{value} is not all of what it must be"),
    "Or": _("{value} is none of what it may be"),
    "Xone": _("{value} must be exactly one of several things"),
    "Node": _("{value} does not conform to {asked}"),
    "QualifiedMinCount": _("{path} needs at least {asked} values of the kind asked for"),
    "QualifiedMaxCount": _("{path} takes at most {asked} values of the kind told"),
    "Closed": _("{path} is not allowed here"),
    "HasValue": _("{path} lacks the value {asked}"),
    "In": _("{value} is none of {asked}"),
    "SPARQL": _("the query of {shape} finds {value}"),
    "": _("{value} does not conform to {component}"),
}
_BOUNDS = ("MinExclusive", "MinInclusive", "MaxExclusive", "MaxInclusive", "LessThan", "LessThanOrEquals")
_PLACEHOLDER = re.compile(r"\{[$?](\w+)\}")


class Wording:
    """Makes messages for the results of one shapes graph."""

    def __init__(self, shapes: Shapes, names: Names) -> None:
        self.shapes, self.names = shapes, names

    def messages(self, result: Result) -> Mapping[str, str]:
        """The message of a result by language (3.6.2.7, 5.3.2).

        That of the solution, else those of the query, else of the shape, with {$this}, {?value} and other
        variables filled in; "" for one without language. Where there is none: a sentence in zh and en.
        """
        for place in (result.constraint.node or result.shape, result.shape):
            found = result.found.messages or self.shapes.graph.objects(place, sh("message"))
            if templates := [message for message in found if isinstance(message, Literal)]:
                return self._filled(templates, result)
        return self._sentence(result)

    def _filled(self, templates: Iterable[Literal], result: Result) -> dict[str, str]:
        known = {name: _plain(term) for name, term in result.found.bindings}
        known |= {"this": _plain(result.focus), "value": _plain(result.value)}
        if result.path:
            known["path"] = str(result.path).strip("<>")
        filled: dict[str, str] = {}
        for template in sorted(templates, key=str):
            text = _PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), template.value)
            language = template.language or ""
            filled[language] = f"{filled[language]} {text}" if language in filled else text
        return filled

    def _sentence(self, result: Result) -> Mapping[str, str]:
        name = result.component.removeprefix(SH).removesuffix("ConstraintComponent")
        asked, value = result.constraint.rule.object, result.value
        compared = result.found.other or asked
        sentence = _SENTENCES.get(name, _SENTENCES[""])
        if name in _BOUNDS and value is not None and compare(value, compared) is None:
            sentence = _("{value} cannot be compared with {other}")
        elif name == "Datatype" and isinstance(value, Literal) and value.datatype == asked:
            sentence = _("{value} is not what its datatype allows")
        elif name == "HasValue" and result.path is None:
            sentence = _("this is not {asked}")
        members = self.shapes.members(asked) or [asked]
        said = ", ".join(map(self.names.term, members[:6])) + (" …" if len(members) > 6 else "")
        words = {
            "path": self.names.path(str(result.path)) if result.path else "",
            "value": self.names.term(value if value is not None else result.focus),
            "asked": int(said) if said.isdecimal() else said,
            "other": self.names.term(compared),
            "shape": self.names.iri(self.shapes.name(result.shape)),
            "component": self.names.iri(result.component),
        }
        return Message(str(sentence), words)


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return "[ ]" if isinstance(term, BlankNode) else term.value
