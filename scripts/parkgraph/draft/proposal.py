"""What a text says, as items to decide on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from parkgraph.draft import WORDS, words
from parkgraph.draft.article import Article, sentence_at
from parkgraph.draft.figures import Figure, figures, figures_in
from parkgraph.draft.known import Known, Mention, park_name
from parkgraph.draft.model import Answer
from parkgraph.draft.names import ENDS, Listing, Name, names
from parkgraph.draft.new import codes
from parkgraph.draft.periods import Period, period_words, periods
from parkgraph.draft.write import UNITS, Units, whole_clauses
from parkgraph.errors import Usage
from parkgraph.evidence.sources import EVIDENCE, passage_of, plain
from parkgraph.evidence.text import Span, cover
from parkgraph.graph.documents import LABELS, TYPE
from parkgraph.messages import Message, Text, _
from parkgraph.names import PARK, XSD, shorten

PARK_ITEM, KNOWN_ITEM, REST_ITEM = "park", "known", "rest"
_JOINT, _TRUE = NamedNode(PARK + "jointTotal"), Literal("true", datatype=NamedNode(XSD + "boolean"))


@dataclass
class Item:
    """One thing to decide.

    id: lasting: kind and words, a figure with its place.  fields: what a person may change.  parts: lines
    that go with it, each of which can be left out.  notes: what a person should know.  near: things of the
    graph that it may be.  decision: as written.  relation: who has which role in what.
    line: of the file of decisions.
    """

    id: str
    spans: tuple[Span, ...]
    fields: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    decision: str = "?"
    left_out: set[str] = field(default_factory=set)
    figure: Figure | None = None
    name: Name | None = None
    listing: Listing | None = None
    happened: Period | None = None
    relation: tuple[str, str, str] | None = None
    line: int = 0

    @property
    def same_as(self) -> str | None:
        """The thing that a decision `same as …` names."""
        found = re.fullmatch(r"(?:same as|同|即)\s*(\S+)", self.decision)
        return found[1] if found else None

    @property
    def accepted(self) -> bool:
        """Whether it was accepted as it stands."""
        return self.decision in ("yes", "是")

    @property
    def rejected(self) -> bool:
        """Whether it was refused."""
        return self.decision in ("no", "否")


def propose(article: Article, known: Known, source: str | None, answers: Sequence[Answer] = ()) -> list[Item]:
    """The items of an article, without what the graph has from it already.

    source: its IRI, if it is one.  answers: what a model proposes and the text bears out.
    """
    return list(_Proposing(article, known, source, answers).items())


class _Proposing:
    def __init__(self, article: Article, known: Known, source: str | None, answers: Sequence[Answer]) -> None:
        self.article, self.known, self.graph, self.answers = article, known, known.graph, answers
        self.units = Units(known.graph)
        self.cited: dict[Span, set[NamedNode]] = {}
        for fact in self.graph.facts:
            passage = passage_of(fact.object) if fact.predicate == EVIDENCE else None
            if passage and passage[0] == source and isinstance(fact.subject, NamedNode):
                self.cited.setdefault(passage[1], set()).add(fact.subject)
        self.names, self.lists = names(article, known.labels, known.owners)
        self.park = park_name(article.text, article.lines)

    def items(self) -> Iterator[Item]:
        new = [one for one in self.names if not self.known.has(one.text)]
        found: list[Item] = []
        lines = self.article.lines
        mentions, unclear = self.known.mentions(self.article.text, lines, [one.text for one in new])
        if not self.known.parks_named_in(self.article.text.text):
            spans = tuple(self.article.text.find(self.park)) if self.park else ()
            said = _("the name of a park, the most frequent in the text")
            if not self.park:
                said = _("no park is recognised by its name: write the name, or same as a park of the graph")
            park = Item(PARK_ITEM, spans[:3], {"zh": self.park or "", "en": ""}, notes=[said])
            found.append(self._near(park, self.park) if self.park else park)
        others = [one for one in mentions if not self._cites(one.thing, one.spans)]
        if here := {self.known.short(one.thing): f"{one.name} @ {one.spans[0]}" for one in others}:
            note = _("known names in the text; yes adds its passages to their evidence, - leaves one out")
            found.append(Item(KNOWN_ITEM, (), parts=here, notes=[note]))
        found += [item for name, spans in unclear.items() if (item := self._unclear(name, spans))]
        found += [self._named(one) for one in new if one.text != self.park]
        found += self._progressed(mentions)
        found += self._events()
        lists = [self._listed(one, number) for number, one in enumerate(self.lists, 1)]
        found += [one for one in lists if not self._said("Group", one.spans[0])]
        found += [self._figure(one) for one in figures(self.article) if not self._figure_known(one)]
        for answer in self.answers:
            found += self._of_model(answer, found)
        yield from found
        if rest := self._rest(found):
            yield rest

    def _cites(self, thing: NamedNode, spans: Iterable[Span]) -> bool:
        passages = [at for at, who in self.cited.items() if thing in who]
        return any(at.contains(span) for at in passages for span in spans)

    def _near(self, item: Item, name: str, count: int = 3) -> Item:
        """The item with what the graph has that is nearest to a name."""
        for thing, label, why in self.known.near(name, count):
            short = self.known.short(thing)
            item.near.append(short)
            item.notes.append(_("nearest: {thing} {label}: {why}", thing=short, label=label, why=why))
        if not item.near:
            item.notes.append(_("new: nothing in the graph is called so"))
        return item

    # --- names ------------------------------------------------------------------

    def _unclear(self, name: str, spans: Sequence[Span]) -> Item | None:
        """A name that several things of the graph have: which of them, a person must say."""
        things = [*self.known.labels.get(name, ()), *self.known.aliases.get(name, ())]
        if any(self._cites(thing, spans) for thing in things):
            return None
        why = _("several things of the graph are called so; same as NAME says which is meant")
        return self._named(Name(name, self.known.kinds[things[0]], tuple(spans), why), len(things))

    def _named(self, name: Name, near: int = 3) -> Item:
        item = Item(f"{name.kind} {name.text}", name.spans, {"class": class_of(name), "en": ""}, name=name)
        item.notes = [_("rule: {why}", why=name.why)]
        self._near(item, name.text, near)
        if name.kind == "Platform":
            item.fields["kind"] = self._platform_kind(name.text)
        if name.alias:
            item.fields["alias"] = name.alias
        if name.owner:
            item.parts[f"ascribed to {name.owner}"] = ""
        for code, at in progress(self.article, name):
            item.parts[code] = at
        return item

    def _platform_kind(self, name: str) -> str:
        kinds = [(labels.get("zh", ""), short) for short, labels, __ in codes(self.graph, "platform-kind")]
        fitting = [(len(label), short) for label, short in kinds if label[-4:] and label[-4:] in name]
        return max(fitting, default=(0, ""))[1]

    def _listed(self, listing: Listing, number: int) -> Item:
        day, head = self.article.published, WORDS["names"]["heads_en"][listing.head]
        fields = {"zh": f"{day}报道所列的{listing.head}（{listing.members[0]}等）",
                  "en": f"{head} listed in the report of {day} (list {number})"}  # fmt: skip
        id_ = f"list {listing.head} @ {listing.span}"
        item = Item(id_, (listing.span,), fields, dict.fromkeys(listing.members, ""), listing=listing)
        said = _("open: the text says 等") if listing.open else _("closed: all are named")
        n = len(listing.members)
        item.notes = [_("a list of {n}, {said}; yes accepts its members too", n=n, said=said)]
        if listing.size:
            item.notes.append(_("the text counts {n}", n=listing.size))
        return item

    def _said(self, kind: str, span: Span) -> bool:
        """Whether a thing of this class cites the place, or a part of it."""
        things = set(self.graph.instances(NamedNode(PARK + kind)))
        return any(at.meets(span) and who & things for at, who in self.cited.items())

    def _progressed(self, mentions: Iterable[Mention]) -> Iterator[Item]:
        """How far known projects have come, where the graph does not say so yet."""
        phase_of, phase = NamedNode(PARK + "phaseOf"), NamedNode(PARK + "phase")
        for one in mentions:
            if self.known.kinds[one.thing] != "Project":
                continue
            records = self.graph.subjects(phase_of, one.thing)
            has = {code for record in records for code in self.graph.objects(record, phase)}
            for code, __ in progress(self.article, Name(one.name, "Project", one.spans, Message("", {}))):
                if NamedNode(self.known.prefixes["phase"] + code[6:]) not in has and code not in _EARLY:
                    about = self.known.short(one.thing)
                    note = _("a verb beside the known name tells how far it has come")
                    yield Item(f"phase {about} {code}", one.spans[:1], {"about": about}, {code: ""}, [note])

    def _events(self) -> Iterator[Item]:
        """Days on which something happened: a meeting, a ceremony, a signing."""
        text, told = self.article.text, set[tuple[object, str]]()
        assert self.article.published
        for line in self.article.lines:
            for one in periods(text.text, self.article.published, line):
                end = sentence_at(text.text, one.span).end
                verb = _HAPPENED.search(text.text, one.span.end, end)
                day = one.start
                if not verb or day is None or day != one.end or self._said("Event", one.span):
                    continue
                place = Span(one.span.start, verb.end())
                zh, en, __ = period_words(one, self.article.published)
                noun, english = WORDS["progress"]["happened"][verb[0]]
                if (day, noun) in told:  # the same ceremony, told again
                    continue
                told.add((day, noun))
                said = {"zh": f"{zh}{noun}", "en": f"{english}, {en}"}
                item = Item(f"event {day} @ {one.span}", (place,), said, happened=one)
                item.notes = [_("a day and what happened: {verb}", verb=verb[0])]
                yield item

    # --- figures ----------------------------------------------------------------

    def _figure(self, figure: Figure) -> Item:
        text = self.article.text
        item = Item(f"figure {text.part(figure.span)} @ {figure.span}", (figure.span,), figure=figure)
        found = self.indicator(figure)
        named = {"indicator": self.known.short(found)} if found else {}
        new = {"indicator": f"new {indicator_words(figure)}", "en": ""}
        item.fields = {"class": figure.kind, **(named or new), "about": self._about(figure) or PARK_ITEM}
        item.notes = [
            *(_("rule: {why}", why=why) for why in figure.why),
            _("reads: {qualifier} {value} {unit}, period {period}", qualifier=figure.qualifier,
              value=figure.value, unit=figure.unit, period=figure.period.key if figure.period else "—"),
        ]  # fmt: skip
        if figure.threshold:
            item.notes.append(_("counted from a threshold on: {threshold}", threshold=figure.threshold))
        if figure.joint:
            item.fields["covers"] = self._covered(found) if found else ""
            item.notes.append(_("covers: the codes of what is counted together, or none for a single figure"))
        if found:
            item.notes += self._conflicts(found, figure)
        return item

    def _covered(self, indicator: NamedNode) -> str:
        """What a joint total of the indicator covers in the graph, as a first guess."""
        for one in self.graph.subjects(NamedNode(PARK + "indicator"), indicator):
            if _TRUE in self.graph.objects(one, _JOINT):
                kinds, levels = (NamedNode(PARK + name) for name in ("coversKind", "coversLevel"))
                return " ".join(
                    map(self.known.short, [*self.graph.objects(one, kinds), *self.graph.objects(one, levels)])
                )
        return ""

    def _about(self, figure: Figure) -> str | None:
        """The thing that an amount of money or a size belongs to: a project named in the sentence."""
        if "固定资产" in figure.measured or not re.search(r"投资$|占地|规模|装机|年产", figure.measured):
            return None
        around = sentence_at(self.article.text.text, figure.span)
        things = [(span.start, one) for one in self.names for span in one.spans]
        inside = [one for one in things if around.start <= one[0] < around.end]
        near = [one for one in inside if one[1].kind in ("Project", "Fund")]
        if not near or len(near) > 2:
            return None
        name = min(near, key=lambda one: abs(one[0] - figure.span.start))[1]
        same = self.known.same(name.text)
        return self.known.short(same) if same else f"{name.kind} {name.text}"

    def indicator(self, figure: Figure) -> NamedNode | None:
        """The indicator of the graph whose name stands in what is measured, in the same kind of unit."""
        measured = re.sub(r"[\s“”]", "", figure.measured)
        try:
            base = self.units.of(figure.unit)[1]
        except Usage:
            return None
        grown = bool(GROWN.search(measured))
        if figure.kind == "PlannedAmount" and re.search(r"投资(?:额)?$", measured):
            for amount in self.graph.subjects(TYPE, NamedNode(PARK + "PlannedAmount")):
                for said in self.graph.objects(amount, NamedNode(PARK + "indicator")):
                    if isinstance(said, NamedNode) and "投资" in (self.graph.label(said, "zh") or ""):
                        return said
        best: tuple[int, NamedNode] | None = None
        for one in self.graph.instances(NamedNode(PARK + "Indicator")):
            unit = self.graph.objects(one, NamedNode(PARK + "measuredIn"))
            if not isinstance(one, NamedNode) or (unit and shorten(unit[0].value, UNITS) != base):
                continue
            name = self.graph.texts(one, *LABELS).get("zh", "")
            for label in (name, re.sub(r"数$|^园区|的?规模$", "", name)):
                if len(label) > 2 and label in measured and grown == bool(GROWN.search(label)):
                    score = 4 * len(label) - 3 * len(measured)  # it must be most of what is measured
                    fits = not figure.threshold or figure.threshold in label
                    if fits and score >= 0 and (best is None or score > best[0]):
                        best = score, one
        return best[1] if best else None

    def _conflicts(self, indicator: NamedNode, figure: Figure) -> list[Text]:
        found: list[Text] = []
        for one in self.graph.subjects(NamedNode(PARK + "indicator"), indicator):
            period = self.graph.objects(one, NamedNode(PARK + "period"))
            value = self.graph.objects(one, NamedNode(PARK + "printedForm"))
            if figure.period and period and value and self.known.period(figure.period) == period[0]:
                said = _("the graph says of the same period: {printed} ({node})",
                         printed=plain(value[0]), node=self.known.short(one))  # fmt: skip
                found.append(said)
        return found

    def _figure_known(self, figure: Figure) -> bool:
        """Whether a figure of the graph cites this place and has this value."""
        citing = {node for at, who in self.cited.items() if at.contains(figure.span) for node in who}
        stated = NamedNode(PARK + "statedValue")
        values = (value for one in citing for value in self.graph.objects(one, stated))
        return any(float(value.value) == float(figure.value) for value in values)

    # --- what a model proposes --------------------------------------------------

    def _of_model(self, answer: Answer, found: Sequence[Item]) -> Iterator[Item]:
        """A new item, unless there is one of the same, which gets its English."""
        name, note = answer["name"], _("a model proposes it, and the text bears it out")
        (quote,) = self.article.text.find(answer["quote"])
        items: list[Item] = []
        if answer["kind"] == "figure":
            begin = quote.start + answer["quote"].find(answer["measured"])
            measure = Span(begin, begin + len(answer["measured"]))
            for one in figures_in(answer["quote"]):
                span = Span(quote.start + one.span.start, quote.start + one.span.end)
                same = [item for item in found if item.figure and item.figure.span.meets(span)]
                figure = replace(one, span=span, clause=quote, measured=answer["measured"], measure=measure)
                if one.value == Decimal(answer["value"].replace(",", "")) and not self._figure_known(figure):
                    items += same or [self._figure(figure)]
        elif answer["kind"] == "name":
            same = [item for item in found if item.name and item.name.text == name]
            if not self.known.has(name):
                spans = tuple(self.article.places(name))
                items = same or [self._named(Name(name, answer["class"], spans, note))]
        else:
            relation = name, answer["role"], answer["thing"]
            item = Item(f"role {relation[1]} {name} @ {relation[2]}", (quote,), relation=relation)
            if not self._participates(name, relation[2]) and all(one.id != item.id for one in found):
                item.notes = [note, _("the word that says it: {word}", word=answer["word"])]
                items = [item]
        for item in items:
            if "en" in item.fields and not item.fields["en"]:
                item.fields["en"] = answer["english"]
                item.notes.append(note)
        yield from (item for item in items if item not in found)

    def _participates(self, name: str, thing: str) -> bool:
        who, what = self.known.same(name), self.known.same(thing)
        records = self.graph.subjects(NamedNode(PARK + "participationIn"), what) if what else ()
        return any(who in self.graph.objects(one, NamedNode(PARK + "participant")) for one in records)

    # --- what is left -----------------------------------------------------------

    def _rest(self, items: Sequence[Item]) -> Item | None:
        """The clauses in which nothing was found and that no fact cites."""
        taken = [span for item in items for span in item.spans if item.id != PARK_ITEM]
        known = [at for item in items if item.id == KNOWN_ITEM for at in item.parts.values()]
        taken += [Span(*map(int, at.rpartition(" ")[2].split("-"))) for at in known]
        taken += [one.figure.measure for one in items if one.figure]
        taken += [one.figure.period.span for one in items if one.figure and one.figure.period]
        text = self.article.text
        cited = [*self.cited, *whole_clauses(text.text, taken, len(text))]
        left = [one.span for one in cover(text.text, cited, {}) if one.status == "uncovered"]
        if not left:
            return None
        parts = {str(at): " ".join(text.part(at).split()) for at in left}
        item = Item(REST_ITEM, (), {"reason": "", "en": ""}, parts)
        item.left_out = {at for at, said in parts.items() if re.search(r"\d", said) or ENDS.search(said)}
        item.notes = [
            _("nothing was found in these clauses; yes declares them as read and left out, - keeps one open"),
            _("kept open, for a number or a name may be in them: {n}", n=len(item.left_out)),
        ]
        return item


def class_of(name: Name) -> str:
    """The class of a new name, as far as its end tells."""
    if name.kind != "Organization":
        return name.kind
    if re.search(r"大学|学院|研究院|研究所|实验室|医科院$", name.text):
        return "ResearchInstitution"
    return "PublicBody" if re.search(r"局|厅|办|委员会|管委会|政府$", name.text) else "Organization"


def indicator_words(figure: Figure) -> str:
    """What a figure measures, as the name of an indicator."""
    words = re.sub(r"[\s的和及、]+$|^[\s，、的]+", "", figure.measured)
    return words or "?"


def in_force(article: Article, span: Span) -> Period | None:
    """The last period that is given before a place and reaches it: of its sentence, else of its paragraph."""
    assert article.published
    text = article.text.text
    sentence = sentence_at(text, span).start
    line = next((line for line in article.lines if line.contains(span)), Span(0, 0))
    for one in reversed(periods(text, article.published, line)):
        reaches = one.reach == "paragraph" or (one.reach == "sentence" and one.span.start >= sentence)
        if reaches and one.kind == "given" and one.span.start < span.start:
            return one
    return None


_EARLY = ("phase:introduced", "phase:planned")
"""No news of a project that is known already."""

GROWN = re.compile(r"增长|增速|下降|提高")
_HAPPENED = re.compile(words("progress.happened"))
_SIGNED = words("progress.phases.signed")
_PHASES = [(phase, words(f"progress.phases.{phase}")) for phase in WORDS["progress"]["phases"]]


def progress(article: Article, name: Name) -> Iterator[tuple[str, str]]:
    """How far a new thing has come, by the verb that governs it: a phase of a project, a status of others."""
    if name.kind not in ("Project", "Fund", "Platform", "PolicyInstrument"):
        return
    whole, span = article.text.text, name.spans[0]
    around = sentence_at(whole, span)
    before, after = whole[around.start : span.start][-30:], whole[span.end : around.end][:34]
    ahead = re.search(r"(?:将|拟|计划|力争|预计|加快出台|抓紧)[^，。]{0,16}$", before) or re.match(
        r"[^，。]{0,6}(?:将|拟|计划|预计)", after
    )
    if name.kind == "Project":
        state = re.search("【([^】]*)】[^【】，。]*$", before)  # at the head of an item
        if state and (code := next((code for code, said in _PHASES if re.search(said, state[1])), None)):
            yield f"phase:{code}", ""
            return
        later = re.sub(r"(?:预计|计划|拟|将)[^，。]*", "", after)
        verbs = [(found.start(), code) for code, pattern in _PHASES if (found := re.search(pattern, later))]
        if not verbs:
            verbs = [(-m.start(), code) for code, said in _PHASES for m in re.finditer(said, before)]
        sealed = re.search(_SIGNED, whole[around.start : around.end])
        if ahead or verbs:
            yield f"phase:{'signed' if ahead and sealed else 'planned' if ahead else min(verbs)[1]}", ""
        return
    under = re.search(r"(?:推进|建设|完善|编制|筹建)[^，。]{0,10}$", before)
    yield f"status:{'planned' if ahead else 'under-way' if under else 'achieved'}", ""
