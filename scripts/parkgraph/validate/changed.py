"""What a git revision held: to tell new findings from those that were there before."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from parkgraph.errors import Unreadable, Usage
from parkgraph.finding import fingerprint
from parkgraph.messages import Quoted, _
from parkgraph.validate.check import check
from parkgraph.validate.inputs import Library
from parkgraph.validate.selection import Selection


def before(revision: str, selection: Selection) -> set[str]:
    """The fingerprints of the findings that the selected files had at `revision`.

    Files that are gone since count as they were then. Where the files could not be validated then, nothing
    was found then: all is new.
    Raises Usage when git does not know the revision, or the files are in no repository.
    """
    top = _top(selection)
    _known(top, revision)
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
            report = check(inputs)
        except Unreadable:
            return set()
    return {fingerprint(finding) for finding in report.findings}


def _top(selection: Selection) -> Path:
    place = selection.places()[0].resolve()
    while not place.is_dir():
        place = place.parent
    done = _run_git(place, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise Usage(
            _("--changed-only: {place} is in no git repository", place=place),
            fix=_("git says: {said}", said=Quoted(_said(done))),
        )
    return Path(os.fsdecode(done.stdout).removesuffix("\n")).resolve()


def _known(top: Path, revision: str) -> None:
    found = _run_git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode:
        raise Usage(
            _("--changed-only: git knows no commit {revision!r}", revision=revision),
            fix=_(
                "name a commit, branch or tag, e.g. HEAD or origin/main; in CI the history must be "
                "fetched (fetch-depth: 0)"
            ),
        )


def _inside(top: Path, path: Path) -> Path:
    try:
        return path.resolve().relative_to(top)
    except ValueError:
        raise Usage(
            _("--changed-only: {path} is not in the repository {top}", path=path, top=top),
            fix=_("all files must be in one git repository"),
        ) from None


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
    done = _run_git(folder, *arguments)
    if done.returncode:
        said = _said(done) or f"git {arguments[0]}: {done.returncode}"
        raise Usage(_("--changed-only: {said}", said=Quoted(said)))
    return done.stdout


def _run_git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise Usage(_("--changed-only needs git")) from None


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode(errors="replace").strip()
