"""Made-up names in Chinese and English, of the words in `words.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple


class Name(NamedTuple):
    """The same name in both languages."""

    zh: str
    en: str

    def then(self, zh: str, en: str) -> Name:
        """The name with more after it."""
        return Name(self.zh + zh, f"{self.en} {en}")


@cache
def _words(kind: str) -> tuple[Name, ...]:
    import yaml

    text = (Path(__file__).parent / "words.yaml").read_text(encoding="utf-8")
    return tuple(Name(zh, en) for zh, en in yaml.safe_load(text)[kind].items())


def word(random: Random, syllables: int = 2) -> Name:
    """A name of so many syllables: 云泰, Yuntai."""
    parts = random.choices(_words("syllables"), k=syllables)
    return Name("".join(part.zh for part in parts), "".join(part.en for part in parts).capitalize())


def enterprise(random: Random) -> Name:
    """云泰制药, Yuntai Pharmaceutical."""
    return word(random).then(*random.choice(_words("trades")))


def project(random: Random, owner: Name) -> Name:
    """A work of `owner`: 云泰制药生产基地, Yuntai Pharmaceutical production base."""
    return owner.then(*random.choice(_words("works")))


def deed(random: Random) -> Name:
    """推进招商服务, push ahead with investment services."""
    return random.choice(_words("deeds")).then(*random.choice(_words("matters")))
