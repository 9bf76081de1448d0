"""Imports point down: show, answers, then infer and measure, which do not know each other, then read."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import rejoinder

LIBRARY = Path(__file__).parents[1] / "lib" / "rejoinder"
BELOW_ALL = {"errors", "fragment", "progress", "whole"}
ROOMS = ("answers", "coding", "infer", "measure", "read", "scores", "show")
MAY_IMPORT = {
    "read": set(),
    "measure": {"read"},
    "infer": set(),
    "coding": {"read"},
    "answers": {"coding", "infer", "measure", "read"},
    "show": {"answers", "coding", "infer", "read"},
}


@pytest.mark.parametrize("module", sorted(BELOW_ALL))
def test_what_lies_below_all_rooms_imports_from_none(module):
    code = (LIBRARY / f"{module}.py").read_text(encoding="utf-8")
    assert set(re.findall(r"(?:from|import) rejoinder\.?(\w*)", code)) <= BELOW_ALL


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_from_below_only(room):
    for file in (LIBRARY / room).rglob("*.py"):
        code = file.read_text(encoding="utf-8")
        imported = set(re.findall(r"from rejoinder\.(\w+)", code))
        imported |= set(re.findall(r"from rejoinder import (\w+)", code))
        assert imported - BELOW_ALL - {room} <= MAY_IMPORT[room], file.name


def test_importing_the_library_brings_the_measures_and_nothing_heavy():
    code = (
        "import rejoinder, sys; rejoinder.measure.sentiment.score, rejoinder.stats.estimate.share;"
        "print(*{'textblob', 'nltk', 'scipy', 'matplotlib', 'pysbd', 'IPython'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def printed(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.slow
def test_every_room_opens_after_importing_the_library_alone():
    opened = "; ".join(f"print(rejoinder.{room}.__name__)" for room in ROOMS)
    assert printed(f"import rejoinder; {opened}") == [f"rejoinder.{room}" for room in ROOMS]
    assert printed("import rejoinder; print(rejoinder.display.table.__name__)") == ["table"]


def test_no_room_is_opened_that_was_not_asked_for():
    shown = printed(
        "import rejoinder, sys; print(*(n for n in sys.modules if n.startswith('rejoinder.')))"
    )
    opened = {name.split(".")[1] for name in shown}
    assert opened & set(ROOMS) == {"read"}


def test_what_is_completed_is_what_is_for_use():
    assert set(dir(rejoinder)) == {"Discussion", "load", *ROOMS}
    names = set(dir(rejoinder.answers))
    assert {"who_answers", "in_a_nutshell", "HEADLINES", "Answer", "theme_shares", "survival"} <= names
    assert not names & {"pd", "Callable", "annotations", "Discussion", "progress", "tone", "quoted"}
    assert not [name for name in names if name.startswith("_")]
    assert "page" in dir(rejoinder.report)
    for place in (rejoinder, rejoinder.answers, rejoinder.report):
        assert all(getattr(place, name) is not None for name in dir(place))


@pytest.mark.parametrize("place", ["rejoinder", "rejoinder.report"])
def test_a_misspelt_name_is_no_room(place):
    with pytest.raises(AttributeError, match="has no attribute 'anwsers'"):
        _ = importlib.import_module(place).anwsers


def test_all_that_the_notebooks_use_of_the_answers_is_completed():
    used = set()
    for file in (LIBRARY.parents[1] / "notebooks").glob("*.ipynb"):
        used |= set(re.findall(r"\banswers\.(\w+)", file.read_text(encoding="utf-8")))
    assert used - {"ipynb"} <= set(dir(rejoinder.answers))


def test_help_begins_with_what_one_would_type():
    lines = [line.strip() for line in rejoinder.__doc__.splitlines()[2:5]]
    names = {}
    for line in lines[:2]:
        exec(line, names)
    assert lines[2].startswith("rejoinder.answers.what_do_readers_say_back(talk)")
    assert names["talk"].seed in lines[1]
    for room in ROOMS:
        assert re.search(rf"^{room} ", rejoinder.__doc__, re.MULTILINE)
