"""What is searched, made once from the graph and its questions and kept beside it in the cache."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from parkgraph.ask.question import Question
from parkgraph.errors import Usage
from parkgraph.graph.cache import KEPT, cache_folder, content_key
from parkgraph.messages import Text, _
from parkgraph.read.files import Root, read_bytes
from parkgraph.search.documents import (
    Asked,
    Document,
    Route,
    answered,
    node_documents,
    question_fields,
    weighed,
)
from parkgraph.search.index import Index, weighted
from parkgraph.search.things import Things
from parkgraph.search.wording import Everyday, everyday_words
from parkgraph.show.output import opened

_SUFFIX = ".search"
_HERE = Path(__file__).parent


class Searched(NamedTuple):
    """documents: with `names`, for what is found by name and value.  routes: with `rows`, for questions found
    by their answers.  everyday: words that people say.  asked: every saved question, with what it takes."""

    documents: list[Document]
    names: Index
    routes: list[Route]
    rows: Index
    everyday: list[Everyday]
    asked: list[Asked]


def searched(
    root: Root,
    things: Things,
    questions: Callable[[], Sequence[Question]],
    say: Callable[[Text], None] = lambda text: None,
) -> Searched:
    """As it is kept, or made now, which takes seconds: every question is answered with every value.

    questions: gives them when it must be made.  say: is told so.
    """
    entry = cache_folder() / f"{_key(root)}{_SUFFIX}"
    with suppress(OSError, ValueError, LookupError, TypeError):  # missing or damaged: made anew
        return _read(entry)
    say(_("reading every answer once, to find questions by them"))
    made = make(things, questions())
    with suppress(OSError, Usage):  # a cache that cannot be written makes the next start slower, nothing else
        _write(entry, made)
    return made


def make(things: Things, questions: Sequence[Question]) -> Searched:
    """What is searched, from the graph itself."""
    nodes = list(node_documents(things))
    asked = [(question, question_fields(question)) for question in questions]
    documents = [
        *(document for document, __ in nodes),
        *(Document("question", one.id, fields["name"], fields["alias"]) for one, fields in asked),
    ]
    every = [fields for __, fields in (*nodes, *asked)]
    found = answered(things, questions)
    return Searched(
        documents,
        Index.of([weighted(weighed(fields)) for fields in every]),
        [route for route, __ in found],
        Index.of([weighted(weighed(fields), grams=False) for __, fields in found]),
        everyday_words(things),
        list(map(Asked.of, questions)),
    )


def _key(root: Root) -> str:
    digest = hashlib.sha256(content_key(root).encode())
    for file in sorted(_HERE.iterdir()):
        if file.suffix in (".py", ".toml"):
            digest.update(hashlib.sha256(read_bytes(file, name=file.name)).digest())
    shared = sorted((root.path / "queries").glob("*.yaml"))
    for file in shared:
        digest.update(read_bytes(file, name=file.name))
    for question in root.files("query"):
        digest.update(question.name.encode() + b"\0" + read_bytes(question.path, name=question.name))
    return digest.hexdigest()


def _read(entry: Path) -> Searched:
    told, __, text = entry.read_text("utf-8").partition("\n")
    if hashlib.sha256(text.encode()).hexdigest() != told:
        raise ValueError(entry)
    documents, names, routes, rows, everyday, asked = json.loads(text)
    os.utime(entry)
    return Searched(
        [Document(*one) for one in documents],
        Index(*names),
        [Route(*one) for one in routes],
        Index(*rows),
        [Everyday(*one) for one in everyday],
        [Asked(*one) for one in asked],
    )


def _write(entry: Path, made: Searched) -> None:
    text = json.dumps(
        made, ensure_ascii=False, separators=(",", ":"), default=lambda one: (one.count, one.kept)
    )
    entry.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with opened(entry) as stream:
        stream.write(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}".encode())
    others = sorted(entry.parent.glob(f"*{_SUFFIX}"), key=lambda file: file.stat().st_mtime)
    for file in others[:-KEPT]:
        file.unlink(missing_ok=True)
