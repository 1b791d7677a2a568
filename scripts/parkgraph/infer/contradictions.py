"""Contradictions as findings: in words, with the asserted triples behind them and where these stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from parkgraph.finding import Finding, Place, finding
from parkgraph.infer.closure import Closure, Contradiction, Derivation
from parkgraph.infer.explain_text import Wording
from parkgraph.infer.terms import Fact
from parkgraph.messages import LANGS, _
from parkgraph.names import OWL, RDF, RDFS

TRACED = 100
"""How many contradictions are traced back to asserted triples; the rest are told without."""

Locate = Callable[[Fact], Place | None]
"""Where a triple stands, if in a file."""

_AND = _("; ")


def findings(closure: Closure, wording: Wording, locate: Locate) -> list[Finding]:
    """One finding for each contradiction of `closure`, in a stable order.

    rule: the W3C name.  focus: what the contradiction is about.  file and line: of the first asserted triple
    of the data behind it; related: where the others stand.
    """
    return [
        _finding(one, closure.explain(one) if number < TRACED else None, wording, locate)
        for number, one in enumerate(closure.contradictions)
    ]


def _finding(
    contradiction: Contradiction, derivation: Derivation | None, wording: Wording, locate: Locate
) -> Finding:
    facts = derivation.asserted() if derivation else []
    places = [
        replace(place, note={lang: wording.sentence(fact, lang) for lang in LANGS})
        for fact in sorted(facts, key=_is_schema)
        if (place := locate(fact))
    ]
    told = {lang: _AND[lang].join(wording.sentence(fact, lang) for fact in facts) for lang in LANGS}
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
