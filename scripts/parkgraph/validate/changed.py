"""What a git revision held: to tell new findings from those that were there before."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from parkgraph.errors import Unreadable, Usage
from parkgraph.validate.check import Engine, check
from parkgraph.validate.fingerprint import fingerprint
from parkgraph.validate.inputs import Library
from parkgraph.validate.selection import Selection


def before(
    revision: str, selection: Selection, *, engine: Engine = "fast", time_limit: float | None = None
) -> set[str]:
    """The fingerprints of the findings that the selected files had at `revision`.

    Files that are gone since count as they were then. Where the files could not be validated then, nothing
    was found then: all is new.
    Raises Usage when git does not know the revision, or the files are in no repository.
    """
    top = _top(selection)
    _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    with tempfile.TemporaryDirectory(prefix="parkgraph-") as folder:
        copy = Path(folder).resolve()
        _extract(top, revision, selection, copy)

        def moved(path: Path) -> Path:
            return copy / _inside(top, path)

        files = {
            role: [path for path in paths if path.exists()] for role, paths in selection.files(moved).items()
        }
        if not files["data"] or not files["shapes"]:
            return set()
        try:
            library = Library(copies=(copy, top))
            inputs = library.inputs(files["data"], files["shapes"], files["ontology"], files["context"])
            report = check(inputs, engine=engine, time_limit=time_limit)
        except Unreadable:
            return set()
    return {fingerprint(finding) for finding in report.findings}


def _top(selection: Selection) -> Path:
    place = selection.places()[0].resolve()
    while not place.is_dir():
        place = place.parent
    return Path(_git(place, "rev-parse", "--show-toplevel").decode().strip()).resolve()


def _inside(top: Path, path: Path) -> Path:
    try:
        return path.resolve().relative_to(top)
    except ValueError:
        raise Usage(
            {"en": f"--changed-only: {path} is not in the repository {top}",
             "zh": f"--changed-only：{path} 不在仓库 {top} 中"},
            fix={"en": "all files must be in one git repository", "zh": "所有文件须在同一个 git 仓库中"},
        ) from None  # fmt: skip


def _extract(top: Path, revision: str, selection: Selection, copy: Path) -> None:
    wanted = dict.fromkeys(_inside(top, path).as_posix() for path in selection.places())
    listed = _git(top, "ls-tree", "-r", "-z", "--name-only", "--full-tree", revision).decode().split("\0")
    folders = {str(parent) for file in listed for parent in PurePosixPath(file).parents}
    there = [place for place in wanted if place in folders or place in listed]
    if there:
        archive = _git(top, "archive", "--format=tar", revision, "--", *there)
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(copy, filter="data")


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise Usage({"en": "--changed-only needs git", "zh": "--changed-only 需要 git"}) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or f"git {arguments[0]} {arguments[-1]}"
        raise Usage(
            {"en": f"--changed-only: {said}", "zh": f"--changed-only：{said}"},
            fix={"en": "name a commit, branch or tag of the repository that the files are in",
                 "zh": "请指定文件所在仓库的提交、分支或标签"},
        )  # fmt: skip
    return done.stdout
