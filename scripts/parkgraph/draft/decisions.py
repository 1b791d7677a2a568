"""The file in which a person decides, by hand or in the browser, and the draft that it belongs to.

The file holds ids and decisions; the facts are read from the text again, so nothing in it can alter a number.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from parkgraph.draft.apply import rejected_file, tell_missing
from parkgraph.draft.article import Article
from parkgraph.draft.article import opened as opened_article
from parkgraph.draft.known import Known
from parkgraph.draft.model import ask, gate
from parkgraph.draft.new import PREFIXES, codes
from parkgraph.draft.proposal import KNOWN_ITEM, PARK_ITEM, REST_ITEM, Item, propose
from parkgraph.draft.source import corrected
from parkgraph.draft.write import Edits, read_graph, slug
from parkgraph.errors import Unreadable, Usage, system_said
from parkgraph.evidence.sources import EVIDENCE, passage_of, read_sources, source_of
from parkgraph.evidence.text import Span
from parkgraph.messages import Message, _, in_language
from parkgraph.names import PARK
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from parkgraph.show.output import opened

_CLASSES = ["Enterprise", "Organization", "ResearchInstitution", "PublicBody", "Project", "Fund", "Platform",
            "PolicyInstrument", "Programme"]  # fmt: skip
FREE = ("slug", "alias", "en", "zh", "period", "reason", "kind")
"""Fields that any item may have."""


_KINDS = {
    PARK_ITEM: _("The park"), KNOWN_ITEM: _("Known things in the text"), REST_ITEM: _("What is left"),
    "figure": _("Figure"), "list": _("List"), "event": _("Event"), "phase": _("Phase"), "role": _("Role"),
}  # fmt: skip


class Draft:
    """An article, what is proposed of it, and the file of its decisions.

    moved: set where the text is a corrected form of a known source; nothing is proposed then.
    """

    def __init__(self, root: Root, file: str | Path, folder: str | Path | None = None) -> None:
        """folder: of the proposal.  Raises Unreadable for what is no article, Usage without a date."""
        self.root, self.article = root, opened_article(file)
        graph = read_graph(root)
        self.known = Known(graph, prefixes(root.path))
        self.source = source_of(self.article.text, read_sources(graph).values())
        self.moved = None if self.source else corrected(self.article, graph)
        self.path = Path(folder or "") / f"{Path(file).stem}.decisions.txt"
        self.answers_file = self.path.with_name(f"{Path(file).stem}.model.json")
        self.vocabulary = _CLASSES, [short for short, *__ in codes(graph, "role")]  # what a model may name
        self.items: list[Item] = []
        if self.moved:
            return
        if self.article.published is None:
            fix = _("add the line with its date, as printed")
            raise Usage(_("the text gives no date of publication"), fix=fix)
        self.propose()

    def propose(self) -> None:
        """The items, without what was refused before."""
        path = self.root.path / rejected_file(self.source) if self.source else None
        refused = path.read_text("utf-8").split("\n") if path and path.exists() else []
        answers, __ = gate(self._answers(), self.article, *self.vocabulary)
        found = propose(self.article, self.known, self.source.iri if self.source else None, answers)
        self.items = [item for item in found if item.id not in refused]

    def _answers(self) -> list[Any]:
        """The kept proposals of a model, which pass the gate again: the file can alter nothing."""
        try:
            kept = json.loads(self.answers_file.read_text("utf-8"))
            if isinstance(kept, list):
                return kept
        except (FileNotFoundError, NotADirectoryError):
            return []
        except (ValueError, RecursionError):
            pass
        fix = _("delete it, or ask the model again: draft --model URL")
        raise Unreadable(_("this is no list of proposals"), file=self.answers_file, fix=fix)

    def ask(self, url: str, model: str) -> tuple[int, Counter[Message]]:
        """Asks a model and keeps what the text bears out; gives how much that is, and what was refused."""
        answers = ask(url, model, self.article, *self.vocabulary)
        taken, refused = gate(answers, self.article, *self.vocabulary)
        self._make_folder()
        with opened(self.answers_file) as stream:
            stream.write(json.dumps(taken, ensure_ascii=False, indent=1).encode())
        self.propose()
        return len(taken), refused

    @property
    def waiting(self) -> int:
        """How many items are not decided."""
        return sum(item.decision == "?" for item in self.items)

    @property
    def facts(self) -> int:
        """How many statements of the graph cite this text."""
        graph, iri = self.known.graph, self.source and self.source.iri
        cited = {one: graph.objects(one, EVIDENCE) for one in graph.instances(NamedNode(PARK + "Statement"))}
        return sum(any((at := passage_of(it)) and at[0] == iri for it in its) for its in cited.values())

    def tell_missing(self) -> None:
        """Adds what the shapes would still ask to the notes of the items."""
        tell_missing(self.items, self.article, self.source, self.known, Edits(self.root))

    def decided(self, *, strict: bool) -> bool:
        """Takes the decisions of the file; whether there is one.  Raises Unreadable as `decide`."""
        if not self.path.exists():
            return False
        decide(self.items, self.path.read_text("utf-8"), self.article, str(self.path), strict=strict)
        return True

    def save(self, lang: str) -> None:
        """Writes the file, whole.  Raises Usage where it cannot be."""
        self._make_folder()
        text = self.article.text
        at = os.path.relpath(text.name, self.path.parent)
        with opened(self.path) as stream:
            stream.write(written(self.items, self.article, at, lang).encode())

    def _make_folder(self) -> None:
        try:
            os.makedirs(self.path.parent, exist_ok=True)
        except OSError as error:
            said = _("cannot write {path}: {reason}", path=self.path.parent, reason=system_said(error))
            raise Usage(said, fix=_("name the folder for the proposal")) from None


def plain(item: Item, draft: Draft, lang: str) -> dict[str, Any]:
    """An item as JSON has it, its things by their labels: for `draft --json` and for the page."""
    text, one, known = draft.article.text, item.figure, draft.known
    every, kind = item.parts.items(), item.id.partition(" ")[0]
    places = [str(span) for span in item.spans]
    if item.id in (KNOWN_ITEM, REST_ITEM):
        places = [said.rpartition(" ")[2] if item.id == KNOWN_ITEM else part for part, said in every]
    spans = [Span(*map(int, place.split("-"))) for place in places]

    def label(name: str) -> str:
        return getattr(known.thing(name), lang) if known.has_name(name) else ""

    said: dict[str, Any] = {
        "id": item.id, "kind": _KINDS[kind][lang] if kind in _KINDS else label(f"park:{kind}") or kind,
        "spans": [{"start": at.start, "end": at.end, "text": text.part(at)} for at in spans],
        "fields": item.fields, "parts": {part: said or label(part) for part, said in every},
        "notes": [in_language(note, lang) for note in item.notes],
        "near": {name: label(name) for name in item.near}, "decision": item.decision,
        "out": sorted(item.left_out), "list": bool(item.listing), "name": item.name.text if item.name else "",
    }  # fmt: skip
    if one:
        said["figure"] = {
            "value": str(one.value), "high": None if one.high is None else str(one.high), "unit": one.unit,
            "qualifier": one.qualifier, "period": one.period.key if one.period else None,
            "measured": one.measured, "joint": one.joint, "threshold": one.threshold,
        }  # fmt: skip
    return said


def written(items: Sequence[Item], article: Article, at: str, lang: str) -> str:
    """The file: an item a block, its decision on a line of its own.  at: the text, seen from the file."""
    text = article.text
    head = [
        _(
            "Proposals from {name}, {n} to decide.",
            name=text.name,
            n=sum(one.decision == "?" for one in items),
        ),
        _("Change ? to yes, no or same as NAME. Fill what is empty; lines with | only explain."),
        _("+ goes with its item; - in its place leaves it out. Then: parkgraph draft FILE -o FOLDER --apply"),
    ]
    lines = [f"# {in_language(one, lang)}" for one in head]
    lines += [f"# sha256 {text.sha256}", f"# text {at}", ""]
    for item in items:
        lines += [f"[{item.id}]", f"decide: {item.decision}"]
        lines += [f"{name}: {value}".rstrip() for name, value in item.fields.items()]
        for part, said in item.parts.items():
            mark = "-" if part in item.left_out else "+"
            lines.append(f"{mark} {part}" + (f"  | {said}" if said else ""))
        lines += [f"| {_context(text.text, span)}" for span in item.spans[:3]]
        lines += [f"| {in_language(note, lang)}" for note in item.notes] + [""]
    return "\n".join(lines)


def _context(text: str, span: Span) -> str:
    before, after = text[max(0, span.start - 18) : span.start], text[span.end : span.end + 12]
    joined = f"…{before}【{text[span.start : span.end]}】{after}…"
    return f"{span}  {' '.join(joined.split())}"


def decide(items: Sequence[Item], content: str, article: Article, name: str, *, strict: bool) -> None:
    """Puts the decisions of a file into the items.

    strict: an item the file has and the text has not is an error; else it is forgotten.
    Raises Unreadable: another text, a line that is none, an unknown decision, with its place.
    """
    by_id = {item.id: item for item in items}
    item: Item | None = None
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(content.split("\n"), 1):
        line = line.strip()

        def wrong(said: Message, fix: Message | None = None, at: int = number) -> Unreadable:
            return Unreadable(said, file=name, line=at, fix=fix)

        if line.startswith("# sha256 ") and line[9:] != article.text.sha256:
            fix = _("draft the text as it is now into another folder")
            raise wrong(_("these decisions are on another text"), fix)
        if not line or line.startswith(("#", "|")):
            continue
        if line.startswith("[") and line.endswith("]"):
            item = by_id.get(line[1:-1])
            if item:
                item.line = number
            elif strict:
                fix = _("run draft without --apply once more")
                raise wrong(_("the text has no such item: {id}", id=line[1:-1]), fix)
            continue
        if item is None:
            continue
        if line[0] in "+-":
            part = line[1:].partition("  |")[0].strip()
            if part not in item.parts and strict:
                raise wrong(_("{id} has no part {part}", id=item.id, part=part))
            (item.left_out.add if line[0] == "-" else item.left_out.discard)(part)
            seen.add((item.id, part))
            continue
        key, colon, value = line.partition(":")
        if key == "decide" and colon:
            item.decision = value.strip()
            if not (item.accepted or item.rejected or item.same_as or item.decision == "?"):
                raise wrong(_("no decision: {said}", said=item.decision), _("? or yes or no or same as NAME"))
        elif colon and key in {*item.fields, *FREE}:
            item.fields[key] = value.strip()
        else:
            fix = _("decide: …, a field: …, + part, - part or | words")
            raise wrong(_("this line says nothing: {line}", line=line), fix)
    for id_ in (KNOWN_ITEM, REST_ITEM):  # decided is what the file shows; nothing is left of what is applied
        rest = by_id.get(id_)
        if rest and ({*rest.parts} <= rest.left_out or any((id_, part) not in seen for part in rest.parts)):
            rest.decision = "?" if rest.accepted else rest.decision
    _tell_clashes(items, name)


def _tell_clashes(items: Sequence[Item], name: str) -> None:
    """Raises Unreadable where two new things would have one IRI, at the line of the second."""
    taken: dict[str, tuple[str, Item]] = {}
    for item in (one for one in items if one.accepted and one.fields.get("en")):
        said = item.fields.get("indicator", "")
        if item.name:
            prefix, what = PREFIXES.get(item.fields["class"].removeprefix("park:"), ""), item.name.text
        elif said.startswith("new "):
            prefix, what = "indicator", said
        else:
            continue
        iri = f"{prefix}:{item.fields.get('slug') or slug(item.fields['en'])}"
        before, other = taken.setdefault(iri, (what, item))
        if before != what:
            fix = _("give it another English name, or a line slug: …, or the same indicator in both")
            told = _("{iri} would be two things: line {line} has it for {other}", iri=iri, line=other.line,
                     other=before.removeprefix("new "))  # fmt: skip
            raise Unreadable(told, file=name, line=item.line, fix=fix)
