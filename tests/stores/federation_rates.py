"""Three parks on servers of their own asked as one: which answers are those of the merged graph, at what
cost, and what is told when a server is down.

    python scripts/benchmarks/copies.py parks -n 3
    python tests/stores/federation_rates.py parks [--limit 20]      prints a table in Markdown

Through SERVICE each server has a park and what is shared; FedX asks pattern by pattern, so there what is
shared has a server of its own. Seconds are those of the clock, of the questions whose answers agree; beside
them the merged graph in this process. With the first server stopped the same questions are asked again: an
error is right, an answer is not.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

from parkgraph.api import Graph
from parkgraph.ask.question import Question
from parkgraph.errors import ParkgraphError
from parkgraph.read.files import Root
from store_federation import Federation, by_fedx, by_service, park_servers


def tried(
    questions: Iterable[Question], federation: Federation, merged: Graph
) -> tuple[dict[str, float], list[str], list[str]]:
    """Seconds of the questions that agree; those that do not; those that gave an error."""
    agreeing: dict[str, float] = {}
    differing, failing = [], []
    for question in questions:
        begun = perf_counter()
        try:
            same = federation.agrees(question, merged)
        except (ParkgraphError, SyntaxError, ValueError):
            failing.append(question.id)
            continue
        if same:
            agreeing[question.id] = perf_counter() - begun
        else:
            differing.append(question.id)
    return agreeing, differing, failing


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("root", type=Path)
    parser.add_argument("--limit", type=int, default=20, help="seconds of a question for FedX")
    chosen = parser.parse_args()
    merged = Graph(Root(chosen.root.resolve()))
    questions = merged.questions()
    local: dict[str, float] = {}
    for question in questions:
        begun = perf_counter()
        merged.ask(question)
        local[question.id] = perf_counter() - begun
    print("| way | servers | alike | other rows | error | seconds | here | one down: error, answer |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    notes = []
    for way in ("SERVICE", "FedX"):
        with ExitStack() as running:
            folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
            servers = running.enter_context(park_servers(merged, folder, apart=way == "FedX"))
            asked = (
                by_service(merged, servers, folder)
                if way == "SERVICE"
                else by_fedx(merged, servers, chosen.limit)
            )
            federation = running.enter_context(asked)
            agreeing, differing, failing = tried(questions, federation, merged)
            notes.append((way, "alike", list(agreeing)) if way == "FedX" else (way, "other rows", differing))
            servers[0].stop()
            again = [one for one in questions if one.id in agreeing]
            answered, changed, refused = tried(again, federation, merged)
        here = sum(local[one] for one in agreeing)
        print(
            f"| {way} | {len(servers)} | {len(agreeing)} | {len(differing)} | {len(failing)} "
            f"| {sum(agreeing.values()):.1f} | {here:.1f} | {len(refused)}, {len(answered) + len(changed)} |",
            flush=True,
        )
    for way, what, names in notes:
        print(f"\n{way}, {what}: " + ", ".join(f"`{one}`" for one in names))


if __name__ == "__main__":
    main()
