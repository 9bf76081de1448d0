"""Imports go one way, no package needs its neighbours' privates, and importing is cheap."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import rejoinder

LIBRARY = Path(__file__).parents[1] / "lib" / "rejoinder"
# From the lowest to the highest; a layer imports from those before it.
LAYERS = (
    {"html", "wording"},
    {"errors", "atomic_write"},
    {"csv_cells"},
    {"display", "text"},
    {"discussion"},
    {"corpus", "stats"},
    {"measure"},
    {"coding"},
    {"archive", "invented", "evaluation"},
    {"tables", "plots"},
    {"draft"},
    {"draft_by_model"},
    {"short_answers"},
    {"report"},
    {"cli"},
    {"__main__"},
)
PACKAGES = ("coding", "corpus", "evaluation", "measure", "plots", "report", "stats", "tables")


def imported(file):
    code = file.read_text(encoding="utf-8")
    names = set(re.findall(r"(?:from|import) rejoinder\.(\w+)", code))
    for found in re.findall(r"from rejoinder import (\([^)]*\)|[^\n(]*)", code):
        names |= {name.split(" as ")[0].strip() for name in found.strip("()").split(",") if name.strip()}
    return names


@pytest.mark.parametrize("at", range(len(LAYERS)))
def test_a_layer_imports_from_those_below(at):
    allowed = set().union(*LAYERS[:at]) | {"load", "read_export"}
    for name in LAYERS[at]:
        files = (LIBRARY / name).rglob("*.py") if (LIBRARY / name).is_dir() else [LIBRARY / f"{name}.py"]
        for file in files:
            assert imported(file) - {name} <= allowed, f"{name}: {file.name}"


def test_every_module_is_in_a_layer():
    found = {path.stem for path in LIBRARY.glob("*.py")} | {
        path.parent.name for path in LIBRARY.glob("*/__init__.py")
    }
    assert found - {"__init__", "notebooks"} == set().union(*LAYERS)


def test_statistics_know_no_text_and_measures_no_files():
    for file in (LIBRARY / "stats").rglob("*.py"):
        assert imported(file) <= {"stats", "html", "errors"}, file.name
    for file in (LIBRARY / "measure").rglob("*.py"):
        assert imported(file) <= {"measure", "stats", "text", "errors"}, file.name


def test_no_module_takes_privates_of_another_package():
    for file in LIBRARY.rglob("*.py"):
        for package, names in re.findall(
            r"from rejoinder\.([\w.]+) import ([^\n]*)", file.read_text("utf-8")
        ):
            if package.split(".")[0] != file.parent.name:
                assert not re.search(r"(?:^|, |\()_", names), f"{file.name}: {package}"


def printed(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()


def test_importing_the_library_brings_nothing_heavy():
    heavy = "{'textblob', 'nltk', 'scipy', 'sklearn', 'matplotlib', 'pysbd', 'IPython', 'pydantic'}"
    assert printed(f"import rejoinder, sys; print(*{heavy} & set(sys.modules))") == []


@pytest.mark.slow
def test_every_package_opens_after_importing_the_library_alone():
    opened = "; ".join(f"print(rejoinder.{name}.__name__)" for name in PACKAGES)
    assert printed(f"import rejoinder; {opened}") == [f"rejoinder.{name}" for name in PACKAGES]


def test_what_is_completed_is_what_is_for_use():
    assert set(dir(rejoinder)) == {
        "Discussion",
        "archive",
        "draft",
        "invented",
        "load",
        "read_export",
        *PACKAGES,
    }
    with pytest.raises(AttributeError):
        _ = rejoinder.tabels
