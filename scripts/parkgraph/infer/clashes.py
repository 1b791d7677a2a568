"""Contradictions as findings: in words, with the asserted triples behind them and where these stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from parkgraph.errors import Unreadable
from parkgraph.finding import Finding, Place
from parkgraph.infer.closure import Closure
from parkgraph.infer.contradiction import Contradiction
from parkgraph.infer.derivation import Derivation
from parkgraph.infer.terms import Fact
from parkgraph.infer.wording import LANGS, Lang, Wording
from parkgraph.messages import _
from parkgraph.names import OWL, RDF, RDFS
from parkgraph.read.files import Root

TRACED = 100
"""How many contradictions are traced back to asserted triples; the rest are told without."""

_AND = _("; ")
_FIX = _("these cannot all be true: {facts}")

Locate = Callable[[Iterable[Fact]], dict[Fact, Place]]


def findings(closure: Closure, wording: Wording, locate: Locate) -> list[Finding]:
    """One finding for each contradiction of `closure`, in a stable order.

    rule: the W3C name.  focus: what the contradiction is about.  file and line: of the first asserted triple
    of the data behind it; related: where the others stand.  locate: where triples stand (see `places_in`).
    """
    traced = [
        (contradiction, closure.explain(contradiction) if number < TRACED else None)
        for number, contradiction in enumerate(closure.contradictions)
    ]
    facts = dict.fromkeys(fact for __, derivation in traced for fact in _behind(derivation))
    places = locate(facts)
    return [
        _finding(contradiction, _behind(derivation), wording, places) for contradiction, derivation in traced
    ]


def _behind(derivation: Derivation | None) -> list[Fact]:
    return derivation.asserted() if derivation else []


def _finding(
    contradiction: Contradiction, facts: list[Fact], wording: Wording, places: dict[Fact, Place]
) -> Finding:
    stand = [
        Place(place.file, place.line, place.column, place.end_line, place.end_column, _said(fact, wording))
        for fact in sorted(facts, key=_schema_last)
        if (place := places.get(fact))
    ]
    first = stand[0] if stand else Place()
    fix: dict[str, str] = {
        lang: _FIX[lang].format(facts=_AND[lang].join(wording.sentence(fact, lang) for fact in facts))
        for lang in LANGS
    }
    return Finding(
        severity="violation",
        rule=contradiction.rule,
        messages={lang: _message(contradiction, wording, lang) for lang in LANGS},
        file=first.file,
        line=first.line,
        column=first.column,
        end_line=first.end_line,
        end_column=first.end_column,
        focus=wording.short(contradiction.terms[0]),
        fix=fix if facts else None,
        related=stand[1:],
    )


def _message(contradiction: Contradiction, wording: Wording, lang: Lang) -> str:
    return wording.reason(contradiction.rule, contradiction.bindings(), lang)


def _said(fact: Fact, wording: Wording) -> dict[str, str]:
    return {lang: wording.sentence(fact, lang) for lang in LANGS}


def _schema_last(fact: Fact) -> bool:
    # The mistake is sooner in the data than in the ontology's axioms.
    predicate, object_ = fact[1].value, getattr(fact[2], "value", "")
    return predicate.startswith((OWL, RDFS)) or (predicate == RDF + "type" and object_.startswith(OWL))


def places_in(root: Root) -> Locate:
    """Where triples stand in the files of `root` (ontology, codes, data)."""

    def locate(facts: Iterable[Fact]) -> dict[Fact, Place]:
        from parkgraph.read.turtle import read_document

        wanted, places = set(facts), dict[Fact, Place]()
        for file in root.files("ontology", "codes", "data"):
            if len(places) == len(wanted):
                break
            try:
                document = read_document(file.path, name=file.name)
            except Unreadable:
                continue  # the caller has read it and told so
            for fact in wanted & document.index.keys():
                places[fact] = document.place_of(document.index[fact])  # type: ignore[index]
        return places

    return locate
