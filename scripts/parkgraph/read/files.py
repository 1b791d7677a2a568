"""Where the graph's files are, and their bytes: the one place that opens an input file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from parkgraph.errors import Unreadable, Usage, system_said
from parkgraph.messages import Quoted, _

Role = Literal[
    "prefixes",  # ontology/prefixes.ttl
    "ontology",  # ontology/*.ttl, external.ttl among them
    "alignments",  # ontology/alignments.ttl: never loaded by default
    "codes",  # ontology/codes/*.ttl
    "shapes",  # ontology/shapes/*.ttl
    "lint",  # ontology/shapes/lint/*.ttl: shapes for the ontology itself
    "data",  # kg/*.ttl and the hand-written kg/sources/*.ttl, coverage among them
    "passages",  # kg/sources/*.passages.ttl, generated
    "query",  # queries/<topic>/*.rq
]

_ROLES = get_args(Role)

_FOLDERS: dict[str, tuple[Role, ...]] = {
    "ontology": ("ontology", "prefixes", "alignments"),
    "ontology/codes": ("codes",),
    "ontology/shapes": ("shapes",),
    "ontology/shapes/lint": ("lint",),
    "kg": ("data",),
    "kg/sources": ("data", "passages"),
}
"""Folder of Turtle files → the roles of its files, the usual one first.  (Queries have a folder a topic.)"""

_APART: dict[str, Role] = {"prefixes": "prefixes", "alignments": "alignments"}
"""The files beside the modules in ontology/ that are no part of the ontology."""

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes an input file may have; PARKGRAPH_MAX_BYTES raises it."""

PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of the program's own modules."""

_BOM, _WIDE = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")


_HANDED_OVER = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""Where the shell puts standard input and `<(…)`: pipes that may be read."""


class SourceFile(NamedTuple):
    """A file of the graph.  name: its path from the root, with `/`.  topic: park, industry, … ."""

    path: Path
    name: str
    role: Role
    topic: str


class Root:
    """A folder holding `ontology/`, `kg/` and `queries/`: a checkout or the package's own data."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __repr__(self) -> str:
        return f"Root({str(self.path)!r})"

    def files(self, *roles: Role) -> list[SourceFile]:
        """The files with one of `roles` (all when none is given), sorted by name."""
        return sorted(self._walk(roles or _ROLES), key=lambda file: file.name)

    def paths(self, *roles: Role) -> list[Path]:
        """The paths of `files(*roles)`."""
        return [file.path for file in self.files(*roles)]

    def _walk(self, roles: Sequence[Role]) -> Iterator[SourceFile]:
        for folder, held in _FOLDERS.items():
            if set(held).isdisjoint(roles):
                continue
            for name in self._listed(folder, ".ttl"):
                role = _role(folder, name, held[0])
                if role in roles:
                    topic = "source" if folder == "kg/sources" else name.removesuffix(".ttl")
                    yield SourceFile(self.path / folder / name, f"{folder}/{name}", role, topic)
        if "query" in roles:
            for topic in self._listed("queries", ""):
                folder = f"queries/{topic}"
                for name in self._listed(folder, ".rq"):
                    yield SourceFile(self.path / folder / name, f"{folder}/{name}", "query", topic)

    def _listed(self, folder: str, suffix: str) -> list[str]:
        return _listed(self.path / folder, suffix)


def _role(folder: str, name: str, usual: Role) -> Role:
    if folder == "ontology":
        return _APART.get(name.removesuffix(".ttl"), usual)
    return "passages" if folder == "kg/sources" and name.endswith(".passages.ttl") else usual


def find_root(explicit: str | Path | None = None, near: str | Path = ".") -> Root:
    """The graph to work on, as git finds a repository: `explicit`, else $PARKGRAPH_ROOT, else the nearest
    folder upward from `near` that holds ontology/ and kg/, else the graph that came with the program.

    Raises Usage when a named folder holds no graph, Unreadable when none is found at all or it is locked.
    """
    named = explicit if explicit is not None else os.environ.get("PARKGRAPH_ROOT") or None
    if named is not None:
        path = Path(named).expanduser()
        said = None
        if not str(named):
            said = _("--root is empty")
        elif not os.path.isdir(path):
            said = _("no such folder: {path}", path=path)
        elif not _holds_graph(path):
            said = _("{path} holds no graph: no Turtle file is in its ontology/ or kg/", path=path)
        if said:
            raise Usage(said, fix=_("give --root the folder that holds ontology/, kg/ and queries/"))
        return Root(path.resolve())
    return nearest_root(near) or _installed_root()


def nearest_root(place: str | Path) -> Root | None:
    """The graph that the file or folder `place` lies in; None when it lies in none."""
    here = Path(os.path.abspath(place))
    for folder in (here, *here.parents):
        if all(os.path.isdir(folder / part) for part in ("ontology", "kg")) and _holds_graph(folder):
            return Root(folder.resolve())
    return None


def is_installed(path: str | Path) -> bool:
    """Whether `path` lies in an installed package, this one's or another's: nothing is written there."""
    real = Path(os.path.realpath(path))
    packages = not {"site-packages", "dist-packages"}.isdisjoint(real.parts)
    return packages or ((PACKAGE / "data").is_dir() and PACKAGE in (real, *real.parents))


def rules_file() -> Path:
    """The rules of inference: they belong to the program, so its package or checkout holds them."""
    installed = PACKAGE / "data" / "ontology" / "owl2rl.rls"
    return installed if installed.is_file() else PACKAGE.parent.parent / "ontology" / "owl2rl.rls"


@cache
def _installed_root() -> Root:
    for path in (PACKAGE / "data", PACKAGE.parent.parent):
        if _holds_graph(path):
            return Root(path)
    said = _("no graph found: neither here or above, nor in the installed package")
    raise Unreadable(said, fix=_("name its folder with --root DIR or PARKGRAPH_ROOT"))


def _holds_graph(path: Path) -> bool:
    return any(_listed(path / folder, ".ttl") for folder in ("ontology", "kg"))


def _listed(folder: Path, suffix: str) -> list[str]:
    """The names of what is in `folder` and ends with `suffix`; none when it is missing or no folder.

    Raises Unreadable when it may not be read (Path.glob would call it empty, and facts would be missing), and
    when a folder is called like a file.
    """
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if entry.name.endswith(suffix) and entry.name[0] != "."]
        for entry in found if suffix else ():
            if entry.is_dir():
                raise _is_folder(entry.path)
        return [entry.name for entry in found]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        said = _("this folder cannot be read: {reason}", reason=system_said(error))
        raise Unreadable(said, file=folder, fix=_("make it readable, e.g. chmod u+rx")) from None


def _is_folder(path: str) -> Unreadable:
    fix = _("name the file inside it, or give the folder another name")
    return Unreadable(_("this is a folder, a file is needed"), file=path, fix=fix)


def size_limit() -> int:
    """Bytes an input file may have: PARKGRAPH_MAX_BYTES, else SIZE_LIMIT."""
    given = os.environ.get("PARKGRAPH_MAX_BYTES")
    if given is None:
        return SIZE_LIMIT
    if not given.isdecimal() or int(given) < 1:
        raise Usage(_("PARKGRAPH_MAX_BYTES is no positive whole number: {given!r}", given=given))
    return int(given)


def read_bytes(path: str | Path, *, name: str | None = None) -> bytes:
    """The bytes of one input file.  name: what messages call it (default: the path as given).

    Raises Unreadable: missing, a directory, a pipe or device, no permission, larger than the limit.
    """
    shown = name or str(path)
    limit = size_limit()
    try:
        with open(path, "rb", opener=_without_waiting) as stream:
            if not os.path.isfile(stream.fileno()) and not str(path).startswith(_HANDED_OVER):
                said, fix = _("not a regular file, but a pipe or device"), _("save what it gives to a file")
                raise Unreadable(said, file=shown, fix=fix)
            content = stream.read(limit + 1)
    except FileNotFoundError:
        what = _("no such file") if Path(path).suffix else _("no such file or folder")
        fix = _("check the path; it is taken from the current folder")
        raise Unreadable(what, file=shown, fix=fix) from None
    except IsADirectoryError:
        raise _is_folder(shown) from None
    except PermissionError:
        fix = _("make it readable, e.g. chmod u+r")
        raise Unreadable(_("no permission to read this file"), file=shown, fix=fix) from None
    except (OSError, ValueError) as error:
        reason = system_said(error) if isinstance(error, OSError) else Quoted(error)
        raise Unreadable(_("cannot be read: {reason}", reason=reason), file=shown) from None
    if len(content) > limit:
        size = f"{limit / 1024 / 1024:.0f} MiB" if limit >= 1024 * 1024 else f"{limit} B"
        fix = _("split the file, or raise the limit with PARKGRAPH_MAX_BYTES=…")
        raise Unreadable(_("larger than the limit of {megabytes}", megabytes=size), file=shown, fix=fix)
    return content


def _without_waiting(path: str, flags: int) -> int:
    # A named pipe that nobody writes to would be waited for, and for ever.
    at_once = getattr(os, "O_NONBLOCK", 0)
    opened = os.open(path, flags | at_once)
    if at_once:
        os.set_blocking(opened, True)
    return opened


def read_text(path: str | Path, *, name: str | None = None) -> str:
    """The text of one input file, which must be UTF-8 and not empty; a byte-order mark is passed over.

    Line ends stay as they are.  Raises Unreadable, as `read_bytes`, and for the reasons above.
    """
    return decode(read_bytes(path, name=name), name or str(path))


def decode(content: bytes, name: str) -> str:
    """Bytes → text, under the rules of `read_text`; `name` is what messages call the file."""
    if content.startswith(_WIDE):
        raise Unreadable(_("this is UTF-16"), file=name, line=1, column=1, fix=_("save the file as UTF-8"))
    content = content.removeprefix(_BOM)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        at = {"content": content[error.start], "start": error.start}
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        said, fix = _("not UTF-8: byte 0x{content:02X} at offset {start}", **at), _("save the file as UTF-8")
        raise Unreadable(said, file=name, line=line, column=column, fix=fix) from None
    if not text.strip():
        raise Unreadable(_("the file is empty"), file=name, fix=_("fill it or remove it"))
    return text
