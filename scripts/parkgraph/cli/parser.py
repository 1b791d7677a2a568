"""The parser of a command's words: argparse with our help, in two languages, laid out for a terminal, and
the options that several commands have, each declared once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NoReturn

from parkgraph.cli.settings import COMMON, COMMON_TITLE, words
from parkgraph.errors import Usage
from parkgraph.messages import Message, Text, _

FILE, DIR, NAME, NAMES = _("FILE"), _("DIR"), _("NAME"), _("NAMES")
URL, SECONDS = "URL", _("SECONDS")
"""What stands for a value in help."""

ROWS = _("format, without it a table on a terminal, tsv in a pipe, in a file what its suffix says")
"""What --format says of commands that give rows."""
_FORMAT, _STORE = _("format"), _("kind of the store (default: ask the server)")
_OUTPUT = _("write here; its suffix chooses the format")

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

    def __init__(self, prog: str, example: str) -> None:
        # argparse makes a formatter for every option; without a width each would ask for the terminal's.
        formatter = partial(argparse.HelpFormatter, width=100)
        super().__init__(prog, usage=prog, formatter_class=formatter, add_help=False, allow_abbrev=False)
        self.about: Text = ""
        self.example = example
        self.synopsis: Text | None = None
        self.free = False
        self._arguments: list[str] = []
        self._title = _("Options:")
        self._sections: dict[str, tuple[Text, list[tuple[argparse.Action, Text]]]] = {}

    def section(self, title: Message) -> None:
        """The options declared from here on stand under this heading."""
        self._title = title

    def option(self, *names: str, help: Text, metavar: Text | None = None, **rest: Any) -> None:
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

    # --- kinds of options ---------------------------------------------------------

    def flag(self, name: str, help: Text) -> None:
        """An option without a value."""
        self.option(name, action="store_true", help=help)

    def several(self, *names: str, metavar: Text, help: Text, **rest: Any) -> None:
        """An option that may be repeated; its values are a list."""
        self.option(*names, action="append", default=[], metavar=metavar, help=help, **rest)

    def whole(
        self, *names: str, help: Text, metavar: Text = "N", default: int | None = None, least: int = 0,
        most: int | None = None,
    ) -> None:  # fmt: skip
        """An option that takes a whole number from `least` to `most`."""
        convert = within(names[0], int, least, most)
        self.option(*names, type=convert, metavar=metavar, default=default, help=help)

    def seconds(self, name: str, default: float, help: Text, *, least: float = 0.001) -> None:
        """A time limit."""
        self.option(name, type=within(name, float, least), metavar=SECONDS, default=default, help=help)

    def choice(
        self, *names: str, known: Sequence[str], help: Text, default: str | None = None, check: bool = True
    ) -> None:
        """An option that takes one of `known`.  check: False where these have other names too; the command
        checks the value."""
        checks = {"type": one_of(names[0], known), "choices": known} if check else {}
        named = _("{help}: {known}", help=help, known=list(known))
        self.option(*names, metavar=NAME, default=default, help=named, **checks)

    # --- options of several commands ----------------------------------------------

    def common(self) -> None:
        """--root, --lang, --quiet, --debug, which `app` takes wherever they stand, for the help."""
        self.section(COMMON_TITLE)
        for name, (others, metavar, meaning) in COMMON.items():
            value: dict[str, Any] = {"metavar": metavar} if metavar else {"action": "store_true"}
            self.option(name, *others, help=meaning, **value)

    def engine(self, help: Text) -> None:
        """--engine: fast or reference."""
        self.choice("--engine", known=("fast", "reference"), help=help, default="fast")

    def formats(self, known: Sequence[str], help: Text = _FORMAT, *, check: bool = True) -> None:
        """--format, -f: one of `known`."""
        self.choice("--format", "-f", known=known, help=help, check=check)

    def output(self, help: Text = _OUTPUT, **rest: Any) -> None:
        """--output, -o."""
        self.option("--output", "-o", help=help, **{"metavar": FILE, **rest})

    def article(self, help: Text) -> None:
        """--article, -a: texts of sources; may be repeated."""
        self.several("--article", "-a", metavar=FILE, help=help)

    def endpoint(self, help: Text) -> None:
        """--endpoint and --store: a store to work on instead of the files."""
        self.option("--endpoint", metavar=URL, help=help)
        self.store(_STORE)

    def store(self, help: Text) -> None:
        """--store: the kind of a store."""
        self.option("--store", metavar=NAME, help=help)

    def login(self) -> None:
        """--user and --timeout, for commands that write to a store or compare it."""
        self.option("--user", metavar=NAME, help=_("ask for this user's password on the terminal"))
        self.seconds("--timeout", 600.0, _("give up a call after so many seconds"), least=0.1)

    # --- parsing ------------------------------------------------------------------

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
        lines = [words(usage).rstrip(), "", *wrap(words(self.about), columns)]
        for title, held in self._sections.values():
            lines += ["", words(title), *table([(_invocation(a), _meaning(a, h)) for a, h in held], columns)]
        if self.example:
            lines += ["", words(_("Example: ")) + self.example]
        return "\n".join(lines) + "\n"


def one_of(option: str, known: Sequence[str]) -> Callable[[str], str]:
    """A converter for argparse: the value itself.  Raises Usage for one that is not known."""

    def convert(given: str) -> str:
        if given in known:
            return given
        import difflib

        near = difflib.get_close_matches(given, known, n=1, cutoff=0.5)
        fix = _("one of: {known}", known=list(known))
        if near:
            fix = _("is {near} meant? {listed}", near=near[0], listed=fix)
        raise Usage(_("unknown value of {option}: {given}", option=option, given=given), fix=fix)

    return convert


def within(
    option: str, kind: Callable[[str], float], least: float, most: float | None = None
) -> Callable[[str], float]:
    """A converter for argparse: a number of a kind (int, float) from `least` to `most`.  Raises Usage."""

    def convert(given: str) -> float:
        try:
            value = kind(given)
        except ValueError:
            value = float("nan")
        if least <= value <= (sys.float_info.max if most is None else most):
            return value
        why, fix = _("{given} is out of range", given=given), _("{least} or more", least=least)
        if most is not None:
            fix = _("from {least} to {most}", least=least, most=most)
        if value == value and abs(value) != float("inf"):
            raise Usage(_("invalid value of {option}: {why}", option=option, why=why), fix=fix)
        why = _("“{given}” is not a number", given=given)
        if kind is int:
            why = _("“{given}” is not a whole number", given=given)
        raise Usage(_("invalid value of {option}: {why}", option=option, why=why))

    return convert


def _argument(convert: Callable[[str], Any], given: str) -> Any:
    return convert(given.removeprefix(_BEHIND))


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
        value = f"{action.default:g}" if isinstance(action.default, float) else str(action.default)
        said += words(_(" (default: {default})", default=value))
    return said
