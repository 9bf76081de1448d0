"""pyproject.toml declares ranges, requirements.lock and environment.yml choose: the three agree."""

import re
import sys
import tomllib
from itertools import chain
from pathlib import Path

import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", LOCK, re.MULTILINE))


def declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    return {requirement.name.lower(): requirement for requirement in map(Requirement, texts)}


def conda():
    entries = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(entry["pip"] for entry in entries if isinstance(entry, dict))
    pairs = [re.split("=+", entry, maxsplit=1) for entry in entries if isinstance(entry, str)]
    pairs += [entry.split("==") for entry in pip if "==" in entry]
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and ">" not in pair[0]}


def test_the_lock_holds_every_declared_package_within_its_range():
    for name, requirement in declared().items():
        assert requirement.specifier.contains(LOCKED[name]), name


def test_conda_users_get_the_same_versions():
    assert conda() == {name: LOCKED[name] for name in declared()}


def test_every_locked_package_has_hashes_and_no_address():
    blocks = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(LOCKED)
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in LOCK


def test_every_import_of_the_library_is_declared():
    named = {
        "bs4": "beautifulsoup4",
        "dateutil": "python-dateutil",
        "sklearn": "scikit-learn",
        "pil": "pillow",
    }
    names = set()
    for file in (ROOT / "lib").rglob("*.py"):
        code = file.read_text(encoding="utf-8")
        names |= set(re.findall(r"^\s*from (\w+)[\w.]* import ", code, re.MULTILINE))
        names |= set(re.findall(r"^\s*import (\w+)", code, re.MULTILINE))
    for name in names - sys.stdlib_module_names - {"rejoinder"}:
        package = named.get(name.lower(), name.lower()).replace("_", "-")
        assert package in declared(), name
