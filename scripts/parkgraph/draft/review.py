"""Deciding in the browser: `serve --draft`, for this machine alone; each decision is saved at once.

A page of another site can neither read nor decide: requests must come to this machine's own name, and those
that decide from this very page, which holds a secret.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from parkgraph.draft.decisions import FREE, Draft, plain
from parkgraph.draft.proposal import Item
from parkgraph.errors import ParkgraphError, Unreadable, Usage
from parkgraph.messages import LANGS, Text, _, in_language
from parkgraph.read.files import Root, read_text

PAGE = Path(__file__).parents[1] / "web" / "front" / "built" / "draft.html"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MOST = 65_536  # bytes of a decision
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store",
}  # fmt: skip
_WORDS = {
    "title": _("Deciding on a draft"), "left": _("{n} of {of} to decide"), "yes": _("Yes"), "no": _("No"),
    "open": _("Undecided"), "undo": _("Undo"), "next": _("Next"), "previous": _("Previous"),
    "same": _("Same as"), "other": _("another name of the graph"), "saved": _("Saved"),
    "fill": _("To fill: {what}"), "member": _("accepted with its list"), "done": _("All is decided."),
    "then": _("Close this page and write what is accepted: {command}"), "lost": _("Not saved: {why}"),
    "keys": _("Keys: j k next and previous, y yes, n no, x undecided, 1–9 same as, e fill in, u undo"),
    "article": _("The article"), "card": _("The item"),
}  # fmt: skip


_FIELDS = {
    "zh": _("in Chinese"), "en": _("in English"), "class": _("class"), "indicator": _("indicator"),
    "about": _("of"),
    "kind": _("kind of platform"), "covers": _("covers"), "period": _("period"), "slug": _("end of the IRI"),
    "reason": _("reason"), "alias": _("in short"),
}  # fmt: skip


def open_draft(root: Root, path: Path) -> Draft:
    """The draft of a folder of a proposal, or of its file.  Raises Usage where there is none, or several."""
    found = [path] if path.is_file() else sorted(path.glob("*.decisions.txt"))
    if len(found) != 1:
        names = [one.name for one in found]
        said = _("{path} holds the decisions of several drafts: {names}", path=path, names=names)
        none = _("{path} holds no decisions of a draft", path=path)
        fix = _("name one of them") if found else _("make them: parkgraph draft FILE -o DIR")
        raise Usage(said if found else none, fix=fix)
    text = re.search(r"^# text (.+?)\s*$", read_text(found[0]), re.MULTILINE)
    if not text:
        fix = _("run parkgraph draft FILE -o DIR once more")
        raise Unreadable(_("it does not say which text it is of"), file=found[0], fix=fix)
    draft = Draft(root, found[0].parent / text[1], found[0].parent)
    draft.path = found[0]
    if not draft.items:
        raise Usage(_("nothing new: the graph has all that the rules find in this text"))
    draft.decided(strict=False)
    draft.tell_missing()
    return draft


class _Refused(Exception):
    def __init__(self, status: int, said: Text) -> None:
        super().__init__(str(said))
        self.status, self.said = status, said


def routes(draft: Draft, default: str) -> list[Route]:
    """The addresses of the page, what it shows and what it saves.  default: the language."""
    token = secrets.token_urlsafe(24)

    def guarded(handle: Callable[[Request, str], Awaitable[Response]]) -> Callable[..., Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            asked = request.query_params.get("lang", "")
            lang = asked if asked in LANGS else default
            try:
                if request.url.hostname not in LOOPBACK:
                    raise _Refused(403, _("this page is for its own machine"))
                response = await handle(request, lang)
            except _Refused as error:
                response = JSONResponse({"said": in_language(error.said, lang)}, error.status)
            except ParkgraphError as error:
                response = JSONResponse({"said": error.text(lang)}, 409)
            response.headers.update(_HEADERS)
            return response

        return answer

    async def page(request: Request, lang: str) -> Response:
        return FileResponse(PAGE)

    async def state(request: Request, lang: str) -> Response:
        draft.decided(strict=False)
        items = [plain(item, draft, lang) for item in draft.items]
        command = f"parkgraph draft {draft.article.text.name} -o {draft.path.parent} --apply"
        return JSONResponse({
            "lang": lang, "langs": LANGS, "token": token, "command": command,
            "words": {name: said[lang] for name, said in _WORDS.items()}
            | {f"field-{name}": said[lang] for name, said in _FIELDS.items()},
            "text": draft.article.text.text, "items": items,
        })  # fmt: skip

    async def decide(request: Request, lang: str) -> Response:
        origin = f"{request.url.scheme}://{request.url.netloc}"
        given = request.headers.get("x-draft-token", "").encode()
        if request.headers.get("origin") != origin or not secrets.compare_digest(given, token.encode()):
            raise _Refused(403, _("this did not come from the page of the draft: load it again"))
        if not 0 < int(request.headers.get("content-length", 0)) <= _MOST:
            raise _Refused(413, _("too much for one decision"))
        draft.decided(strict=False)  # what was changed by hand meanwhile holds
        item = _take(await request.body(), draft)
        draft.save(lang)
        return JSONResponse(plain(item, draft, lang))

    return [
        Route("/draft", guarded(page)),
        Route("/draft/state", guarded(state)),
        Route("/draft/decide", guarded(decide), methods=["POST"]),
    ]


def _take(body: bytes, draft: Draft) -> Item:
    """Puts a decision that came over HTTP into its item.  Raises _Refused for what is none."""
    try:
        given = json.loads(body)
        item = next(one for one in draft.items if one.id == given["id"])
        decision, fields, out = given["decision"], dict(given["fields"]), {*given["out"]}
        texts = [decision, *fields.values()]
    except (ValueError, LookupError, TypeError, StopIteration, RecursionError):
        raise _Refused(400, _("this is no decision")) from None
    printable = all(isinstance(one, str) and one.isprintable() and len(one) < 500 for one in texts)
    if not printable or not {*fields} <= {*item.fields, *FREE} or not out <= {*item.parts}:
        raise _Refused(400, _("this is no decision"))
    new = replace(item, decision=decision.strip())
    if not (new.accepted or new.rejected or new.same_as or new.decision == "?"):
        raise _Refused(400, _("no decision: {said}", said=decision))
    if new.same_as:
        draft.known.thing(new.same_as)
    item.decision, item.left_out = new.decision, out
    item.fields |= fields
    return item
