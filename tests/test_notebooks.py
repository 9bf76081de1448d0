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


def test_the_title_is_a_question_and_holds_no_number(path):
    first = cells(path)[0]
    assert first["cell_type"] == "markdown"
    assert re.match(r"# .+\?\n", source(first))
    assert not re.search(r"\d", source(first))


def test_the_skeleton(path):
    tags = [cell["metadata"].get("tags", []) for cell in cells(path)]
    assert tags[1:3] == [["setup"], ["parameters"]]
    assert re.search(r"^SEED = ", source(cells(path)[2]), re.MULTILINE)
    assert "rejoinder.load(SEED)" in source(cells(path)[3])
    assert "say(" in source(cells(path)[3])
    headings = [line for cell in cells(path, "markdown") for line in source(cell).splitlines()]
    assert "## What could make this wrong" in headings
    assert "## What is settled, and what is not" in headings
    assert 15 <= len(cells(path)) <= 32


def test_prose_holds_no_number(path):
    # A number in prose is true of one seed only; it has to be computed. Notebooks go by numbers.
    for cell in cells(path, "markdown"):
        text = re.sub(r"\]\([^)]*\)|[Nn]otebook \d\d|−1 to 1|0 to 1|macro-F1", "", source(cell))
        assert not re.search(r"\d", text), text


def test_more_words_than_code(path):
    words = sum(len(source(cell).split()) for cell in cells(path, "markdown"))
    code = sum(len(source(cell).split()) for cell in cells(path, "code"))
    assert words > code


def test_cells_are_short_and_define_nothing(path):
    for cell in cells(path, "code")[2:]:
        assert len(source(cell).splitlines()) <= 10, source(cell)
        assert not re.search(r"^\s*(def|class|import|from|!|%)", source(cell), re.MULTILINE)
        assert "sys.path" not in source(cell)


def test_outputs_are_from_one_clean_run(path):
    code = cells(path, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        assert all(
            output["output_type"] in ("display_data", "execute_result") for output in cell["outputs"]
        )
        assert "execution" not in cell["metadata"]


def test_every_cell_after_the_parameters_shows_something(path):
    assert all(cell["outputs"] for cell in cells(path, "code")[2:])


def test_every_picture_has_a_text(path):
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
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
