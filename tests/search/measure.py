"""How well questions in people's own words are replied to, with intervals.

    python tests/search/measure.py            the held-out set
    python tests/search/measure.py tune       the development set, with what went wrong

A part of an answer is held by a passage that shares with it at least half of the shorter of the two, and is
not longer than three times the part or the longest passage the project allows, whichever is more.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from math import sqrt
from pathlib import Path
from typing import NamedTuple

import parkgraph
from parkgraph.evidence.passages import LONGEST
from parkgraph.search.reply import Reply
from parkgraph.search.things import Evidence

HERE = Path(__file__).parent / "questions"
REFUSED = ("not_stated", "unknown", "off_topic")
NO_ANSWER = ("unanswerable", "off_topic")

Part = tuple[int, int]


class Item(NamedTuple):
    """One question.  parts: offsets of every part of the answer; none where there is no answer."""

    kind: str
    wording: str
    form: dict[str, str]
    text: dict[str, str]
    parts: list[Part]


def items(name: str) -> list[Item]:
    """The questions of a file."""
    with open(HERE / f"{name}.tsv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Item(
            row["kind"],
            row["wording"],
            {lang: row[f"{lang} form"] for lang in ("zh", "en")},
            {lang: row[lang] for lang in ("zh", "en")},
            [_part(span) for span in row["evidence"].split()],
        )
        for row in rows
    ]


def _part(span: str) -> Part:
    start, end = map(int, span.split("-"))
    return start, end


def held(part: Part, evidence: Iterable[Evidence]) -> bool:
    """Whether a passage is evidence of the part."""
    for one in evidence:
        shared = min(part[1], one.end) - max(part[0], one.start)
        shorter = min(part[1] - part[0], one.end - one.start)
        if 2 * shared >= shorter and one.end - one.start <= max(3 * (part[1] - part[0]), LONGEST):
            return True
    return False


def marks(item: Item, reply: Reply) -> dict[str, bool]:
    """Measure → whether the reply is right by it."""
    if item.kind in NO_ANSWER:
        return {"refused": reply.status in REFUSED}
    facts = [fact.evidence for fact in reply.facts]
    rows = [row["evidence"] for route in reply.routes for row in route.rows]
    return {
        **{
            f"any@{k}": any(held(part, one) for one in facts[:k] for part in item.parts) for k in (1, 3, 5)
        },
        "all@5": all(any(held(part, one) for one in facts) for part in item.parts),
        "route@1": all(any(held(part, row["evidence"]) for route in reply.routes[:1] for row in route.rows)
                       for part in item.parts),
        "route@3": all(any(held(part, one) for one in rows) for part in item.parts),
        "shown": all(any(held(part, one) for one in (*facts, *rows)) for part in item.parts),
        "refused": reply.status in REFUSED,
        "answered": reply.status == "answered",
    }  # fmt: skip


def interval(good: int, of: int) -> str:
    """The share in percent with Wilson's 95 % interval."""
    if not of:
        return "–"
    share, z = good / of, 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return f"{100 * share:.0f} [{100 * max(0, middle - half):.0f}–{100 * min(1, middle + half):.0f}]"


def strata(item: Item, lang: str) -> list[str]:
    """What the question is counted under."""
    if item.kind in NO_ANSWER:
        return [item.kind, *([f"{item.kind}, {item.wording}"] if item.kind == "unanswerable" else [])]
    form = [item.form[lang]] if item.form[lang] != "plain" else []
    return ["all", item.wording, item.kind, f"{item.kind}, {item.wording}", *form]


def measure(
    name: str, graph: parkgraph.Graph, *, tell: bool = False
) -> dict[str, dict[str, tuple[int, int]]]:
    """language and stratum → measure → (right, of); prints them."""
    counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    graph.reply("2017")
    for lang in ("zh", "en"):
        took, rows_shown = [], []
        for item in items(name):
            started = time.perf_counter()
            reply = graph.reply(item.text[lang], lang=lang)  # type: ignore[arg-type]
            took.append(time.perf_counter() - started)
            rows_shown.append(sum(len(route.rows) for route in reply.routes))
            found = marks(item, reply)
            for stratum in strata(item, lang):
                for measured, good in found.items():
                    counts[f"{lang} {stratum}"][measured][0] += good
                    counts[f"{lang} {stratum}"][measured][1] += 1
            wrong = not found["refused"] if item.kind in NO_ANSWER else found["refused"] or not found["shown"]
            if tell and wrong:
                print(f"{lang} {item.kind:12} {reply.status:10} {item.text[lang]}")
                print(
                    "      ", [one.label for one in reply.facts], [route.question for route in reply.routes]
                )
        took.sort()
        rows_shown.sort()
        print(f"{lang}: {1000 * took[len(took) // 2]:.0f} ms a question (median), "
              f"{1000 * took[int(len(took) * 0.95)]:.0f} ms (95th percentile); "
              f"rows shown: median {rows_shown[len(rows_shown) // 2]}, most {rows_shown[-1]}")  # fmt: skip
    for stratum, measures in counts.items():
        of = max(total for __, total in measures.values())
        told = "  ".join(f"{name} {interval(*both)}" for name, both in measures.items())
        print(f"{stratum} ({of}): {told}")
    return {key: {name: (both[0], both[1]) for name, both in value.items()} for key, value in counts.items()}


if __name__ == "__main__":
    tuning = sys.argv[1:] == ["tune"]
    measure("development" if tuning else "held-out", parkgraph.open(), tell=tuning)
