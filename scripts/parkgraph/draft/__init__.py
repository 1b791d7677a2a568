"""Drafting: what a text says, proposed with its places; what a person accepts, written as Turtle.

article   a text → headline, date, sections      proposal  all of it as items to decide, read and written
figures   numbers with unit, qualifier, period   write     accepted items → topic files, whole or not at all
names     things the text calls by a name        new       skeletons and code lists
decisions the file of decisions, and its draft   model, review   what a model proposes; the page
"""

import tomllib
from pathlib import Path

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
"""The words of newspapers, the units and the topic files."""

HAN = r"[\u3400-\u9fff]"


def words(name: str) -> str:
    """A list of words.toml (figures.counted) as alternatives of a regular expression."""
    table, __, key = name.rpartition(".")
    held = WORDS
    for part in table.split("."):
        held = held[part]
    return "|".join(held[key])
