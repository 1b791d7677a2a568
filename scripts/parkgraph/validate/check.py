"""The validation itself: inputs → is the shapes graph sound? → evaluation → findings with places."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Literal as OneOf

from pyoxigraph import Literal

from parkgraph.errors import Unreadable
from parkgraph.finding import SEVERITIES, Finding, Place, Severity, at, finding, fingerprint
from parkgraph.graph.documents import BlankNames, Graph
from parkgraph.messages import _
from parkgraph.read.turtle import Document, Fact, Term
from parkgraph.validate import shape_lint
from parkgraph.validate.evaluate import Evaluation
from parkgraph.validate.inputs import Inputs
from parkgraph.validate.locate import Explain, Locator
from parkgraph.validate.shapes import LIST_OF_SHAPES, SEVERITY, Result, Shapes, sh
from parkgraph.validate.sparql import QueryFailure
from parkgraph.validate.terms import undefined_terms
from parkgraph.validate.values import well_formed
from parkgraph.validate.wording import Names, Wording

Engine = OneOf["fast", "reference"]
_DETAILS, _DEEP = 10, 3
"""Most results inside another that are told, and how deep."""


class BrokenShapes(Unreadable):
    """The shapes graph breaks the rules of SHACL: nothing was validated. findings: what is wrong with it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first, more = findings[0], len(findings) - 1
        said = _("the shapes graph is broken, nothing was validated: {first}", first=first.messages)
        if more:
            said = _("{said} (and {more} more)", said=said, more=more)
        super().__init__(said, fix=first.fix, file=first.file, line=first.line, column=first.column)
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Options:
    """How to validate.

    engine: reference asks pySHACL too, and tells where it says something else.  lenient: do without the
    parts of the shapes that are broken, and tell them as violations.  allow_empty: that nothing was checked
    is no violation.  hide: severities to leave out.  most: findings to keep (None: all); the rest is
    counted.  accepted: fingerprints of findings to leave out.
    """

    engine: Engine = "fast"
    lenient: bool = False
    allow_empty: bool = False
    hide: frozenset[Severity] = frozenset()
    most: int | None = None
    accepted: Collection[str] = ()


@dataclass
class Report:
    """What a validation gave.

    findings: in the order of the files, at most as many as asked for.  counts: of all, by severity.
    accepted: fingerprints of findings that the caller had accepted; they count nowhere else.
    notes: what the user should know, such as where pySHACL is known to err.  decided_by: the engine.
    rules: names of the shapes that were checked.  figures: how many files, triples and shapes.
    """

    findings: list[Finding] = field(default_factory=list)
    counts: Counter[Severity] = field(default_factory=Counter)
    accepted: set[str] = field(default_factory=set)
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
    options: Options = Options(),
    *,
    inferred: Collection[Fact] = (),
    explain: Explain | None = None,
) -> Report:
    """Validates the inputs.

    inferred, explain: triples that stand in no file, and what each of them follows from.
    Raises BrokenShapes; Unreadable when a query of the shapes says that it failed.
    """
    run = _Run(inputs, options, inferred, explain)
    return _with_room(run.whole) if len(run.shapes.nodes) > _FLAT else run.whole()


_FLAT = 100
"""With no more shapes than this, none nests deeper than Python's own stack allows."""


def _with_room(work: Callable[[], Report]) -> Report:
    """What `work` gives, with as much stack as shapes nested in shapes may need."""
    import threading
    from concurrent.futures import Future

    done: Future[Report] = Future()

    def tell() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    limit, size = sys.getrecursionlimit(), threading.stack_size(512 * 1024 * 1024)
    sys.setrecursionlimit(1_000_000)
    try:
        threading.Thread(target=tell, daemon=True).start()  # an interrupted command does not wait for it
        return done.result()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)


class _Run:
    def __init__(
        self, inputs: Inputs, options: Options, inferred: Collection[Fact], explain: Explain | None
    ) -> None:
        self.inputs, self.options = inputs, options
        self.shapes = Shapes(Graph(inputs.shapes))
        self.data = Graph((*inputs.data, *inputs.context, *inputs.ontology), tuple(inferred))
        self.names = Names(inputs.documents)
        self.explain = explain
        self.report = Report(prefixes=self.names.prefixes, decided_by=options.engine)

    def whole(self) -> Report:
        found = shape_lint.check(self.shapes)
        broken = [finding for finding in found if finding.severity == "violation"]
        if broken and not self.options.lenient:
            raise BrokenShapes(broken)
        if broken:
            self.shapes = shape_lint.without_faults(self.shapes)
        found += self.inputs.notes
        found += undefined_terms(self.inputs, self.names.prefixes)
        found += self._ill_formed()
        found += self._evaluated()
        self._keep(found)
        self.report.rules = tuple(dict.fromkeys(self.shapes.name(one.shape) for one in self.shapes.targets))
        self.report.figures = {
            "files": len(self.inputs.documents),
            "triples": len(self.data.facts),
            "shapes": len(self.shapes.nodes),
        }
        return self.report

    def _evaluated(self) -> list[Finding]:
        """Findings about the evaluation; its results go into `self.results`."""
        self.evaluation = Evaluation(self.data, self.shapes, unjudged=self._unjudged)
        try:
            results = Counter(self.evaluation.results())
        except QueryFailure as failure:
            about = self.shapes.graph.about(failure.node)
            place = about[0].subject_place if about else Place()
            raise Unreadable(failure.said, file=place.file, line=place.line, column=place.column) from None
        if self.inputs.context:
            others = self._only_in(self.inputs.context)
            results = Counter({one: times for one, times in results.items() if one.focus not in others})
        self.results = results
        found = shape_lint.aimless(
            self.shapes,
            self.data,
            self.inputs.data,
            self.evaluation.empty,
            self.names,
            self.options.allow_empty,
        )
        if self.options.engine == "reference":
            from parkgraph.validate.reference import differences

            self.report.notes += differences(self.data, self.shapes, results, self._unjudged)
        return found

    @cached_property
    def _unjudged(self) -> set[Term]:
        """The nodes that only ontology and context speak of: they are known, not judged."""
        return self._only_in((*self.inputs.ontology, *self.inputs.context))

    def _only_in(self, documents: Iterable[Document]) -> set[Term]:
        own = (fact.subject for document in self.inputs.data for fact in document.triples)
        found: set[Term] = {fact.subject for document in documents for fact in document.triples}
        return found.difference(own)

    # --- results → findings ------------------------------------------------

    def _keep(self, found: list[Finding]) -> None:
        """Counts everything, and makes findings of as many results as are wanted, the worst first."""
        kept: list[tuple[int, int, Finding | Result]] = []
        order = {subject: number for number, subject in enumerate(self.data.all_subjects)}
        every: list[Finding | Result] = [*found, *self.results]
        for one in every:
            level = one.severity if isinstance(one, Finding) else severity(one.severity)
            if self.options.accepted:
                mark = fingerprint(one if isinstance(one, Finding) else self._plain(one))
                if mark in self.options.accepted:
                    self.report.accepted.add(mark)
                    continue
            if level not in self.options.hide:
                self.report.counts[level] += 1
                place = -1 if isinstance(one, Finding) else order.get(one.focus, len(order))
                kept.append((SEVERITIES.index(level), place, one))
        most = self.options.most
        if most is not None and len(kept) > most:
            kept.sort(key=lambda one: (*one[:2], str(one[2])))
            del kept[most:]
        told = (one if isinstance(one, Finding) else self._finding(one) for *__, one in kept)
        self.report.findings = sorted(told, key=Finding.sort_key)

    def _finding(self, result: Result, depth: int = 0) -> Finding:
        located = self.locator.locate(result)
        told = replace(
            self._plain(result),
            messages=self.wording.messages(result),
            shape=located.shape,
            related=located.related,
            source=self.shape_blanks.name(result.shape),
            level=result.severity if result.severity not in SEVERITY else None,
            times=self.results.get(result, 1),
            details=[self._finding(one, depth + 1) for one in self._details(result)] if depth < _DEEP else [],
        )
        return at(located.place, told)

    def _details(self, result: Result) -> Iterator[Result]:
        """The results inside another (3.6.2.5)."""
        rule, value = result.constraint.rule, result.value
        listed = rule.predicate in LIST_OF_SHAPES
        inner = self.shapes.members(rule.object) if listed else [rule.object]
        if value is not None and (listed or rule.predicate == sh("node")):
            yield from islice(self.evaluation.details(inner, value), _DETAILS)

    def _plain(self, result: Result) -> Finding:
        """The finding without words and places: what its fingerprint is made of."""
        return Finding(
            severity(result.severity),
            self.shapes.name(result.shape),
            {},
            component=result.component,
            focus=self.blanks.name(result.focus),
            path=str(result.path) if result.path else None,
            value=None if result.value is None else self.blanks.name(result.value),
        )

    @cached_property
    def locator(self) -> Locator:
        return Locator(self.data, self.shapes, self.explain)

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.shapes, self.names)

    @cached_property
    def blanks(self) -> BlankNames:
        return BlankNames(self.data)

    @cached_property
    def shape_blanks(self) -> BlankNames:
        return BlankNames(self.shapes.graph)

    # --- literals ----------------------------------------------------------

    def _ill_formed(self) -> Iterator[Finding]:
        """Literals that are none of their datatype, whether a shape looks at them or not."""
        for document in self.inputs.data:
            for number, fact in enumerate(document.triples):
                if isinstance(fact.object, Literal) and not well_formed(fact.object):
                    said = _("{value} is not what its datatype allows", value=self.names.term(fact.object))
                    told = finding(
                        "data/ill-formed-literal", said, at=document.place_of(number), severity="warning",
                        focus=self.blanks.name(fact.subject), value=str(fact.object),
                    )  # fmt: skip
                    yield replace(told, path=str(fact.predicate))


def severity(iri: str) -> Severity:
    """The severity that an IRI stands for; one of a user's own counts as a violation."""
    return SEVERITY.get(iri, "violation")
