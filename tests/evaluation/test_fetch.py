"""Data is downloaded by name only, checked by checksum, and kept whole or not at all."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rejoinder import cli
from rejoinder.errors import BenchmarkError, NameNotKnown
from rejoinder.evaluation import datasets

# The download library leaves the connection of a refused answer to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


class Quiet(SimpleHTTPRequestHandler):
    asked: list[str]

    def do_GET(self):
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_):
        """Nothing on standard error."""


@pytest.fixture
def home(tmp_path, declare):
    """The address of a file on a local server, and what the server was asked for."""
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "tweets.csv").write_text(declare())
    Quiet.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path / "public")) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/tweets.csv", Quiet.asked
        server.shutdown()


def test_the_command_downloads_what_is_named_and_once(home, declare, tmp_path, monkeypatch, capsys):
    url, asked = home
    text = declare("tweets", url=url)
    monkeypatch.setattr("pooch.os_cache", lambda _: tmp_path / "cache")
    assert cli.main(["validate"]) == 1 and "--fetch" in capsys.readouterr().err
    assert asked == []
    for _ in range(2):
        assert cli.main(["validate", "--fetch", "tweets"]) == 0
    assert asked == ["/tweets.csv"]
    assert (tmp_path / "cache" / "labelled" / "small" / "tweets.csv").read_text() == text


@pytest.mark.parametrize("failure", ["another file", "gone", "no network", "by hand only", "unknown"])
def test_nothing_is_kept_of_what_cannot_be_fetched(failure, home, declare, tmp_path):
    url, asked = home
    text = declare() + ("5,0,more\n" if failure == "another file" else "")
    url = {"gone": f"{url}.gone", "no network": "http://127.0.0.1:9/tweets.csv"}.get(failure, url)
    declare("tweets", url=url, text=text, more='not_fetched = "why"' if "hand" in failure else "")
    with pytest.raises((BenchmarkError, NameNotKnown)) as caught:
        datasets.fetch("tweetss" if failure == "unknown" else "tweets", tmp_path / "data")
    assert ("tweets" if failure == "unknown" else "https://example.org") in caught.value.remedy
    assert not [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert (asked == []) == (failure in ("no network", "by hand only", "unknown"))
