"""The `#+` lines at the top of a question file: one YAML document whose every value keeps its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from parkgraph.errors import Unreadable
from parkgraph.messages import Text, _

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
    import yaml

    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.startswith(MARK)), None)
    if first is None:
        raise Unreadable(
            _("a question file needs a header"),
            file=file,
            line=1,
            fix=_("begin it with lines such as: #+ id: my-question"),
        )
    block = []
    for line in lines[first:]:
        if not line.startswith(MARK):
            break
        block.append(line.rstrip("\r").removeprefix(MARK).removeprefix(" "))

    def place(mark: yaml.Mark) -> tuple[int, int]:
        return first + mark.line + 1, mark.column + len(MARK) + 2

    try:
        # The C parser is some ten times faster; a build of PyYAML without it still works.
        node = yaml.compose("\n".join(block), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        at_line, at_column = place(error.problem_mark) if error.problem_mark else (first + 1, 1)
        raise Unreadable(
            _("the header is not YAML: {problem}", problem=error.problem),
            file=file,
            line=at_line,
            column=at_column,
            fix=_("quote text that holds ': ' or begins with a sign, and keep the indentation even"),
        ) from None
    except yaml.YAMLError as error:
        raise Unreadable(
            _("the header is not YAML: {error}", error=error),
            file=file,
            line=first + 1,
        ) from None
    header = Header(file, {}, {(): (first + 1, 1)})

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
