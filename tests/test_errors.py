"""What an error says: on one line, and in a notebook with the line of the user's own code."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

import rejoinder
from rejoinder.errors import NameNotKnown, RejoinderError, SeedError, known

HOSTILE = "a\x1b[31m\u202eb\n\rrejoinder: all is well\t\x00"


@pytest.fixture(scope="module")
def cell():
    """Runs a cell of a notebook and returns the lines that are shown of its error."""
    shell, shown = InteractiveShell(user_ns={"rejoinder": rejoinder}), []
    shell._showtraceback = lambda kind, value, lines: shown.append(lines)

    def run(code):
        shown.clear()
        shell.run_cell(code, store_history=True)
        return shown[0]

    return run


def test_message_has_place_problem_and_remedy():
    error = SeedError("is odd.", file="page.txt", line=3, remedy="Mend it.")
    assert str(error) == "page.txt, line 3: is odd. Mend it."
    assert (error.problem, error.file, error.line, error.remedy) == ("is odd.", "page.txt", 3, "Mend it.")
    assert str(SeedError("is odd", file="page.txt", remedy="Mend it.")) == "page.txt: is odd. Mend it."
    assert str(SeedError("is odd", remedy="Mend it.")) == "is odd. Mend it."
    assert len(error._render_traceback_()) == 2  # without a traceback, no line of code is shown


@pytest.mark.parametrize("where", ["problem", "file", "remedy"])
def test_hostile_text_neither_breaks_nor_colours_nor_reorders_the_line(where):
    error = RejoinderError(**{"problem": "p", "file": "f", "remedy": "r", where: HOSTILE})
    for shown in (str(error), *error._render_traceback_()):
        assert not set(shown) & set("\x1b\u202e\n\r\t\x00")
        assert len(shown.splitlines()) == 1
    assert "rejoinder: all is well" in str(error)


OWN_LINES = {
    "x = 1\n\nrejoinder.load('none')\n": "Line 3: rejoinder.load('none')",
    "def f(x):\n    return rejoinder.load(x)\nf('none')": "Line 2: return rejoinder.load(x)",
    "x = 1\nraise rejoinder.errors.SeedError('a', remedy='b')": "Line 2: raise rejoinder",
    f"rejoinder.load('none') or '{'x' * 500}'": f"Line 1: rejoinder.load('none') or '{'x' * 50}",
}


@pytest.mark.parametrize("code", OWN_LINES)
def test_notebook_shows_problem_own_line_and_remedy_and_no_traceback(cell, code):
    problem, line, remedy = cell(code)
    assert (problem[:10], bool(remedy)) == ("SeedError:", True)
    assert line.startswith(OWN_LINES[code])
    assert len(line) < 200


def test_unknown_name_is_refused_with_the_closest():
    assert known("readers", ["author", "readers"], "side") == "readers"
    with pytest.raises(NameNotKnown) as caught:
        known("raeders", ["author", "readers"], "side")
    assert caught.value.remedy.index("readers") < caught.value.remedy.index("author")
