import os
import shutil

import pytest

import rejoinder

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
def server(monkeypatch):
    """A server that speaks the protocol of language models."""
    from coding import model_server

    pytest.importorskip("openai")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with model_server.serving() as one:
        yield one


@pytest.fixture
def closed_figures():
    """Closes what a test has drawn."""
    from matplotlib import pyplot as plt

    yield
    plt.close("all")


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
