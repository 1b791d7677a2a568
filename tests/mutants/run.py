"""Mutation score of shapes, questions and checks: which wrong changes no expected result would notice?

    python tests/mutants/run.py [shapes] [questions] [checks] [--list] [--only ID-OR-TOPIC …]

A mutant is killed when a finding (or an answer) differs from what the tests expect. Survivors must stand in
survivors.yaml (where * stands for anything), each with the reason why no test can or need tell it apart.
Exit code 1 for a survivor without a reason, for a reason that is no longer needed, and below 95 %.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "shapes"), str(HERE.parent / "queries")]

import yaml  # noqa: E402 (the helpers of other areas come first)
from parkgraph.ask.question import Question  # noqa: E402
from pyoxigraph import Quad, Store  # noqa: E402

BAR = 0.95
SECONDS = 20.0
"""Time for one mutant of a question."""

SURVIVORS = HERE / "survivors.yaml"


class Task(NamedTuple):
    """Mutants to be judged together.  judge: from the one of this number on, whether each was killed."""

    names: Sequence[str]
    judge: Callable[[int], Iterator[bool]]


class Running(NamedTuple):
    """A process at work on the task of this number, and when it last said something."""

    number: int
    process: Any
    since: float


def shapes() -> Iterator[tuple[str, bool]]:
    """(mutant, whether it was killed) for the shapes."""
    import asking
    import cases
    import engines
    from shapes import Mutant, around, mutants
    from vocabulary import vocabulary

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
        for number in dict.fromkeys((0, *nearest, *edges, *range(len(suite)))):
            data, expected = suite[number]
            try:
                found = {cases.short(one) for one in engines.fast(compiled, data)}
            except ValueError:
                return True
            if found != expected:
                return True
        return False

    made = list(mutants(graph, vocabulary(asking.ontology(), asking.shapes(), asking.PREFIXES)))
    parts = [made[at : at + 100] for at in range(0, len(made), 100)]
    yield from judged(
        [
            Task([mutant.name for mutant in part], lambda start, part=part: map(killed, part[start:]))
            for part in parts
        ]
    )


def questions(only: Sequence[str] = ()) -> Iterator[tuple[str, bool]]:
    """(mutant, whether it was killed) for the questions: by the second park, the real graph, the twin.

    only: ids and topics, or nothing for all.
    """
    import asking
    from sparql import mutations
    from vocabulary import vocabulary

    base = asking.ontology()
    asserted = base + asking.data()
    first, second = asking.closed(asserted), asking.closed(base + asking.second())
    parameters = asking.second_parameters()
    known = vocabulary(base, asking.shapes(), asking.PREFIXES)

    def answer(text: str, store: Store) -> list[str] | None:
        try:
            return asking.lines(asking.ask(store, text))
        except (SyntaxError, ValueError, OSError):
            return None

    def task(question: Question) -> Task:
        files = (
            asking.second_file(question),
            asking.expected_file(question, "zh"),
            asking.twin_answer_file(question),
        )
        texts = (
            asking.sparql(question, "en", parameters.get(question.id, {})),
            asking.sparql(question, "zh"),
            asking.twin_sparql(question),
        )
        made = list(zip(*(mutations(text, known) for text in texts), strict=True))

        def judge(start: int) -> Iterator[bool]:
            twin = asking.twin(asserted, asking.twin_file(question).read_text(encoding="utf-8"))
            pinned = list(zip((second, first, twin), map(asking.read_lines, files), strict=True))
            for file, text, (store, expected) in zip(files, texts, pinned, strict=True):
                if answer(text, store) != expected:
                    raise ValueError(f"{question.id}: the answer is not that of {file}, see renew.py")
            for mutant in made[start:]:
                changed = zip(mutant, pinned, strict=True)
                yield any(answer(text, store) != expected for (_, text), (store, expected) in changed)

        return Task([f"{question.id}: {mutant[0][0]}" for mutant in made], judge)

    wanted = [one for one in asking.questions() if not only or {one.id, one.topic} & set(only)]
    yield from judged([task(question) for question in wanted], SECONDS)


def judged(tasks: Sequence[Task], seconds: float = math.inf) -> Iterator[tuple[str, bool]]:
    """(mutant, whether it was killed), task by task, each in a process of its own, as many at once as there
    are cores: a mutant that takes too long is killed, in both senses, the others judged in a new process."""
    context = multiprocessing.get_context("fork")
    waiting, running = list(enumerate(tasks)), dict[Connection, Running]()
    known: list[list[bool]] = [[] for _ in tasks]
    told = 0

    def work(pipe: Connection, task: Task, start: int) -> None:
        for dead in task.judge(start):
            pipe.send(dead)

    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            number, task = waiting.pop(0)
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=work, args=(theirs, task, len(known[number])))
            process.start()
            theirs.close()
            running[ours] = Running(number, process, time.monotonic())
        ready = wait(running, 1)
        for pipe, (number, process, since) in list(running.items()):
            ended = False
            if pipe in ready:
                try:
                    known[number].append(pipe.recv())
                    running[pipe] = Running(number, process, time.monotonic())
                except EOFError:
                    process.join()
                    if process.exitcode:
                        raise SystemExit(1) from None
                    ended = True
            elif time.monotonic() - since > seconds:
                print(f"  takes too long: {tasks[number].names[len(known[number])]}", flush=True)
                known[number].append(True)
                process.kill()
                process.join()
                ended = True
                if len(known[number]) < len(tasks[number].names):
                    waiting.insert(0, (number, tasks[number]))
            if ended:
                del running[pipe]
        while told < len(tasks) and len(known[told]) == len(tasks[told].names):
            yield from zip(tasks[told].names, known[told], strict=True)
            told += 1


def _line(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} .\n"


def fits(pattern: str, name: str) -> bool:
    """Whether an entry of survivors.yaml, in which * stands for anything, speaks of a mutant."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), name) is not None


def report(
    area: str, results: Iterable[tuple[str, bool]], excused: dict[str, str], every: bool, part: bool
) -> bool:
    """Prints the score of one area, or of a part of it, and its survivors; whether all is well."""
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
    stale = [
        pattern for pattern in excused if not part and not any(fits(pattern, name) for name in survivors)
    ]
    score = dead / len(found)
    print(f"{area}: {dead} of {len(found)} mutants killed ({score:.1%}), {time.monotonic() - begun:.0f} s")
    for name in stale:
        print(f"  killed, or gone, yet in survivors.yaml: {name}")
    return not unexplained and not stale and score >= BAR


def main(arguments: list[str]) -> int:
    """Runs the areas asked for, or all."""
    from checks import checks

    at = arguments.index("--only") if "--only" in arguments else len(arguments)
    only = arguments[at + 1 :]
    excused = yaml.safe_load(SURVIVORS.read_text(encoding="utf-8")) or {}
    areas = {"shapes": shapes, "questions": lambda: questions(only), "checks": checks}
    fine = [
        report(area, run(), excused.get(area) or {}, "--list" in arguments[:at], bool(only))
        for area, run in areas.items()
        if area in arguments[:at] or not set(areas) & set(arguments[:at])
    ]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
