"""Processes that answer, each one request at a time; one that takes too long, or whose client left, ends.

The graph is loaded once, in a process that does nothing but fork the workers: one that replaces another is
there in milliseconds and shares its memory. (The engine cannot be told to stop a query; a process can.)
"""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import socket
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from parkgraph.errors import ParkgraphError
from parkgraph.graph.sandbox import end_with, limit_to

_LENGTH = struct.Struct("!Q")

Work = Callable[..., Any]
"""Done in a worker: takes what `Workers.do` was given; what it gives or raises can be pickled."""


@dataclass(frozen=True, slots=True)
class Limits:
    """seconds: of one request.  rows, size: of an answer, in rows and bytes.  length: of a query, in bytes.
    jobs: at once.  waiting: requests that may wait for one to end.  memory: bytes a worker may have."""

    seconds: float = 10.0
    rows: int = 100_000
    size: int = 32 * 1024 * 1024
    length: int = 100_000
    jobs: int = max(2, os.cpu_count() or 1)
    waiting: int = 64
    memory: int = 4 * 1024**3


class Busy(Exception):
    """Too much to do: try again."""


class Late(Exception):
    """A request took longer than it may, or more than there is."""


class _Worker(NamedTuple):
    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class Workers:
    """A process that forks, and the workers that it has forked."""

    def __init__(self, load: Callable[[], Work], limits: Limits) -> None:
        """load: called once, in the process that forks; gives what a worker does with a request.

        To be made before there are threads or connections, which the processes would inherit."""
        self._limits = limits
        self._idle: asyncio.Queue[_Worker | None] = asyncio.Queue()
        self._waiting = 0
        self._sockets, theirs = socket.socketpair()
        parent = os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            self._sockets.close()
            _forking(load, theirs, parent, limits.memory)
        theirs.close()
        self._lock = asyncio.Lock()
        for __ in range(limits.jobs):
            self._idle.put_nowait(None)  # each is forked when it is first needed

    async def do(self, *request: Any, gone: Awaitable[Any] | None = None) -> Any:
        """What the work gives for `request`.

        gone: done when nobody waits any more; the work is then killed.
        Raises Busy, Late, ParkgraphError as the work did, asyncio.CancelledError when nobody waits."""
        if self._waiting >= self._limits.waiting:
            raise Busy
        self._waiting += 1
        try:
            worker = await asyncio.wait_for(self._idle.get(), self._limits.seconds)
        except TimeoutError:
            raise Busy from None
        finally:
            self._waiting -= 1
        try:
            worker = worker or await self._fork()
            answer = await self._answer(worker, request, gone)
        except BaseException:
            if worker is not None:
                self._end(worker)
            self._idle.put_nowait(None)
            raise
        self._idle.put_nowait(worker)
        good, value = answer
        if good:
            return value
        raise value

    async def _answer(self, worker: _Worker, request: Any, gone: Awaitable[Any] | None) -> tuple[bool, Any]:
        sent = pickle.dumps(request)
        worker.writer.write(_LENGTH.pack(len(sent)) + sent)
        reading = asyncio.ensure_future(_read(worker.reader))
        leaving = asyncio.ensure_future(gone) if gone is not None else None
        waited = [reading] + ([leaving] if leaving else [])
        try:
            done, __ = await asyncio.wait(
                waited, timeout=self._limits.seconds, return_when=asyncio.FIRST_COMPLETED
            )
            if reading not in done:
                raise asyncio.CancelledError if done else Late
            try:
                return pickle.loads(reading.result())  # of our own process
            except (asyncio.IncompleteReadError, ConnectionError):  # the kernel or the engine ended it
                raise Late from None
        finally:
            for task in waited:
                task.cancel()

    async def _fork(self) -> _Worker:
        ours, theirs = socket.socketpair()
        loop = asyncio.get_running_loop()
        async with self._lock:
            with theirs:
                await loop.run_in_executor(None, socket.send_fds, self._sockets, [b"f"], [theirs.fileno()])
            pid = _LENGTH.unpack(await loop.run_in_executor(None, self._sockets.recv, _LENGTH.size))[0]
        reader, writer = await asyncio.open_connection(sock=ours, limit=2**20)
        return _Worker(pid, reader, writer)

    def _end(self, worker: _Worker) -> None:
        with suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGKILL)
        worker.writer.close()

    def close(self) -> None:
        """Ends all processes."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)  # the workers end with it
            os.waitpid(self._pid, 0)
        self._sockets.close()


async def _read(reader: asyncio.StreamReader) -> bytes:
    length = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))[0]
    return await reader.readexactly(length)


def _forking(load: Callable[[], Work], orders: socket.socket, parent: int, memory: int) -> None:
    """The life of the process that forks."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server tells it to end
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a worker's end
        end_with(parent)
        work, me = load(), os.getpid()
        while True:
            order, files, __, __ = socket.recv_fds(orders, 1, 1)
            if not order:
                break
            child = os.fork()
            if child == 0:
                orders.close()
                end_with(me)
                _working(work, socket.socket(fileno=files[0]), memory)
            os.close(files[0])
            orders.sendall(_LENGTH.pack(child))
        code = 0
    finally:
        os._exit(code)


def _working(work: Work, requests: socket.socket, memory: int) -> None:
    """The life of a worker."""
    try:
        limit_to(memory)
        with requests.makefile("rb") as stream:
            while len(head := stream.read(_LENGTH.size)) == _LENGTH.size:
                request = pickle.loads(stream.read(_LENGTH.unpack(head)[0]))
                try:
                    answer = pickle.dumps((True, work(*request)))
                except ParkgraphError as error:
                    answer = pickle.dumps((False, error))
                except MemoryError:
                    break  # as if it were killed: what it holds goes with it
                except Exception as error:
                    answer = pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
                requests.sendall(_LENGTH.pack(len(answer)) + answer)
    finally:
        os._exit(0)
