"""What is made when the package is built or installed from a checkout: the compiled catalogue of messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path(__file__).parent / "scripts" / "parkgraph" / "locale"


def compile_catalogues() -> None:
    """Writes each .mo beside its .po: our sentences, and what argparse says."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


class BuildHook(BuildHookInterface[Any]):
    """Runs for the wheel, the sdist and an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects the files."""
        compile_catalogues()


if __name__ == "__main__":
    compile_catalogues()
