"""What an error says, on one line, and in a notebook in a few, with the reader's own line."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

from rejoinder import errors
from rejoinder.errors import RejoinderError, SeedError

HOSTILE = "a\x1b[31m\u202eb\n\rrejoinder: all is well\t\x00"


@pytest.fixture(scope="module")
def cell():
    """Runs a cell of a notebook; what is shown of its error."""
    shell = InteractiveShell()
    shell.showing = []
    shell._showtraceback = lambda kind, value, lines: shell.showing.append(lines)

    def run(code):
        shell.showing.clear()
        shell.run_cell(code, store_history=True)
        return shell.showing[0]

    return run


def test_it_says_where_what_and_what_to_do():
    error = SeedError("is odd", file="page.txt", line=3, remedy="Mend it.")
    assert str(error) == "page.txt, line 3: is odd. Mend it."
    assert (error.problem, error.file, error.line, error.remedy) == ("is odd", "page.txt", 3, "Mend it.")
    for problem in ("is odd", "is odd."):
        assert str(SeedError(problem, remedy="Mend it.")) == "is odd. Mend it."


@pytest.mark.parametrize("where", ["problem", "file", "remedy"])
def test_hostile_text_neither_breaks_nor_colours_nor_turns_the_line(where):
    error = RejoinderError(**{"problem": "p", "file": "f", "remedy": "r", where: HOSTILE})
    for shown in (str(error), *error._render_traceback_()):
        assert not set(shown) & set("\x1b\u202e\n\r\t\x00")
        assert len(shown.splitlines()) == 1
    assert "rejoinder: all is well" in str(error)


@pytest.mark.parametrize(
    "kind", [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, Exception)]
)
def test_every_error_says_when_it_is_raised(kind):
    assert issubclass(kind, RejoinderError)
    assert kind is RejoinderError or kind.__doc__.startswith("Raised when")


def test_a_notebook_shows_problem_own_line_and_remedy_and_no_traceback(cell):
    shown = cell("import rejoinder\nx = 1\nrejoinder.load('no_such_seed')\n")
    assert shown[:2] == [
        "SeedError: seeds/no_such_seed.txt: does not exist.",
        "Line 3 of the cell: rejoinder.load('no_such_seed')",
    ]
    assert shown[2].startswith("What to do: ")
    assert len(shown) == 3


def test_the_line_is_that_of_the_readers_own_function(cell):
    shown = cell("import rejoinder\ndef mine(seed):\n    return rejoinder.load(seed)\nmine('none')\n")
    assert shown[1] == "Line 3 of the cell: return rejoinder.load(seed)"


def test_an_error_raised_in_the_cell_itself_shows_that_line(cell):
    shown = cell("from rejoinder.errors import SeedError\nraise SeedError('is odd', remedy='Mend it.')")
    assert shown == [
        "SeedError: is odd.",
        "Line 2 of the cell: raise SeedError('is odd', remedy='Mend it.')",
        "What to do: Mend it.",
    ]


def test_a_line_of_a_module_of_ones_own_names_its_file(cell, tmp_path, monkeypatch):
    (tmp_path / "mine_to_read.py").write_text("import rejoinder\ndef f():\n    rejoinder.load('none')\n")
    monkeypatch.syspath_prepend(tmp_path)
    shown = cell("import mine_to_read\nmine_to_read.f()")
    assert shown[1] == "mine_to_read.py, line 3: rejoinder.load('none')"


def test_where_no_line_is_known_none_is_shown():
    assert RejoinderError("is odd", remedy="Mend it.")._render_traceback_() == [
        "RejoinderError: is odd.",
        "What to do: Mend it.",
    ]


def test_a_long_line_is_cut(cell):
    shown = cell(f"import rejoinder\nrejoinder.load('none') or '{'x' * 500}'")
    assert len(shown[1]) < 200
