"""The example notebook runs from top to bottom in a kernel of its own and shows what it promises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from parkgraph import api

NOTEBOOK = Path(__file__).resolve().parent.parent.parent / "docs" / "examples" / "parkgraph.ipynb"


def run(book: nbformat.NotebookNode, folder: Path) -> dict[str, list[Any]]:
    """Cell id → outputs of its run in `folder`.  Raises CellExecutionError."""
    NotebookClient(
        book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    return {cell.id: cell.outputs for cell in book.cells if cell.cell_type == "code"}


def printed(outputs: list[Any]) -> str:
    """What a cell wrote and what its last line was."""
    return "".join(
        output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in outputs
    )


def html(outputs: list[Any]) -> str:
    """The table a cell shows."""
    return "".join(output.get("data", {}).get("text/html", "") for output in outputs)


@pytest.fixture(scope="module")
def book() -> nbformat.NotebookNode:
    """The notebook as it is in the repository."""
    return nbformat.read(NOTEBOOK, as_version=nbformat.NO_CONVERT)


@pytest.fixture(scope="module")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Jupyter's own files go to a folder of the test."""
    folder = str(tmp_path_factory.mktemp("jupyter"))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
            patch.setenv(name, folder)
        yield


@pytest.fixture(scope="module")
def outputs(
    book: nbformat.NotebookNode, _own_folders: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[Any]]:
    """What the notebook shows, each cell by its id."""
    return run(nbformat.from_dict(book), tmp_path_factory.mktemp("notebook"))


def test_it_is_a_valid_notebook_without_stored_outputs(book: nbformat.NotebookNode) -> None:
    nbformat.validate(book)
    assert all(not cell.outputs and cell.execution_count is None for cell in book.cells if "outputs" in cell)


def test_answers_show_as_tables(outputs: dict[str, list[Any]]) -> None:
    answer = api.open().ask("projects-serving-industry", industry="生物医药", lang="zh")
    assert answer
    assert "<table" in html(outputs["ask"])
    assert all(row.projectLabel in html(outputs["ask"]) for row in answer)
    assert '<table lang="en"' in html(outputs["ask-english"])
    assert "<table" in html(outputs["query"])


def test_rows_data_frames_explanations_and_cube(outputs: dict[str, list[Any]]) -> None:
    row = api.open().ask("projects-serving-industry", industry="生物医药", lang="zh")[0]
    assert f"{row.projectLabel}\n  {row.reason}\n  {row.evidence[0]}" in printed(outputs["row"])
    assert "indicatorLabel" in html(outputs["pandas"])
    assert "https://w3id.org/parkgraph/code/basis/inference" in printed(outputs["why"])
    assert "https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/1358-1376" in printed(outputs["why"])
    assert int(printed(outputs["cube"])) > 10


def test_a_cell_that_fails_fails_the_run(_own_folders: Any, tmp_path: Path) -> None:
    cell = nbformat.v4.new_code_cell("import parkgraph\nparkgraph.open().ask('no-such-question')")
    with pytest.raises(CellExecutionError, match="no-such-question"):
        run(nbformat.v4.new_notebook(cells=[cell]), tmp_path)
