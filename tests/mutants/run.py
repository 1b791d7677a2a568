"""Mutation score of shapes and questions: which wrong changes no expected result would notice?

    python tests/mutants/run.py [shapes] [questions] [--list]

A mutant is killed when a finding (or an answer) differs from what the tests expect. Survivors must stand in
survivors.yaml (where * stands for anything), each with the reason why no test can or need tell it apart.
Exit code 1 for a survivor without a reason, for a reason that is no longer needed, and below 95 %.
"""

from __future__ import annotations

import multiprocessing
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "shapes"), str(HERE.parent / "queries")]

import yaml  # noqa: E402 (the helpers of other areas come first)
from pyoxigraph import Quad  # noqa: E402

BAR = 0.95
SECONDS = 20.0
"""Time for one mutant of a question."""

Judged = Iterator[bool]
"""For each mutant, whether it was killed."""

SURVIVORS = HERE / "survivors.yaml"


def shapes() -> Iterator[tuple[str, bool]]:
    """(mutant, whether it was killed) for the shapes."""
    import cases
    import engines
    from shapes import Mutant, around, mutants

    graph = cases.shapes()
    text = {quad: _line(quad) for quad in graph}
    every = cases.cases()
    accepted = "".join(sorted(cases.accepted())) + cases.context()
    suite = [(accepted, frozenset()), *((case.data, case.expected) for case in every)]
    by_shape: dict[str, list[int]] = {}
    for number, case in enumerate(every, 1):
        for row in case.expected:
            by_shape.setdefault(row[4], []).append(number)

    edges = [number for number, (_, expected) in enumerate(suite) if not expected and number]

    def killed(mutant: Mutant) -> bool:
        lines = [line for quad, line in text.items() if quad not in mutant.less]
        lines += [_line(quad) for quad in mutant.more]
        try:
            compiled = engines.compiled("".join(lines))
        except ValueError:
            return True  # no engine takes it: nobody can miss it
        concerned = {cases.shapes_name(shape) for shape in around(graph, mutant.shape)}
        own = cases.shapes_name(mutant.shape).partition(":")[2]
        numbers = {number for shape in concerned for number in by_shape.get(shape, ())}
        nearest = sorted(numbers, key=lambda number: (own not in every[number - 1].name, number))
        for number in (0, *nearest, *edges):
            data, expected = suite[number]
            try:
                found = {cases.short(one) for one in engines.fast(compiled, data)}
            except ValueError:
                return True
            if found != expected:
                return True
        return False

    for mutant in mutants(graph, cases.PREFIXES):
        yield mutant.name, killed(mutant)


def questions() -> Iterator[tuple[str, bool]]:
    """(mutant, whether it was killed) for the questions: by the real graph, the second park, the twin."""
    import asking
    from pyoxigraph import Store
    from sparql import mutations

    base = asking.ontology()
    asserted = asking.store_of(base + asking.data())
    first, second = asking.closed(base + asking.data()), asking.closed(base + asking.second())
    parameters = asking.second_parameters()

    def answers(text: str, store: Store) -> list[str] | None:
        try:
            return asking.lines(asking.ask(store, text))
        except (SyntaxError, ValueError, OSError):
            return None

    for question in asking.questions():
        whole, other = (
            asking.sparql(question, "zh"),
            asking.sparql(question, "en", parameters.get(question.id, {})),
        )
        made = list(zip(mutations(whole), mutations(other), strict=True))

        def judge(
            whole: str = whole, other: str = other, made: list[Any] = made, one: Any = question
        ) -> Judged:
            expected = answers(whole, first), answers(other, second)
            twin: Store | None = None
            for (_, changed), (_, changed_other) in made:
                dead = answers(changed, first) != expected[0] or answers(changed_other, second) != expected[1]
                if not dead and asking.twin_file(one).exists():
                    if twin is None:
                        twin = asking.twin(asserted, asking.twin_file(one).read_text(encoding="utf-8"))
                    dead = answers(changed, twin) != answers(whole, twin)
                yield dead

        names = [f"{question.id}: {what}" for (what, _), _ in made]
        yield from zip(names, limited(judge, len(names)), strict=True)


def limited(judge: Callable[[], Judged], count: int) -> Judged:
    """What `judge` says of each mutant, asked in a process of its own: one that takes too long is killed, in
    both senses, and the rest is asked again."""
    context = multiprocessing.get_context("fork")
    known: list[bool] = []

    def work(pipe: Connection, done: int) -> None:
        for number, dead in enumerate(judge()):
            if number >= done:
                pipe.send(dead)

    while len(known) < count:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(theirs, len(known)))
        process.start()
        theirs.close()
        try:
            while len(known) < count and ours.poll(SECONDS):
                known.append(ours.recv())
        except EOFError:
            pass
        if len(known) < count:
            known.append(True)
        process.kill()
        process.join()
    yield from known


def _line(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} .\n"


AREAS = {"shapes": shapes, "questions": questions}


def fits(pattern: str, name: str) -> bool:
    """Whether an entry of survivors.yaml, in which * stands for anything, speaks of a mutant."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), name) is not None


def report(area: str, results: Iterable[tuple[str, bool]], excused: dict[str, str], every: bool) -> bool:
    """Prints the score of one area and its survivors; whether all is well."""
    begun = time.monotonic()
    found = []
    for name, dead in results:
        found.append((name, dead))
        reason = next((why for pattern, why in excused.items() if fits(pattern, name)), None)
        if not dead and (every or reason is None):
            print(f"  survives: {name}{f'  -- {reason}' if reason else ''}", flush=True)
    survivors = [name for name, dead in found if not dead]
    dead = len(found) - len(survivors)
    unexplained = [name for name in survivors if not any(fits(pattern, name) for pattern in excused)]
    stale = [pattern for pattern in excused if not any(fits(pattern, name) for name in survivors)]
    score = dead / len(found)
    print(f"{area}: {dead} of {len(found)} mutants killed ({score:.1%}), {time.monotonic() - begun:.0f} s")
    for name in stale:
        print(f"  killed, or gone, yet in survivors.yaml: {name}")
    return not unexplained and not stale and score >= BAR


def main(arguments: list[str]) -> int:
    """Runs the areas asked for, or both."""
    excused = yaml.safe_load(SURVIVORS.read_text(encoding="utf-8")) or {}
    areas = [name for name in AREAS if name in arguments] or list(AREAS)
    fine = [report(area, AREAS[area](), excused.get(area) or {}, "--list" in arguments) for area in areas]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
