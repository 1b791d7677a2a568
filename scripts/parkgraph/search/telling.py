"""What was found as plain data for programs, and as lines for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from parkgraph.messages import Message, _, in_language
from parkgraph.search.find import Hit
from parkgraph.search.reply import FoundFact, Reply
from parkgraph.search.show import Entry, Group, Thing
from parkgraph.search.things import Evidence, Name
from parkgraph.show.cells import short_passages

SHOWN = 12
"""Entries of one group, and rows of what is long, that people are shown; programs get all."""

_STATUSES = {
    "answered": _("The graph answers this:"),
    "candidates": _("What the graph has on this; whether it is what you ask for is for you to judge:"),
    "not_stated": _("The source does not say this. What is nearest to it:"),
    "unknown": _("The graph does not seem to have this. What is nearest to it:"),
    "off_topic": _("This is not about anything the graph knows; it is asked in Chinese or English."),
}
_ARROWS = {"out": "", "statement": "", "in": "← "}


def as_data(value: Any, lang: str | None = None) -> Any:
    """Dataclasses as dicts, decimals as text, messages in `lang`.  lang: texts in that language only, else in
    both as {"zh": …, "en": …}."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_data(getattr(value, field.name), lang) for field in fields(value)}
    if isinstance(value, Message):
        return in_language(value, lang) if lang else dict(value)
    if isinstance(value, Mapping):
        if lang and value and set(value) <= {"zh", "en", ""}:
            return in_language(value, lang)
        return {key: as_data(each, lang) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [as_data(each, lang) for each in value]
    return str(value) if isinstance(value, Decimal) else value


def written_data(value: Any, lang: str | None = None) -> bytes:
    """`as_data` as JSON text."""
    return (json.dumps(as_data(value, lang), ensure_ascii=False, indent=2) + "\n").encode()


def reply_data(reply: Reply) -> dict[str, Any]:
    """The reply as docs/ask.md describes it: the same keys in every status."""
    data: dict[str, Any] = as_data(reply, reply.lang)
    understood = {"things": data.pop("things"), "answer_type": data.pop("answer_type")}
    return {"question": data.pop("question"), "lang": data.pop("lang"), "status": data.pop("status"),
            "understood": understood, **data}  # fmt: skip


def reply_lines(reply: Reply) -> Iterator[str]:
    """The reply for a person: what it is, the facts with their passages, saved questions, what goes on."""
    lang = reply.lang
    yield _STATUSES[reply.status][lang]
    for note in reply.not_stated if reply.status == "not_stated" else ():
        yield f"  {note.open_question}"
        yield f"    {note.thing}{_places(note.evidence, lang)}"
    if reply.computed:
        computed = reply.computed
        unit = f" {computed.unit.label[lang]}" if computed.unit else ""
        said = f"= {computed.result}{unit}" if computed.result is not None else ""
        yield f"  {computed.formula} {said}".rstrip()
        if computed.why:
            yield f"    {computed.why[lang]}"
    for fact in reply.facts:
        yield f"  {_fact(fact, lang)}  [{fact.basis}]"
        yield f"    {fact.short}{_places(fact.evidence, lang)}"
    for route in reply.routes:
        yield ""
        yield f"{route.summary}  {' '.join(route.parameters.values())}".rstrip()
        names = list(route.columns)
        for row in route.rows[:3]:
            cells = [str(row[name]) for name in names if name in row and name not in ("basis",) and row[name]]
            yield f"  {' · '.join(cells)}{_places(row['evidence'], lang)}"
        yield "  " + _("{n} of {total}: {command}", n=min(3, len(route.rows)), total=route.rows_total,
                       command=route.command)[lang]  # fmt: skip
    if reply.missing_words:
        yield ""
        yield _("not in the graph: {words}", words=list(reply.missing_words))[lang]


def _fact(fact: FoundFact, lang: str) -> str:
    value = f"{fact.qualifier} {fact.value}".strip()
    more = " · ".join(part for part in (value, fact.period, fact.status) if part)
    colon = "：" if lang == "zh" else ": "
    return f"{fact.label}{colon}{more}" if more else fact.label


def _places(evidence: Iterable[Evidence], lang: str) -> str:
    """Where it is written, with the words where they are at hand."""
    listed = list(evidence)
    shown = short_passages([(one.source, one.start, one.end) for one in listed])
    shown += "".join(f" “{one.text}”" for one in listed[:3] if one.text)
    return "  " + _("(evidence: {places})", places=shown)[lang] if listed else ""


def thing_lines(thing: Thing, lang: str) -> Iterator[str]:
    """One thing for a person."""
    yield f"{thing.name.label[lang]}  ({thing.name.short}; {_names(thing.kinds, lang)})"
    if thing.aliases:
        yield "  " + _("also called: {names}", names=list(thing.aliases))[lang]
    if thing.definition:
        yield f"  {in_language(thing.definition, lang)}"
    if thing.evidence:
        yield _places(thing.evidence, lang)
    for group in thing.groups:
        yield from _group(group, lang)
    yield from _section(
        _("history"), [f"{_when(one, lang)}  {one.value[lang]}" for one in thing.history], lang
    )
    open_questions = [
        f"{in_language(one.text, lang)}  ({one.about.label[lang]})" for one in thing.open_questions
    ]
    yield from _section(_("open questions"), open_questions, lang)
    twins = [f"{one.label[lang]}  ({one.short})" for one in thing.twins]
    yield from _section(_("possibly the same"), twins, lang)
    yield from _section(_("questions to ask"), [one.command for one in thing.questions], lang)


def _group(group: Group, lang: str) -> Iterator[str]:
    yield f"\n{_ARROWS[group.direction]}{group.meaning.label[lang]}"
    for entry in group.entries[:SHOWN]:
        basis = entry.basis.label[lang]
        when = f"{_when(entry, lang)}  " if entry.when else ""
        yield f"  {when}{entry.value[lang]}  [{basis}]{_places(entry.evidence, lang)}"
        if entry.reason:
            yield "    " + _("reason: {reason}", reason=in_language(entry.reason, lang))[lang]
    if len(group.entries) > SHOWN:
        yield "  " + _("and {n} more", n=len(group.entries) - SHOWN)[lang]


def _section(heading: Message, lines: list[str], lang: str) -> Iterator[str]:
    if lines:
        yield f"\n{heading[lang]}"
        yield from (f"  {line}" for line in lines)


def _when(entry: Entry, lang: str) -> str:
    return in_language(entry.when, lang) if entry.when else ""


def _names(names: Iterable[Name], lang: str) -> str:
    return ", ".join(name.label[lang] for name in names)


def report(reply: Reply) -> str:
    """A report ready to file: a question that found nothing, and what was nearest."""
    nearest = [fact.short for fact in reply.facts]
    lines = (
        _("# A question that the graph does not answer"),
        "",
        f"> {' '.join(reply.question.split())}",
        "",
        _("- status: {status}", status=reply.status),
        _("- words that the graph does not have: {words}", words=list(reply.missing_words) or "–"),
        _("- nearest facts: {facts}", facts=nearest or "–"),
        _("- nearest saved questions: {names}", names=[one.question for one in reply.routes] or "–"),
        "",
        _("What would have answered it, and where is it written?"),
    )
    return "".join(f"{in_language(line, reply.lang)}\n" for line in lines)


def hits_table(hits: list[Hit], lang: str) -> Any:
    """What was found as a table for `show.results.write`."""
    from pyoxigraph import Literal

    from parkgraph.show.results import Table

    headings = {
        "kind": _("kind"), "label": _("label"), "short": _("short name"), "type": _("class"),
        "matched": _("found by"), "evidence": _("evidence"),
    }  # fmt: skip
    kinds = {"thing": _("thing"), "fact": _("fact"), "question": _("question")}
    rows = [
        [
            Literal(kinds[hit.kind][lang]),
            Literal(hit.name.label[lang]),
            Literal(hit.name.short),
            Literal(_names(hit.types, lang)),
            Literal(hit.text),
            Literal(" ".join(one.iri for one in hit.evidence)),
        ]
        for hit in hits
    ]
    return Table(tuple(headings), rows, {name: text[lang] for name, text in headings.items()})
