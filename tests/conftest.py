import hashlib
import os
import shutil

import pytest

from rejoinder.read import benchmarks

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture
def small_sets(tmp_path, monkeypatch):
    """Two small sets of rated texts, declared with their own checksums."""
    declared = {}
    for dataset in ("tweets", "reviews"):
        text = 'id,mean_rating,text\n1,2.5,"good, very good"\n2,-1.5,NA\n3,0.5,bad\n4,-3,awful\n'
        (tmp_path / f"{dataset}.csv").write_text(text, encoding="utf-8")
        declared[dataset] = (f"{dataset}.csv", hashlib.sha256(text.encode()).hexdigest())
    monkeypatch.setattr(benchmarks, "RATED_TEXTS", declared)
    return tmp_path


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
