"""The options that commands share, each declared once.

A function takes the command's parser and declares an option; its value is `args.<name>`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from parkgraph.cli.parser import FILE, NAME, SECONDS, URL, Parser
from parkgraph.cli.settings import COMMON, COMMON_TITLE
from parkgraph.errors import Usage
from parkgraph.messages import Message, Text, _

Number = TypeVar("Number", int, float)


def common(parser: Parser) -> None:
    """--root, --lang, --quiet, --debug: `app` takes them wherever they stand; here they are in the help."""
    parser.section(COMMON_TITLE)
    for name, (others, metavar, meaning) in COMMON.items():
        value: dict[str, Any] = {"metavar": metavar} if metavar else {"action": "store_true"}
        parser.option(name, *others, help=meaning, **value)


def choice(
    parser: Parser,
    names: str,
    known: Sequence[str],
    help: Text,
    default: str | None = None,
    *,
    check: bool = True,
) -> None:
    """An option that takes one of `known`.  names: with spaces between, the long one first.

    check: False where `known` have other names too; the command checks the value.
    """
    long, *short = names.split()
    named = _("{help}: {known}", help=help, known=list(known))
    checks = {"type": one_of(long, known), "choices": known} if check else {}
    parser.option(long, *short, metavar=NAME, default=default, help=named, **checks)


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


def whole(option: str, *, least: int = 0, most: int | None = None) -> Callable[[str], int]:
    """A converter for argparse: a whole number from `least` to `most`.  Raises Usage."""
    return _within(option, int, _("“{given}” is not a whole number"), least, most)


def number(option: str, *, least: float = 0.0) -> Callable[[str], float]:
    """A converter for argparse: a finite number, `least` or more.  Raises Usage."""
    return _within(option, float, _("“{given}” is not a number"), least, None)


def _within(
    option: str, kind: Callable[[str], Number], none: Message, least: Number, most: Number | None
) -> Callable[[str], Number]:
    def convert(given: str) -> Number:
        try:
            value: Number | None = kind(given)
        except ValueError:
            value = None
        if value is None or not math.isfinite(value):
            why, fix = Message(str(none), {"given": given}), None
        elif value < least or (most is not None and value > most):
            why = _("{given} is out of range", given=given)
            fix = _("{least} or more", least=least)
            if most is not None:
                fix = _("from {least} to {most}", least=least, most=most)
        else:
            return value
        raise Usage(_("invalid value of {option}: {why}", option=option, why=why), fix=fix)

    return convert


def seconds(parser: Parser, name: str, default: float, help: Text, *, least: float = 0.001) -> None:
    """A time limit."""
    convert = number(name, least=least)
    parser.option(name, type=convert, metavar=SECONDS, default=default, help=help)


def output(parser: Parser, help: Text | None = None, *, default: str | None = None) -> None:
    """--output, -o."""
    said = help or _("write here; its suffix chooses the format")
    parser.option("--output", "-o", metavar=FILE, default=default, help=said)


_FORMAT = _("format")


def formats(parser: Parser, known: Sequence[str], help: Text = _FORMAT, *, check: bool = True) -> None:
    """--format, -f: one of `known`."""
    choice(parser, "--format -f", known, help, check=check)


ROWS = _("format, without it a table on a terminal, tsv in a pipe, in a file what its suffix says")
"""What --format says of commands that give rows."""


def article(parser: Parser, help: Text) -> None:
    """--article, -a: texts of sources; may be repeated."""
    parser.option("--article", "-a", action="append", default=[], metavar=FILE, help=help)


def endpoint(parser: Parser, help: Text) -> None:
    """--endpoint and --store: a store to work on instead of the files."""
    parser.option("--endpoint", metavar=URL, help=help)
    store(parser, _("kind of the store (default: ask the server)"))


def store(parser: Parser, help: Text) -> None:
    """--store: the kind of a store."""
    parser.option("--store", metavar=NAME, help=help)


def login(parser: Parser) -> None:
    """--user and --timeout, for commands that write to a store or compare it."""
    parser.option("--user", metavar=NAME, help=_("ask for this user's password on the terminal"))
    seconds(parser, "--timeout", 600.0, _("give up a call after so many seconds"), least=0.1)
