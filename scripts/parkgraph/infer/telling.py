"""An explanation as text, as JSON and as a Mermaid drawing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parkgraph.infer.terms import Fact
from parkgraph.infer.why import Step
from parkgraph.infer.wording import LANGS, Lang, Wording
from parkgraph.messages import _
from parkgraph.names import SOURCE

_WORDS = {
    "rule": _("because {reason} ({rule})"),
    "ontology": _("ontology"),
    "again": _("as above"),
    "nowhere": _("no evidence"),
    "reason": _("reason: {reason}"),
    "total": _("rests on: {bases}; evidence: {places}"),
}


def as_text(step: Step, wording: Wording, lang: Lang) -> str:
    """A tree of sentences, one a line; what was told above is not told again."""
    head = f"{wording.sentence(step.fact, lang)}\n{' '.join(wording.short(term) for term in step.fact)} .\n"
    lines = list(_tree(step, wording, lang, "", set()))[1:]
    if step.rule is None:
        lines = [_origin(step, wording, lang), *_reason(step, lang)]
    elif step.bases():
        bases = ", ".join(wording.name(basis, lang) for basis in step.bases())
        places = ", ".join(_passage(passage.value) for passage in step.passages())
        places = places or _WORDS["nowhere"][lang]
        lines += ["", _WORDS["total"][lang].format(bases=bases, places=places)]
    return head + "\n".join(["", *lines]) + "\n"


def _tree(step: Step, wording: Wording, lang: Lang, indent: str, told: set[Fact]) -> Iterator[str]:
    line = wording.sentence(step.fact, lang)
    if step.rule is None:
        yield f"{line}  [{_origin(step, wording, lang)}]"
        for text in _reason(step, lang):
            yield f"{indent}   {text}"
        return
    if step.fact in told:
        yield f"{line}  [{_WORDS['again'][lang]}]"
        return
    told.add(step.fact)
    yield line
    reason = wording.reason(step.rule, step.bindings, lang)
    yield indent + _WORDS["rule"][lang].format(reason=reason, rule=step.rule)
    for number, premise in enumerate(step.premises, start=1):
        last = number == len(step.premises)
        branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
        lines = _tree(premise, wording, lang, indent + below, told)
        yield indent + branch + next(lines)
        yield from lines


def _origin(step: Step, wording: Wording, lang: Lang) -> str:
    if step.support is None:
        return _WORDS["ontology"][lang]
    places = ", ".join(_passage(passage.value) for passage in step.support.passages)
    return f"{wording.name(step.support.basis, lang)}; {places or _WORDS['nowhere'][lang]}"


def _reason(step: Step, lang: Lang) -> list[str]:
    reasons = step.support.reasons if step.support else {}
    text = reasons.get(lang) or next(iter(reasons.values()), None)
    return [_WORDS["reason"][lang].format(reason=text)] if text else []


def _passage(iri: str) -> str:
    return iri.removeprefix(SOURCE).replace("/", " ")


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


def as_mermaid(step: Step, wording: Wording, lang: Lang) -> str:
    """A Mermaid flowchart: asserted triples at the top, arrows named by the rules, the conclusion below."""
    numbers: dict[Fact, str] = {}
    nodes, arrows = [], []
    for each in step.steps():
        if each.fact in numbers:
            continue
        number = numbers[each.fact] = f"t{len(numbers)}"
        label = _escaped(wording.sentence(each.fact, lang))
        if each.rule is not None:
            nodes.append(f'    {number}("{label}")')
        elif each.support is None:
            nodes.append(f'    {number}[["{label}"]]')
        else:
            nodes.append(f'    {number}["{label}<br/>{_escaped(_origin(each, wording, lang))}"]')
    for each in {one.fact: one for one in step.steps() if one.rule is not None}.values():
        arrows += [
            f"    {numbers[premise.fact]} -->|{each.rule}| {numbers[each.fact]}" for premise in each.premises
        ]
    return "\n".join(["flowchart TD", *nodes, *arrows]) + "\n"


def _escaped(text: str) -> str:
    for sign, code in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("\n", " ")):
        text = text.replace(sign, code)
    return text
