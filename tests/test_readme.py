"""README.md: its findings, links and examples."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import readme

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def answers(monkeypatch):
    rows = {"question": ["Why?"], "answer": ["a | *b*\n<c> [d](e)"], "notebook": ["01_why"]}
    monkeypatch.setattr(readme, "short_answers", lambda talk: pd.DataFrame(rows))


def test_findings_are_written_between_their_marks_and_markdown_is_text(answers):
    written = readme.with_findings("before\n<!-- findings -->\nSTALE\n<!-- end -->\nafter\n")
    before, *table, after = written.splitlines()
    assert (before, after) == ("before", "after")
    assert table[3] == r"| Why? | a \| \*b\* \<c\> \[d\](e) | [01](notebooks/01_why.ipynb) |"
    assert len(table) == 5


def test_links_lead_to_files():
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (ROOT / target).exists(), target


def test_make_lists_its_targets_and_the_readme_names_real_ones():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"report", "lab", "test", "test-quick", "lint", "bench", "simulate", "notebooks", "readme",
            "validate", "lock", "clean"} <= set(targets)  # fmt: skip
    commands = set(re.findall(r"(?:`|^)make ([a-z-]+)", TEXT, re.MULTILINE))
    assert commands <= set(targets)
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert all(f"make {target} " in shown for target in targets if target != "help")


@pytest.mark.slow
def test_findings_are_those_of_the_notebooks():
    assert readme.with_findings(TEXT) == TEXT


@pytest.mark.slow
def test_the_example_in_python_runs():
    code = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)[1]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
