"""The options that every command has: read once from the command line, asked for anywhere in `cli`.

They stand before or after the command's name: `parkgraph --lang zh ask …` is `parkgraph ask … --lang zh`.
"""

from __future__ import annotations

import os
import sys
from collections import namedtuple
from contextlib import contextmanager, suppress

from parkgraph.errors import ParkgraphError, Unreadable, Usage
from parkgraph.messages import LANGS, Text, _, in_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import Any

    from parkgraph.api import Graph
    from parkgraph.messages import Lang
    from parkgraph.read.files import Root
    from parkgraph.store.endpoint import Endpoint


def environment_lang() -> Lang:
    """The language of the user's environment (LC_ALL, LC_MESSAGES, LANG); English when it is another."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


COMMON_TITLE = _("Options of every command:")
COMMON: dict[str, tuple[tuple[str, ...], Text, Text]] = {
    "--root": ((), _("DIR"), _("the folder holding ontology/, kg/ and queries/")),
    "--lang": ((), "zh|en", _("language of labels, messages and headings")),
    "--quiet": (("-q",), "", _("no notices on stderr")),
    "--debug": ((), "", _("show the traceback of an error")),
}
"""The options of every command: other names, what stands for the value, meaning."""


Settings = namedtuple("Settings", "lang root debug quiet told", defaults=(None, False, False, False))
"""root: the folder given with --root.  lang: of labels, messages, headings; told: it was given with --lang.
quiet: no notices."""

_current = Settings("en")


def current() -> Settings:
    """The options of the command that runs."""
    return _current


def use(settings: Settings) -> None:
    """Makes `settings` the current ones; `app.run` does so before it calls a command."""
    global _current
    _current = settings


def take(argv: Sequence[str]) -> tuple[Settings, list[str]]:
    """Takes the common options out of `argv` wherever they stand, up to `--`; gives them and the rest.

    By hand: `parkgraph --help` need not wait for argparse.  Raises Usage for a missing or unknown value.
    """
    chosen: dict[str, Any] = {}
    rest, left = [], list(argv)
    while left and left[0] != "--":
        word = left.pop(0)
        option, given, value = word.partition("=")
        option = "--quiet" if option == "-q" else option
        if option not in COMMON or (given and not COMMON[option][1]):
            rest.append(word)
            continue
        if COMMON[option][1] and not given:
            if not left:
                raise Usage(_("{option} needs a value", option=option))
            value = left.pop(0)
        chosen[option.removeprefix("--")] = value if COMMON[option][1] else True
    chosen = {"told": "lang" in chosen, "lang": environment_lang(), **chosen}
    if chosen["lang"] not in LANGS:
        wrong = _("unknown value of {option}: {given}", option="--lang", given=chosen["lang"])
        raise Usage(wrong, fix=_("one of: {known}", known=list(LANGS)))
    return Settings(**chosen), rest + left


def root(near: str | Path = ".", *, told: bool = False) -> Root:
    """The graph the command works on, looked for from `near` upward where none is named.

    told: says on stderr which it is; commands that judge or write do so.  Raises Usage, Unreadable.
    """
    from parkgraph.read.files import find_root, is_installed

    found = find_root(_current.root, near)
    if told and is_installed(found.path):
        notice(_("graph: the installed one, {path}; --root DIR names another", path=found.path))
    elif told:
        here = _from_here(found.path)
        notice(_("graph: {path}", path=_("this folder") if here == "." else here))
    return found


def _from_here(path: Path) -> str:
    """How a path is named from the current folder: from there, or whole where that would lead upward."""
    here = os.path.relpath(path)
    return path.as_posix() if here.startswith("..") else here


def graph() -> Graph:
    """The graph the command works on, to ask; what takes long is shown as progress."""
    from parkgraph.api import Graph

    return Graph(root(), lang=_current.lang, say=progress)


def store_at(url: str, kind: str | None, **more: Any) -> AbstractContextManager[Endpoint]:
    """The store at `url`; more: as `store.endpoint.connect` has it.  Raises Usage, Remote."""
    need("httpx", "tenacity", extra="store")
    from parkgraph.store.endpoint import connect

    return connect(url, store=kind, **more)


@contextmanager
def graph_at(args: Namespace, timeout: float = 60.0) -> Iterator[Graph]:
    """The graph here, or what the store at --endpoint holds of it.  timeout: seconds for one call."""
    if args.endpoint is None:
        yield graph()
        return
    near = root()
    with store_at(args.endpoint, args.store, reading=True, timeout=timeout) as endpoint:
        from parkgraph.store.remote import RemoteGraph

        yield RemoteGraph(near, endpoint, lang=_current.lang)


def put(
    output: str | Path | None, text: str | bytes | Iterable[str] | Callable[[int], Iterable[str]]
) -> None:
    """Writes a text, or lines without their ends, to a file or to standard output; a function is told the
    columns there are."""
    from parkgraph.show.output import opened, terminal_width

    with opened(output) as stream:
        if callable(text):
            text = text(terminal_width(stream))
        if not isinstance(text, str | bytes):
            text = "".join(f"{line}\n" for line in text)
        stream.write(text.encode() if isinstance(text, str) else text)


def put_rows(output: str | Path | None, found: Any, format: str, **more: Any) -> None:
    """Writes what `show.results.write` takes; more: as there."""
    from parkgraph.show.output import opened, terminal_width
    from parkgraph.show.results import write

    with opened(output) as stream:
        write(found, format, stream, lang=_current.lang, columns=terminal_width(stream), **more)


def spare(output: str | Path | None, *inputs: str | Path) -> None:
    """Raises Usage when the output would replace a file of the graph, or one of `inputs`."""
    if output is None or str(output) == "-" or not os.path.exists(output):
        return
    files = inputs or root().paths()
    if any(os.path.exists(file) and os.path.samefile(file, output) for file in files):
        raise Usage(
            _("{output} is read by this command: the output would replace it", output=output),
            fix=_("write to another file"),
        )


def need(*packages: str, extra: str) -> None:
    """Raises Usage, with the command that mends it, when a package of an extra is not installed."""
    from importlib.util import find_spec

    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        raise Usage(
            _("not installed: {missing}", missing=missing),
            fix=_("run pip install '{name}'", name=f"parkgraph[{extra}]"),
        )


def words(text: Text) -> str:
    """`text` in the language of the command: for help texts, headings and messages."""
    return in_language(text, _current.lang)


def notice(text: Text) -> None:
    """One line on stderr, unless --quiet."""
    if not _current.quiet:
        print(words(text), file=sys.stderr)


def tell(error: ParkgraphError, command: str = "") -> None:
    """The error on stderr, its file named as found from the current folder, not from the graph's root; how to
    mend it is said in any case."""
    from parkgraph.show.table import visible

    path = f"parkgraph {command}".strip()
    if error.fix is None and isinstance(error, Usage):
        error.fix = _("see {path} --help", path=path)
    elif error.fix is None and isinstance(error, Unreadable):
        error.fix = _("correct it there") if error.line else _("name another file, or correct this one")
    if error.file is not None and not os.path.exists(error.file):
        with suppress(ParkgraphError):
            named = root().path / error.file
            error.file = _from_here(named) if os.path.exists(named) else error.file
    for line in error.text(_current.lang).splitlines():
        print(visible(line), file=sys.stderr)  # what was typed, or stands in a file, may hold escapes


def progress(step: Text) -> None:
    """Shows the step on a terminal, in the place of the one before; "" takes it away. Nothing elsewhere."""
    if sys.stderr.isatty() and not _current.quiet:
        sys.stderr.write("\r\x1b[K" + (f"{words(step)} …" if step else ""))
        sys.stderr.flush()
