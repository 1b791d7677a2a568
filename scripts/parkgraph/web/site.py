"""Writes the pages as a folder, whole or not at all."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from parkgraph.messages import Text, _
from parkgraph.show.output import check_folder, whole_folder
from parkgraph.web.pages import ASSETS, Site, check_built

MARK = ".parkgraph-site.json.gz"
"""Lists the files of the folder: what is not in it was put there by others."""

Say = Callable[[Text], None]


class Written(NamedTuple):
    """How many files, and bytes."""

    files: int
    size: int


def write_site(site: Site, folder: Path, *, say: Say = lambda text: None) -> Written:
    """Writes all pages of `site` into `folder`, which is replaced as a whole at the end.

    say: is told each step.  Raises Usage when the folder holds other things or cannot be written."""
    check_built()
    mine = _written_before(folder)
    check_folder(folder, mine)
    say(_("answering every question"))
    names, size = [MARK], 0
    with whole_folder(folder, mine) as new:
        for path in site.paths():
            size += _put(site, path, new, names)
        for asset in sorted(file for file in ASSETS.iterdir() if file.stem != "draft"):
            place = new / "assets" / asset.name
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(asset.read_bytes())
            names.append(f"assets/{asset.name}")
            size += place.stat().st_size
        said = json.dumps({"digest": site.digest, "files": names})
        (new / MARK).write_bytes(gzip.compress(said.encode(), mtime=0))
    return Written(len(names), size)


def _put(site: Site, path: str, folder: Path, names: list[str]) -> int:
    """Writes one file and, where it is a page in parts, the others; gives their bytes."""
    size, number, bare = 0, 1, path.removesuffix(".html")
    file = site.file(path)
    assert file is not None, path
    while file is not None:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content)
        names.append(path)
        size, number = size + len(file.content), number + 1
        path = f"{bare}.p{number}.html"
        leads = quote(path.rpartition("/")[2]).encode() in file.content
        file = site.file(path) if leads else None
    return size


def _written_before(folder: Path) -> Callable[[str], bool]:
    try:
        names = set(json.loads(gzip.decompress((folder / MARK).read_bytes()))["files"])
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        names = set()
    return names.__contains__
