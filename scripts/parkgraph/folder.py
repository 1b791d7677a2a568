"""A folder that appears whole or not at all, and never takes the place of what others put there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from parkgraph.errors import Usage
from parkgraph.messages import _
from parkgraph.show.output import refuse_installed

Ours = Callable[[str], bool]
"""Whether a file already there (its path from the folder, with `/`) may go."""


@contextmanager
def whole_folder(folder: Path, ours: Ours) -> Iterator[Path]:
    """A new folder to write into, which takes the place of `folder` when all went well.

    Raises Usage as `check_place`, and when the folder cannot be written; it is then as it was.
    """
    check_place(folder, ours)
    refuse_installed(folder)
    place = Path(os.path.realpath(folder))
    mark = os.urandom(4).hex()
    new, old = (place.with_name(f"{place.name}.{word}.{mark}") for word in ("tmp", "old"))
    try:
        new.mkdir(parents=True)
        yield new
        if place.exists():
            place.rename(old)
        try:
            new.rename(place)
        except OSError:
            if old.exists():
                old.rename(place)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise Usage(
            _("cannot write {folder}: {reason}", folder=folder, reason=reason),
            fix=_("name a folder that you may write to, with room for the files"),
        ) from None
    finally:
        for path in (new, old):
            shutil.rmtree(path, ignore_errors=True)


def check_place(folder: Path, ours: Ours) -> None:
    """Raises Usage when `folder` is no folder, or holds files of others."""
    if folder.is_dir():
        found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
        foreign = sorted(name for name in found if not ours(name))
        if foreign:
            raise Usage(
                _(
                    "{folder} holds what parkgraph did not write there: {foreign}",
                    folder=folder,
                    foreign=list(foreign[:3]),
                ),
                fix=_("name another folder, or empty this one"),
            )
    elif os.path.lexists(folder):
        raise Usage(_("{folder} is a file, not a folder", folder=folder))
