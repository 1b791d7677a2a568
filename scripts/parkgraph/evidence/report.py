"""What an audit counted, and what the graph took from a place of a text, for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from parkgraph.errors import Usage
from parkgraph.evidence.audit import Audit, SectionAudit, SourceAudit
from parkgraph.evidence.passages import used_passages
from parkgraph.evidence.sources import BASIS, EVIDENCE, REASON, Name, Source, plain
from parkgraph.evidence.text import SourceText, Span, clauses, parse_offsets
from parkgraph.graph.documents import LABELS, TYPE, Graph
from parkgraph.messages import _, in_language
from parkgraph.names import OWL, SOURCE
from parkgraph.read.turtle import Fact, Term
from parkgraph.show.findings import ReportContext
from parkgraph.show.reports import as_object
from parkgraph.show.table import render, wrap

# fmt: off
_WORDS = {word["en"]: word for word in (
    _("In the graph"), _("Left out on purpose"), _("in no section"), _("code points"), _("section"),
    _("clauses"), _("numbers"), _("passage"), _("passages"), _("covered"), _("declared"), _("uncovered"),
    _("unmatched"), _("total"), _("reason"), _("entities"), _("statements"), _("stated"), _("inferences"),
    _("computed"), _("omissions"),
)}
# fmt: on
_NO_TEXT = _("text not given: clauses, numbers and digests not checked")


def lines(audit: Audit, lang: str, columns: int) -> Iterator[str]:
    """For a terminal of that width."""

    def word(key: str) -> str:
        return _WORDS[key][lang]

    def title(part: SectionAudit) -> str:
        return in_language(part.section.labels, lang) if part.section else word("in no section")

    def table(headings: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> Iterator[str]:
        yield from ("", word(title)) if title else ("",)
        numeric = [all(cell.isdecimal() for cell in column) for column in zip(*rows, strict=True)]
        yield from render([word(heading) for heading in headings], rows, numeric, columns)

    for source in audit.sources:
        label, text = in_language(source.source.labels, lang), source.text
        size = f"{len(text)} {word('code points')}" if text else _NO_TEXT[lang]
        about = (source.source.slug, label, f"{source.passages} {word('passages')}", size)
        yield " · ".join(filter(None, about))
        if text:
            rows = [(title(part), *map(str, part.counts.values())) for part in source.sections]
            counts = zip(*(part.counts.values() for part in source.sections), strict=True)
            sums = (word("total"), *(str(sum(column)) for column in counts))
            yield from table(("section", *SectionAudit.COUNTED), [*rows, sums])
            reasons = [(span, audit.graph.texts(one, REASON)) for span, one in source.left_out]
            omitted = [(str(span), in_language(reason, lang)) for span, reason in reasons]
            if omitted:
                yield from table(("passage", "reason"), omitted, "Left out on purpose")
        yield ""
    counted = " · ".join(f"{word(what)} {count}" for what, count in audit.counts.items())
    yield from (f"{word('In the graph')}: {counted}", "")


def data(audit: Audit, context: ReportContext) -> dict[str, Any]:
    """Everything as plain data. The words of the text are in the messages of findings only.

    context: the findings as `validate` tells them.
    """
    return {
        "sources": [_source(source, audit) for source in audit.sources],
        "counts": audit.counts,
        "findings": [as_object(finding, context) for finding in context.findings],
    }


def _source(source: SourceAudit, audit: Audit) -> dict[str, Any]:
    return {
        "source": source.source.iri,
        "textSha256": source.source.sha256,
        "textLength": source.source.length,
        "textGiven": source.text is not None,
        "passages": source.passages,
        "sections": [_section(part) for part in source.sections],
        "omissions": [
            {"passage": span.data(), "omission": plain(one), "reason": audit.graph.texts(one, REASON)}
            for span, one in source.left_out
        ],
    }


def _section(part: SectionAudit) -> dict[str, Any]:
    return {
        "section": part.section.iri if part.section else None,
        "label": part.section.labels if part.section else {},
        "counts": part.counts,
        "clauses": [
            {
                **clause.span.data(),
                "status": clause.status,
                "missing": [span.data() for span in clause.missing],
                "omissions": [plain(omission) for omission in clause.omissions],
            }
            for clause in part.clauses
        ],
        "numbers": [
            {
                **match.number.span.data(),
                "printed": match.number.printed,
                "kind": match.number.kind,
                "match": match.how,
                "node": plain(match.node) if match.node else None,
                "property": match.predicate.value if match.predicate else None,
                "reason": match.number.reason,
                "omissions": [plain(omission) for omission in match.omissions],
            }
            for match in part.numbers
        ],
    }


# --- what was taken from a place ------------------------------------------------


def places(text: SourceText, asked: str) -> list[Span]:
    """The clauses at an offset, at START-END or at every place of a phrase.  Raises Usage when none is."""
    known = clauses(text.text)
    span = Span(int(asked), int(asked) + 1) if asked.isdecimal() else parse_offsets(asked)
    wanted = [span] if span is not None else text.find(asked)
    found = [clause for clause in known if any(clause.meets(one) for one in wanted)]
    if not found:
        raise Usage(
            _("no clause at: {asked}", asked=asked),
            fix=_("give a phrase as printed, or an offset below {n}", n=len(text)),
        )
    return found


def cited(
    graph: Graph, source: Source, text: SourceText, spans: Iterable[Span], name: Name, lang: str
) -> list[dict[str, Any]]:
    """Each span with its text and the nodes whose passages meet it, those with the narrowest passage first.

    Keys: source, start, end, text, facts; of a fact node (its short name), kind, label, basis, passages,
    properties and reasons (why it is inferred, or why the passage was left out), in words of `lang`.  An
    annotated triple has no kind, and itself as label.
    """
    uses = used_passages(graph).get(source.iri, {})
    found = []
    for span in spans:
        citing: dict[Term, list[Span]] = {}
        for passage in sorted((p for p in uses if p.meets(span)), key=lambda p: (len(p), p)):
            for user in uses[passage]:
                if user.fact.predicate == EVIDENCE:
                    citing.setdefault(user.fact.subject, []).append(passage)
        facts = [_fact(graph, node, passages, name, lang) for node, passages in citing.items()]
        found.append({"source": source.iri, **span.data(), "text": text.part(span), "facts": facts})
    return found


_AXIOM = [NamedNode(OWL + part) for part in ("annotatedSource", "annotatedProperty", "annotatedTarget")]
_IN_HEAD = {TYPE, EVIDENCE, BASIS, REASON, *LABELS, *_AXIOM}


def _fact(graph: Graph, node: Term, passages: list[Span], name: Name, lang: str) -> dict[str, Any]:
    def called(term: Term) -> str:
        return term.value if isinstance(term, Literal) else graph.label(term, lang) or name(term)

    def words(*predicates: NamedNode) -> list[str]:
        facts = [one.fact for predicate in predicates for one in graph.of(node, predicate)]
        return [called(fact.object) for fact in facts if _in_language(graph, fact, lang)]

    axiom = words(*_AXIOM)
    annotated = len(axiom) == len(_AXIOM)
    others = [predicate for predicate in graph.predicates(node) if predicate not in _IN_HEAD]
    return {
        "node": name(node),
        "kind": "" if annotated else ", ".join(words(TYPE)),
        "label": " — ".join(axiom) if annotated else graph.label(node, lang) or "",
        "basis": ", ".join(words(BASIS)) or None,
        "passages": [passage.data() for passage in passages],
        "properties": {called(predicate): values for predicate in others if (values := words(predicate))},
        "reasons": words(REASON),
    }


def _in_language(graph: Graph, fact: Fact, lang: str) -> bool:
    """Whether to show a text: when it is in this language, has none, or there is none in this language."""
    if not isinstance(fact.object, Literal) or not fact.object.language:
        return True
    return fact.object.language == lang or lang not in graph.texts(fact.subject, fact.predicate)


_PASSAGE, _BASIS, _NOTHING = _("passage"), _("basis"), _("nothing")
_ANNOTATION, _BECAUSE = _("annotated triple"), _("because")


def place_lines(places: Iterable[dict[str, Any]], lang: str, columns: int) -> Iterator[str]:
    """Each place with its text, and under it the nodes that cite it, for a terminal."""
    for place in places:
        yield f"{place['source'].removeprefix(SOURCE)} {place['start']}-{place['end']}"
        yield from _hung(" ".join(place["text"].split()), 2, 2, columns)
        if not place["facts"]:
            yield f"    {_NOTHING[lang]}"
        for fact in place["facts"]:
            yield ""
            head = ": ".join(filter(None, (fact["kind"] or _ANNOTATION[lang], fact["label"])))
            yield from _hung(f"- {head}", 0, 2, columns)
            basis = f"{_BASIS[lang]} {fact['basis']}" if fact["basis"] else ""
            passages = ", ".join(f"{span['start']}-{span['end']}" for span in fact["passages"])
            about = (fact["node"], basis, f"{_PASSAGE[lang]} {passages}")
            yield from _hung(" · ".join(filter(None, about)), 2, 2, columns)
            told = [f"{heading}: {'; '.join(values)}" for heading, values in fact["properties"].items()]
            for line in (*told, *(f"{_BECAUSE[lang]}: {reason}" for reason in fact["reasons"])):
                yield from _hung(line, 4, 6, columns)
        yield ""


def _hung(text: str, margin: int, indent: int, columns: int) -> Iterator[str]:
    """Wrapped lines: the first `margin` to the right, those after it `indent`."""
    for number, line in enumerate(wrap(text, max(columns - indent, 20))):
        yield " " * (indent if number else margin) + line
