import hashlib
import os
import shutil

import pytest

import rejoinder
from rejoinder.evaluation import dataset_registry, results

# On a slow machine a bar would show in the kernels that nbval starts, and be taken for a new output.
os.environ["TQDM_DISABLE"] = "1"

SEED = "000_b03053bac9951049"
PAGE = "An article says that rain is good.\n\n\nI love it!\nI hate it.\nThe.\n"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def talk():
    """The first seed; not to be changed."""
    return rejoinder.load(SEED)


@pytest.fixture
def bare(tmp_path):
    """A page of three comments for which nobody has written a codebook."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return rejoinder.load(path)


@pytest.fixture
def closed_figures():
    """Closes what a test has drawn."""
    from matplotlib import pyplot as plt

    yield
    plt.close("all")


@pytest.fixture
def small_sets(tmp_path, monkeypatch):
    """A folder with two small sets of rated texts, declared by their checksums, and an empty record."""
    registry = ""
    for name in ("tweets", "reviews"):
        text = 'id,mean_rating,text\n1,2.5,"good, very good"\n2,-1.5,NA\n3,0.5,bad\n4,-3,awful\n'
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        registry += RATED.format(name=name, sha256=hashlib.sha256(text.encode()).hexdigest())
    (tmp_path / "sets.toml").write_text(registry, encoding="utf-8")
    (tmp_path / "record.json").write_text('{"sets": {}, "scores": [], "reliability": [], "speed": []}')
    monkeypatch.setattr(dataset_registry, "_REGISTRY", tmp_path / "sets.toml")
    monkeypatch.setattr(results, "RECORD", tmp_path / "record.json")
    dataset_registry.sets.cache_clear()
    yield tmp_path
    dataset_registry.sets.cache_clear()


RATED = """
[{name}]
measure = "sentiment"
task = "tone of {name}"
title = "{name}"
rows = "{name}"
kin = "made up"
n = 4
cite = "nobody"
licence = "none"
home = "https://example.org"
[[{name}.files]]
name = "{name}.csv"
columns = ["id", "mean_rating", "text"]
sha256 = "{sha256}"
"""


@pytest.fixture(scope="session")
def program():
    """A browser to look with; tests that want one skip where there is none, unless it is needed."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        reason = f"no browser: none of {', '.join(BROWSERS)} is in PATH"
        if os.environ.get("REJOINDER_NEED_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found
