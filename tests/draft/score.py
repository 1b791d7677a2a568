"""How well the draft reads articles whose facts were written down beforehand.

    python tests/draft/score.py [FOLDER]      # default: held-out; development is for work on the rules
    python tests/draft/score.py development --details

A figure is found when a proposal with its value lies in the phrase of the fact.  Unit, qualifier and period
are counted over the figures found; "no period printed" and "at present" are one.  Precision: proposals that
are a fact or one of the doubtful numbers under `also`.  A name is exact when a proposal of the right kind is
spelt so, partial when one holds it or lies in it.  A link is wrong when the facts do not have the thing.
"""

from __future__ import annotations

import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from parkgraph.draft.article import Article, read
from parkgraph.draft.figures import Figure, figures
from parkgraph.draft.known import Known
from parkgraph.draft.names import Name, names
from parkgraph.draft.write import read_graph
from parkgraph.evidence.text import Span, load
from parkgraph.names import shorten
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes

HERE = Path(__file__).resolve().parent
ROOT = Root(HERE.parent.parent)


def spans(text: str, phrase: str) -> list[Span]:
    """Where a phrase of the facts stands."""
    found, at = [], text.find(phrase)
    while at >= 0:
        found.append(Span(at, at + len(phrase)))
        at = text.find(phrase, at + 1)
    assert found, phrase
    return found


def said_period(figure: Figure) -> str:
    """The period of a figure as the facts write it."""
    key = figure.period.key if figure.period else "none"
    if ".." in key:  # up to the day of publication: the facts give its month
        key = "..".join(part[:7] for part in key.split(".."))
    return "none" if key in ("present", "next", "none") else key


def measure_figures(text: str, facts: dict[str, Any], found: list[Figure], count: Counter[str]) -> list[str]:
    """Adds to the counts; gives what is wrong, a line each."""
    wrong, used = [], set()
    for fact in facts["figures"]:
        places = spans(text, fact["in"])
        fits = [
            number for number, one in enumerate(found)
            if one.value == Decimal(str(fact["value"]))
            and any(place.start <= one.span.start < place.end for place in places)
        ]  # fmt: skip
        count["figures"] += 1
        if not fits:
            wrong.append(f"missed {fact['in']}")
            continue
        one = found[fits[0]]
        used.add(fits[0])
        count["value"] += 1
        period = str(fact["period"]).replace("present", "none")
        for name, said, right in (
            ("unit", one.unit, fact["unit"]),
            ("qualifier", one.qualifier, fact["qualifier"]),
            ("period", said_period(one), period),
        ):
            count[name] += said == right
            if said != right:
                wrong.append(f"{name} of {fact['in']}: {said} for {right}")
        if fact.get("joint", False) != one.joint:
            wrong.append(f"joint of {fact['in']}: {one.joint}")
    doubtful = [place for phrase in facts["also"] for place in spans(text, phrase)]
    for number, one in enumerate(found):
        if number not in used and not any(place.meets(one.span) for place in doubtful):
            wrong.append(f"not a fact: {text[one.span.start - 6 : one.span.end + 4]!r}")
            count["surplus"] += 1
    count["proposed"] += len(found)
    return wrong


def measure_names(facts: dict[str, Any], found: list[Name], count: Counter[str]) -> list[str]:
    """Adds to the counts of exact and partial names."""
    wrong = []
    every = {one.text for one in found}
    for kind, wanted in facts["names"].items():
        for name in wanted:
            exact = name in every
            partial = exact or any(name in one or one in name for one in every)
            count[kind] += 1
            count["names"] += 1
            count[f"{kind} exact"] += exact
            count["names partial"] += partial
            if not exact:
                near = [one for one in sorted(every) if name in one or one in name]
                wrong.append(f"{kind} {name}: {near}")
    count["names proposed"] += len(every)
    return wrong


def measure_known(article: Article, facts: dict[str, Any], count: Counter[str]) -> list[str]:
    """Adds to the counts of links to things of the graph."""
    known, short = Known(read_graph(ROOT)), prefixes(ROOT.path)
    new = [one.text for one in names(article, known.labels, known.owners)[0] if not known.same(one.text)]
    mentions, __ = known.mentions(article.text, article.lines, new)
    linked = {shorten(one.thing.value, short) for one in mentions}
    wanted = set(facts["known"])
    count["known"] += len(wanted)
    count["linked"] += len(wanted & linked)
    count["wrongly linked"] += len(linked - wanted)
    return [f"not linked {one}" for one in wanted - linked] + [
        f"wrongly linked {one}" for one in linked - wanted
    ]


def measure(folder: str, details: bool = False) -> Counter[str]:
    """The counts over all articles of a folder."""
    count: Counter[str] = Counter()
    for file in sorted((HERE / folder).glob("*.txt")):
        article = read(load(file))
        facts = yaml.safe_load(file.with_suffix(".yaml").read_text("utf-8"))
        wrong = measure_figures(article.text.text, facts, figures(article), count)
        named, lists = names(article)
        wrong += measure_names(facts, named, count)
        wrong += measure_known(article, facts, count)
        if details:
            wanted = {one for every in facts["names"].values() for one in every}
            print("surplus", [f"{n.text} {n.kind}" for n in named if n.text not in wanted])
            print(*[(m.head, m.members, m.open, m.size) for m in lists], sep="\n")
            print(file.name, *wrong, sep="\n    ")
    return count


def main(folder: str, details: bool) -> None:
    """Prints the figures of all articles of a folder."""
    count = measure(folder, details)
    percent = lambda name, of: f"{100 * count[name] / max(1, count[of]):.0f} %"  # noqa: E731
    print(f"figures: {count['figures']} facts, {count['proposed']} proposed")
    right = 100 - 100 * count["surplus"] / max(1, count["proposed"])
    print(f"  value {percent('value', 'figures')}, precision {right:.0f} %")
    print(
        "  of those found: "
        + ", ".join(f"{n} {percent(n, 'value')}" for n in ("unit", "qualifier", "period"))
    )
    kinds = ("enterprise", "project", "institution", "fund", "platform", "document")
    partial = percent("names partial", "names")
    print(f"names: {count['names']} facts, {count['names proposed']} proposed; partial {partial}")
    print("  exact: " + ", ".join(f"{kind} {count[f'{kind} exact']}/{count[kind]}" for kind in kinds))
    wrong = count["wrongly linked"]
    print(f"known things: {count['linked']} of {count['known']} linked, {wrong} wrongly")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(next((one for one in arguments if one[0] != "-"), "held-out"), "--details" in arguments)
