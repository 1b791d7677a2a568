"""Triples, rules and explanations in plain words: as text, as JSON, and contradictions as findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from parkgraph.finding import Finding, Place, finding
from parkgraph.infer.closure import Closure, Contradiction, Fact, Step
from parkgraph.infer.rules import read_rules
from parkgraph.messages import LANGS, _, in_language
from parkgraph.names import OWL, RDF, RDFS, SOURCE, STANDARD_PREFIXES, XSD, shorten
from parkgraph.read.turtle import Term

if TYPE_CHECKING:
    from parkgraph.messages import Lang

Label = Callable[[Store, NamedNode, str], str | None]
"""Store, IRI and language → its label in that language or another; None where it has none."""

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
        form = _form(predicate)
        if predicate == _TYPE:
            form = _form(object_) or form
        if form is None:
            colon = "：" if lang == "zh" else ": "
            return colon.join(self.name(term, lang) for term in fact)
        said = form[lang].format(s=self._mention(subject, lang), o=self._mention(object_, lang))
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
        for kind, value in said.items():
            form = _form(NamedNode(kind), "restriction ")
            if on is not None and form is not None:
                return form[lang].format(p=self._mention(on, lang), v=self.name(value, lang))
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


def _form(term: Term, kind: str = "") -> dict[str, str] | None:
    """The words for a term of the schema, from the rule file."""
    return read_rules().words.get(kind + shorten(term.value, STANDARD_PREFIXES))


def _articles(sentence: str, lang: Lang) -> str:
    return _BEFORE_VOWEL.sub("an ", sentence) if lang == "en" else sentence


# --- explanations ----------------------------------------------------------------

_ONTOLOGY, _AS_ABOVE, _NO_EVIDENCE = _("ontology"), _("as above"), _("no evidence")


def as_text(step: Step, wording: Wording, lang: Lang) -> str:
    """A tree of sentences, one a line; what was told above is not told again."""
    head = f"{wording.sentence(step.fact, lang)}\n{' '.join(wording.short(term) for term in step.fact)} .\n"
    lines = list(_tree(step, wording, lang, "", set()))[1:]
    if step.rule is None:
        lines = [_origin(step, wording, lang), *_reason(step, lang)]
    elif step.bases():
        bases = ", ".join(wording.name(basis, lang) for basis in step.bases())
        places = _places(step.passages(), lang)
        lines += ["", _("rests on: {bases}; evidence: {places}", bases=bases, places=places)[lang]]
    return head + "\n".join(["", *lines]) + "\n"


def _tree(step: Step, wording: Wording, lang: Lang, indent: str, told: set[Fact]) -> Iterator[str]:
    line = wording.sentence(step.fact, lang)
    if step.rule is None:
        yield f"{line}  [{_origin(step, wording, lang)}]"
        for text in _reason(step, lang):
            yield f"{indent}   {text}"
        return
    if step.fact in told:
        yield f"{line}  [{_AS_ABOVE[lang]}]"
        return
    told.add(step.fact)
    yield line
    reason = wording.reason(step.rule, step.bindings, lang)
    yield indent + _("because {reason} ({rule})", reason=reason, rule=step.rule)[lang]
    for number, premise in enumerate(step.premises, start=1):
        last = number == len(step.premises)
        branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
        lines = _tree(premise, wording, lang, indent + below, told)
        yield indent + branch + next(lines)
        yield from lines


def _origin(step: Step, wording: Wording, lang: Lang) -> str:
    if step.support is None:
        return _ONTOLOGY[lang]
    return f"{wording.name(step.support.basis, lang)}; {_places(step.support.passages, lang)}"


def _reason(step: Step, lang: Lang) -> list[str]:
    text = in_language(step.support.reasons, lang) if step.support else ""
    return [_("reason: {reason}", reason=text)[lang]] if text else []


def _places(passages: Iterable[NamedNode], lang: Lang) -> str:
    """The passages as source and offsets."""
    told = (passage.value.removeprefix(SOURCE).replace("/", " ") for passage in passages)
    return ", ".join(told) or _NO_EVIDENCE[lang]


def as_json(step: Step, wording: Wording) -> dict[str, Any]:
    """The explanation as plain data, in both languages.

    Keys: subject, predicate, object (terms as N-Triples), sentence {zh, en}, origin (inferred, data or
    ontology); for an inferred triple rule, reason {zh, en}, premises; for one of the data basis, evidence
    and, where there is one, reason.  The outermost has `evidence` and `bases` of all below it.
    """
    told = _json(step, wording)
    told["bases"] = [basis.value for basis in step.bases()]
    told["evidence"] = [passage.value for passage in step.passages()]
    return told


def _json(step: Step, wording: Wording) -> dict[str, Any]:
    subject, predicate, object_ = map(str, step.fact)
    told: dict[str, Any] = {
        "subject": subject,
        "predicate": predicate,
        "object": object_,
        "sentence": {lang: wording.sentence(step.fact, lang) for lang in LANGS},
    }
    if step.rule is not None:
        told["origin"] = "inferred"
        told["rule"] = step.rule
        told["reason"] = {lang: wording.reason(step.rule, step.bindings, lang) for lang in LANGS}
        told["premises"] = [_json(premise, wording) for premise in step.premises]
    elif step.support is None:
        told["origin"] = "ontology"
    else:
        told["origin"] = "data"
        told["basis"] = step.support.basis.value
        told["evidence"] = [passage.value for passage in step.support.passages]
        if step.support.reasons:
            told["reason"] = step.support.reasons
    return told


# --- contradictions --------------------------------------------------------------

TRACED = 100
"""How many contradictions are traced back to asserted triples; the rest are told without."""

Locate = Callable[[Fact], Place | None]
"""Where a triple stands, if in a file."""


def findings(closure: Closure, wording: Wording, locate: Locate) -> list[Finding]:
    """One finding for each contradiction of `closure`, in a stable order.

    rule: the W3C name.  focus: what the contradiction is about.  file and line: of the first asserted triple
    of the data behind it; related: where the others stand.
    """
    return [
        _finding(one, closure.explain(one) if number < TRACED else None, wording, locate)
        for number, one in enumerate(closure.contradictions)
    ]


def _finding(contradiction: Contradiction, step: Step | None, wording: Wording, locate: Locate) -> Finding:
    facts = step.asserted() if step else []
    places = [
        replace(place, note={lang: wording.sentence(fact, lang) for lang in LANGS})
        for fact in sorted(facts, key=_is_schema)
        if (place := locate(fact))
    ]
    told = {lang: _("; ")[lang].join(wording.sentence(fact, lang) for fact in facts) for lang in LANGS}
    bindings = contradiction.bindings()
    reason: dict[str, str] = {lang: wording.reason(contradiction.rule, bindings, lang) for lang in LANGS}
    return finding(
        contradiction.rule,
        reason,
        _("these cannot all be true: {facts}", facts=told) if facts else None,
        at=places[0] if places else None,
        focus=wording.short(contradiction.terms[0]),
        related=places[1:],
    )


def _is_schema(fact: Fact) -> bool:
    # The mistake is sooner in the data than in the ontology's axioms, which come last.
    predicate, object_ = fact[1].value, fact[2].value
    return predicate.startswith((OWL, RDFS)) or (predicate == RDF + "type" and object_.startswith(OWL))
