"""Findings that are known: accepted in a baseline, each with the reason, or there in a git revision."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from parkgraph.errors import Unreadable, Usage
from parkgraph.finding import Finding, fingerprint
from parkgraph.messages import Quoted, _
from parkgraph.read.files import read_text
from parkgraph.validate.check import check
from parkgraph.validate.inputs import Library, Selection

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_HEAD = """\
# Accepted findings of `parkgraph validate --baseline`. Each entry needs a reason.
# The fingerprint decides; the other fields are for the reader.
"""


_TOLD = ("rule", "component", "focus", "path", "value", "file")


class Accepted(NamedTuple):
    """One accepted finding."""

    fingerprint: str
    reason: str
    line: int


def read(path: str | Path) -> dict[str, Accepted]:
    """The accepted findings in a baseline file, by fingerprint.

    Raises Unreadable with the line: not YAML, no fingerprint, no reason.
    """
    import yaml

    name = str(path)
    text = read_text(path)
    try:
        root: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
        whole = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = str(getattr(error, "problem", None) or error)
        line = mark.line + 1 if mark else None
        raise Unreadable(_("not YAML: {said}", said=Quoted(said)), file=name, line=line) from None
    if not isinstance(whole, dict) or not isinstance(whole.get("accepted"), list):
        fix = _("write it with --write-baseline")
        raise Unreadable(_("no list `accepted` in this baseline"), file=name, line=1, fix=fix)
    nodes = next(value for key, value in root.value if key.value == "accepted").value
    found = {}
    for node, entry in zip(nodes, whole["accepted"], strict=True):
        line = node.start_mark.line + 1
        known = entry if isinstance(entry, dict) else {}
        mark, reason = known.get("fingerprint"), known.get("reason")
        if not isinstance(mark, str):
            raise Unreadable(_("an entry without fingerprint"), file=name, line=line)
        if not isinstance(reason, str) or not reason.strip():
            missing = _("no reason is given for accepting {mark}", mark=mark)
            raise Unreadable(missing, file=name, line=line, fix=_("say why: reason: …"))
        found[mark] = Accepted(mark, reason.strip(), line)
    return found


def write(findings: Sequence[Finding], reason: str, known: Iterable[Accepted] = ()) -> str:
    """The text of a baseline that accepts `findings`; those known already keep their reason."""
    import yaml

    reasons = {accepted.fingerprint: accepted.reason for accepted in known}
    entries = {}
    for finding in findings:
        mark = fingerprint(finding)
        told = {
            name: getattr(finding, name) for name in ("rule", "component", "focus", "path", "value", "file")
        }
        told = {"fingerprint": mark, "reason": reasons.get(mark, reason)} | told
        entries[mark] = {name: value for name, value in told.items() if value is not None}
    body = yaml.safe_dump(
        {"accepted": list(entries.values())}, allow_unicode=True, sort_keys=False, width=1000
    )
    return _HEAD + body


def outdated(
    baseline: dict[str, Accepted], met: Collection[str], path: str | Path, *, allow_empty: bool
) -> list[Finding]:
    """A finding (info) for every entry that no finding needs any more.

    allow_empty: whether it is no violation that the baseline matches nothing: it may be that of other files.
    """
    some = allow_empty or not baseline.keys().isdisjoint(met)
    return [
        Finding(
            "info" if some else "violation",
            "validate/outdated-baseline",
            _("accepted, but no longer found: {reason}", reason=accepted.reason),
            file=str(path),
            line=accepted.line,
            column=1,
            fix=_("remove this entry"),
        )
        for accepted in baseline.values()
        if accepted.fingerprint not in met
    ]


def before(revision: str, selection: Selection) -> set[str]:
    """The fingerprints of the findings that the selected files had at `revision`.

    Files that are gone since count as they were then. Where the files could not be validated then, nothing
    was found then: all is new.
    Raises Usage when git does not know the revision, or the files are in no repository.
    """
    import tempfile

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
        said = _("--changed-only: {place} is in no git repository", place=place)
        raise Usage(said, fix=_("git says: {said}", said=Quoted(_said(done))))
    return Path(os.fsdecode(done.stdout).removesuffix("\n")).resolve()


def _known(top: Path, revision: str) -> None:
    found = _run_git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode:
        fix = _(
            "name a commit, branch or tag, e.g. HEAD or origin/main; in CI the history must be "
            "fetched (fetch-depth: 0)"
        )
        raise Usage(_("--changed-only: git knows no commit {revision!r}", revision=revision), fix=fix)


def _inside(top: Path, path: Path) -> Path:
    try:
        return path.resolve().relative_to(top)
    except ValueError:
        said = _("--changed-only: {path} is not in the repository {top}", path=path, top=top)
        raise Usage(said, fix=_("all files must be in one git repository")) from None


def _extract(top: Path, revision: str, selection: Selection, copy: Path) -> None:
    wanted = dict.fromkeys(_inside(top, path).as_posix() for path in selection.places())
    listed = _git(top, "ls-tree", "-r", "-z", "--name-only", "--full-tree", revision).decode().split("\0")
    folders = {str(parent) for file in listed for parent in PurePosixPath(file).parents}
    there = [place for place in wanted if place in folders or place in listed]
    if there:
        import io
        import tarfile

        archive = _git(top, "archive", "--format=tar", revision, "--", *there)
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(copy, filter="data")


def _git(folder: Path, *arguments: str) -> bytes:
    done = _run_git(folder, *arguments)
    if done.returncode:
        said = _said(done) or f"git {arguments[0]}: {done.returncode}"
        raise Usage(_("--changed-only: {said}", said=Quoted(said)))
    return done.stdout


def _run_git(folder: Path, *arguments: str) -> CompletedProcess[bytes]:
    import subprocess

    try:
        return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise Usage(_("--changed-only needs git")) from None


def _said(done: CompletedProcess[bytes]) -> str:
    return done.stderr.decode(errors="replace").strip()
