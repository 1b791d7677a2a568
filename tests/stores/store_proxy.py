"""A real HTTP proxy before a store, which asks for a login or spoils what passes, as a test tells it."""

from __future__ import annotations

import base64
import hashlib
import http.client
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import urlsplit


class Request(NamedTuple):
    """What came.  number: from 1."""

    number: int
    method: str
    path: str
    headers: http.client.HTTPMessage
    body: bytes


class Spoil(NamedTuple):
    """What to do instead of passing an answer on.  status: send this one, with headers and body, and pass
    nothing to the store.  cut: pass the answer on, but only so many bytes of it.  lost: pass the request on
    and close the connection without an answer.  stall: seconds before the answer.  path: pass the request on
    to this path.  lines: give only so many lines of the answer, as if that were all.
    """

    status: int = 0
    headers: dict[str, str] = {}  # noqa: RUF012 (never changed)
    body: bytes = b""
    cut: int | None = None
    lost: bool = False
    stall: float = 0.0
    path: str = ""
    lines: int | None = None


Rule = Callable[[Request], Spoil | None]


class Proxy:
    """url: its address.  requests: what came so far."""

    def __init__(self, target: str, rule: Rule) -> None:
        self.target = urlsplit(target).netloc
        self.rule = rule
        self.requests: list[Request] = []
        self.ended = threading.Event()
        self._lock = threading.Lock()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self) -> None:
                proxy.handle(self)

            do_GET = do_POST = do_PUT = do_DELETE = handle_one

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        with self._lock:
            request = Request(len(self.requests) + 1, handler.command, handler.path, handler.headers, body)
            self.requests.append(request)
        spoil = self.rule(request) or Spoil()
        if spoil.status:
            _send(handler, spoil.status, spoil.headers, spoil.body)
            return
        status, headers, content = self._pass_on(request._replace(path=spoil.path or request.path))
        content = b"".join(content.splitlines(keepends=True)[: spoil.lines])
        self.ended.wait(spoil.stall)
        if spoil.lost or spoil.cut is not None:
            handler.close_connection = True
        if not spoil.lost:
            _send(handler, status, headers, content, cut=spoil.cut)

    def _pass_on(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        link = http.client.HTTPConnection(self.target, timeout=60)
        passed = {
            name: value
            for name, value in request.headers.items()
            if name.lower() not in ("host", "connection", "accept-encoding")
        }
        try:
            link.request(request.method, request.path, request.body, passed)
            answer = link.getresponse()
            content = answer.read()
        except OSError:
            return 502, {}, b""
        finally:
            link.close()
        kept = ("content-type", "server", "www-authenticate")
        headers = {name: value for name, value in answer.getheaders() if name.lower() in kept}
        return answer.status, headers, content


def _send(
    handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes, cut: int | None = None
) -> None:
    handler.send_response_only(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[:cut])


@contextmanager
def proxy(target: str, rule: Rule) -> Iterator[Proxy]:
    """A proxy before the store at `target`, while the context lasts."""
    made = Proxy(target, rule)
    thread = threading.Thread(target=made.server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield made
    finally:
        made.ended.set()
        made.server.shutdown()
        thread.join()
        made.server.server_close()


def basic(user: str, password: str) -> Rule:
    """Lets through who logs in so, by Basic."""
    wanted = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    def rule(request: Request) -> Spoil | None:
        if request.headers.get("Authorization") == wanted:
            return None
        # Some servers repeat what they were sent; a message to the user must not.
        said = f"no entry with {request.headers.get('Authorization')}".encode()
        return Spoil(401, {"WWW-Authenticate": 'Basic realm="stores"'}, said)

    return rule


def bearer(token: str) -> Rule:
    """Lets through who has the token."""

    def rule(request: Request) -> Spoil | None:
        given = request.headers.get("Authorization")
        return None if given == f"Bearer {token}" else Spoil(400, {}, f"bad token: {given}".encode())

    return rule


def digest(user: str, password: str) -> Rule:
    """Lets through who logs in so, by Digest (RFC 7616 with MD5 and qop=auth)."""
    nonce = "0123456789abcdef"

    def md5(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    def rule(request: Request) -> Spoil | None:
        said = request.headers.get("Authorization", "")
        part = {
            name: quoted or bare for name, quoted, bare in re.findall(r'(\w+)=(?:"([^"]*)"|([^,\s]+))', said)
        }
        if said.startswith("Digest ") and part.get("nonce") == nonce:
            secret = md5(f"{user}:stores:{password}")
            what = md5(f"{request.method}:{request.path}")
            counted = f"{nonce}:{part['nc']}:{part['cnonce']}:auth"
            if part["response"] == md5(f"{secret}:{counted}:{what}") and part["uri"] == request.path:
                return None
        asked = f'Digest realm="stores", nonce="{nonce}", qop="auth", algorithm=MD5'
        return Spoil(401, {"WWW-Authenticate": asked})

    return rule
