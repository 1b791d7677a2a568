"""The errors a user may see. Each says what is wrong, where, and how to mend it, in Chinese and English.

Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 input unreadable, 4 a remote store or a time limit failed.
"""

from __future__ import annotations

import errno

from parkgraph.messages import Quoted, Text, _, in_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

FINDINGS = 1
"""Exit code of a command that ran well and found something wrong in the data."""


class ParkgraphError(Exception):
    """Anything that stops a command in a way the user can understand. `str(error)` is the English text.

    message: what is wrong.  fix: how to mend it.  file, line, column: where (1-based, in code points).
    """

    exit_code = 1

    def __init__(
        self,
        message: Text,
        *,
        fix: Text | None = None,
        file: str | Path | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix
        self.file = str(file) if file is not None else None
        self.line = line
        self.column = column

    @property
    def place(self) -> str:
        """`file:line:column`, as far as known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    def text(self, lang: str = "en") -> str:
        """The whole text for a terminal: place, message and, on a line of its own, the fix."""
        head = f"{self.place}: " if self.place else ""
        tail = f"\n  {in_language(self.fix, lang)}" if self.fix else ""
        return f"{head}{in_language(self.message, lang)}{tail}"

    def __str__(self) -> str:
        return self.text("en")


class Usage(ParkgraphError):
    """The command was called wrongly: unknown question, parameter, option or format."""

    exit_code = 2


class Unreadable(ParkgraphError):
    """An input can't be read: missing, not UTF-8, empty, too large, or not the language it claims to be."""

    exit_code = 3


class Remote(ParkgraphError):
    """A remote store, or a time or memory limit, failed."""

    exit_code = 4


_SYSTEM = {
    errno.ENOENT: _("No such file or directory"),
    errno.EACCES: _("Permission denied"),
    errno.EPERM: _("Operation not permitted"),
    errno.EEXIST: _("File exists"),
    errno.ENOTDIR: _("Not a directory"),
    errno.EISDIR: _("Is a directory"),
    errno.EFBIG: _("File too large"),
    errno.ENOSPC: _("No space left on device"),
    errno.EROFS: _("Read-only file system"),
    errno.ENAMETOOLONG: _("File name too long"),
    errno.ELOOP: _("Too many levels of symbolic links"),
}


def system_said(error: OSError) -> Text:
    """What the operating system says of a file, in both languages; as it stands where we know no words."""
    return _SYSTEM.get(error.errno or 0) or Quoted(error.strerror or str(error))


def out_of_memory() -> Remote:
    """The error for memory that ran out."""
    return Remote(
        _("out of memory"),
        fix=_("use a machine with more, or put the graph into a store: parkgraph load"),
    )
