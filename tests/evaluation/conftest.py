import hashlib
import os

import pytest

from rejoinder import evaluation
from rejoinder.evaluation import datasets

TEXT = 'id,mean_rating,text\n1,2.5,"good, very good"\n2,-1.5,NA\n3,0.5,bad\n4,-3,awful\n'
ENTRY = """
[{name}]
tasks = {{ "sentiment" = "sentiment of {name}" }}
n = 4
[[{name}.files]]
name = "small/{name}.csv"
rename = {{ mean_rating = "rating" }}
sha256 = "{sha256}"
"""


@pytest.fixture(scope="session")
def folder():
    """The folder of the labelled data, named by the environment."""
    if "REJOINDER_BENCHMARKS" not in os.environ:
        pytest.skip("REJOINDER_BENCHMARKS does not name the folder of the labelled data")
    return os.environ["REJOINDER_BENCHMARKS"]


@pytest.fixture
def small_sets(tmp_path, monkeypatch):
    """A folder with two small datasets of rated texts, the only ones, and no recorded results."""
    sha256, names = hashlib.sha256(TEXT.encode()).hexdigest(), ("tweets", "reviews")
    entries = [ENTRY.format(name=name, sha256=sha256) for name in names]
    (tmp_path / "sets.toml").write_text("".join(entries))
    (tmp_path / "data" / "small").mkdir(parents=True)
    for name in names:
        (tmp_path / "data" / "small" / f"{name}.csv").write_text(TEXT)
    (tmp_path / "recorded.json").write_text('{"sets": {}, "scores": [], "calibration": []}')
    monkeypatch.setattr(datasets, "REGISTRY", tmp_path / "sets.toml")
    monkeypatch.setattr(evaluation, "RESULTS", tmp_path / "recorded.json")
    monkeypatch.chdir(tmp_path)
    datasets.known_datasets.cache_clear()
    yield tmp_path / "data"
    datasets.known_datasets.cache_clear()
