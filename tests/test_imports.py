"""Imports point down: show, answers, then infer and measure, which do not know each other, then read."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parents[1] / "lib" / "rejoinder"
MAY_IMPORT = {
    "read": set(),
    "measure": {"read"},
    "infer": set(),
    "coding": {"read"},
    "answers": {"coding", "infer", "measure", "read"},
    "show": {"answers", "coding", "infer", "read"},
}


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_from_below_only(room):
    for file in (LIBRARY / room).rglob("*.py"):
        code = file.read_text(encoding="utf-8")
        imported = set(re.findall(r"from rejoinder\.(\w+)", code))
        imported |= set(re.findall(r"from rejoinder import (\w+)", code))
        assert imported - {"errors", "fragment", room} <= MAY_IMPORT[room], file.name


def test_importing_the_library_brings_the_measures_and_nothing_heavy():
    code = (
        "import rejoinder, sys; rejoinder.measure.sentiment.score, rejoinder.infer.intervals.share;"
        "print(*{'textblob', 'nltk', 'scipy', 'matplotlib', 'pysbd', 'IPython'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
