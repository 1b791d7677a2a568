"""Writes a graph of many parks: the real one, and made-up ones beside it, as a folder like the checkout."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from itertools import cycle
from pathlib import Path
from random import Random

from parkgraph.bench.errors import ERRORS, Planted, plant
from parkgraph.bench.nodes import document
from parkgraph.bench.park import MadeUpPark, shared_nodes
from parkgraph.bench.profile import read_profile
from parkgraph.errors import Usage
from parkgraph.folder import whole_folder
from parkgraph.names import expand, prefixes, shorten
from parkgraph.read.files import Root

EXPECTED = "expected-findings.json"
"""The file in the folder that lists the findings to expect."""

_BYTES_PER_PARK = 300_000  # a made-up park took 260,000
_COMMENT = "Made up for measuring: no such park exists. Written by parkgraph bench generate."


@dataclass(frozen=True)
class Generated:
    """What was written.  planted: the findings to expect."""

    folder: Path
    parks: int
    planted: list[Planted]


def generate(
    root: Root,
    folder: Path,
    *,
    parks: int,
    seed: int = 1,
    errors: int = 0,
    tell: Callable[[int], None] = lambda number: None,
) -> Generated:
    """Writes a graph of `parks` parks to `folder`, which must be new or empty: the real graph, the first of
    them, and made-up ones. The same arguments give the same bytes.

    errors: how many errors to plant among the made-up ones.  tell: is called with the number of parks done.
    Raises Usage when `folder` holds something, a number is not positive, errors have nowhere to go, or the
    disk has no room; nothing is left then.
    """
    if parks < 1 or errors < 0:
        raise Usage({"en": "at least one park, and no negative number of errors",
                     "zh": "园区至少一个，错误数不能为负"})  # fmt: skip
    if errors and parks < 2:
        raise Usage(
            {"en": "errors are planted in made-up parks only", "zh": "错误只会植入虚构的园区"},
            fix={"en": "ask for two parks or more", "zh": "请至少生成两个园区"},
        )
    _check_room(folder, parks)
    with whole_folder(folder, lambda name: False) as new:
        planted = _write(root, new, parks, seed, errors, tell)
    return Generated(folder, parks, sorted(planted))


def _write(
    root: Root, folder: Path, parks: int, seed: int, errors: int, tell: Callable[[int], None]
) -> list[Planted]:
    for part in ("ontology", "kg", "queries"):
        if (root.path / part).is_dir():
            shutil.copytree(root.path / part, folder / part)
    os.makedirs(folder / "kg" / "sources", exist_ok=True)
    profile, known = read_profile(root), prefixes(root.path)
    short = cache(lambda iri: shorten(iri, known))
    share = Random(f"errors {seed}")
    places = sorted(share.randrange(2, parks + 1) for _ in range(errors))
    kinds = cycle(share.sample(sorted(ERRORS), len(ERRORS)))
    planted: list[Planted] = []
    for number in range(2, parks + 1):
        park = MadeUpPark(number, seed, profile, short)
        if number == 2:
            park.nodes += shared_nodes(park.passages[0].name)
        planted += plant(park, places.count(number), kinds, share)
        for name, nodes in park.files().items():
            made = park.passages_text() if nodes is park.passages else document(known, _COMMENT, nodes)
            (folder / name).write_text(made, encoding="utf-8")
        tell(number)
    _write_expected(folder, planted, known)
    return planted


def _check_room(folder: Path, parks: int) -> None:
    """Raises Usage when the disk has no room for so many parks."""
    there = next(parent for parent in Path(os.path.realpath(folder)).parents if parent.is_dir())
    needed, free = parks * _BYTES_PER_PARK, shutil.disk_usage(there).free
    if needed > free:
        raise Usage(
            {"en": f"{parks} parks need about {needed >> 20} MiB of disk, and {free >> 20} are free",
             "zh": f"{parks} 个园区约需磁盘 {needed >> 20} MiB，可用的只有 {free >> 20} MiB"},
            fix={"en": "ask for fewer parks, or name a folder with more room",
                 "zh": "请减少园区数，或指定空间更大的文件夹"},
        )  # fmt: skip


def _write_expected(folder: Path, planted: list[Planted], known: dict[str, str]) -> None:
    told = [{**asdict(error), "focus": f"<{expand(error.focus, known)}>"} for error in sorted(planted)]
    content = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    (folder / EXPECTED).write_text(content, encoding="utf-8")
