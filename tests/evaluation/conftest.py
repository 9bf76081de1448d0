import hashlib
import os

import pytest

from rejoinder.evaluation import datasets, results

TEXT = 'id,mean_rating,text\n1,2.5,"good, very good"\n2,-1.5,NA\n3,0.5,bad\n4,-3,awful\n'
ENTRY = """
[{name}]
tasks = {{ "sentiment" = "sentiment of {name}" }}
n = 4
home = "https://example.org"
{more}
[[{name}.files]]
name = "small/{name}.csv"
rename = {{ mean_rating = "rating" }}
sha256 = "{sha256}"
url = "{url}"
"""


@pytest.fixture(scope="session")
def folder():
    """The folder of the labelled data, named by the environment."""
    if "REJOINDER_BENCHMARKS" not in os.environ:
        pytest.skip("REJOINDER_BENCHMARKS does not name the folder of the labelled data")
    return os.environ["REJOINDER_BENCHMARKS"]


@pytest.fixture
def declare(tmp_path, monkeypatch):
    """Declares the datasets that exist, each of one small file; there are no recorded results yet."""

    def declare(*names, url="https://example.org/small.csv", text=TEXT, more=""):
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        entries = [ENTRY.format(name=name, sha256=sha256, url=url, more=more) for name in names]
        (tmp_path / "sets.toml").write_text("".join(entries))
        datasets.known_datasets.cache_clear()
        return TEXT

    (tmp_path / "recorded.json").write_text('{"sets": {}, "scores": [], "calibration": []}')
    monkeypatch.setattr(datasets, "REGISTRY", tmp_path / "sets.toml")
    monkeypatch.setattr(results, "RESULTS", tmp_path / "recorded.json")
    monkeypatch.chdir(tmp_path)  # no checkout of the project
    yield declare
    datasets.known_datasets.cache_clear()


@pytest.fixture
def small_sets(declare, tmp_path):
    """A folder with two small datasets of rated texts."""
    declare("tweets", "reviews")
    (tmp_path / "data" / "small").mkdir(parents=True)
    for name in ("tweets", "reviews"):
        (tmp_path / "data" / "small" / f"{name}.csv").write_text(TEXT)
    return tmp_path / "data"
