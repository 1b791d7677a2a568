"""Fixtures every area shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repo() -> Path:
    """The checkout's root."""
    return REPO


@pytest.fixture(scope="session")
def article_path() -> Path:
    """The first source's text, which is not part of the repository; skips where it is absent."""
    path = REPO.parent / "shared" / "article" / "kunming-daily-2018-06-20.txt"
    if not path.is_file():
        pytest.skip("the article's text is not beside this checkout (../shared/article)")
    return path


@pytest.fixture(scope="session")
def suites_path() -> Path:
    """The folder of the W3C test suites; skips where it is absent."""
    path = REPO.parent / "shared" / "suites"
    if not path.is_dir():
        pytest.skip("the W3C suites are not beside this checkout (../shared/suites)")
    return path


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    # Tests share one cache of their own, so that they neither use nor fill the user's.
    os.environ["PARKGRAPH_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    os.environ.pop("PARKGRAPH_ROOT", None)
