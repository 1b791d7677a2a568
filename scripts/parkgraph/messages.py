"""Sentences for people: English stands in the source, Chinese in the catalogue (gettext).

    raise Usage(_("no such folder: {path}", path=path))

The language is chosen when a sentence is shown, not where it is made. A new sentence: write it in English,
then `make catalogue`, and fill its empty `msgstr` in locale/zh/LC_MESSAGES/parkgraph.po.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gettext import GNUTranslations
    from typing import Any, Literal

    Lang = Literal["zh", "en"]

LANGS: tuple[Lang, Lang] = ("zh", "en")
LOCALE = os.path.join(os.path.dirname(__file__), "locale")
"""Holds zh/LC_MESSAGES/parkgraph.po and what is compiled from it."""

Text = str | Mapping[str, str]
"""A sentence for the user: one string for every language, a message, or {"zh": …, "en": …} from data."""

_COMMA = {"zh": "、", "en": ", "}
_OR = {"zh": "或", "en": " or "}


_PLURAL = re.compile(r"\{(\w+)(?::[^{}]*)?\} (?!was|has|does|goes)[a-z]{2,}?(?P<end>ies|(?<=[cs]h)es|s)\b")


class Message(Mapping[str, str]):
    """A sentence in each language: `message["zh"]`. `str(message)` is English.

    Of what is counted the English sentence has the plural, `{n} files`; with 1 it comes out as "1 file".
    A value that is itself a message, or a list, is put in as the language writes it ("a, b"; “a、b”).
    """

    __slots__ = ("_text", "_values")

    def __init__(self, text: str, values: Mapping[str, Any]) -> None:
        self._text = text
        self._values = values

    def __getitem__(self, lang: str) -> str:
        if lang not in LANGS:
            raise KeyError(lang)
        text = self._text if lang == "en" else catalogue(lang).gettext(self._text)
        if not self._values:
            return text
        if lang == "en":
            text = _PLURAL.sub(self._singular, text)
        return text.format(**{name: _shown(value, lang) for name, value in self._values.items()})

    def _singular(self, counted: re.Match[str]) -> str:
        if self._values.get(counted[1]) != 1:
            return counted[0]
        return counted[0].removesuffix(counted["end"]) + "y" * (counted["end"] == "ies")

    def __iter__(self) -> Iterator[str]:
        return iter(LANGS)

    def __len__(self) -> int:
        return len(LANGS)

    def __str__(self) -> str:
        return self["en"]

    def __repr__(self) -> str:
        return repr(str(self))

    def __hash__(self) -> int:
        return hash(str(self))


def _(text: str, /, **values: Any) -> Message:
    """The message `text`, with `{name}` where a value goes; braces are doubled only beside values."""
    return Message(text, values)


class Quoted(str):
    """Others' words, a library's or a server's: in quotation marks where the sentence is not English."""

    __slots__ = ()


class Either(list[object]):
    """A list that is put into a message as alternatives: "a or b"."""


def in_language(text: Text, lang: str) -> str:
    """The sentence of `text` in `lang`; falls back to English, then to whatever there is."""
    if isinstance(text, str):
        return text
    return text.get(lang) or text.get("en") or text.get("") or next(iter(text.values()), "")


@cache
def catalogue(lang: str, domain: str = "parkgraph") -> GNUTranslations:
    """The translations into `lang`.  Raises RuntimeError where they are missing: never silently English."""
    from gettext import GNUTranslations

    try:
        with open(os.path.join(LOCALE, lang, "LC_MESSAGES", f"{domain}.mo"), "rb") as file:
            return GNUTranslations(file)
    except FileNotFoundError:
        raise RuntimeError(f"no catalogue of messages for {lang} in {LOCALE}; make catalogue") from None


def speak(lang: str) -> None:
    """Makes the standard library's own sentences (argparse's) come out in `lang`, from argparse.po."""
    import gettext

    if lang != "en":
        catalogue(lang, "argparse")
    gettext.bindtextdomain("argparse", LOCALE)
    gettext.textdomain("argparse")
    os.environ["LANGUAGE"] = lang


def _shown(value: Any, lang: str) -> Any:
    if isinstance(value, Mapping):
        return in_language(value, lang)
    if isinstance(value, Quoted) and lang != "en":
        return f"“{value}”"
    if isinstance(value, Either):
        return _OR[lang].join(str(_shown(one, lang)) for one in value)
    if isinstance(value, list | tuple):
        return _COMMA[lang].join(str(_shown(one, lang)) for one in value)
    return value
