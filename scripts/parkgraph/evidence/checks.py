"""What is wrong with evidence, clause by clause counting aside: facts without support, missing reasons.

The checks against a text (does a passage print the figure taken from it) run where the text is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal

from parkgraph.evidence.facts import BASIS, EVIDENCE, LABELS, REASON, TYPE, Fact, Facts
from parkgraph.evidence.matching import figures
from parkgraph.evidence.numerals import numbers
from parkgraph.evidence.problems import problem
from parkgraph.evidence.sources import passage_of
from parkgraph.evidence.text import SourceText, Span
from parkgraph.finding import Finding
from parkgraph.names import CODE, ENTITY, INDUSTRY, OWL, PARK, SKOS

Name = Callable[[str], str]
"""IRI → how a message calls it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who points to the passages of one source: passage → nodes.  cited: facts.  omitted: omissions."""

    cited: dict[Span, list[str]]
    omitted: dict[Span, list[str]]


_STATED = CODE + "basis/stated"


def check_support(facts: Facts, name: Name) -> Iterator[Finding]:
    """Statements and entities without evidence, evidence that is no passage, missing reasons."""
    data = [subject for subject in facts.subjects() if facts.of(subject)[0].file.role == "data"]
    statements, omissions = (set(facts.instances(PARK + kind)) for kind in ("Statement", "Omission"))
    supported = _supported(facts, statements)
    for subject in data:
        first = facts.of(subject)[0]
        evidence = facts.about(subject, EVIDENCE)
        yield from (_no_passage(fact, name) for fact in evidence if not passage_of(fact.target or ""))
        if subject in statements or subject in omissions or _is_annotation(facts, subject):
            if not evidence:
                yield _no_evidence(first, name)
        elif subject.startswith((ENTITY, INDUSTRY)) and subject not in supported:
            yield _unsupported(first, name)
        bases = [fact for fact in facts.about(subject, BASIS) if fact.target != _STATED]
        if bases or subject in omissions:
            missing = {"zh", "en"} - facts.texts(subject, REASON).keys()
            if missing:
                yield _no_reason(bases[0] if bases else first, sorted(missing), name)


def _supported(facts: Facts, statements: set[str]) -> set[str]:
    """What has evidence of its own, or stands in a statement or an annotation that has."""
    found = set()
    for subject in facts.subjects():
        if facts.about(subject, EVIDENCE):
            found.add(subject)
            if subject in statements or _is_annotation(facts, subject):
                found |= {fact.target for fact in facts.of(subject) if fact.target}
    return found


def _is_annotation(facts: Facts, subject: str) -> bool:
    return any(fact.target == OWL + "Axiom" for fact in facts.about(subject, TYPE))


def check_printed_forms(facts: Facts, name: Name) -> Iterator[Finding]:
    """Figures whose stated value is not the number of their printed form."""
    for node in facts.instances(PARK + "QuantityStatement"):
        values = {value for fact, value in figures(facts, node) if fact.predicate == PARK + "statedValue"}
        for fact in facts.about(node, PARK + "printedForm"):
            if isinstance(fact.object, Literal):
                printed = {value for number in numbers(fact.object.value) for value in number.values}
                if values and not values & printed:
                    yield _form_differs(fact, name)


def _form_differs(fact: Fact, name: Name) -> Finding:
    return problem(
        "printed-form-differs",
        (f"the printed form of {name(fact.subject)} is not the number of its stated value: {fact.object}",
         f"{name(fact.subject)} 的原文写法与其原数值不是同一个数：{fact.object}"),
        ("correct park:statedValue or park:printedForm", "请改正 park:statedValue 或 park:printedForm"),
        at=fact.place, focus=fact.subject, value=str(fact.object),
    )  # fmt: skip


def _no_passage(fact: Fact, name: Name) -> Finding:
    return problem(
        "evidence-is-no-passage",
        (f"the evidence of {name(fact.subject)} is no passage: {fact.object}",
         f"{name(fact.subject)} 的出处不是段落：{fact.object}"),
        ("write the passage of a source, as passage:START-END without leading zeros",
         "请写来源的段落，形如 passage:起-止，不带前导零"),
        at=fact.place, focus=fact.subject, value=str(fact.object),
    )  # fmt: skip


def _no_evidence(fact: Fact, name: Name) -> Finding:
    return problem(
        "no-evidence",
        (f"{name(fact.subject)} has no evidence", f"{name(fact.subject)} 没有出处"),
        ("add park:evidence with the passage that says it", "请加上 park:evidence，指向说明它的段落"),
        at=fact.subject_place, focus=fact.subject,
    )  # fmt: skip


def _unsupported(fact: Fact, name: Name) -> Finding:
    return problem(
        "entity-without-evidence",
        (f"{name(fact.subject)} has no evidence and stands in no statement that has",
         f"{name(fact.subject)} 既无出处，也不在任何有出处的陈述中"),
        ("add park:evidence with the passage that names it, or remove it",
         "请加上 park:evidence，指向提到它的段落，或删除它"),
        at=fact.subject_place, focus=fact.subject,
    )  # fmt: skip


def _no_reason(fact: Fact, missing: list[str], name: Name) -> Finding:
    languages = ", ".join(missing)
    return problem(
        "no-reason",
        (f"{name(fact.subject)} is not stated by the source but gives no reason ({languages})",
         f"{name(fact.subject)} 并非来源明言，却没有写理由（{languages}）"),
        ("add park:reason in zh and en", "请用中英文写明 park:reason"),
        at=fact.place, focus=fact.subject,
    )  # fmt: skip


def check_omissions(facts: Facts, evidence: Evidence, name: Name) -> Iterator[Finding]:
    """Omissions whose passage lies wholly in passages of facts: it is not left out any more."""
    for span, omissions in evidence.omitted.items():
        if not _uncovered(span, evidence.cited):
            for omission in omissions:
                yield _idle_omission(facts.about(omission, EVIDENCE)[0], span, name)


def _uncovered(span: Span, cited: Iterable[Span]) -> set[int]:
    left = set(range(span.start, span.end))
    for other in cited:
        if other.meets(span):
            left -= set(range(other.start, other.end))
    return left


def _idle_omission(fact: Fact, span: Span, name: Name) -> Finding:
    return problem(
        "omission-covered",
        (f"{name(fact.subject)} declares passage {span} as left out, but facts cite all of it",
         f"{name(fact.subject)} 声明段落 {span} 未采录，但它已全部被事实引用"),
        ("remove the omission, or narrow it to what is left out", "请删除该声明，或缩小到确实未采录的部分"),
        at=fact.place, severity="warning", focus=fact.subject, value=str(span),
    )  # fmt: skip


# --- against the text --------------------------------------------------------


def check_printed(
    facts: Facts, passages: Mapping[str, list[Span]], text: SourceText, name: Name
) -> Iterator[Finding]:
    """Stated figures and printed forms that their own passages don't print.

    passages: node → its passages in this text. Nodes with passages in other sources too are left to those.
    """
    for node, spans in passages.items():
        if any(fact.target != _STATED for fact in facts.about(node, BASIS)):
            continue
        if len(facts.about(node, EVIDENCE)) != len(spans):
            continue
        parts = [text.part(span) for span in spans]
        printed = {value for part in parts for number in numbers(part) for value in number.values}
        for fact, value in figures(facts, node, bounds=False):
            if value not in printed and not _in_code(parts, value):
                yield _figure_not_printed(fact, name)
        for fact in facts.about(node, PARK + "printedForm"):
            if isinstance(fact.object, Literal) and not any(fact.object.value in part for part in parts):
                yield _form_not_printed(fact, name)


_NAMED = ("Organization", "Person", "Place", "Project", "Fund", "Industry", "PolicyInstrument", "Programme",
          "Platform", "TalentProgramme")  # fmt: skip
"""Classes whose things a source calls by a name; the labels of the others are the curator's words."""


def check_names(
    facts: Facts, passages: Mapping[str, list[Span]], text: SourceText, name: Name
) -> Iterator[Finding]:
    """Chinese names of things that the text nowhere prints: for the reader to judge, so information only."""
    for kind in _NAMED:
        for node in facts.instances(PARK + kind):
            if node in passages and len(facts.about(node, EVIDENCE)) == len(passages[node]):
                for fact in facts.about(node, *LABELS, SKOS + "altLabel"):
                    value = fact.object
                    if isinstance(value, Literal) and value.language == "zh" and value.value not in text.text:
                        yield _name_not_printed(fact, name)


def _name_not_printed(fact: Fact, name: Name) -> Finding:
    return problem(
        "name-not-printed",
        (f"the text nowhere prints this name of {name(fact.subject)}: {fact.object}",
         f"全文没有印出 {name(fact.subject)} 的这个名称：{fact.object}"),
        ("write the name as printed, unless the text gives it in parts",
         "请照原文书写名称，除非原文是分开写的"),
        at=fact.place, severity="info", focus=fact.subject, value=str(fact.object),
    )  # fmt: skip


def _in_code(parts: list[str], value: object) -> bool:
    """Whether a digit stands in a code such as 1+4+3, whose digits are figures of their own."""
    return any(
        str(value) in n.printed.split("+") for part in parts for n in numbers(part) if n.kind == "code"
    )


def _figure_not_printed(fact: Fact, name: Name) -> Finding:
    shown = fact.object.value if isinstance(fact.object, Literal) else fact.object
    return problem(
        "figure-not-printed",
        (f"{name(fact.subject)} says {name(fact.predicate)} {shown}; none of its passages prints this number",
         f"{name(fact.subject)} 的“{name(fact.predicate)}”为 {shown}，但其出处中都没有这个数"),
        ("correct the number, or cite the passage that prints it; a computed number has basis:computed",
         "请改正数字，或引用印有它的段落；算出来的数应标 basis:computed"),
        at=fact.place, focus=fact.subject, value=str(fact.object),
    )  # fmt: skip


def _form_not_printed(fact: Fact, name: Name) -> Finding:
    return problem(
        "printed-form-not-printed",
        (f"the printed form of {name(fact.subject)} stands in none of its passages: {fact.object}",
         f"{name(fact.subject)} 的原文写法不见于其任何出处：{fact.object}"),
        ("copy number and unit exactly as the passage prints them", "请按段落所印照录数字和单位"),
        at=fact.place, focus=fact.subject, value=str(fact.object),
    )  # fmt: skip
