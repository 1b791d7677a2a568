"""A process and all that it starts: their memory, and their end."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

_EVERY = 0.1
"""Seconds between two looks."""


class Memory(threading.Thread):
    """Watches a process that leads a session of its own, until it ends.

    peak_mib: the most memory that it and its children were seen to hold together; 0 where the system does
    not tell.
    """

    def __init__(self, process: subprocess.Popen[Any]) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.peak_mib = 0

    def run(self) -> None:
        """Looks again and again."""
        while self._process.returncode is None and Path("/proc/self/stat").exists():
            self.peak_mib = max(self.peak_mib, held_mib(self._process.pid))
            threading.Event().wait(_EVERY)


def held_mib(session: int) -> int:
    """The memory that the processes of a session hold now."""
    pages = 0
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                text = Path("/proc", name, "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:  # it has just ended
                continue
            fields = text.rpartition(")")[2].split()
            if fields[3] == str(session):
                pages += int(fields[21])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024 // 1024


def end_all(process: subprocess.Popen[Any]) -> None:
    """Ends a process that leads a session of its own, with all that it started, unless it has ended."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
