"""Decided items → nodes in the topic files, evidence of known things, omissions, remembered rejections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode

from parkgraph.draft.article import Article
from parkgraph.draft.known import Known, Thing
from parkgraph.draft.new import PREFIXES, wanted
from parkgraph.draft.periods import Period, period_words
from parkgraph.draft.proposal import GROWN, KNOWN_ITEM, PARK_ITEM, REST_ITEM, Item, in_force, indicator_words
from parkgraph.draft.write import TOPIC, Edits, Units, both, day, literal, node, quantity, slug, whole_clauses
from parkgraph.errors import Usage
from parkgraph.evidence.passages import LONGEST
from parkgraph.evidence.sources import Source, read_sources
from parkgraph.evidence.text import Span
from parkgraph.graph.documents import Graph, read_documents
from parkgraph.messages import _
from parkgraph.names import PARK, SKOS, expand

_MEMBERS = {"企业": "enterprise", "公司": "enterprise", "项目": "project", "规划": "policy", "政策": "policy"}
_OWN_PARK = ("Project", "Fund", "Platform", "Programme")
_PREF = NamedNode(SKOS + "prefLabel")


def rejected_file(source: Source) -> str:
    """Where the rejections of a source are remembered: an id a line, sorted."""
    return f"kg/sources/{source.slug}.rejected.txt"


class Applying:
    """Adds what was accepted to the edits: `run`."""

    def __init__(
        self, items: Sequence[Item], article: Article, source: Source, known: Known, edits: Edits
    ) -> None:
        edits.extra.setdefault(source.slug, f"{source.iri}/")
        self.items = {item.id: item for item in items}
        self.article, self.source, self.known, self.edits = article, source, known, edits
        self.graph, self.units = known.graph, Units(known.graph)
        self.nodes: dict[str, list[str]] = {}
        self.refs: dict[str, Thing] = {}
        self.put: list[tuple[str, dict[str, Sequence[str]]]] = []
        self.missing: list[str] = []
        self.made: set[str] = set()
        self.cited: set[Span] = set()
        self.park: Thing | None = None
        assert article.published
        self.day = article.published

    def run(self) -> None:
        """Every kind, what is pointed to first.  Raises Usage with everything that is still missing."""
        self.prepare()
        for item in self.in_order():
            self.take(item)
        if self.missing:
            missing = "\n    ".join(dict.fromkeys(self.missing))
            fix = _("fill these lines, or decide no or ?; nothing was written")
            raise Usage(_("accepted, but not complete:\n    {missing}", missing=missing), fix=fix)
        heading = f"{self.source.labels.get('en') or self.source.slug} ({self.day})"
        for file, nodes in self.nodes.items():
            self.edits.add(file, nodes, heading if file.count("/") == 1 else "")
        self.edits.add("ontology/codes/indicator.ttl", self.units.nodes())
        self._remember()

    def prepare(self) -> None:
        """Takes the members of accepted lists too, and finds out which park all is about."""
        lists = [item for item in self.items.values() if item.listing and item.accepted]
        taken = {part for item in lists for part in {*item.parts} - item.left_out}
        for other in self.items.values():
            if other.name and other.name.text in taken and other.decision == "?":
                other.decision = "yes"
        self._park()

    def in_order(self) -> list[Item]:
        """The items, what others point to first."""
        rank = {KNOWN_ITEM: 0, REST_ITEM: 4}
        named = {item.id: 2 if item.name.owner else 1 for item in self.items.values() if item.name}
        return sorted(self.items.values(), key=lambda item: named.get(item.id, rank.get(item.id, 3)))

    def take(self, item: Item) -> None:
        """What follows from the decision on one item."""
        if item.name and (item.accepted or item.same_as):
            self._name(item)
        elif item.figure and (item.accepted or item.same_as):
            self._figure(item)
        elif not item.accepted:
            return
        elif item.id == KNOWN_ITEM:
            for short in sorted({*item.parts} - item.left_out):
                start, end = map(int, item.parts[short].rpartition(" ")[2].split("-"))
                self._cite(short, [Span(start, end)])
        elif item.id == REST_ITEM:
            self._rest(item)
        elif item.happened:
            self._event(item)
        elif item.listing:
            self._list(item)
        elif item.relation:
            self._role(item)
        elif item.id.startswith("phase "):
            thing = self.known.thing(item.fields["about"])
            for part in item.parts:
                self._part(part, "Project", thing, item.spans[0])

    # --- helpers ------------------------------------------------------------------

    def _passages(self, spans: Iterable[Span], *more: Span | None) -> list[str]:
        wide = {*whole_clauses(self.article.text.text, spans, LONGEST), *(span for span in more if span)}
        self.cited |= wide
        return [f"{self.source.slug}:{one}" for one in sorted(wide)]

    def _when(self, period: Period) -> Span:
        """Where a period is printed: its words, with the little that the clause has beside them."""
        (clause,) = whole_clauses(self.article.text.text, [period.span], LONGEST)[:1] or [period.span]
        return clause if len(clause) <= len(period.span) + 6 else period.span

    def _put(
        self, class_: str, name: str, values: Sequence[tuple[str, Sequence[str]]], file: str = ""
    ) -> None:
        self.put.append((class_, dict(values)))
        topic = self.nodes.setdefault(file or f"kg/{TOPIC[class_]}.ttl", [])
        topic.append(node(name, f"park:{class_}", values))

    def _fresh(self, prefix: str, local: str) -> str:
        """A name that nothing has: of statements, which may have the same words."""
        name, number = f"{prefix}:{local}", 1
        while name in self.made or self.known.has_name(name):
            number += 1
            name = f"{prefix}:{local}-{number}"
        self.made.add(name)
        return name

    def _filled(self, item: Item, *keys: str) -> None:
        self.missing += [f"[{item.id}] {key}:" for key in keys if not item.fields.get(key)]

    def _english(self, item: Item) -> str:
        self._filled(item, "en")
        return item.fields.get("en") or "TODO"

    def _slug(self, item: Item) -> str:
        return item.fields.get("slug") or slug(self._english(item))

    def _cite(self, short: str, spans: Iterable[Span], also: str = "") -> None:
        thing = NamedNode(expand(short, self.known.prefixes) or "")
        self.edits.cite(self.graph, thing, self._passages(spans), also)

    # --- kinds --------------------------------------------------------------------

    def _park(self) -> None:
        item = self.items.get(PARK_ITEM)
        if item and item.same_as:
            self.park = self.known.thing(item.same_as)
            self._cite(self.park.short, item.spans[:1])
        elif item and item.accepted:
            others = [one for one in self.items.values() if one.name and one.name.text.endswith("管委会")]
            by = [f"organization:{slug(one.fields.get('en', ''))}" for one in others if one.accepted][:1]
            self.park = Thing(f"place:{self._slug(item)}", item.fields["zh"], self._english(item))
            spans = item.spans or tuple(self.article.text.find(self.park.zh))
            self._put("Park", self.park.short, [
                ("rdfs:label", both(self.park.zh, self.park.en)),
                ("park:administeredBy", by),
                ("park:evidence", self._passages(spans[:1])),
            ])  # fmt: skip
        elif here := self.known.parks_named_in(self.article.text.text):
            self.park = self.known.thing(self.known.short(here[0]))

    def _name(self, item: Item) -> None:
        name = item.name
        assert name
        if item.same_as:
            thing = self.refs[item.id] = self.known.thing(item.same_as)
            also = literal(name.text, "zh") if thing.zh.strip("“”") != name.text.strip("“”") else ""
            self._cite(thing.short, name.spans[:1], also)
            return
        english, class_ = self._english(item), item.fields["class"].removeprefix("park:")
        if class_ not in PREFIXES:
            known = list(PREFIXES)
            raise Usage(_("[{id}] class: {said} is none of {known}", id=item.id, said=class_, known=known))
        if class_ == "Platform":
            self._filled(item, "kind")
        short = f"{PREFIXES[class_]}:{item.fields.get('slug') or slug(english)}"
        if english != "TODO" and (short in self.made or self.known.has_name(short)):
            fix = _("decide same as {name}, or give another slug: a line slug: …", name=short)
            raise Usage(_("[{id}]: {name} is in the graph already", id=item.id, name=short), fix=fix)
        self.made.add(short)
        thing = self.refs[item.id] = Thing(short, name.text, english)
        evidence = self._passages(name.spans[:2])
        self._put(class_, short, [
            ("rdfs:label", both(name.text, english)),
            ("skos:altLabel", [literal(alias, "zh")] if (alias := item.fields.get("alias")) else []),
            ("park:platformKind", [item.fields.get("kind", "")] if class_ == "Platform" else []),
            ("park:ofPark", [self.park.short] if self.park and class_ in _OWN_PARK else []),
            ("park:evidence", evidence),
        ])  # fmt: skip
        for part in item.parts:
            if part not in item.left_out:
                self._part(part, class_, thing, name.spans[0])

    def _event(self, item: Item) -> None:
        self._filled(item, "zh", "en")
        assert item.happened and item.happened.start
        local = item.fields.get("slug") or slug(item.fields["en"].partition(",")[0])
        name = self._fresh("event", f"{local}-{item.happened.start}")
        self._put("Event", name, [
            ("rdfs:label", both(item.fields["zh"], item.fields["en"])),
            ("park:date", [day(item.happened.start)]),
            ("park:ofPark", [self.park.short] if self.park else []),
            ("park:evidence", self._passages(item.spans)),
        ])  # fmt: skip
        if item.happened.inferred:
            self._reasoned(name, "park:date", day(item.happened.start), item.happened, "kg/project.ttl")

    def _part(self, part: str, class_: str, thing: Thing, span: Span) -> None:
        """A phase of a project, a status of something else, or whose it is."""
        evidence = self._passages([span])
        kind, __, code = part.partition(":")
        file = f"kg/{TOPIC[class_]}.ttl"
        when: tuple[str, list[str]] = "park:date", [day(self.day)]
        stated = ("park:basis", ["basis:stated"]), ("park:evidence", evidence)
        if kind == "phase":
            labels = self.graph.texts(NamedNode(self.known.prefixes["phase"] + code), _PREF)
            name = self._fresh("phase-record", f"{thing.local}-{code}")
            period = in_force(self.article, span) if code != "planned" else None
            if period and period.start == period.end and period.start:
                when = "park:date", [day(period.start)]
            elif period:
                when = "park:period", [self._described(period).short]
            self._put("PhaseRecord", name, [
                ("rdfs:label", both(f"{thing.zh}：{labels['zh']}", f"{thing.en}: {labels['en']}")),
                ("park:phaseOf", [thing.short]), ("park:phase", [part]), when, *stated,
            ], file)  # fmt: skip
            if period and when[0] == "park:date" and period.inferred:
                self._reasoned(name, "park:date", when[1][0], period, file)
            elif period and self._far(period, span):
                self._reasoned(name, "park:period", when[1][0], period, file, evidence)
        elif kind == "status":
            self._put("StatusRecord", self._fresh("status-record", f"{thing.local}-{self.day}"), [
                ("park:statusOf", [thing.short]), ("park:status", [part]), when, *stated,
            ], file)  # fmt: skip
        elif part.startswith("ascribed to ") and (owner := self._named(part.removeprefix("ascribed to "))):
            said = both(f"{thing.zh}是{owner.zh}的项目", f"{thing.en} is a project of {owner.en}")
            self._participation(owner, "role:ascribed", thing, said, evidence)

    def _role(self, item: Item) -> None:
        assert item.relation
        who, role, what = item.relation
        owner, thing, named = self._named(who), self._named(what), self.known.thing(role)
        self.missing += [f"[{item.id}] {one} ?" for one in (who, what) if not self._named(one)]
        if owner and thing:
            said = both(f"{owner.zh}是{thing.zh}的{named.zh}", f"{owner.en} is {named.en} of {thing.en}")
            self._participation(owner, role, thing, said, self._passages(item.spans))

    def _participation(
        self, who: Thing, role: str, what: Thing, label: Sequence[str], evidence: Sequence[str]
    ) -> None:
        self._put("Participation", self._fresh("participation", f"{what.local}-{who.local}"), [
            ("rdfs:label", label), ("park:participationIn", [what.short]), ("park:participant", [who.short]),
            ("park:role", [role]), ("park:basis", ["basis:stated"]), ("park:evidence", evidence),
        ], "kg/project.ttl")  # fmt: skip

    def _named(self, name: str) -> Thing | None:
        """What a name of the text stands for: something accepted, else something of the graph."""
        here = next((thing for id_, thing in self.refs.items() if id_.partition(" ")[2] == name), None)
        known = None if here else self.known.same(name)
        return here or (self.known.thing(self.known.short(known)) if known else None)

    def _list(self, item: Item) -> None:
        listing = item.listing
        assert listing
        self._filled(item, "zh", "en")
        names = [name for name in listing.members if name not in item.left_out]
        members = [owner.short for name in names if (owner := self._named(name))]
        kind = _MEMBERS.get(listing.head, "enterprise")
        ours = ("project:" if kind == "project" else "enterprise:", "organization:")
        if not all(one.startswith(ours) for one in members):
            kind = "introduction"
        size = listing.size if listing.size and listing.size >= len(members) else None
        open_ = size > len(members) if size else listing.open
        self._put("Group", self._fresh("group", self._slug(item)), [
            ("rdfs:label", both(item.fields["zh"], item.fields["en"])),
            ("park:memberKind", [f"member-kind:{kind}"]),
            ("park:statedSize", [str(size)] if size else []),
            ("park:listEndsOpen", ["true" if open_ else "false"]),
            ("park:hasMember", members),
            ("park:evidence", self._passages([listing.span])),
        ], f"kg/{'project' if kind == 'introduction' else kind}.ttl")  # fmt: skip

    # --- figures ------------------------------------------------------------------

    def _figure(self, item: Item) -> None:
        figure = item.figure
        assert figure
        if item.same_as:
            self._cite(self.known.thing(item.same_as).short, [figure.span])
            return
        about, indicator = self._about(item), self._indicator(item)
        if about is None or indicator is None:
            return
        period = self._period_of(item)
        class_ = item.fields["class"].removeprefix("park:")
        begin = min(figure.measure.start, figure.span.start)
        when = self._when(figure.period) if period and figure.period else None
        evidence = self._passages([Span(begin, figure.span.end)], when)
        of = about if self.park and about != self.park else None
        local = [period.local if period else "", of.local if of else "", indicator.local]
        name = self._fresh(PREFIXES[class_], "-".join(one for one in local if one))
        aim_zh, aim_en = ("的目标", "target for ") if class_ == "Target" else ("", "")
        zh = f"{period.zh if period else ''}{of.zh if of else ''}{indicator.zh}{aim_zh}"
        en = f"{aim_en}{indicator.en}{f' of {of.en}' if of else ''}{f', {period.en}' if period else ''}"
        self._put(class_, name, [
            ("rdfs:label", both(zh, en)),
            ("park:about", [about.short]),
            ("park:indicator", [indicator.short]),
            ("park:period", [period.short] if period else []),
            *self._joint(item),
            *quantity(figure, self.article.text.part(figure.span), self.units),
            ("park:basis", ["basis:stated"]),
            ("park:evidence", evidence),
        ])  # fmt: skip
        if period and figure.period and self._far(figure.period, figure.span):
            self._reasoned(name, "park:period", period.short, figure.period, "kg/indicator.ttl", evidence)

    def _joint(self, item: Item) -> list[tuple[str, Sequence[str]]]:
        """What a joint total covers, as it was decided: it never passes for a single figure unasked."""
        said = item.fields.get("covers", "none").split()
        if not said:
            self._filled(item, "covers")
        if said in ([], ["none"]):
            return []
        named = [self.known.thing(code).short for code in said]
        levels, kinds = ([one for one in named if one.startswith("level:") == is_] for is_ in (True, False))
        joint = "true" if max(len(kinds), len(levels)) > 1 else "false"
        return [("park:coversKind", kinds), ("park:coversLevel", levels), ("park:jointTotal", [joint])]

    def _about(self, item: Item) -> Thing | None:
        said = item.fields.get("about", PARK_ITEM)
        if said != PARK_ITEM and said not in self.items:
            return self.known.thing(said)
        found = self.park if said == PARK_ITEM else self.refs.get(said)
        if not found:
            self.missing.append(f"[{PARK_ITEM}] decide:" if said == PARK_ITEM else f"[{said}] ?")
        return found

    def _indicator(self, item: Item) -> Thing | None:
        said, figure = item.fields["indicator"], item.figure
        assert figure
        if not said.startswith("new "):
            return self.known.thing(said)
        zh = said.removeprefix("new ").strip() or indicator_words(figure)
        key = f"indicator {zh}"
        if key in self.refs:
            return self.refs[key]
        alike = [one for one in self.items.values() if one.figure and one.fields.get("indicator") == said]
        english = item.fields.get("en") or next((en for one in alike if (en := one.fields.get("en"))), "")
        if not english:
            self._english(item)
            return None
        name = f"indicator:{item.fields.get('slug') or slug(english)}"
        if self.known.has_name(name):
            return self.known.thing(name)
        base = self.units.of(figure.unit)[1]
        transformation = "level"
        if base.endswith("PERCENT") and GROWN.search(zh):
            transformation = "year-on-year" if re.search(r"同比|上年", zh) else "change"
        elif base.endswith("PERCENT") and re.search(r"占|比重|率$", zh):
            transformation = "share"
        self._put("Indicator", name, [
            ("rdfs:label", both(zh, english)),
            ("skos:definition", both(f"来源所称的“{zh}”。", f"What the source calls {english}.")),
            ("park:transformation", [f"transformation:{transformation}"]),
            ("park:measuredIn", [base]),
            ("park:statisticalSystem", ["statistical-system:unstated"]),
            ("park:evidence", self._passages([figure.measure, figure.span])),
        ])  # fmt: skip
        self.refs[key] = Thing(name, zh, english)
        return self.refs[key]

    # --- periods ------------------------------------------------------------------

    def _period_of(self, item: Item) -> Thing | None:
        """The period of a figure; described where the graph has none."""
        said, period = item.fields.get("period"), item.figure and item.figure.period
        if said and said != "none":
            return self.known.thing(said)
        return self._described(period) if period and period.kind != "next" and not said else None

    def _described(self, period: Period) -> Thing:
        if known := self.known.period(period):
            return self.known.thing(self.known.short(known))
        zh, en, local = period_words(period, self.day)
        thing = Thing(f"period:{local}", zh, en)
        if thing.short not in self.made:
            self.made.add(thing.short)
            words, when = self.article.text.part(period.span), self._when(period)
            self.cited.add(when)
            days = [("park:startDate", period.start), ("park:endDate", period.end)]
            given = [(path, day(one)) for path, one in days if one]
            self._put("Period", thing.short, [
                ("rdfs:label", both(zh, en)),
                ("skos:altLabel", [literal(words, "zh")] if re.search("[一二三四五]", words) else []),
                *((path, [one]) for path, one in given),
                ("park:evidence", [f"{self.source.slug}:{when}"]),
            ])  # fmt: skip
            if period.inferred or (period.kind == "present" and period.start is None):
                for path, one in given:
                    self._reasoned(thing.short, path, one, period, "kg/indicator.ttl")
        return thing

    def _far(self, period: Period, span: Span) -> bool:
        return bool(re.search(r"[。！？\n]", self.article.text.text[period.span.end : span.start]))

    def _reasoned(
        self, name: str, path: str, value: str, period: Period, file: str, evidence: Sequence[str] = ()
    ) -> None:
        """An annotation: a year reckoned from the date of publication; with `evidence`, a period that stands
        in an earlier sentence.
        """
        when = self._when(period)
        self.cited.add(when)
        words, places = self.article.text.part(period.span), [f"{self.source.slug}:{when}", *evidence]
        if evidence:
            zh = f"本句未写时期，沿用前面的“{words}”。"
            en = f'The sentence gives no period; "{words}" before it holds on.'
        else:
            places += [f"{self.source.slug}:{self.article.day}"] if self.article.day else []
            zh = f"“{words}”按发表日期{self.day}推算。"
            en = f'"{words}" is reckoned from the date of publication, {self.day}.'
        end = path[5:].lower().removesuffix("date") or "date"
        axiom = self._fresh("annotation", f"{name.partition(':')[2]}-{end}")
        self.nodes.setdefault(file, []).append(node(axiom, "owl:Axiom", [
            ("owl:annotatedSource", [name]), ("owl:annotatedProperty", [path]),
            ("owl:annotatedTarget", [value]), ("park:basis", ["basis:inference"]),
            ("park:reason", both(zh, en)), ("park:evidence", list(dict.fromkeys(places))),
        ]))  # fmt: skip

    # --- what was left out ----------------------------------------------------------

    def _rest(self, item: Item) -> None:
        reason = item.fields.get("reason") or "此处没有图谱要记录的事实。"
        english = item.fields.get("en") or "Nothing here that the graph records."
        covered = {at for one in self.cited for at in range(one.start, one.end)}
        for span in item.parts:
            start, end = map(int, span.split("-"))
            if span not in item.left_out and not covered.issuperset(range(start, end)):
                self._put("Omission", f"omission:{self.source.slug}-{span}", [
                    ("park:evidence", [f"{self.source.slug}:{span}"]), ("park:reason", both(reason, english)),
                ], f"kg/sources/{self.source.slug}.coverage.ttl")  # fmt: skip

    def _remember(self) -> None:
        name = rejected_file(self.source)
        refused = {item.id for item in self.items.values() if item.rejected}
        now = sorted(refused | set(self.edits.text(name).splitlines()))
        if self.edits.texts.pop(name) != (text := "".join(f"{one}\n" for one in now)):
            self.edits.texts[name] = text


def tell_missing(
    items: Sequence[Item], article: Article, source: Source | None, known: Known, edits: Edits
) -> None:
    """Adds to the notes of each item what the shapes would still ask for, were it accepted as it stands.

    Found by accepting all that is not refused into `edits`, which nobody writes; where the text is no source
    yet, another stands in for it.
    """
    source = source or next(iter(read_sources(known.graph).values()), None)
    if source is None:
        return
    held = []
    for number, item in enumerate(items):
        decision = {KNOWN_ITEM: "?", REST_ITEM: "?"}.get(item.id, item.decision.replace("?", "yes"))
        filled = {key: "none" if key == "covers" else f"TODO {number}" for key in item.fields}
        given = {key: value for key, value in item.fields.items() if value}
        held.append(replace(item, decision=decision, fields=filled | given))
    trial = Applying(held, article, source, known, edits)
    notes = {one.id: one.notes for one in items}
    shapes, required = Graph(read_documents(edits.root, "shapes")), dict[str, list[str]]()
    for one in (None, *trial.in_order()):
        id_, lacking = one.id if one else PARK_ITEM, list[str]()
        try:
            trial.take(one) if one else trial.prepare()
        except Usage as error:
            notes.get(id_, []).append(error.message)
        for class_, values in trial.put:
            if class_ not in required:
                asked = wanted(edits.root, shapes, known.graph, NamedNode(PARK + class_))
                required[class_] = [want.path for want in asked if want.required]
            lacking += [path for path in required[class_] if not values.get(path)]
            for path, given_values in values.items():
                if todo := [said.rpartition("@")[2] for said in given_values if said.startswith('"TODO')]:
                    lacking.append(f"{path} ({', '.join(todo)})")
        trial.put.clear()
        if lacking and id_ in notes:
            notes[id_].append(_("missing: {what}", what=list(dict.fromkeys(lacking))))
