"""Work in a process of its own, which ends at a limit of time or memory, and with whoever started it.

The child is a fork, so nothing is loaded or sent twice. The kernel keeps the limits, so they hold whatever a
compiled library does at the moment, and whoever is killed first. Where the system cannot fork (Windows), the
work is done in place, within the limit of time alone.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO, NoReturn, TypeVar

from parkgraph.errors import ParkgraphError, Remote, Usage
from parkgraph.messages import _

Result = TypeVar("Result")


def run(
    work: Callable[[], Result], *, seconds: float, memory: int = 0, output: BinaryIO | None = None
) -> Result:
    """What `work` gives, or raises; both must be such as can be pickled. Streams are those of this process.

    seconds: until it must be done.  memory: bytes of address space that it may have, 0 for no limit.
    output: what the work writes to; it is ended when nobody reads that.  To be called where no other thread
    runs.  Raises Usage for an impossible limit, Remote when one is over, BrokenPipeError.  An interrupt ends
    it too.
    """
    if not 0 < seconds <= threading.TIMEOUT_MAX:
        raise Usage(_("not a time limit: {timeout:g} s", timeout=seconds))
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    if not hasattr(os, "fork"):
        return _in_place(work, seconds)
    reader, writer = os.pipe()
    parent, child = os.getpid(), os.fork()
    if child == 0:
        os.close(reader)
        _child(work, parent, seconds, memory, writer)
    os.close(writer)
    status = None
    try:
        with open(reader, "rb") as pipe:
            said = _heard(pipe, output)
        status = os.waitpid(child, 0)[1]
    finally:
        if status is None:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    result: Result = _outcome(said, os.waitstatus_to_exitcode(status), seconds)
    return result


def _heard(pipe: BinaryIO, output: BinaryIO | None) -> bytes:
    """All that comes through `pipe`.  Raises BrokenPipeError when nobody reads `output` any more."""
    heard = bytearray()
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    with suppress(OSError, TypeError):  # it may be none, or no file
        poll.register(output, 0)  # type: ignore[arg-type]  # errors are told anyway
    while True:
        for number, event in poll.poll():
            if number != pipe.fileno():
                if event & select.POLLERR:
                    raise BrokenPipeError
                poll.unregister(number)  # a terminal that is gone sends a signal of its own
                continue
            piece = os.read(number, 65536)
            if not piece:
                return bytes(heard)
            heard += piece


def end_with(parent: int) -> None:
    """Ends this process when the process `parent`, which started it, has ended, however it did (on Linux)."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(1)


@contextmanager
def no_new_files(shut: bool = True) -> Iterator[None]:
    """While inside, this process can open no file and no connection; where the system allows it."""
    if not shut or sys.platform == "win32":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _child(work: Callable[[], object], parent: int, seconds: float, memory: int, writer: int) -> NoReturn:
    code = 1
    try:
        for number in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        end_with(parent)
        limit_to(memory)
        # What a library says when it aborts is not for the user; what is said in Python is.
        sys.stderr = open(os.dup(2), "w", encoding="utf-8", buffering=1)  # noqa: SIM115 (as long as we run)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            said = pickle.dumps((True, work()))
        except BaseException as error:
            error.add_note("".join(traceback.format_exception(error)))
            try:
                said = pickle.dumps((False, error))
            except Exception:
                said = pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
        sys.stdout.flush()
        with open(writer, "wb") as pipe:
            pipe.write(said)
        code = 0
    finally:
        os._exit(code)


def limit_to(memory: int) -> None:
    """Lets this process have so many bytes of address space, 0 for any number, and leave no core."""
    import resource

    wanted = {resource.RLIMIT_CORE: 0}
    if memory:
        wanted[resource.RLIMIT_AS] = memory
    for limit, value in wanted.items():
        with suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS
            resource.setrlimit(limit, (value, value))


def _outcome(said: bytes, code: int, seconds: float) -> Any:
    """What the child gave.  Raises what it raised, Remote for what ended it."""
    good, value = pickle.loads(said) if code == 0 else (False, None)  # of our own fork
    if good:
        return value
    if code == -signal.SIGABRT or isinstance(value, MemoryError):  # so Rust ends when it gets no memory
        said_so = _("stopped: the query needs more memory than it may have")
        raise Remote(said_so, fix=_("make it narrower, or give it more with --memory"))
    if value is not None:
        raise value
    if code == -signal.SIGALRM:
        late = _("stopped: it took longer than {timeout:g} s", timeout=seconds)
        raise Remote(late, fix=_("make it narrower, or give it more time"))
    if code == -signal.SIGINT:
        raise KeyboardInterrupt
    if code < 0:
        ended = _("stopped: the query's process was ended by signal {value}", value=-code)
        fix = _("the query nests too deeply or needs more memory than there is: make it smaller")
        raise Remote(ended, fix=fix)
    raise ParkgraphError(_("the query's process ended with {code}", code=code))


def _in_place(work: Callable[[], Result], seconds: float) -> Result:
    clock = threading.Timer(seconds, os._exit, [Remote.exit_code])
    clock.daemon = True
    clock.start()
    try:
        return work()
    finally:
        clock.cancel()
