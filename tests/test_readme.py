import re
import subprocess
from pathlib import Path

import pytest

import rejoinder
from rejoinder.report import readme

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_is_short():
    assert len(TEXT.splitlines()) <= 120


@pytest.mark.slow
def test_its_findings_are_those_of_the_notebooks():
    assert readme.findings(rejoinder.load(readme.SEED)) in TEXT


@pytest.mark.slow
def test_findings_and_picture_are_written_anew(tmp_path):
    file, picture = tmp_path / "README.md", tmp_path / "picture.png"
    file.write_text("before\n<!-- findings -->\nSTALE\n<!-- end -->\nafter\n", encoding="utf-8")
    readme.write(file, picture)
    assert "STALE" not in file.read_text(encoding="utf-8")
    assert file.read_text(encoding="utf-8").startswith("before\n")
    assert file.read_text(encoding="utf-8").endswith("after\n")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_markdown_in_an_answer_is_text():
    assert readme._plain("a | *b* <c> [d](e)") == r"a \| \*b\* \<c\> \[d\](e)"


def test_its_links_and_picture_exist():
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (ROOT / target).exists(), target


def test_its_example_runs_and_gives_what_it_says(capsys):
    code = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)[1]
    names = {}
    exec(code, names)
    said = re.search(r"share\(5, 9\)\s+# (.*)", code)[1]
    assert str(names["intervals"].share(5, 9)) == said


def test_its_make_targets_exist():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    commands = set(re.findall(r"(?:`|^)make ([a-z]+)", TEXT, re.MULTILINE))
    assert {"report", "test", "lab"} <= commands <= set(targets)


def test_make_alone_lists_the_targets():
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("report", "lab", "test", "lint", "bench", "clean"):
        assert f"make {target}" in shown
