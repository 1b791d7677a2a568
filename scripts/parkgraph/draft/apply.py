"""Decided items → nodes in the topic files, evidence of known things, omissions, remembered rejections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from pyoxigraph import NamedNode

from parkgraph.draft.article import Article
from parkgraph.draft.known import Known
from parkgraph.draft.new import PREFIXES, wanted
from parkgraph.draft.periods import Period, period_words
from parkgraph.draft.proposal import (
    KNOWN_ITEM,
    PARK_ITEM,
    REST_ITEM,
    Item,
    in_force,
    indicator_words,
    period_iri,
)
from parkgraph.draft.write import (
    TOPIC,
    Edits,
    Units,
    Values,
    both,
    literal,
    node,
    quantity,
    slug,
    whole_clauses,
)
from parkgraph.errors import Usage
from parkgraph.evidence.passages import LONGEST
from parkgraph.evidence.sources import Source, plain, read_sources
from parkgraph.evidence.text import Span
from parkgraph.graph.documents import Graph, read_documents
from parkgraph.messages import _
from parkgraph.names import PARK, expand, shorten
from parkgraph.read.files import Root

_MEMBERS = {"企业": "enterprise", "公司": "enterprise", "项目": "project", "规划": "policy", "政策": "policy"}
_OWN_PARK = ("Project", "Fund", "Platform", "Programme")


def rejected_file(source: Source) -> str:
    """Where the rejections of a source are remembered: an id a line, sorted."""
    return f"kg/sources/{source.slug}.rejected.txt"


class Applying:
    """Adds what was accepted to the edits: `run`."""

    def __init__(
        self,
        items: Sequence[Item],
        article: Article,
        source: Source,
        graph: Graph,
        prefixes: Mapping[str, str],
        edits: Edits,
    ) -> None:
        edits.extra.setdefault(source.slug, f"{source.iri}/")
        self.items = {item.id: item for item in items}
        self.article, self.source, self.graph, self.edits = article, source, graph, edits
        self.prefixes, self.units, self.known = prefixes, Units(graph), Known(graph)
        self.nodes: dict[str, list[str]] = {}
        self.refs: dict[str, tuple[str, str, str]] = {}
        self.put: list[tuple[str, dict[str, Sequence[str]]]] = []
        self.missing: list[str] = []
        self.made: set[str] = set()
        self.cited: set[Span] = set()
        self.park: tuple[str, str, str] | None = None
        assert article.published
        self.day = article.published

    def run(self) -> None:
        """Every kind, what is pointed to first.  Raises Usage with everything that is still missing."""
        self.prepare()
        for item in self.in_order():
            self.take(item)
        if self.missing:
            raise Usage(
                _(
                    "accepted, but not complete:\n    {missing}",
                    missing="\n    ".join(dict.fromkeys(self.missing)),
                ),
                fix=_("fill these lines, or decide no or ?; nothing was written"),
            )
        heading = f"{self.source.labels.get('en') or self.source.slug} ({self.day})"
        for file, nodes in self.nodes.items():
            self.edits.add(file, nodes, heading if file.count("/") == 1 else "")
        if self.units.nodes():
            self.edits.add("ontology/codes/indicator.ttl", self.units.nodes())
        self._remember()

    def prepare(self) -> None:
        """Takes the members of accepted lists too, and finds out which park all is about."""
        self._lists_first()
        self._park()

    def in_order(self) -> list[Item]:
        """The items, what others point to first."""

        def rank(item: Item) -> int:
            if item.name:
                return 2 if item.name.owner else 1
            return {KNOWN_ITEM: 0, REST_ITEM: 4}.get(item.id, 3)

        return sorted(self.items.values(), key=rank)

    def take(self, item: Item) -> None:
        """What follows from the decision on one item."""
        if item.name and (item.accepted or item.same_as):
            self._name(item)
        elif item.figure and (item.accepted or item.same_as):
            self._figure(item)
        elif not item.accepted:
            return
        elif item.id == KNOWN_ITEM:
            self._mentioned(item)
        elif item.id == REST_ITEM:
            self._rest(item)
        elif item.happened:
            self._event(item)
        elif item.listing:
            self._list(item)
        elif item.id.startswith("phase "):
            thing = self._thing(item.fields["about"])
            for part in item.parts:
                self._part(part, "Project", thing, thing[0].partition(":")[2], item.spans[0])

    # --- helpers ------------------------------------------------------------------

    def _passages(self, spans: Iterable[Span], *more: Span | None) -> list[str]:
        wide = whole_clauses(self.article.text.text, spans, LONGEST)
        self.cited |= {*wide, *(span for span in more if span)}
        return [f"{self.source.slug}:{one}" for one in sorted({*wide, *(span for span in more if span)})]

    def _when(self, period: Period) -> Span:
        """Where a period is printed: its words, with the little that the clause has beside them."""
        (clause,) = whole_clauses(self.article.text.text, [period.span], LONGEST)[:1] or [period.span]
        span = clause if len(clause) <= len(period.span) + 6 else period.span
        self.cited.add(span)
        return span

    def _put(self, class_: str, name: str, values: Sequence[Values], file: str | None = None) -> None:
        self.put.append((class_, dict(values)))
        self.nodes.setdefault(file or f"kg/{TOPIC[class_]}.ttl", []).append(
            node(name, f"park:{class_}", values)
        )

    def _fresh(self, prefix: str, local: str) -> str:
        """A name that nothing has: of statements, which may have the same words."""
        name, number = f"{prefix}:{local}", 1
        while name in self.made or self._is(name):
            number += 1
            name = f"{prefix}:{local}-{number}"
        self.made.add(name)
        return name

    def _is(self, name: str) -> bool:
        iri = expand(name, self.prefixes)
        return iri is not None and self.graph.has_subject(NamedNode(iri))

    def _thing(self, name: str) -> tuple[str, str, str]:
        """Short name and labels of a thing of the graph.  Raises Usage."""
        iri = expand(name, self.prefixes)
        if iri is None or not self.graph.has_subject(NamedNode(iri)):
            raise Usage(
                _("the graph has no {name}", name=name),
                fix=_("same as needs a name such as enterprise:walvax"),
            )
        thing = NamedNode(iri)
        return (
            shorten(iri, self.prefixes),
            self.graph.label(thing, "zh") or name,
            self.graph.label(thing, "en") or name,
        )

    def _filled(self, item: Item, *keys: str) -> None:
        self.missing += [f"[{item.id}] {key}:" for key in keys if not item.fields.get(key)]

    def _english(self, item: Item) -> str:
        self._filled(item, "en")
        return item.fields.get("en") or "TODO"

    def _cite(self, short: str, spans: Iterable[Span], also: Sequence[str] = ()) -> None:
        iri = expand(short, self.prefixes)
        assert iri
        self.edits.cite(self.graph, NamedNode(iri), self._passages(spans), also)

    # --- kinds --------------------------------------------------------------------

    def _lists_first(self) -> None:
        lists = [item for item in self.items.values() if item.listing and item.accepted]
        taken = {part for item in lists for part in {*item.parts} - item.left_out}
        for other in self.items.values():
            if other.name and other.name.text in taken and other.decision == "?":
                other.decision = "yes"

    def _park(self) -> None:
        parks = set(self.graph.instances(NamedNode(PARK + "Park")))
        known = self.items.get(KNOWN_ITEM)
        for short in known.parts if known else ():
            if NamedNode(expand(short, self.prefixes) or "urn:x") in parks:
                self.park = self.park or self._thing(short)
        item = self.items.get(PARK_ITEM)
        if item and item.same_as:
            self.park = self._thing(item.same_as)
            self._cite(self.park[0], item.spans[:1], [])
        elif item and item.accepted:
            english = self._english(item)
            name = f"place:{item.fields.get('slug') or slug(english)}"
            runs = [
                one
                for one in self.items.values()
                if one.name and one.name.text.endswith("管委会") and (one.accepted or one.same_as)
            ]
            by = [f"organization:{slug(one.fields.get('en', ''))}" for one in runs if one.accepted][:1]
            self._put("Park", name, [
                ("rdfs:label", both(item.fields["zh"], english)),
                ("park:administeredBy", by),
                ("park:evidence", self._passages(item.spans[:1])),
            ])  # fmt: skip
            self.park = name, item.fields["zh"], english
        if not self.park and len(parks) == 1 and not item:
            self.park = self._thing(shorten(plain(next(iter(parks))), self.prefixes))

    def _mentioned(self, item: Item) -> None:
        for short, said in item.parts.items():
            if short not in item.left_out:
                start, __, end = said.rpartition(" ")[2].partition("-")
                self._cite(short, [Span(int(start), int(end))])

    def _name(self, item: Item) -> None:
        name = item.name
        assert name
        if item.same_as:
            thing = self._thing(item.same_as)
            also = [literal(name.text, "zh")] if thing[1].strip("“”") != name.text.strip("“”") else []
            self._cite(thing[0], name.spans[:1], also)
            self.refs[item.id] = thing
            return
        english, class_ = self._english(item), item.fields["class"].removeprefix("park:")
        if class_ not in PREFIXES:
            raise Usage(
                _("[{id}] class: {said} is none of {known}", id=item.id, said=class_, known=list(PREFIXES))
            )
        if class_ == "Platform":
            self._filled(item, "kind")
        local = item.fields.get("slug") or slug(english)
        short = f"{PREFIXES[class_]}:{local}"
        if english != "TODO" and (self._is(short) or short in self.made):
            raise Usage(
                _("[{id}]: {name} is in the graph already", id=item.id, name=short),
                fix=_("decide same as {name}, or give another slug: a line slug: …", name=short),
            )
        self.made.add(short)
        self.refs[item.id] = short, name.text, english
        park = [self.park[0]] if self.park and class_ in _OWN_PARK else []
        evidence = self._passages(name.spans[:2])
        self._put(class_, short, [
            ("rdfs:label", both(name.text, english)),
            ("park:platformKind", [item.fields.get("kind", "")] if class_ == "Platform" else []),
            ("park:ofPark", park),
            ("park:evidence", evidence),
        ])  # fmt: skip
        for part in item.parts:
            if part not in item.left_out:
                self._part(part, class_, (short, name.text, english), local, name.spans[0])

    def _event(self, item: Item) -> None:
        self._filled(item, "zh", "en")
        assert item.happened
        day = f'"{item.happened.start}"^^xsd:date'
        name = self._fresh(
            "event", f"{item.fields.get('slug') or slug(item.fields['en'])}-{item.happened.start}"
        )
        evidence = self._passages(item.spans)
        self._put("Event", name, [
            ("rdfs:label", both(item.fields["zh"], item.fields["en"])),
            ("park:date", [day]),
            ("park:ofPark", [self.park[0]] if self.park else []),
            ("park:evidence", evidence),
        ])  # fmt: skip
        if item.happened.inferred:
            self._dated(name, "park:date", day, item.happened, "kg/project.ttl")

    def _dated(self, name: str, path: str, value: str, period: Period, file: str) -> None:
        """An annotation: the year is reckoned from the date of publication."""
        words = self.article.text.part(period.span)
        evidence = [f"{self.source.slug}:{self._when(period)}"]
        evidence += [f"{self.source.slug}:{self.article.day}"] if self.article.day else []
        self._reasoned(name, path, value, evidence, f"“{words}”按发表日期{self.day}推算。",
                       f'"{words}" is reckoned from the date of publication, {self.day}.', file)  # fmt: skip

    def _part(self, part: str, class_: str, thing: tuple[str, str, str], local: str, span: Span) -> None:
        evidence = self._passages([span])
        kind, __, code = part.partition(":")
        file = f"kg/{TOPIC[class_]}.ttl"
        day = [f'"{self.day}"^^xsd:date']
        stated = ("park:basis", ["basis:stated"]), ("park:evidence", evidence)
        if kind == "phase":
            labels = self.graph.texts(NamedNode(self.prefixes["phase"] + code), _PREF)
            name = self._fresh("phase-record", f"{local}-{code}")
            period = in_force(self.article, span) if code != "planned" else None
            when: Values = ("park:date", day)
            if period and period.start == period.end and period.start:
                when = "park:date", [f'"{period.start}"^^xsd:date']
            elif period:
                when = "park:period", [self._described(period)[0]]
            self._put("PhaseRecord", name, [
                ("rdfs:label", both(f"{thing[1]}：{labels['zh']}", f"{thing[2]}: {labels['en']}")),
                ("park:phaseOf", [thing[0]]), ("park:phase", [part]), when, *stated,
            ], file)  # fmt: skip
            if period and when[0] == "park:date" and period.inferred:
                self._dated(name, "park:date", when[1][0], period, file)
            elif period and self._far(period, span):
                self._carried(name, when[1][0], evidence, period, file)
        elif kind == "status":
            self._put("StatusRecord", self._fresh("status-record", f"{local}-{self.day}"), [
                ("park:statusOf", [thing[0]]), ("park:status", [part]), ("park:date", day), *stated,
            ], file)  # fmt: skip
        elif part.startswith("ascribed to "):
            owner = self._owner(part.removeprefix("ascribed to "))
            if owner:
                zh, en = f"{thing[1]}是{owner[1]}的项目", f"{thing[2]} is a project of {owner[2]}"
                name = self._fresh("participation", f"{local}-{owner[0].partition(':')[2]}")
                self._put("Participation", name, [
                    ("rdfs:label", both(zh, en)),
                    ("park:participationIn", [thing[0]]), ("park:participant", [owner[0]]),
                    ("park:role", ["role:ascribed"]), *stated,
                ], "kg/project.ttl")  # fmt: skip

    def _owner(self, name: str) -> tuple[str, str, str] | None:
        for id_, thing in self.refs.items():
            if id_.partition(" ")[2] == name:
                return thing
        known = self.known.same(name)
        return self._thing(shorten(known.value, self.prefixes)) if known else None

    def _list(self, item: Item) -> None:
        listing = item.listing
        assert listing
        self._filled(item, "zh", "en")
        members = [
            owner[0] for name in listing.members if name not in item.left_out and (owner := self._owner(name))
        ]
        kind = _MEMBERS.get(listing.head, "enterprise")
        ours = ("project:" if kind == "project" else "enterprise:", "organization:")
        if not all(one.startswith(ours) for one in members):
            kind = "introduction"
        size = listing.size if listing.size and listing.size >= len(members) else None
        open_ = size > len(members) if size else listing.open
        topic = {"introduction": "project"}.get(kind, kind)
        self._put("Group", self._fresh("group", item.fields.get("slug") or slug(item.fields["en"])), [
            ("rdfs:label", both(item.fields["zh"], item.fields["en"])),
            ("park:memberKind", [f"member-kind:{kind}"]),
            ("park:statedSize", [str(size)] if size else []),
            ("park:listEndsOpen", ["true" if open_ else "false"]),
            ("park:hasMember", members),
            ("park:evidence", self._passages([listing.span])),
        ], f"kg/{topic}.ttl")  # fmt: skip

    # --- figures ------------------------------------------------------------------

    def _figure(self, item: Item) -> None:
        figure = item.figure
        assert figure
        if item.same_as:
            self._cite(self._thing(item.same_as)[0], [figure.span])
            return
        about = self._about(item)
        indicator = self._indicator(item)
        if about is None or indicator is None:
            return
        period = self._period_of(item)
        class_ = item.fields["class"].removeprefix("park:")
        printed = self.article.text.part(figure.span)
        spans = (
            [Span(max(figure.measure.start, 0), figure.span.end)]
            if figure.measure.start < figure.span.start
            else [figure.span]
        )
        evidence = self._passages(spans, self._when(figure.period) if period and figure.period else None)
        end = about[0].partition(":")[2] if self.park and about[0] != self.park[0] else ""
        local = "-".join(
            one for one in (period[3] if period else "", end, indicator[0].partition(":")[2]) if one
        )
        name = self._fresh(PREFIXES[class_], local)
        aim_zh, aim_en = ("的目标", "target for ") if class_ == "Target" else ("", "")
        zh = f"{period[1] if period else ''}{about[1] if end else ''}{indicator[1]}{aim_zh}"
        en = (
            f"{aim_en}{indicator[2]}"
            + (f" of {about[2]}" if end else "")
            + (f", {period[2]}" if period else "")
        )
        self._put(class_, name, [
            ("rdfs:label", both(zh, en)),
            ("park:about", [about[0]]),
            ("park:indicator", [indicator[0]]),
            ("park:period", [period[0]] if period else []),
            *self._joint(item),
            *quantity(figure, printed, self.units),
            ("park:basis", ["basis:stated"]),
            ("park:evidence", evidence),
        ])  # fmt: skip
        if period and figure.period and self._far(figure.period, figure.span):
            self._carried(name, period[0], evidence, figure.period, "kg/indicator.ttl")

    def _carried(self, name: str, value: str, evidence: list[str], period: Period, file: str) -> None:
        """An annotation: the period stands in an earlier sentence."""
        words = self.article.text.part(period.span)
        evidence = list(dict.fromkeys([f"{self.source.slug}:{self._when(period)}", *evidence]))
        self._reasoned(name, "park:period", value, evidence, f"本句未写时期，沿用前面的“{words}”。",
                       f'The sentence gives no period; "{words}" before it holds on.', file)  # fmt: skip

    def _joint(self, item: Item) -> list[Values]:
        """What a joint total covers, as it was decided: it never passes for a single figure unasked."""
        said = item.fields.get("covers", "none").split()
        if not said:
            self._filled(item, "covers")
        if said in ([], ["none"]):
            return []
        named = [self._thing(code)[0] for code in said]
        levels = [code for code in named if code.startswith("level:")]
        kinds = [code for code in named if code not in levels]
        joint = "true" if max(len(kinds), len(levels)) > 1 else "false"
        return [("park:coversKind", kinds), ("park:coversLevel", levels), ("park:jointTotal", [joint])]

    def _about(self, item: Item) -> tuple[str, str, str] | None:
        said = item.fields.get("about", PARK_ITEM)
        if said == PARK_ITEM:
            if not self.park:
                self.missing.append(f"[{PARK_ITEM}] decide:")
            return self.park
        if said in self.items:
            if said not in self.refs:
                self.missing.append(f"[{item.id}] about: {said} ?")
            return self.refs.get(said)
        return self._thing(said)

    def _indicator(self, item: Item) -> tuple[str, str, str] | None:
        said, figure = item.fields["indicator"], item.figure
        assert figure
        if not said.startswith("new "):
            return self._thing(said)
        zh = said.removeprefix("new ").strip() or indicator_words(figure)
        key = f"indicator {zh}"
        if key in self.refs:
            return self.refs[key]
        others = [one for one in self.items.values() if one.figure and one.fields.get("indicator") == said]
        english = item.fields.get("en") or next(
            (one.fields["en"] for one in others if one.fields.get("en")), ""
        )
        if not english:
            self._english(item)
            return None
        name = f"indicator:{item.fields.get('slug') or slug(english)}"
        if self._is(name):
            return self._thing(name)
        base = self.units.of(figure.unit)[1]
        grown = re.search(r"增长|增速|下降|提高|提升|减少", zh)
        transformation = (
            "share" if re.search(r"占|比重|率$", zh) and not grown and base.endswith("PERCENT") else "level"
        )
        if grown and base.endswith("PERCENT"):
            transformation = "year-on-year" if re.search(r"同比|比上年|上年", zh) else "change"
        self._put("Indicator", name, [
            ("rdfs:label", both(zh, english)),
            ("skos:definition", both(f"来源所称的“{zh}”。", f"What the source calls {english}.")),
            ("park:transformation", [f"transformation:{transformation}"]),
            ("park:measuredIn", [base]),
            ("park:statisticalSystem", ["statistical-system:unstated"]),
            ("park:evidence", self._passages([figure.measure, figure.span])),
        ])  # fmt: skip
        self.refs[key] = name, zh, english
        return self.refs[key]

    def _period_of(self, item: Item) -> tuple[str, str, str, str] | None:
        """Short name, labels and slug of the period of a figure; described where the graph has none."""
        figure = item.figure
        assert figure
        said = item.fields.get("period")
        if said == "none" or (not said and (figure.period is None or figure.period.kind == "next")):
            return None
        if said:
            return (*self._thing(said), said.partition(":")[2])
        assert figure.period
        return self._described(figure.period)

    def _described(self, period: Period) -> tuple[str, str, str, str]:
        known = period_iri(self.graph, period)
        if known:
            thing = self._thing(shorten(known.value, self.prefixes))
            return (*thing, thing[0].partition(":")[2])
        zh, en, local = period_words(period, self.day)
        if period.kind == "present" and period.start is None:
            period = replace(period, inferred=True)
        name = f"period:{local}"
        if name not in self.made:
            self.made.add(name)
            words = self.article.text.part(period.span)
            days = [("park:startDate", period.start), ("park:endDate", period.end)]
            evidence = [f"{self.source.slug}:{self._when(period)}"]
            self._put("Period", name, [
                ("rdfs:label", both(zh, en)),
                ("skos:altLabel", [literal(words, "zh")] if re.search("[一二三四五]", words) else []),
                *((path, [f'"{day}"^^xsd:date']) for path, day in days if day),
                ("park:evidence", evidence),
            ])  # fmt: skip
            if period.inferred:
                for path, day in days:
                    if day:
                        self._dated(name, path, f'"{day}"^^xsd:date', period, "kg/indicator.ttl")
        return name, zh, en, local

    def _far(self, period: Period, span: Span) -> bool:
        between = self.article.text.text[period.span.end : span.start]
        return bool(re.search(r"[。！？\n]", between))

    def _reasoned(
        self, name: str, path: str, value: str, evidence: list[str], zh: str, en: str, file: str
    ) -> None:
        axiom = self._fresh(
            "annotation", f"{name.partition(':')[2]}-{path[5:].lower().removesuffix('date') or 'date'}"
        )
        self.nodes.setdefault(file, []).append(node(axiom, "owl:Axiom", [
            ("owl:annotatedSource", [name]), ("owl:annotatedProperty", [path]),
            ("owl:annotatedTarget", [value]), ("park:basis", ["basis:inference"]),
            ("park:reason", both(zh, en)), ("park:evidence", evidence),
        ]))  # fmt: skip

    # --- what was left out ----------------------------------------------------------

    def _rest(self, item: Item) -> None:
        reason = item.fields.get("reason") or "此处没有图谱要记录的事实。"
        english = item.fields.get("en") or "Nothing here that the graph records."
        file = f"kg/sources/{self.source.slug}.coverage.ttl"
        for span in item.parts:
            start, end = map(int, span.split("-"))
            covered = {at for one in self.cited for at in range(one.start, one.end)}
            if span not in item.left_out and not covered.issuperset(range(start, end)):
                self._put("Omission", f"omission:{self.source.slug}-{span}", [
                    ("park:evidence", [f"{self.source.slug}:{span}"]), ("park:reason", both(reason, english)),
                ], file)  # fmt: skip

    def _remember(self) -> None:
        name = rejected_file(self.source)
        before = set(self.edits.text(name).splitlines()) if (self.edits.root.path / name).exists() else set()
        now = before | {item.id for item in self.items.values() if item.rejected}
        if now != before:
            self.edits.texts[name] = "".join(f"{one}\n" for one in sorted(now))
        elif not before:
            self.edits.texts.pop(name, None)


def tell_missing(
    items: Sequence[Item],
    article: Article,
    source: Source | None,
    root: Root,
    graph: Graph,
    prefixes: Mapping[str, str],
) -> None:
    """Adds to the notes of each item what the shapes would still ask for, were it accepted as it stands.

    Found by accepting all that is not refused into edits that nobody writes; where the text is no source yet,
    another stands in for it.
    """
    source = source or next(iter(read_sources(graph).values()), None)
    if source is None:
        return
    held = [
        replace(
            item,
            decision={KNOWN_ITEM: "?", REST_ITEM: "?"}.get(item.id, item.decision.replace("?", "yes")),
            fields={
                key: value or ("none" if key == "covers" else f"TODO {number}")
                for key, value in item.fields.items()
            },
        )
        for number, item in enumerate(items)
    ]
    trial = Applying(held, article, source, graph, prefixes, Edits(root))
    notes = {one.id: one.notes for one in items}
    shapes, required = Graph(read_documents(root, "shapes")), dict[str, list[str]]()
    steps: list[tuple[str, Callable[[], None]]] = [(PARK_ITEM, trial.prepare)]
    steps += [(one.id, partial(trial.take, one)) for one in trial.in_order()]
    for id_, step in steps:
        lacking: list[str] = []
        try:
            step()
        except Usage as error:
            notes.get(id_, []).append(error.message)
        for class_, values in trial.put:
            if class_ not in required:
                asked = wanted(root, shapes, graph, NamedNode(PARK + class_))
                required[class_] = [one.path for one in asked if one.required]
            lacking += [path for path in required[class_] if not values.get(path)]
            for path, given in values.items():
                if todo := [one.rpartition("@")[2] for one in given if one.startswith('"TODO')]:
                    lacking.append(f"{path} ({', '.join(todo)})")
        trial.put.clear()
        if lacking and id_ in notes:
            notes[id_].append(_("missing: {what}", what=list(dict.fromkeys(lacking))))


_PREF = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
