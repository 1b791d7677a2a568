"""Where the graph's files are, and their bytes: the one place that opens an input file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from parkgraph.errors import Unreadable, Usage

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

_BOMS = {b"\xef\xbb\xbf": "UTF-8", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


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


def find_root(explicit: str | Path | None = None) -> Root:
    """The graph to work on: `explicit`, else $PARKGRAPH_ROOT, else the package's data, else the checkout.

    Raises Usage when a named folder holds no graph, Unreadable when none is found at all or it is locked.
    """
    named = explicit if explicit is not None else os.environ.get("PARKGRAPH_ROOT") or None
    if named is not None:
        if not str(named):
            raise Usage({"en": "--root is empty", "zh": "--root 为空"})
        path = Path(named).expanduser()
        if not path.is_dir():
            raise Usage({"en": f"no such folder: {path}", "zh": f"没有这个文件夹：{path}"})
        if not _holds_graph(path):
            raise Usage(
                {"en": f"{path} holds no graph: no Turtle file is in its ontology/ or kg/",
                 "zh": f"{path} 里没有图谱：其 ontology/ 与 kg/ 中没有 Turtle 文件"},
                fix={"en": "give --root the folder that holds ontology/, kg/ and queries/",
                     "zh": "请让 --root 指向含有 ontology/、kg/ 和 queries/ 的文件夹"},
            )  # fmt: skip
        return Root(path.resolve())
    return _installed_root()


def rules_file() -> Path:
    """The rules of inference: they belong to the program, so its package or checkout holds them."""
    installed = PACKAGE / "data" / "ontology" / "owl2rl.rls"
    return installed if installed.is_file() else PACKAGE.parent.parent / "ontology" / "owl2rl.rls"


@cache
def _installed_root() -> Root:
    for path in (PACKAGE / "data", PACKAGE.parent.parent):
        if _holds_graph(path):
            return Root(path)
    raise Unreadable(
        {"en": "no graph found: neither in the installed package nor in a checkout",
         "zh": "找不到图谱：已安装的包里没有，检出目录里也没有"},
        fix={"en": "name its folder with --root DIR or PARKGRAPH_ROOT",
             "zh": "请用 --root DIR 或 PARKGRAPH_ROOT 指定文件夹"},
    )  # fmt: skip


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
        raise Unreadable(
            {"en": f"this folder cannot be read: {error.strerror}",
             "zh": f"无法读取此文件夹：{error.strerror}"},
            file=folder,
            fix={"en": "make it readable, e.g. chmod u+rx", "zh": "请开放读取权限，例如 chmod u+rx"},
        ) from None  # fmt: skip


def _is_folder(path: str) -> Unreadable:
    return Unreadable(
        {"en": "this is a folder, a file is needed", "zh": "这是文件夹，这里需要文件"}, file=path,
        fix={"en": "name the file inside it, or give the folder another name",
             "zh": "请指明其中的文件，或给文件夹另起名称"},
    )  # fmt: skip


def size_limit() -> int:
    """Bytes an input file may have: PARKGRAPH_MAX_BYTES, else SIZE_LIMIT."""
    given = os.environ.get("PARKGRAPH_MAX_BYTES")
    if given is None:
        return SIZE_LIMIT
    if not given.isdecimal() or int(given) < 1:
        raise Usage(
            {"en": f"PARKGRAPH_MAX_BYTES is no positive whole number: {given!r}",
             "zh": f"PARKGRAPH_MAX_BYTES 不是正整数：{given!r}"}
        )  # fmt: skip
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
                raise Unreadable(
                    {"en": "not a regular file, but a pipe or device",
                     "zh": "这不是普通文件，而是管道或设备"}, file=shown,
                    fix={"en": "save what it gives to a file", "zh": "请先将其内容存为文件"},
                )  # fmt: skip
            content = stream.read(limit + 1)
    except FileNotFoundError:
        raise Unreadable(
            {"en": "no such file", "zh": "没有这个文件"}, file=shown,
            fix={"en": "check the path; it is taken from the current folder",
                 "zh": "请检查路径（以当前文件夹为起点）"},
        ) from None  # fmt: skip
    except IsADirectoryError:
        raise _is_folder(shown) from None
    except PermissionError:
        raise Unreadable(
            {"en": "no permission to read this file", "zh": "没有读取该文件的权限"}, file=shown,
            fix={"en": "make it readable, e.g. chmod u+r", "zh": "请开放读取权限，例如 chmod u+r"},
        ) from None  # fmt: skip
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreadable(
            {"en": f"cannot be read: {reason}", "zh": f"无法读取：{reason}"}, file=shown
        ) from None
    if len(content) > limit:
        raise Unreadable(
            {"en": f"larger than the limit of {_megabytes(limit)}", "zh": f"超过 {_megabytes(limit)} 的上限"},
            file=shown,
            fix={"en": "split the file, or raise the limit with PARKGRAPH_MAX_BYTES=…",
                 "zh": "请拆分文件，或用 PARKGRAPH_MAX_BYTES=… 提高上限"},
        )  # fmt: skip
    return content


def _without_waiting(path: str, flags: int) -> int:
    # A named pipe that nobody writes to would be waited for, and for ever.
    at_once = getattr(os, "O_NONBLOCK", 0)
    opened = os.open(path, flags | at_once)
    if at_once:
        os.set_blocking(opened, True)
    return opened


def read_text(path: str | Path, *, name: str | None = None) -> str:
    """The text of one input file, which must be UTF-8 without byte-order mark and not empty.

    Line ends stay as they are.  Raises Unreadable, as `read_bytes`, and for the reasons above.
    """
    return decode(read_bytes(path, name=name), name or str(path))


def decode(content: bytes, name: str) -> str:
    """Bytes → text, under the rules of `read_text`; `name` is what messages call the file."""
    for mark, encoding in _BOMS.items():
        if content.startswith(mark):
            raise Unreadable(
                {"en": f"starts with a byte-order mark ({encoding})",
                 "zh": f"文件以字节顺序标记（{encoding} BOM）开头"},
                file=name, line=1, column=1,
                fix={"en": "save it as UTF-8 without BOM", "zh": "请另存为不带 BOM 的 UTF-8"},
            )  # fmt: skip
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        raise Unreadable(
            {"en": f"not UTF-8: byte 0x{content[error.start]:02X} at offset {error.start}",
             "zh": f"不是 UTF-8：偏移 {error.start} 处的字节为 0x{content[error.start]:02X}"},
            file=name, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"),
            fix={"en": "save the file as UTF-8", "zh": "请将文件另存为 UTF-8"},
        ) from None  # fmt: skip
    if not text.strip():
        raise Unreadable(
            {"en": "the file is empty", "zh": "文件为空"}, file=name,
            fix={"en": "fill it or remove it", "zh": "请补上内容或删除该文件"},
        )  # fmt: skip
    return text


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MiB" if size >= 1024 * 1024 else f"{size} B"
