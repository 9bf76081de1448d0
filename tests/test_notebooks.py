"""Each notebook keeps the skeleton, is open to change, and shows one clean run."""

import ast
import json
import re
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path, kind=None):
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if kind in (None, cell["cell_type"])]


def source(cell):
    return "".join(cell["source"])


def test_the_skeleton(path):
    assert re.match(r"# [^\d\n]+\?\n", source(cells(path)[0]))
    assert [cell["metadata"].get("tags", []) for cell in cells(path)][1:3] == [["setup"], ["parameters"]]
    name, opened = (
        ("ARCHIVE", "ARCHIVE or") if path.stem.startswith("12") else ("SEED", "rejoinder.load(SEED)")
    )
    assert re.search(rf"^{name} = ", source(cells(path)[2]), re.MULTILINE)
    assert opened in source(cells(path)[3])
    assert "say(" in source(cells(path)[3])
    headings = [line for cell in cells(path, "markdown") for line in source(cell).splitlines()]
    assert "## What could make this wrong" in headings
    assert "## What is settled, and what is not" in headings


def test_prose_holds_no_number(path):
    # A number in prose is true of one seed only; it has to be computed. Bounds of scales may be named.
    for cell in cells(path, "markdown"):
        text = re.sub(
            r"\]\([^)]*\)|[Nn]otebook \d\d|−1 to 1|−1|0 to 1|\(\d\)|1 \(|95 %|macro-F1|1 where|0 where",
            "",
            source(cell),
        )
        assert not re.search(r"\d", text), text


def test_cells_are_short_and_define_nothing(path):
    for cell in cells(path, "code")[2:]:
        assert len(source(cell).splitlines()) <= 15, source(cell)
        assert not re.search(r"^\s*(def|class|import|from|!|%)", source(cell), re.MULTILINE)


def test_the_analysis_is_in_the_open(path):
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for cell in cells(path, "code")
        for node in ast.walk(ast.parse(source(cell)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }
    pandas = {"DataFrame", "groupby", "head", "join", "map", "query", "reindex", "sort_values"}
    assert called & {*pandas, "value_counts"}


def test_outputs_are_from_one_clean_run(path):
    code = cells(path, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        assert "execution" not in cell["metadata"]
        for output in cell["outputs"]:
            assert output["output_type"] in ("display_data", "execute_result")
            if "image/png" in output["data"]:
                assert output["metadata"]["image/png"]["alt"].strip()


def test_no_machine_path_and_no_time_is_kept(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r'[" (](/(home|Users|root|tmp)/|[A-Z]:\\\\)', text)
    assert str(Path(__file__).parents[1]) not in text
    assert not re.search(r"20\d\d-\d\d-\d\dT\d\d:", text)


def test_links_lead_to_notebooks_that_exist(path):
    for cell in cells(path, "markdown"):
        for target in re.findall(r"\]\(([^)]+\.ipynb)\)", source(cell)):
            assert (path.parent / target).exists()
