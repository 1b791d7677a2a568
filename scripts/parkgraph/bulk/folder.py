"""A folder that appears whole or not at all, and never takes the place of what others put there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from parkgraph.errors import Usage


@contextmanager
def whole_folder(folder: Path, earlier: Collection[str]) -> Iterator[Path]:
    """A new folder to write into, which takes the place of `folder` when all went well.

    earlier: names (paths from the folder, with `/`) of the files there that may be replaced.
    Raises Usage when `folder` holds other files or cannot be written; it is then as it was.
    """
    _check(folder, earlier)
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
            {"en": f"cannot write {folder}: {reason}", "zh": f"无法写入 {folder}：{reason}"},
            fix={"en": "name a folder that you may write to, with room for the files",
                 "zh": "请指定可写且空间足够的文件夹"},
        ) from None  # fmt: skip
    finally:
        for path in (new, old):
            shutil.rmtree(path, ignore_errors=True)


def _check(folder: Path, earlier: Collection[str]) -> None:
    if folder.is_dir():
        found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
        foreign = sorted(name for name in found if name not in earlier)
        if foreign:
            raise Usage(
                {"en": f"{folder} holds what no bulk export wrote: {', '.join(foreign[:3])}",
                 "zh": f"{folder} 中有并非由批量导出写出的内容：{'、'.join(foreign[:3])}"},
                fix={"en": "name another folder, or empty this one", "zh": "请指定别的文件夹，或清空它"},
            )  # fmt: skip
    elif os.path.lexists(folder):
        raise Usage({"en": f"{folder} is a file, not a folder", "zh": f"{folder} 是文件，不是文件夹"})
