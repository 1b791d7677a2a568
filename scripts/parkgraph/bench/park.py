"""One made-up park: everything that a graph says of it, drawn from the habits of the real one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, cast

from parkgraph.bench import made_up
from parkgraph.bench.made_up import Name
from parkgraph.bench.nodes import Node, labels
from parkgraph.bench.profile import Figure, Profile, Weights
from parkgraph.evidence.passages import render
from parkgraph.evidence.sources import Section, Source
from parkgraph.evidence.text import Span
from parkgraph.names import SOURCE

if TYPE_CHECKING:
    from parkgraph.evidence.facts import Fact

YEARS = range(2014, 2024)
"""Years that a figure may be of; `shared_nodes` has a period for each."""

SECTIONS = 6
REASON = (
    '"名称中写明了这一产业，来源没有另作说明。"@zh',
    '"The name speaks of it; the source does not give it otherwise."@en',
)

Short = Callable[[str], str]
"""IRI → its short name."""


def period(year: int) -> str:
    """The short name of the period that is `year`."""
    return f"period:year-{year}"


def shared_nodes(evidence: str) -> list[Node]:
    """What all made-up parks share: a period for each year."""
    return [
        Node(
            period(year), "park:Period", *labels(Name(f"{year}年", str(year))),
            ("park:startDate", f'"{year}-01-01"^^xsd:date'), ("park:endDate", f'"{year}-12-31"^^xsd:date'),
            ("park:evidence", evidence),
        )
        for year in YEARS
    ]  # fmt: skip


class MadeUpPark:
    """A park of its own seed.  nodes: what its file says; source: its source and sections; passages: theirs.

    number: makes its names unlike those of every other.  short: for the IRIs of the profile.
    """

    def __init__(self, number: int, seed: int, profile: Profile, short: Short) -> None:
        self.key = f"park-{number:05d}"
        self.nodes: list[Node] = []
        self.source: list[Node] = []
        self.passages: list[Node] = []
        self._random = Random(f"{seed} {number}")
        self._profile = profile
        self._short = short
        self._offset = 0
        self._cited: list[str] = []
        self.name = made_up.word(self._random).then("高新区", "High-tech Zone")
        self.place = f"place:{self.key}"
        self._organizations()
        self._projects()
        self._figures()
        self._innovation()
        self._policy()
        self._industries()
        self._close_source()

    def files(self) -> dict[str, list[Node]]:
        """Name of a file from the root → the nodes in it."""
        return {
            f"kg/{self.key}.ttl": self.nodes,
            f"kg/sources/{self.key}.ttl": self.source,
            f"kg/sources/{self.key}.passages.ttl": self.passages,
        }

    def passages_text(self) -> str:
        """The passages as `parkgraph cite --write` writes them."""
        nowhere = cast("Fact", None)  # a made-up source stands in no file yet
        sections = tuple(
            Section(f"{SOURCE}{self.key}/section/{part}", Span(start, end), {}, nowhere)
            for part, (start, end) in enumerate(pairwise(self._bounds), start=1)
        )
        source = Source(SOURCE + self.key, self._bounds[-1], None, sections, {}, nowhere)
        digests = {
            Span(int(node.get("park:start") or 0), int(node.get("park:end") or 0)): (
                (node.get("park:sha256") or "").split('"')[1]
            )
            for node in self.passages
        }
        return render(source, digests)

    # What everything needs

    def _one(self, property: str) -> str:
        """A code of `property`, as often as the real graph uses it."""
        return self._drawn(self._profile.codes[property])

    def _drawn(self, weights: Weights) -> str:
        return self._short(self._random.choices(list(weights), weights=list(weights.values()))[0])

    def _how_many(self, kind: str, share: float = 1.0) -> int:
        """About as many as the real graph has, give or take a quarter; at least one."""
        usual = self._profile.counts.get(kind, 1) * share
        return max(1, round(usual * self._random.uniform(0.75, 1.25)))

    def _node(self, kind: str, prefix: str, tail: str, name: Name, *said: tuple[str, str]) -> Node:
        node = Node(f"{prefix}:{self.key}-{tail}", f"park:{kind}", *labels(name), *said)
        node.add("park:evidence", *self._evidence())
        self.nodes.append(node)
        return node

    def _statement(self, kind: str, prefix: str, tail: str, name: Name, *said: tuple[str, str]) -> Node:
        return self._node(kind, prefix, tail, name, *said, ("park:basis", "basis:stated"))

    def _annotate(self, node: Node, predicate: str, value: str, tail: str) -> None:
        about = [("owl:annotatedSource", node.name), ("owl:annotatedProperty", predicate)]
        about += [("owl:annotatedTarget", value), ("park:basis", "basis:inference")]
        axiom = Node(f"annotation:{self.key}-{tail}", "owl:Axiom", *about)
        axiom.add("park:reason", *REASON).add("park:evidence", node.get("park:evidence") or "")
        self.nodes.append(axiom)

    def _evidence(self) -> list[str]:
        """One to three passages: new ones, or ones that something else rests on too."""
        found = []
        for _ in range(self._random.choice((1, 1, 1, 2, 2, 3))):
            again = self._cited and self._random.randrange(self._profile.shared_evidence) >= 100
            found.append(self._random.choice(self._cited[-12:]) if again else self._passage())
        return list(dict.fromkeys(found))

    def _passage(self) -> str:
        start = self._offset + self._random.randrange(2)
        end = start + self._random.randrange(8, 45)
        self._offset = end
        name = f"<{SOURCE}{self.key}/{start}-{end}>"
        digest = hashlib.sha256(name.encode()).hexdigest().upper()
        self.passages.append(
            Node(
                name, "park:Passage", ("park:inSource", f"source:{self.key}"),
                ("park:start", str(start)), ("park:end", str(end)),
                ("park:sha256", f'"{digest}"^^xsd:hexBinary'),
            )
        )  # fmt: skip
        self._cited.append(name)
        return name

    # What there is

    def _organizations(self) -> None:
        body = self._node("PublicBody", "organization", "committee", self.name.then("管委会", "committee"))
        year = self._random.randrange(1988, 2012)
        park = self._node(
            "Park", "place", "zone", self.name, ("park:foundedYear", f'"{year}"^^xsd:gYear'),
            ("park:administeredBy", body.name),
        )  # fmt: skip
        self.place = park.name
        for tail, zh in (("east", "东区"), ("west", "西区")):
            name = self.name.then(zh, f"{tail} area")
            self._node("ParkArea", "place", tail, name, ("park:areaOf", self.place))
        city = self._node(
            "AdministrativeUnit", "place", "city", made_up.word(self._random).then("市", "City"),
            ("park:level", "level:municipal"),
        )  # fmt: skip
        park.add("park:locatedIn", city.name)
        for number in range(self._how_many("PublicBody", 0.6)):
            name = made_up.word(self._random).then("局", "Bureau")
            self._node("PublicBody", "organization", f"bureau-{number}", name)
        self.enterprises: list[tuple[Node, Name]] = []
        for number in range(self._how_many("Enterprise")):
            name = made_up.enterprise(self._random)
            node = self._node("Enterprise", "enterprise", f"e{number}", name, ("park:locatedIn", self.place))
            if self._random.random() < 0.6:
                self._serve(node, "Enterprise", f"e{number}")
            self.enterprises.append((node, name))
        self._group("enterprises", "member-kind:enterprise", [node for node, _ in self.enterprises[:4]])

    def _serve(self, node: Node, kind: str, tail: str) -> None:
        industry = self._drawn(self._profile.industries[kind])
        node.add("park:servesIndustry", industry)
        if self._random.randrange(100) < self._profile.inferred:
            self._annotate(node, "park:servesIndustry", industry, f"{tail}-serves")

    def _group(self, tail: str, kind: str, members: Sequence[Node]) -> None:
        listing = self._random.choice(("complete", "partial", "open"))
        size = {"complete": len(members), "partial": len(members) + self._random.randrange(1, 9), "open": 0}
        name = self.name.then("的一组", f"group: {tail}")
        node = self._node(
            "Group", "group", tail, name, ("park:memberKind", kind), ("park:listing", f"listing:{listing}"),
            *(("park:hasMember", member.name) for member in members),
        )  # fmt: skip
        if size[listing]:
            node.add("park:statedSize", str(size[listing]))

    def _projects(self) -> None:
        projects = []
        for number in range(self._how_many("Project")):
            owner, owner_name = self._random.choice(self.enterprises)
            name = made_up.project(self._random, owner_name)
            tail = f"j{number}"
            node = self._node("Project", "project", tail, name, ("park:ofPark", self.place))
            self._serve(node, "Project", tail)
            projects.append(node)
            self._participation(node, name, owner, "role:initiator", f"{tail}-0")
            for other in range(self._random.choice((0, 0, 1, 2))):
                partner, _ = self._random.choice(self.enterprises)
                self._participation(node, name, partner, self._one("role"), f"{tail}-{other + 1}")
            self._phases(node, name, tail)
            if self._random.random() < 0.1:
                self._planned_amount(node, name, tail)
        self._group("projects", "member-kind:project", projects[:5])
        for number in range(self._how_many("Fund", 0.5)):
            name = made_up.word(self._random).then("基金", "Fund")
            fund = self._node("Fund", "fund", f"f{number}", name, ("park:ofPark", self.place))
            self._serve(fund, "Project", f"f{number}")
        for number in range(self._how_many("Event", 0.5)):
            name = made_up.word(self._random).then("博览会", "Expo")
            self._node("Event", "event", f"v{number}", name, ("park:date", self._day(self._year())))

    def _participation(self, project: Node, name: Name, party: Node, role: str, tail: str) -> None:
        self._statement(
            "Participation", "participation", tail, name.then("的参与方", f"party {tail}"),
            ("park:participationIn", project.name), ("park:participant", party.name), ("park:role", role),
        )  # fmt: skip

    def _phases(self, project: Node, name: Name, tail: str) -> None:
        codes = self._profile.phases
        first = self._random.randrange(len(codes))
        day = date(self._year(), 1, 1) + timedelta(days=self._random.randrange(360))
        for code in codes[first : first + self._random.choice((1, 1, 2, 3))]:
            short = self._short(code)
            step = short.partition(":")[2]
            node = self._statement(
                "PhaseRecord", "phase-record", f"{tail}-{step}", name.then("的进展", step),
                ("park:phaseOf", project.name), ("park:phase", short), ("park:date", f'"{day}"^^xsd:date'),
                ("park:period", period(day.year)),
            )  # fmt: skip
            self._annotate(node, "park:period", period(day.year), f"{tail}-{step}-period")
            day = min(day + timedelta(days=self._random.randrange(20, 200)), date(YEARS[-1], 12, 31))

    def _year(self) -> int:
        return self._random.choice(YEARS[:-2])

    def _day(self, year: int) -> str:
        return f'"{date(year, 1, 1) + timedelta(days=self._random.randrange(360))}"^^xsd:date'

    def _figures(self) -> None:
        figures = self._profile.figures
        first = self._random.choice(YEARS[:-3])
        for figure in self._random.sample(figures, min(10, len(figures))):
            for year in range(first, first + 3):
                code = figure.indicator.rpartition("/")[2]
                name = self.name.then(f"{year}年的指标", f"{code} of {year}")
                said = [("park:about", self.place), ("park:period", period(year))]
                self._quantity("Observation", "observation", f"{year}-{code}", name, figure, said)
        for figure in self._random.sample(figures, min(4, len(figures))):
            code = figure.indicator.rpartition("/")[2]
            name = self.name.then("的目标", f"target for {code}")
            self._quantity("Target", "target", code, name, figure, [("park:about", self.place)])

    def _planned_amount(self, project: Node, name: Name, tail: str) -> None:
        money = [figure for figure in self._profile.figures if "CCY" in (figure.base_unit or "")]
        if money:
            figure = self._random.choice(money)
            said = [("park:about", project.name)]
            planned = name.then("的计划投资", "planned investment")
            self._quantity("PlannedAmount", "planned-amount", tail, planned, figure, said)

    def _quantity(
        self, kind: str, prefix: str, tail: str, name: Name, figure: Figure, said: Sequence[tuple[str, str]]
    ) -> None:
        value = figure.value * Decimal(str(round(self._random.lognormvariate(0, 0.6), 3)))
        whole = figure.value == figure.value.to_integral_value() and figure.multiplier == 1
        value = (
            Decimal(max(1, round(value))) if whole else max(value.quantize(Decimal("0.01")), Decimal("0.01"))
        )
        qualifier = self._one("qualifier")
        node = self._statement(
            kind, prefix, tail, name, *said, ("park:indicator", self._short(figure.indicator)),
            ("park:statedValue", decimal(value)), ("park:unit", self._short(figure.unit)),
            ("park:printedForm", f'"{value}{figure.symbol}"'), ("park:qualifier", qualifier),
        )  # fmt: skip
        _bound(node, qualifier.partition(":")[2], decimal(value))
        if figure.multiplier is not None and figure.base_unit is not None:
            node.add("park:normalizedValue", decimal(value * figure.multiplier))
            node.add("park:normalizedUnit", self._short(figure.base_unit))

    def _innovation(self) -> None:
        for number in range(self._how_many("Platform")):
            name = made_up.word(self._random).then("平台", "platform")
            self._node(
                "Platform", "platform", f"t{number}", name, ("park:platformKind", self._one("platformKind")),
                ("park:ofPark", self.place), ("park:status", self._one("status")),
            )  # fmt: skip
        for number in range(self._how_many("Recognition")):
            self._statement(
                "Recognition", "recognition", f"r{number}", self.name.then("的荣誉", f"title {number}"),
                ("park:recipient", self._random.choice([self.place, self.enterprises[0][0].name])),
                ("park:title", self._one("title")), ("park:level", self._one("level")),
                ("park:recognitionStatus", self._one("recognitionStatus")),
                ("park:period", period(self._year())),
            )  # fmt: skip

    def _policy(self) -> None:
        policies = [
            self._node(
                "PolicyInstrument", "policy", f"g{number}", made_up.word(self._random).then("计划", "Plan"),
                ("park:level", self._one("level")), ("park:status", self._one("status")),
                ("park:appliesTo", self.place),
            )
            for number in range(self._how_many("PolicyInstrument"))
        ]  # fmt: skip
        principles = [
            self._node(
                "Principle", "principle", f"m{number}", made_up.deed(self._random),
                ("park:principleKind", self._one("principleKind")), ("park:ofPark", self.place),
            )
            for number in range(self._how_many("Principle", 0.5))
        ]  # fmt: skip
        self._group("policies", "member-kind:policy", policies[:4])
        self._group("principles", "member-kind:principle", principles[:6])
        larger: list[Node] = []
        for number in range(self._how_many("Undertaking", 0.5)):
            node = self._node(
                "Undertaking", "undertaking", f"u{number}", made_up.deed(self._random),
                ("park:ofPark", self.place), ("park:status", self._one("status")),
                ("park:guidedBy", self._random.choice(policies + principles).name),
            )  # fmt: skip
            if larger and self._random.random() < 0.7:
                node.add("park:contributesTo", self._random.choice(larger[:8]).name)
            larger.append(node)
        self._group("undertakings", "member-kind:undertaking", larger[:5])

    def _industries(self) -> None:
        every: Mapping[str, int] = {
            **self._profile.industries["Enterprise"],
            **self._profile.industries["Project"],
        }
        for number in range(self._how_many("IndustryRole", 0.7)):
            self._statement(
                "IndustryRole", "industry-standing", f"s{number}",
                self.name.then("的产业", f"industry {number}"),
                ("park:about", self.place), ("park:industry", self._drawn(every)),
                ("park:industryRole", self._one("industryRole")), ("park:status", self._one("status")),
                ("park:period", period(self._year())),
            )  # fmt: skip
        for number in range(self._how_many("Assessment", 0.8)):
            name = self.name.then(*made_up.deed(self._random))
            self._statement("Assessment", "assessment", f"a{number}", name, ("park:about", self.place))

    def _close_source(self) -> None:
        """The source that all passages are of, when it is known how long it must be."""
        paper = Node(f"organization:{self.key}-daily", "park:MediaOrganization")
        paper.add("rdfs:label", '"日报"@zh', '"Daily"@en').add("park:evidence", self._passage())
        length = self._offset + 10
        name = self.name.then("报道", "report")
        digest = hashlib.sha256(self.key.encode()).hexdigest().upper()
        source = Node(
            f"source:{self.key}", "park:NewsArticle", *labels(name),
            *(("schema:headline", label) for _, label in labels(name)),
            ("schema:datePublished", self._day(YEARS[-1])), ("schema:publisher", paper.name),
            ("schema:inLanguage", '"zh"'),
            ("park:textLength", str(length)), ("park:textSha256", f'"{digest}"^^xsd:hexBinary'),
        )  # fmt: skip
        bounds = self._bounds = [length * part // SECTIONS for part in range(SECTIONS + 1)]
        sections = [
            Node(
                f"<{SOURCE}{self.key}/section/{part}>", "park:Section",
                *labels(Name(f"第{part}节", f"section {part}")), ("park:inSource", source.name),
                ("park:ordinal", str(part)),
                ("park:start", str(bounds[part - 1])), ("park:end", str(bounds[part])),
            )
            for part in range(1, SECTIONS + 1)
        ]  # fmt: skip
        self.source = [source, paper, *sections]


def decimal(value: Decimal) -> str:
    """The number with a point, so that Turtle reads an xsd:decimal, and without idle zeros."""
    text = f"{value.normalize():f}"
    return text if "." in text else f"{text}.0"


def _bound(node: Node, qualifier: str, value: str) -> None:
    if qualifier in ("exactly", "more-than", "at-least"):
        node.add("park:lowerBound", value)
    if qualifier in ("exactly", "nearly", "at-most"):
        node.add("park:upperBound", value)
    if qualifier != "about":
        inclusive = qualifier in ("exactly", "at-least", "at-most")
        node.add("park:boundsInclusive", "true" if inclusive else "false")
