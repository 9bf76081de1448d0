"""What is installed: the package with all its data, and the notebooks of the collection."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MADE = shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_checkpoints")


@pytest.mark.slow
def test_a_wheel_holds_every_file_of_the_library_and_every_notebook(tmp_path):
    for name in ("lib", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=MADE)
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    build = "from setuptools.build_meta import build_wheel; build_wheel('made')"
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", build], cwd=tmp_path, check=True, capture_output=True
    )
    (wheel,) = (tmp_path / "made").glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("rejoinder/")}
    files = (file for file in (tmp_path / "lib" / "rejoinder").rglob("*") if file.is_file())
    expected = {file.relative_to(tmp_path / "lib").as_posix() for file in files}
    expected |= {f"rejoinder/notebooks/{file.name}" for file in (ROOT / "notebooks").glob("*.ipynb")}
    assert held == expected
