"""The `#+` lines at the top of a question file: one YAML document whose every value keeps its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from parkgraph.errors import Unreadable
from parkgraph.messages import Quoted, Text, _

MARK = "#+"

Key = tuple[str, ...]

_MISSING = object()


@dataclass(frozen=True)
class Header:
    """values: nested dicts and lists whose leaves are text, exactly as written (no YAML booleans or dates).

    file: what messages call the file.  places: key path → (line, column) in the file, 1-based.
    """

    file: str
    values: dict[str, Any]
    places: dict[Key, tuple[int, int]] = field(repr=False)

    def at(self, *key: str, default: Any = _MISSING) -> Any:
        """The value at the key path; `default` where there is none (KeyError without one)."""
        value: Any = self.values
        for part in key:
            if not isinstance(value, dict) or part not in value:
                if default is _MISSING:
                    raise KeyError(key)
                return default
            value = value[part]
        return value

    def wrong(self, message: Text, *key: str, fix: Text | None = None) -> Unreadable:
        """The error that says `message` at the place of `key`, or of the nearest key above it."""
        while key and key not in self.places:
            key = key[:-1]
        line, column = self.places[key]
        return Unreadable(message, file=self.file, line=line, column=column, fix=fix)


def read_header(text: str, file: str) -> Header:
    """The header of a question file with `text`.

    Raises Unreadable: no header, not YAML, not a mapping, a key twice.
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    first = next((number for number, line in enumerate(lines) if line.startswith(MARK)), None)
    if first is None:
        raise Unreadable(
            _("a question file needs a header"),
            file=file,
            line=1,
            fix=_("begin it with lines such as: #+ summary: {en: …, zh: …}"),
        )
    block = list(takewhile(lambda line: line.startswith(MARK), lines[first:]))
    return read_yaml(
        [line.removeprefix(MARK).removeprefix(" ") for line in block], file, first, len(MARK) + 1
    )


def read_yaml(lines: Sequence[str], file: str, above: int = 0, before: int = 0) -> Header:
    """The YAML mapping in `lines`; in `file`, `above` lines stand above and `before` columns before each.

    Raises Unreadable as `read_header`.
    """
    import yaml

    def place(mark: yaml.Mark | None) -> tuple[int, int]:
        return (above + mark.line + 1, before + mark.column + 1) if mark else (above + 1, 1)

    try:
        # The C parser is some ten times faster; a build of PyYAML without it still works.
        node = yaml.compose("\n".join(lines), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        line, column = place(getattr(error, "problem_mark", None))
        raise Unreadable(
            _("the header is not YAML: {problem}", problem=Quoted(getattr(error, "problem", None) or error)),
            file=file,
            line=line,
            column=column,
            fix=_("quote text that holds ': ' or begins with a sign, and keep the indentation even"),
        ) from None
    header = Header(file, {}, {(): (above + 1, 1)})

    def plain(node: yaml.Node, key: Key) -> Any:
        header.places[key] = place(node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            return node.value
        if isinstance(node, yaml.SequenceNode):
            return [plain(item, (*key, str(index))) for index, item in enumerate(node.value)]
        found: dict[str, Any] = {}
        for name_node, value_node in node.value:
            name = str(name_node.value)
            inner = (*key, name)
            if name in found:
                header.places[inner] = place(name_node.start_mark)
                raise header.wrong(
                    _("the key {name} stands twice", name=name),
                    *inner,
                    fix=_("keep one of them"),
                )
            found[name] = plain(value_node, inner)
            header.places[inner] = place(name_node.start_mark)
        return found

    if not isinstance(node, yaml.MappingNode):
        raise header.wrong(_("the header is not a list of `key: value`"))
    header.values.update(plain(node, ()))
    return header
