"""Questions as they were loaded before, from the cache: to load one anew takes some ten times as long."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from functools import cache
from typing import Any

from pyoxigraph import RdfFormat, parse

from parkgraph.ask.question import Parameter, Question
from parkgraph.graph import entries
from parkgraph.graph.cache import code_digest
from parkgraph.graph.sparql import Values
from parkgraph.read.files import SourceFile, decode, read_bytes
from parkgraph.show.cells import Term

_CODE = ("names.py", "ask", "graph", "read")
_OF_THE_FILE = ("path", "name", "topic", "text")  # not kept: whoever looks for the entry has them


def question_at(file: SourceFile, known: Mapping[str, str]) -> Question:
    """As `load.load_question`."""
    content = read_bytes(file.path, name=file.name)
    text = decode(content, file.name)
    name = (
        hashlib.sha256(_digest(tuple(known.items())) + file.name.encode() + b"\0" + content).hexdigest()
        + ".json"
    )
    path = entries.kept(name)
    if path is not None:
        with suppress(OSError):  # another process may remove it just now
            return _question(json.loads(path.read_bytes().partition(b"\n")[2]), file, text)
    from parkgraph.ask.load import question_in

    question = question_in(text, file, known)
    written = json.dumps(_plain(question), ensure_ascii=False).encode()
    entries.keep(name, lambda stream: stream.write(written))
    return question


@cache
def _digest(known: tuple[tuple[str, str], ...]) -> bytes:
    """A digest of what every question depends on beside its own file."""
    return hashlib.sha256(code_digest(*_CODE) + repr(known).encode()).digest()


def _plain(question: Question) -> dict[str, Any]:
    """The question as JSON can hold it; a parameter's default as N-Triples."""
    held = {one.name: getattr(question, one.name) for one in fields(question) if one.name not in _OF_THE_FILE}
    held["parameters"] = [
        {one.name: getattr(parameter, one.name) for one in fields(parameter)}
        | {"default": "".join(f"<urn:x> <urn:x> {term} .\n" for term in parameter.default)}
        for parameter in question.parameters.values()
    ]
    return held


def _question(held: dict[str, Any], file: SourceFile, text: str) -> Question:
    parameters = {one["name"]: _parameter(one) for one in held.pop("parameters")}
    held["keywords"] = tuple(held["keywords"])
    return Question(
        path=file.path, name=file.name, topic=file.topic, text=text, parameters=parameters, **held
    )


def _parameter(held: dict[str, Any]) -> Parameter:
    return Parameter(**held | {"values": Values(*held["values"]), "default": _terms(held["default"])})


def _terms(ntriples: str) -> tuple[Term, ...]:
    return tuple(quad.object for quad in parse(ntriples, RdfFormat.N_TRIPLES, lenient=True))
