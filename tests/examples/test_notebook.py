"""The example notebook runs from top to bottom in a kernel of its own and shows what it promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from parkgraph import api

NOTEBOOK = Path(__file__).resolve().parent.parent.parent / "docs" / "examples" / "parkgraph.ipynb"


def run(book: nbformat.NotebookNode, folder: Path) -> dict[str, str]:
    """Cell id → what its run in `folder` shows: text and tables.  Raises CellExecutionError."""
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(book, timeout=120, kernel_name="python3", resources=resources).execute()
    return {
        cell.id: "".join(
            output.get("text", "") + "".join(map(str, output.get("data", {}).values()))
            for output in cell.outputs
        )
        for cell in book.cells
        if cell.cell_type == "code"
    }


@pytest.fixture(autouse=True, scope="module")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Jupyter's own files go to a folder of the test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
            patch.setenv(name, str(tmp_path_factory.mktemp("jupyter")))
        yield


def test_the_notebook_runs_and_shows_what_it_promises(tmp_path: Path) -> None:
    book = nbformat.read(NOTEBOOK, as_version=nbformat.NO_CONVERT)
    nbformat.validate(book)
    assert all(not cell.outputs and cell.execution_count is None for cell in book.cells if "outputs" in cell)
    shown = run(book, tmp_path)
    answer = api.open().ask("projects-serving-industry", industry="生物医药", lang="zh")
    assert answer and all(row.projectLabel in shown["ask"] for row in answer)
    assert "<table" in shown["ask"] and "<table" in shown["query"]
    assert '<table lang="en"' in shown["ask-english"]
    assert f"{answer[0].projectLabel}\n  {answer[0].reason}\n  {answer[0].evidence[0]}" in shown["row"]
    assert "indicatorLabel" in shown["pandas"]
    assert "https://w3id.org/parkgraph/code/basis/inference" in shown["why"]
    assert "https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/1358-1376" in shown["why"]
    assert int(shown["cube"]) > 10


def test_a_cell_that_fails_fails_the_run(tmp_path: Path) -> None:
    cell = nbformat.v4.new_code_cell("import parkgraph\nparkgraph.open().ask('no-such-question')")
    with pytest.raises(CellExecutionError, match="no-such-question"):
        run(nbformat.v4.new_notebook(cells=[cell]), tmp_path)
