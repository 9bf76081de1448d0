import shutil
from pathlib import Path

import pytest

import rejoinder
from rejoinder.coding import write_sheet

SEEDS = Path(__file__).parents[2] / "seeds"
SEED = "000_b03053bac9951049"


@pytest.fixture(scope="session")
def original(tmp_path_factory):
    """The path of a copy of the first seed without codings, and what it loads as; not to be changed."""
    folder = tmp_path_factory.mktemp("original")
    shutil.copy(SEEDS / f"{SEED}.txt", folder / "page.txt")
    shutil.copytree(SEEDS / SEED, folder / "page", ignore=shutil.ignore_patterns("codings.csv"))
    return folder / "page.txt", rejoinder.load(folder / "page.txt")


@pytest.fixture
def seed(original, tmp_path):
    """The same in a folder of the test's own."""
    shutil.copytree(original[0].parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "page.txt"


@pytest.fixture
def talk(original):
    return original[1]


@pytest.fixture
def sheet(talk, tmp_path):
    """A blank sheet of the first seed."""
    write_sheet(talk, tmp_path / "sheet.csv")
    return tmp_path / "sheet.csv"
