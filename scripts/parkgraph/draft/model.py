"""What a language model proposes, if the curator wants one: let in only as far as the text bears it out."""

from __future__ import annotations

import http.client
import json
import os
import re
import threading
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

from parkgraph.draft import WORDS
from parkgraph.draft.article import Article
from parkgraph.errors import Remote, Usage
from parkgraph.evidence.numerals import numbers
from parkgraph.messages import Message, Quoted, Text, _

KEY = "PARKGRAPH_MODEL_KEY"
"""The environment variable that holds the key, which is sent to the model's address and nowhere else."""

SECONDS, BYTES, MOST = 300.0, 2_000_000, 500
"""Limits: of a request, of the bytes of an answer, of the proposals in it."""

Answer = dict[str, str]
"""One proposal: kind (name, figure, role), quote, and of _FIELDS what its kind has; "" for the rest."""

_FIELDS: dict[str, str] = WORDS["model"]["fields"]


def ask(
    url: str, model: str, article: Article, classes: Collection[str], roles: Collection[str]
) -> list[Any]:
    """What a model proposes of the article, unchecked.

    url: of an OpenAI-compatible endpoint.  Raises Usage for what is no such address, Remote when it fails.
    """
    if not re.fullmatch(r"https?://(\[[\da-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?(/[\w./~-]*)?", url, re.ASCII):
        fix = _("give one such as http://127.0.0.1:8080/v1; a key belongs into {name}", name=KEY)
        raise Usage(_("--model needs the address of an endpoint"), fix=fix)
    one = _object({name: {"type": "string"} for name in _FIELDS})
    schema = _object({"proposals": {"type": "array", "items": one}})
    task = WORDS["model"]["task"] + "\n".join(f"{name}: {said}" for name, said in _FIELDS.items())
    task = task.replace("{classes}", ", ".join(classes)).replace("{roles}", ", ".join(roles))
    report = "\n".join(article.text.part(line) for line in article.lines)
    form = {"name": "proposals", "strict": True, "schema": schema}
    body = {
        "model": model, "temperature": 0, "response_format": {"type": "json_schema", "json_schema": form},
        "messages": [{"role": "system", "content": task}, {"role": "user", "content": report}],
    }  # fmt: skip
    try:
        answer = json.loads(_posted(url, json.dumps(body).encode()))
        proposals = json.loads(answer["choices"][0]["message"]["content"])["proposals"]
        if isinstance(proposals, list):
            return proposals
    except (ValueError, LookupError, TypeError, RecursionError):
        pass
    raise _failed(_("its answer is not of the form that was asked for"))


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    required = [*properties]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _posted(url: str, body: bytes) -> bytes:
    """The body of the answer.  No redirect is followed, so the key goes to no other host."""
    address, done = urlsplit(f"{url.rstrip('/')}/chat/completions"), list[bytes | Text]()
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key := os.environ.get(KEY, "").strip():
        if not re.fullmatch("[!-~]+", key):
            raise Usage(_("{name} holds no key", name=KEY))
        headers["Authorization"] = f"Bearer {key}"

    def exchange() -> None:
        try:
            connection = kind(address.hostname or "", address.port, timeout=SECONDS)
            connection.request("POST", address.path, body, headers)
            answer = connection.getresponse()
            content: bytes | Text = answer.read(BYTES + 1)
            if answer.status != 200:
                content = _("it answers {status}", status=answer.status)
            elif len(content) > BYTES:
                content = _("its answer has more than {n} bytes", n=BYTES)
            done.append(content)
        except (OSError, ValueError, http.client.HTTPException) as error:
            done.append(Quoted(str(error) or type(error).__name__))

    thread = threading.Thread(target=exchange, daemon=True)  # a limit for the whole, however slow it drips
    thread.start()
    thread.join(SECONDS)
    result = done[0] if done else _("no answer in {s:g} s", s=SECONDS)
    if not isinstance(result, bytes):
        raise _failed(result)
    return result


def _failed(why: Text) -> Remote:
    fix = _("try again, or draft without --model; nothing was written")
    return Remote(_("the model did not help: {why}", why=why), fix=fix)


def gate(
    answers: Iterable[Any], article: Article, classes: Collection[str], roles: Collection[str]
) -> tuple[list[Answer], Counter[Message]]:
    """The proposals that the text bears out, and why how many others do not."""
    taken: list[Answer] = []
    refused: Counter[Message] = Counter()
    for number, answer in enumerate(answers):
        why = _wrong(answer, article, classes, roles) if number < MOST else _("there are too many")
        if why:
            refused[why] += 1
        elif answer not in taken:
            taken.append({name: answer[name].strip() for name in _FIELDS})
    return taken, refused


def _wrong(answer: Any, article: Article, classes: Collection[str], roles: Collection[str]) -> Message | None:
    said = [answer.get(name) for name in _FIELDS] if isinstance(answer, dict) else [None]
    if not all(isinstance(one, str) and len(one) <= 200 and one.isprintable() for one in said):
        return _("they are not of the form that was asked for")
    quote, kind = answer["quote"], answer["kind"]
    if len(article.text.find(quote)) != 1 or not article.places(quote):
        return _("their quote does not stand in the report, or more than once")
    printed = {str(value) for one in numbers(quote) for value in one.values} | set(_digits(quote))
    if any(one not in printed for name in _FIELDS if name != "quote" for one in _digits(answer[name])):
        return _("a number of theirs does not stand in their quote")
    needed = {"name": ("name",), "figure": ("measured",), "role": ("name", "thing")}.get(kind)
    among = {"name": (classes, "class"), "role": (roles, "role")}.get(kind)
    if needed is None or (among and answer[among[1]] not in among[0]):
        return _("there is no such class or role")
    if any(len(answer[name]) < 2 or len(answer[name]) > 40 or answer[name] not in quote for name in needed):
        return _("a name of theirs does not stand in their quote")
    if kind == "figure" and not re.fullmatch(r"\d[\d,]*(?:\.\d+)?", answer["value"]):
        return _("a number of theirs does not stand in their quote")
    if kind == "role":
        around = quote.replace(answer["name"], " ").replace(answer["thing"], " ")
        if not answer["word"] or answer["word"] not in around:
            return _("the word that says the role does not stand in their quote")
    return None


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))
