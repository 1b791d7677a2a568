"""A site that makes its pages when they are asked for, a server, and a browser."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import parkgraph
import pytest
from parkgraph.web.site import ASSETS, TYPES, Site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def static_host(find: Callable[[str], tuple[bytes, str] | None]) -> Iterator[str]:
    """A plain web host: gives what `find` has for a path, 404 for the rest."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0].lstrip("/")
            found = find(path + "index.html" if path.endswith("/") or not path else path)
            self.send_response(200 if found else 404)
            content, kind = found or (b"", "text/plain")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    host = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=host.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{host.server_address[1]}"
    finally:
        host.shutdown()


def files_of(make: Callable[[], Site]) -> Callable[[str], tuple[bytes, str] | None]:
    """What a host of a site has, made on demand in one thread: the engine of rules keeps to its own."""
    thread = ThreadPoolExecutor(1)
    made = thread.submit(make)

    def find(path: str) -> tuple[bytes, str] | None:
        path = unquote(path)
        if path.startswith("assets/"):
            asset = ASSETS / path.removeprefix("assets/")
            return (asset.read_bytes(), TYPES[asset.suffix]) if asset.is_file() else None
        file = thread.submit(lambda: made.result().file(path)).result()
        return (file.content, file.type) if file else None

    return find


@pytest.fixture(scope="session")
def graph(real_root: Path) -> parkgraph.api.Graph:
    """The real graph."""
    return parkgraph.open(real_root)


@pytest.fixture(scope="session")
def site(graph: parkgraph.api.Graph) -> Site:
    """The real graph's site, as `parkgraph site` makes it."""
    return Site(graph)


@pytest.fixture(scope="session")
def hosted(real_root: Path) -> Iterator[str]:
    """The address of such a site on a plain host."""
    with static_host(files_of(lambda: Site(parkgraph.open(real_root)))) as address:
        yield address


@contextmanager
def serving(root: Path, *options: str) -> Iterator[httpx.Client]:
    """`parkgraph serve` on a graph, and a client of it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "parkgraph", "--root", str(root), "serve", "--port", str(port), *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)
    try:
        for __ in range(300):
            if process.poll() is not None:
                assert process.stderr is not None
                pytest.fail(process.stderr.read().decode())
            try:
                if client.get("/sparql", params={"query": "ASK {}"}).status_code == 200:
                    break
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        yield client
    finally:
        client.close()
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def new_server() -> Callable[..., AbstractContextManager[httpx.Client]]:
    """Starts a server on a graph, with options of the command."""
    return serving


@pytest.fixture(scope="session")
def served(real_root: Path) -> Iterator[httpx.Client]:
    """A client of `parkgraph serve` on the real graph."""
    with serving(real_root) as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real Chromium; skips where there is none.

    It ends with its module: as long as it is open, Playwright keeps a loop running in this thread.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page; afterwards nothing was loaded from elsewhere, and no error was reported."""
    contexts, wrong = [], []

    def open_page(url: str, **options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        origin = "/".join(url.split("/")[:3])

        def asked(request: Any) -> None:
            if not request.url.startswith((origin, "data:", "blob:")):
                wrong.append(request.url)

        page.on("request", asked)
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []
