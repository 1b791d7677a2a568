"""What a finding says: the shape's own messages, or a sentence in Chinese and English for each component."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode

from parkgraph.names import RDF, RDFS, SH, SKOS, XSD, shorten
from parkgraph.read.turtle import Document, Term
from parkgraph.validate.results import Result
from parkgraph.validate.shapes import Shapes, sh
from parkgraph.validate.vocabulary import DEFINING

_PREFIX = re.compile(r"^[ \t]*(?:@prefix|prefix)\s+([^\s:]*):\s*<([^<>\s]*)>", re.IGNORECASE | re.MULTILINE)
_ALWAYS = {"rdf": RDF, "rdfs": RDFS, "sh": SH, "xsd": XSD, "skos": SKOS}
_LONGEST = 80


class Names:
    """Short names of terms, by the prefixes that the documents themselves declare."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.prefixes = dict(_ALWAYS)
        for document in documents:
            for prefix, namespace in _PREFIX.findall(document.text):
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
        return shorten(iri, self.prefixes)

    def path(self, path: str) -> str:
        """A SPARQL property path with short names."""
        return re.sub(r"<([^<>]*)>", lambda found: self.iri(found[1]), path)


# {path}, {value}: of the result.  {asked}: the shape's parameter.  {several}: a list of them.
_SENTENCES = {
    "Class": ("{value} is not a {several}", "{value} 不是 {several} 的实例"),
    "Datatype": ("{value} is not a literal of datatype {asked}", "{value} 不是数据类型为 {asked} 的字面量"),
    "NodeKind": ("{value} is not of kind {asked}", "{value} 的种类不是 {asked}"),
    "MinCount": ("{path} needs at least {asked} value(s)", "{path} 至少要有 {asked} 个值"),
    "MaxCount": ("{path} takes at most {asked} value(s)", "{path} 至多有 {asked} 个值"),
    "MinExclusive": ("{value} is not greater than {asked}", "{value} 不大于 {asked}"),
    "MinInclusive": ("{value} is less than {asked}", "{value} 小于 {asked}"),
    "MaxExclusive": ("{value} is not less than {asked}", "{value} 不小于 {asked}"),
    "MaxInclusive": ("{value} is greater than {asked}", "{value} 大于 {asked}"),
    "MinLength": ("{value} has fewer than {asked} characters", "{value} 少于 {asked} 个字符"),
    "MaxLength": ("{value} has more than {asked} characters", "{value} 多于 {asked} 个字符"),
    "Pattern": ("{value} does not match {asked}", "{value} 与 {asked} 不匹配"),
    "LanguageIn": ("the language of {value} is none of {several}", "{value} 的语言不在 {several} 之中"),
    "UniqueLang": ("{path} has two values in the same language", "{path} 有两个语言相同的值"),
    "Equals": ("{path} and {asked} differ by {value}", "{path} 与 {asked} 的值不一致：{value}"),
    "Disjoint": ("{value} is a value of {asked} too", "{value} 同时也是 {asked} 的值"),
    "LessThan": ("{value} is not less than the values of {asked}", "{value} 不小于 {asked} 的值"),
    "LessThanOrEquals": ("{value} is greater than a value of {asked}", "{value} 大于 {asked} 的某个值"),
    "Not": ("{value} is what it must not be", "{value} 符合了不应符合的形状"),
    "And": ("{value} is not all of what it must be", "{value} 未同时符合所要求的各个形状"),
    "Or": ("{value} is none of what it may be", "{value} 不符合任何一个可选的形状"),
    "Xone": ("{value} must be exactly one of several things", "{value} 应恰好符合其中一个形状"),
    "Node": ("{value} does not conform to {several}", "{value} 不符合形状 {several}"),
    "QualifiedMinCount": (
        "{path} needs at least {asked} value(s) of the kind asked for",
        "{path} 至少要有 {asked} 个符合要求的值",
    ),
    "QualifiedMaxCount": (
        "{path} takes at most {asked} value(s) of the kind told",
        "{path} 至多有 {asked} 个符合所述条件的值",
    ),
    "Closed": ("{path} is not allowed here", "此处不允许 {path}"),
    "HasValue": ("{path} lacks the value {asked}", "{path} 缺少值 {asked}"),
    "In": ("{value} is none of {several}", "{value} 不在 {several} 之中"),
    "SPARQL": ("the query of {shape} finds {value}", "{shape} 的查询找到了 {value}"),
}
_AS_NODE = {"HasValue": ("this is not {asked}", "该节点不是 {asked}")}
_CUSTOM = ("{value} does not conform to {component}", "{value} 不符合 {component}")
_PLACEHOLDER = re.compile(r"\{[$?](\w+)\}")
_COMPONENT = re.compile(re.escape(SH) + r"(\w+)ConstraintComponent")


class Wording:
    """Makes messages for the results of one shapes graph."""

    def __init__(self, shapes: Shapes, names: Names) -> None:
        self.shapes, self.names = shapes, names

    def messages(self, result: Result, focus: Term, value: Term | None, shape: Term) -> dict[str, str]:
        """The message of a result by language.

        Those of the constraint's query, else of the shape, with {$this}, {?value} and other variables filled
        in; "" for one without language. Where neither has one: a sentence in zh and en.
        """
        templates = self._templates(result, shape)
        if templates:
            return self._filled(templates, result, focus, value)
        written = [text for text, _ in result.messages] if self._query_makes_message(result) else []
        return {"": written[0]} if written else self._sentences(result, value, shape)

    def _templates(self, result: Result, shape: Term) -> list[Literal]:
        graph = self.shapes.graph
        places: list[Term] = []
        if result.constraint:
            places.append(_node(result.constraint))
        for custom in self.shapes.components:
            if isinstance(custom.node, NamedNode) and custom.node.value == result.component:
                for kind in ("validator", "nodeValidator", "propertyValidator"):
                    places += graph.objects(custom.node, sh(kind))
        for place in [*places, shape]:
            found = [m for m in graph.objects(place, sh("message")) if isinstance(m, Literal)]
            if found:
                return found
        return []

    def _query_makes_message(self, result: Result) -> bool:
        if not result.constraint:
            return False
        queries = self.shapes.graph.objects(_node(result.constraint), sh("select"))
        return any(
            re.search(r"[$?]message\b", query.value) for query in queries if isinstance(query, Literal)
        )

    def _filled(
        self, templates: Sequence[Literal], result: Result, focus: Term, value: Term | None
    ) -> dict[str, str]:
        known: dict[str, str] = {}
        for template in templates:
            known |= _variables(template.value, [text for text, _ in result.messages])
        known |= {"this": _plain(focus), "value": _plain(value)}
        if result.path:
            known["path"] = result.path.strip("<>")
        filled: dict[str, str] = {}
        for template in sorted(templates, key=str):
            text = _PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), template.value)
            language = template.language or ""
            filled[language] = f"{filled[language]} {text}" if language in filled else text
        return filled

    def _sentences(self, result: Result, value: Term | None, shape: Term) -> dict[str, str]:
        found = _COMPONENT.fullmatch(result.component)
        component = found[1] if found else ""
        both = _SENTENCES.get(component, _CUSTOM)
        if result.path is None:
            both = _AS_NODE.get(component, both)
        asked = self._asked(result.component, shape)
        words = {
            "path": self.names.path(result.path) if result.path else "",
            "value": self.names.term(value) or self.names.term(_node(result.focus)),
            "asked": asked[0] if asked else "",
            "several": ", ".join(asked[:6]) + (" …" if len(asked) > 6 else ""),
            "shape": self.names.iri(self.shapes.name(shape)),
            "component": self.names.iri(result.component),
        }
        return {"en": both[0].format(**words), "zh": both[1].format(**words)}

    def _asked(self, component: str, shape: Term) -> list[str]:
        if component not in DEFINING:
            return []
        values = self.shapes.graph.objects(shape, sh(DEFINING[component]))
        flat = [member for value in values for member in (self.shapes.members(value) or [value])]
        return [self.names.term(term) for term in flat]


def _variables(template: str, told: Iterable[str]) -> dict[str, str]:
    """What an engine filled into a template, read back from the message it made."""
    parts = _PLACEHOLDER.split(template)
    pattern = "".join(re.escape(part) if number % 2 == 0 else "(.*?)" for number, part in enumerate(parts))
    for text in told:
        if found := re.fullmatch(pattern, text, re.DOTALL):
            return dict(zip(parts[1::2], found.groups(), strict=True))
    return {}


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return "[ ]" if isinstance(term, BlankNode) else term.value


def _node(text: str) -> Term:
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    return BlankNode(text[2:]) if text.startswith("_:") else Literal(text)
