"""The validation itself: inputs → is the shapes graph sound? → engines → findings with places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal as OneOf

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from parkgraph.errors import Remote, Unreadable, Usage
from parkgraph.finding import SEVERITIES, Finding, Severity
from parkgraph.graph.documents import SUBCLASS, BlankNames, Graph, Occurrence
from parkgraph.messages import Text, _
from parkgraph.read.turtle import Fact, Term
from parkgraph.validate import engines
from parkgraph.validate.choice import beyond_reference, doubts
from parkgraph.validate.fingerprint import fingerprint
from parkgraph.validate.inputs import Inputs, at
from parkgraph.validate.literals import well_formed
from parkgraph.validate.positions import Explain, Locator
from parkgraph.validate.results import Collector, Result
from parkgraph.validate.shapes import Shapes
from parkgraph.validate.soundness import aimless, unsound
from parkgraph.validate.terms import undefined_terms
from parkgraph.validate.vocabulary import SEVERITY
from parkgraph.validate.wording import Names, Wording

Engine = OneOf["fast", "reference", "both"]
SECONDS = 60.0
"""Time that one shape may take, unless told otherwise."""
LONGEST = 1e9
"""No time limit is longer: that is thirty years, and clocks overflow."""


class BrokenShapes(Unreadable):
    """The shapes graph breaks the rules of SHACL: nothing was validated. findings: what is wrong with it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first, more = findings[0], len(findings) - 1
        said = _("the shapes graph is broken, nothing was validated: {first}", first=first.messages)
        if more:
            said = _("{said} (and {more} more)", said=said, more=more)
        super().__init__(said, fix=first.fix, file=first.file, line=first.line, column=first.column)
        self.findings = tuple(findings)


@dataclass
class Report:
    """What a validation gave.

    findings: in the order of the files, at most as many as asked for.  counts: of all, by severity.
    accepted: fingerprints of findings that the caller had accepted; they count nowhere else.
    late: one finding for each shape that took longer than the time limit: its results are missing.
    notes: what the user should know, such as why the reference decided.
    decided_by: fast, reference, fast+reference or both.  rules: names of the shapes that were checked.
    figures: how many files, triples and shapes.
    """

    findings: list[Finding] = field(default_factory=list)
    counts: Counter[Severity] = field(default_factory=Counter)
    accepted: set[str] = field(default_factory=set)
    late: list[Finding] = field(default_factory=list)
    notes: list[Mapping[str, str]] = field(default_factory=list)
    decided_by: str = "fast"
    prefixes: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    figures: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All findings, those that were cut off included."""
        return sum(self.counts.values())

    @property
    def omitted(self) -> int:
        """How many findings were cut off."""
        return self.total - len(self.findings)


def check(
    inputs: Inputs,
    *,
    engine: Engine = "fast",
    time_limit: float | None = SECONDS,
    most: int | None = None,
    accepted: Collection[str] = (),
    inferred: Collection[Fact] = (),
    explain: Explain | None = None,
    proven: bool = False,
) -> Report:
    """Validates the inputs.

    time_limit: seconds for each shape, None for no limit.  most: findings to keep (None: all); the rest is
    counted.  accepted: fingerprints of findings to leave out.  inferred, explain: triples that stand in no
    file, and what each of them follows from.  proven: tests show that the engines agree on these shapes, so
    that none needs the reference.
    Raises BrokenShapes, EngineFailure, Usage for shapes that the engine asked for cannot read, and for an
    impossible time limit.
    """
    if time_limit is not None and not 0 < time_limit <= LONGEST:
        raise Usage(_("not a time limit: {time_limit:g} s", time_limit=time_limit))
    return _Run(inputs, engine, time_limit, most, accepted, inferred, explain, proven).whole()


class _Run:
    def __init__(
        self,
        inputs: Inputs,
        engine: Engine,
        time_limit: float | None,
        most: int | None,
        accepted: Collection[str],
        inferred: Collection[Fact],
        explain: Explain | None,
        proven: bool,
    ) -> None:
        self.inputs, self.engine, self.time_limit, self.most = inputs, engine, time_limit, most
        self.accepted, self.proven = frozenset(accepted), proven
        self.shapes = Shapes(Graph(inputs.shapes))
        classes = [fact for doc in inputs.shapes for fact in doc.triples if fact.predicate == SUBCLASS]
        self.data = Graph((*inputs.data, *inputs.context, *inputs.ontology), (*classes, *inferred))
        self.names = Names(inputs.documents)
        self.blanks = BlankNames(self.data)
        self.wording = Wording(self.shapes, self.names)
        self.locator = Locator(self.data, self.shapes, explain)
        self.report = Report(prefixes=self.names.prefixes)

    def whole(self) -> Report:
        found = unsound(self.shapes)
        broken = [finding for finding in found if finding.severity == "violation"]
        if broken:
            raise BrokenShapes(broken)
        found += aimless(self.shapes, self.inputs.shapes, self.data, self.names)
        found += self.inputs.notes
        found += undefined_terms(self.inputs, self.names.prefixes)
        found += self._ill_formed()
        if self.shapes.targets:
            found += self._engines()
        report = self.report
        for finding in found:
            self._count(finding, report.findings)
        report.findings.sort(key=Finding.sort_key)
        if self.most is not None and len(report.findings) > self.most:
            report.findings.sort(key=lambda finding: SEVERITIES.index(finding.severity))  # the worst stay
            del report.findings[self.most :]
            report.findings.sort(key=Finding.sort_key)
        report.rules = tuple(dict.fromkeys(self.shapes.name(target.shape) for target in self.shapes.targets))
        report.figures = {
            "files": len(self.inputs.documents),
            "triples": len(self.data.facts),
            "shapes": len(self.shapes.nodes),
        }
        return report

    def _count(self, finding: Finding, kept: list[Finding]) -> None:
        mark = fingerprint(finding)
        if mark in self.accepted:
            self.report.accepted.add(mark)
        else:
            self.report.counts[finding.severity] += 1
            kept.append(finding)

    # --- the engines -------------------------------------------------------

    def _engines(self) -> list[Finding]:
        """Findings beside the results, which go straight into the report."""
        everything = list(dict.fromkeys(str(target.shape) for target in self.shapes.targets))
        if self.engine != "fast":
            self._refuse_what_the_reference_cannot_read()
        if self.engine == "both":
            return self._both(everything)
        left = everything if self.engine == "reference" else [] if self.proven else self._doubtful()
        fast = [shape for shape in everything if shape not in left]
        collected = self._collector(self.most)
        by: dict[engines.Engine, list[str]] = {"fast": fast, "reference": left}
        decided = [self._decide(name, shapes, collected) for name, shapes in by.items() if shapes]
        self.report.decided_by = "+".join(sorted(set(decided)))
        self._tell(collected)
        return []

    def _decide(self, name: engines.Engine, shapes: list[str], collected: Collector) -> engines.Engine:
        """Runs one engine on some shapes; when it gives up, the other, unless that one was not asked for."""
        other: engines.Engine = "reference" if name == "fast" else "fast"
        try:
            collected.merge(self._run(name, shapes, self.most))
        except engines.EngineFailure as failure:
            if self.engine == "reference":
                raise
            self.report.notes.append(failure.told)
            try:
                collected.merge(self._run(other, shapes, self.most))
            except engines.EngineFailure:
                raise failure from None
            return other
        return name

    def _refuse_what_the_reference_cannot_read(self) -> None:
        for doubt in beyond_reference(self.shapes).values():
            source = self.shapes.graph.sources(doubt.fact)[0]
            place = source.document.place_of(source.number, "value")
            raise Usage(
                {"en": doubt.english, "zh": doubt.chinese},
                fix=_("use --engine fast"),
                file=place.file,
                line=place.line,
                column=place.column,
            )

    def _doubtful(self) -> list[str]:
        found = doubts(self.shapes, self.data)
        for shape, doubt in found.items():
            name = self.names.iri(self.shapes.name(shape))
            self.report.notes.append(
                _(
                    "{name}: decided by the reference engine, because {doubt}",
                    name=name,
                    doubt={"en": doubt.english, "zh": doubt.chinese},
                )
            )
        return [str(shape) for shape in found]

    def _both(self, everything: list[str]) -> list[Finding]:
        fast, reference = self._run("fast", everything, None), self._run("reference", everything, None)
        self.report.decided_by = "both"
        mine, theirs = (Counter(map(self._key, one.kept)) for one in (fast, reference))
        reference.keep = self.most
        self._tell(reference)
        return [*self._difference("fast", mine - theirs), *self._difference("reference", theirs - mine)]

    def _key(self, result: Result) -> tuple[Result, str]:
        messages = self.wording.messages(result, *self._terms(result))
        return result._replace(constraint=None, messages=()), str(sorted(messages.items()))

    def _difference(self, name: str, alone: Counter[tuple[Result, str]]) -> Iterator[Finding]:
        for (result, message), times in sorted(alone.items(), key=str):
            component, shape = self.names.iri(result.component), self.names.iri(self._rule(result))
            messages = _(
                "only the {name} engine reports {component} of {shape} here: {message} ({times})",
                name=name,
                component=component,
                shape=shape,
                message=message,
                times=times,
            )
            plain = self._plain(result)
            located = self.locator.locate(result, *self._terms(result))
            finding = replace(plain, severity="violation", rule="validate/engines-differ", messages=messages)
            yield at(located.place, replace(finding, related=located.related))

    def _run(self, engine: engines.Engine, shapes: list[str], most: int | None) -> Collector:
        def new() -> Collector:
            return self._collector(most)

        collected, late = engines.run(engine, self.data, self.shapes, shapes, new, time_limit=self.time_limit)
        for name in late:
            self.report.late.append(self._late(term(name)))
        return collected

    def _late(self, shape: Term) -> Finding:
        name = self.names.iri(self.shapes.name(shape))
        messages = _(
            "{name} took longer than {time_limit:g} s: not checked", name=name, time_limit=self.time_limit
        )
        fix = _("simplify its query, regular expression or path, or raise --time-limit")
        about = self.shapes.graph.about(shape)
        place = about[0].document.place_of(about[0].number, "subject") if about else None
        return at(place, Finding("violation", "validate/time-limit", messages, focus=str(shape), fix=fix))

    # --- results → findings ------------------------------------------------

    def _collector(self, most: int | None) -> Collector:
        return Collector(most, self._order, self._wanted, self._times)

    def _times(self, result: Result) -> int:
        focus, __, shape = self._terms(result)
        return self.locator.causes(result, focus, shape)

    def _wanted(self, result: Result) -> bool:
        """Not about context, not accepted."""
        if result.focus in self._context:
            return False
        if self.accepted:
            mark = fingerprint(self._plain(result))
            if mark in self.accepted:
                self.report.accepted.add(mark)
                return False
        return True

    def _order(self, result: Result) -> tuple[int, int]:
        rank = SEVERITIES.index(severity(result.severity))
        return rank, self._in_files.get(result.focus, len(self._in_files))

    @cached_property
    def _in_files(self) -> dict[str, int]:
        return {str(subject): number for number, subject in enumerate(self.data.all_subjects)}

    @cached_property
    def _context(self) -> set[str]:
        if not self.inputs.context:
            return set()
        own = {fact.subject for document in self.inputs.data for fact in document.triples}
        others = (*self.inputs.context, *self.inputs.ontology)
        return {
            str(fact.subject) for document in others for fact in document.triples if fact.subject not in own
        }

    def _tell(self, collected: Collector) -> None:
        for iri, number in collected.counts.items():
            self.report.counts[severity(iri)] += number
        for result in collected.kept:
            focus, value, shape = self._terms(result)
            located = self.locator.locate(result, focus, value, shape)
            plain = self._plain(result)
            messages = self.wording.messages(result, focus, value, shape)
            finding = replace(plain, messages=messages, related=located.related)
            self.report.findings.append(at(located.place, finding))

    def _plain(self, result: Result) -> Finding:
        """The finding without words and places: what its fingerprint is made of."""
        focus, value, __ = self._terms(result)
        return Finding(
            severity(result.severity),
            self._rule(result),
            {},
            component=result.component,
            focus=self.blanks.name(focus),
            path=result.path,
            value=None if value is None else self.blanks.name(value),
        )

    def _rule(self, result: Result) -> str:
        return self.shapes.name(term(result.shape))

    @staticmethod
    def _terms(result: Result) -> tuple[Term, Term | None, Term]:
        value = None if result.value is None else term(result.value)
        return term(result.focus), value, term(result.shape)

    # --- literals ----------------------------------------------------------

    def _ill_formed(self) -> Iterator[Finding]:
        """Literals that are none of their datatype; engines let some of them pass."""
        for document in self.inputs.data:
            for number, fact in enumerate(document.triples):
                if isinstance(fact.object, Literal) and not well_formed(fact.object):
                    yield self._ill(Occurrence(document, number), fact)

    def _ill(self, source: Occurrence, fact: Fact) -> Finding:
        value = self.names.term(fact.object)
        messages = _("{value} is not what its datatype allows", value=value)
        finding = Finding(
            "warning", "data/ill-formed-literal", messages, focus=self.blanks.name(fact.subject),
            path=str(fact.predicate), value=str(fact.object),
        )  # fmt: skip
        return at(source.document.place_of(source.number, "object"), finding)


def severity(iri: str) -> Severity:
    """The severity that an IRI stands for; one of a user's own counts as a violation."""
    return SEVERITY.get(iri, "violation")


def term(text: str) -> Term:
    """A term from its N-Triples form."""
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    if text.startswith("_:"):
        return BlankNode(text[2:])
    (quad,) = parse(f"<x:s> <x:p> {text} .", RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, Literal)
    return quad.object


def late_error(late: Sequence[Finding]) -> Remote:
    """The error that says which shapes took too long."""
    first, more = late[0], len(late) - 1
    said: Text = first.messages
    if more:
        said = _("{said} (and {more} more)", said=said, more=more)
    return Remote(said, fix=first.fix, file=first.file, line=first.line, column=first.column)
