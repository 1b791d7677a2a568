"""Whether a graph will fit into memory, told before it is read rather than by a killed process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from parkgraph.errors import Remote, Usage
from parkgraph.messages import _

# Bytes of memory for a byte of Turtle, as measured on graphs of 500,000 triples.
INFERRING = 9
ASSEMBLING = 15
VALIDATING = 28

OPENING = 1.8
"""Bytes of memory for a byte of N-Quads that are loaded."""

_NO_QUESTION = 64 * 1024 * 1024  # bytes that any machine has
_CGROUP = Path("/sys/fs/cgroup")


def check_room(files: Iterable[Path], factor: float) -> None:
    """Raises Remote when what is made from `files` will not fit; `factor` is one of those above.

    PARKGRAPH_MEMORY (MiB) counts before what the system says is free.  Raises Usage when that is no number.
    """
    needed = factor * sum(map(_size, files))
    if needed <= _NO_QUESTION:
        return
    free = memory_free()
    if free is None or needed <= free:
        return
    wanted, there = (f"{size / 1024 / 1024:,.0f}" for size in (needed, free))
    raise Remote(
        _("this graph needs about {wanted} MiB of memory, and {there} are free", wanted=wanted, there=there),
        fix=_(
            "a graph of this size belongs in a store: load it with `parkgraph load --to URL` "
            "from a machine with room, and ask it with --endpoint URL; PARKGRAPH_MEMORY=MIB "
            "overrules what the system says is free"
        ),
    )


def out_of_memory() -> Remote:
    """The error for memory that ran out all the same."""
    return Remote(
        _("out of memory"),
        fix=_("use a machine with more, or put the graph into a store: parkgraph load"),
    )


def memory_free() -> int | None:
    """Bytes that this process may still take: by the machine, its container and its own limit; None where
    the system does not tell.
    """
    given = os.environ.get("PARKGRAPH_MEMORY")
    if given is not None:
        if not given.isdecimal():
            raise Usage(_("PARKGRAPH_MEMORY is no whole number of MiB: {given!r}", given=given))
        return int(given) * 1024 * 1024
    return min((*_of_the_machine(), *_of_the_container(), *_of_the_process()), default=None)


def _of_the_machine() -> Iterator[int]:
    with suppress(OSError):
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                yield int(line.split()[1]) * 1024


def _of_the_container() -> Iterator[int]:
    """By cgroup 2, then 1; what the file system's cache holds there is given back when needed."""
    for limit, used, cache in (
        ("memory.max", "memory.current", "inactive_file"),
        ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "total_inactive_file"),
    ):
        with suppress(OSError, ValueError):  # not there, or "max"
            most, now = (int((_CGROUP / name).read_text()) for name in (limit, used))
            counts = (_CGROUP / limit).with_name("memory.stat").read_text().split()
            yield most - now + int(counts[counts.index(cache) + 1])


def _of_the_process() -> Iterator[int]:
    with suppress(ImportError, OSError):  # Windows
        import resource

        most, __ = resource.getrlimit(resource.RLIMIT_AS)
        if most != resource.RLIM_INFINITY:
            pages = int(Path("/proc/self/statm").read_text().split()[0])
            yield most - pages * resource.getpagesize()


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # whoever reads it says what is wrong
        return 0
