"""Triples and rules in plain words, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal as OneOf

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from parkgraph.infer.rules import read_rules
from parkgraph.infer.terms import Fact, Term
from parkgraph.messages import _
from parkgraph.names import OWL, RDF, RDFS, XSD, shorten

Lang = OneOf["zh", "en"]
LANGS: tuple[Lang, Lang] = ("zh", "en")

Label = Callable[[Store, NamedNode, str], str | None]
"""Store, IRI and language → its label in that language or another; None where it has none."""

_SENTENCES = {
    RDF + "type": ("{s}是{o}", "{s} is a {o}"),
    RDFS + "subClassOf": ("凡{s}皆为{o}", "every {s} is a {o}"),
    RDFS + "subPropertyOf": ("{s}是{o}的一种", "{s} is a special case of {o}"),
    RDFS + "domain": ("凡有{s}者皆为{o}", "whatever has {s} is a {o}"),
    RDFS + "range": ("{s}的值皆为{o}", "every value of {s} is a {o}"),
    OWL + "sameAs": ("{s}与{o}相同", "{s} is the same as {o}"),
    OWL + "differentFrom": ("{s}与{o}不同", "{s} is different from {o}"),
    OWL + "equivalentClass": ("{s}与{o}是同一类", "{s} and {o} are the same class"),
    OWL + "equivalentProperty": ("{s}与{o}同义", "{s} and {o} mean the same"),
    OWL + "disjointWith": ("{s}与{o}互斥", "{s} and {o} exclude each other"),
    OWL + "complementOf": ("{s}是{o}的反面", "{s} is the opposite of {o}"),
    OWL + "propertyDisjointWith": ("{s}与{o}互斥", "{s} and {o} exclude each other"),
    OWL + "inverseOf": ("{s}是{o}的逆向", "{s} is {o} read backwards"),
    OWL + "propertyChainAxiom": ("依次经过{o}，即为{s}", "the steps {o}, one after the other, amount to {s}"),
    OWL + "hasKey": ("{o}都一致的两个{s}是同一个", "two {s} that agree in {o} are the same"),
    OWL + "unionOf": ("{s}由{o}合成", "{s} is made up of {o}"),
    OWL + "intersectionOf": ("{s}是{o}的共同部分", "{s} is what {o} share"),
    OWL + "oneOf": ("{s}即{o}", "{s} is {o}"),
    OWL + "members": ("所列为{o}", "the list is {o}"),
    OWL + "distinctMembers": ("所列为{o}", "the list is {o}"),
}
"""Predicate → how a triple with it is said; any other is said as "s: p: o"."""

_KINDS = {
    OWL + "TransitiveProperty": ("{s}可传递", "{s} is transitive"),
    OWL + "SymmetricProperty": ("{s}是相互的", "{s} holds both ways"),
    OWL + "AsymmetricProperty": ("{s}只能单向成立", "{s} holds one way only"),
    OWL + "IrreflexiveProperty": ("{s}不能指向自身", "nothing has {s} to itself"),
    OWL + "FunctionalProperty": ("{s}至多有一个值", "{s} has one value at most"),
    OWL + "InverseFunctionalProperty": ("{s}至多由一个事物指向同一值", "one thing at most has a given {s}"),
    OWL + "AllDisjointClasses": ("所列的类两两互斥", "the listed classes exclude one another"),
    OWL + "AllDisjointProperties": ("所列的属性两两互斥", "the listed properties exclude one another"),
    OWL + "AllDifferent": ("所列的事物各不相同", "the listed things are all different"),
    OWL + "DatatypeProperty": ("{s}的值是数据", "the values of {s} are data"),
}
"""Class of OWL → how membership in it is said."""

_RESTRICTIONS = {
    OWL + "someValuesFrom": ("以某个{v}为{p}者", "thing with some {v} as {p}"),
    OWL + "allValuesFrom": ("{p}全为{v}者", "thing whose {p} are all {v}"),
    OWL + "hasValue": ("以{v}为{p}者", "thing with {v} as {p}"),
    OWL + "maxCardinality": ("至多有{v}个{p}者", "thing with at most {v} {p}"),
    OWL + "maxQualifiedCardinality": ("至多有{v}个此种{p}者", "thing with at most {v} such {p}"),
}

_TYPE = NamedNode(RDF + "type")
_BEFORE_VOWEL = re.compile(r"(?<!\S)a (?=[aeiouAEIOU])")
_BOTH = _(" and ")
_COMMA = _(", ")
_UNNAMED = _("something unnamed")


class Wording:
    """Says terms, triples and steps in words.

    store: has the labels and says what blank nodes stand for.  prefixes: for what has no label.
    """

    def __init__(self, store: Store, label: Label, prefixes: Mapping[str, str]) -> None:
        self._store = store
        self._label = label
        self._prefixes = dict(prefixes)

    def short(self, term: Term) -> str:
        """The term as Turtle writes it, with known prefixes."""
        if isinstance(term, NamedNode):
            return shorten(term.value, self._prefixes)
        if isinstance(term, Literal) and not term.language and term.datatype.value != XSD + "string":
            return f'"{term.value}"^^{shorten(term.datatype.value, self._prefixes)}'
        return str(term)

    def name(self, term: Term, lang: Lang) -> str:
        """What a person calls the term: its label, the text of a literal, the members of a list."""
        if isinstance(term, Literal):
            return f"“{term.value}”" if term.language or term.datatype.value == XSD + "string" else term.value
        if isinstance(term, NamedNode):
            return self._label(self._store, term, lang) or shorten(term.value, self._prefixes)
        return self._blank(term, lang)

    def _mention(self, term: Term, lang: Lang) -> str:
        # A property's name reads as part of the sentence unless it is marked.
        name = self.name(term, lang)
        return f"“{name}”" if isinstance(term, NamedNode) and self._is_property(term) else name

    def _is_property(self, node: NamedNode) -> bool:
        kinds = (quad.object for quad in self._store.quads_for_pattern(node, _TYPE, None))
        return any(isinstance(kind, NamedNode) and kind.value.endswith("Property") for kind in kinds)

    def sentence(self, fact: Fact, lang: Lang) -> str:
        """The triple as a sentence."""
        subject, predicate, object_ = fact
        at = LANGS.index(lang)
        form = None
        if predicate.value == RDF + "type" and isinstance(object_, NamedNode):
            form = _KINDS.get(object_.value)
        form = form or _SENTENCES.get(predicate.value)
        if form is None:
            colon = "：" if lang == "zh" else ": "
            return colon.join(self.name(term, lang) for term in fact)
        said = form[at].format(s=self._mention(subject, lang), o=self._mention(object_, lang))
        return _articles(said, lang)

    def reason(self, rule: str, bindings: Mapping[str, Term], lang: Lang) -> str:
        """Why `rule` gives what it gives: its words from the rule file, with the names filled in."""
        words = read_rules().words[rule][lang]
        said = words.format_map({name: self._mention(term, lang) for name, term in bindings.items()})
        return _articles(said, lang)

    def _blank(self, node: BlankNode, lang: Lang) -> str:
        said = self._said(node)
        if RDF + "first" in said:
            names = [self._mention(member, lang) for member in self._members(node)]
            return _BOTH[lang].join(part for part in (_COMMA[lang].join(names[:-1]), names[-1]) if part)
        on = said.get(OWL + "onProperty")
        for kind, form in _RESTRICTIONS.items():
            if on is not None and kind in said:
                return form[LANGS.index(lang)].format(
                    p=self._mention(on, lang), v=self.name(said[kind], lang)
                )
        for kind in (OWL + "unionOf", OWL + "intersectionOf", OWL + "oneOf"):
            if kind in said:
                return self.name(said[kind], lang)
        return _UNNAMED[lang]

    def _members(self, cell: Term) -> list[Term]:
        members: list[Term] = []
        seen = set()
        while cell not in seen and not (isinstance(cell, NamedNode) and cell.value == RDF + "nil"):
            seen.add(cell)
            said = self._said(cell)
            if RDF + "first" not in said or RDF + "rest" not in said:
                break
            members.append(said[RDF + "first"])
            cell = said[RDF + "rest"]
        return members

    def _said(self, node: Term) -> dict[str, Term]:
        quads = self._store.quads_for_pattern(node, None, None)  # type: ignore[arg-type]
        return {quad.predicate.value: quad.object for quad in quads}  # type: ignore[misc]


def _articles(sentence: str, lang: Lang) -> str:
    return _BEFORE_VOWEL.sub("an ", sentence) if lang == "en" else sentence
