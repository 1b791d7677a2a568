"""The parser of a command's words: argparse with our help, in two languages, laid out for a terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NoReturn

from parkgraph.cli.settings import words
from parkgraph.errors import Usage
from parkgraph.messages import Message, Text, _

FILE, DIR, NAME, NAMES = _("FILE"), _("DIR"), _("NAME"), _("NAMES")
URL, SECONDS = "URL", _("SECONDS")
"""What stands for a value in help."""

_SHAPES: dict[Any, str] = {None: "{}", "?": "[{}]", "*": "[{}]…", "+": "{}…"}
"""How often an argument is given → how the usage line shows it."""


_BEHIND = "\0"
"""Stands before a word behind `--` while the words are parsed, so that it is no option whatever it begins
with (intermixed parsing reads the words twice and forgets `--` in between)."""


class Parser(argparse.ArgumentParser):
    """The arguments and options of one command. What is wrong with them is raised as Usage.

    about: what the command does.  example: a command line.
    synopsis: the arguments as the usage line shows them, where they are not the declared ones.
    free: unknown words are no error; they are left in `rest` (and `--help` in `help`) for the command.
    """

    def __init__(self, prog: str, *, about: Text = "", example: str = "") -> None:
        super().__init__(prog, usage=prog, formatter_class=_formatter, add_help=False, allow_abbrev=False)
        self.about = about
        self.example = example
        self.synopsis: Text | None = None
        self.free = False
        self._arguments: list[str] = []
        self._title = _("Options:")
        self._sections: dict[str, tuple[Text, list[tuple[argparse.Action, Text]]]] = {}

    def section(self, title: Message) -> None:
        """The options declared from here on stand under this heading."""
        self._title = title

    def option(self, *names: str, help: Text, metavar: Text | None = None, **rest: Any) -> argparse.Action:
        """Declares an option or an argument as `add_argument` does; its texts may be messages."""
        if metavar is not None:
            rest["metavar"] = words(metavar)
        if not names[0].startswith("-"):
            rest["type"] = partial(_argument, rest.get("type", str))
        action = self.add_argument(*names, **rest)
        title = self._title if action.option_strings else _("Arguments:")
        if not action.option_strings:
            self._arguments.append(_SHAPES[action.nargs].format(_invocation(action)))
        self._sections.setdefault(str(title), (title, []))[1].append((action, help))
        return action

    def parse(self, given: Sequence[str]) -> argparse.Namespace:
        """The values of arguments and options; options may stand between arguments.  Raises Usage."""
        end = given.index("--") if "--" in given else len(given)
        behind = [_BEHIND + word for word in given[end + 1 :]]
        values, rest = self.parse_known_intermixed_args([*given[:end], *behind])
        if rest and not self.free:
            raise self._surplus(rest[0])
        values.rest = [word.removeprefix(_BEHIND) for word in rest]
        return values

    def error(self, message: str) -> NoReturn:
        """What argparse calls when the words don't fit."""
        raise Usage(message)

    def _surplus(self, word: str) -> Usage:
        if not word.startswith("-") or word == "-":
            return Usage(_("one argument too many: {word}", word=word.removeprefix(_BEHIND)))
        known = [name for action in self.declared for name in action.option_strings]
        import difflib

        near = difflib.get_close_matches(word.partition("=")[0], known, n=1, cutoff=0.6)
        fix = _("did you mean {near}?", near=near[0]) if near else None
        return Usage(_("unknown option: {name}", name=word), fix=fix)

    @property
    def declared(self) -> list[argparse.Action]:
        """All arguments and options."""
        return [action for __, held in self._sections.values() for action, __ in held]

    # --- help ---------------------------------------------------------------------

    def format_help(self) -> str:
        """The help text in the language of the command."""
        from parkgraph.show.output import terminal_width
        from parkgraph.show.table import wrap

        columns = min(terminal_width(sys.stdout.buffer), 100)
        given = self.synopsis or " ".join(self._arguments)
        usage = _("Usage: {path} [OPTIONS] {arguments}", path=self.prog, arguments=given)
        lines = [words(usage).rstrip(), "", *wrap(words(self.about), columns), *self.sections(columns)]
        if self.example:
            lines += ["", words(_("Example: ")) + self.example]
        return "\n".join(lines) + "\n"

    def sections(self, columns: int) -> list[str]:
        """Arguments and options with their meanings, in at most so many columns."""
        lines = []
        for title, held in self._sections.values():
            lines += ["", words(title), *table([(_invocation(a), _meaning(a, h)) for a, h in held], columns)]
        return lines


def _argument(convert: Callable[[str], Any], given: str) -> Any:
    return convert(given.removeprefix(_BEHIND))


def _formatter(prog: str) -> argparse.HelpFormatter:
    # argparse makes one for every option; without a width each would ask for the terminal's.
    return argparse.HelpFormatter(prog, width=100)


def table(rows: Sequence[tuple[str, str]], columns: int, margin: int = 26) -> list[str]:
    """Lines of two columns, the second wrapped; a first cell wider than `margin` has a line of its own."""
    from parkgraph.show.table import pad, width, wrap

    left = min(max((width(name) for name, __ in rows), default=0), margin)
    lines = []
    for name, text in rows:
        first, *more = wrap(text, max(columns - left - 4, 20))
        if width(name) > left:
            lines.append(f"  {name}")
            name = ""
        lines += [f"  {pad(name, left)}  {first}".rstrip(), *(f"  {'':<{left}}  {line}" for line in more)]
    return lines


def _invocation(action: argparse.Action) -> str:
    if not action.option_strings:
        return str(action.metavar or action.dest)
    names = ", ".join(action.option_strings)
    return names if action.nargs == 0 else f"{names} {action.metavar or action.dest.upper()}"


def _meaning(action: argparse.Action, help: Text) -> str:
    said = words(help)
    if action.required and action.option_strings:
        said += words(_(" (required)"))
    if action.nargs != 0 and action.default not in (None, [], "", False, argparse.SUPPRESS):
        said += words(_(" (default: {default})", default=_short(action.default)))
    return said


def _short(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
