"""What the tests of the draft share: the articles and how a folder looks."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


WEEKLY = HERE / "development" / "kunming-weekly.txt"
ENGLISH = ("--en", "昆明高新区产业发展简报=Kunming High-tech Zone: industry in brief",
           "--en", "示例周报=Example Weekly")  # fmt: skip
