"""Data is downloaded by name only, checked by checksum, and kept whole or not at all."""

import hashlib
import socket
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rejoinder import cli as command
from rejoinder.errors import BenchmarkError, NameNotKnown
from rejoinder.evaluation import dataset_registry, fetch

REGISTRY = """
[tweets]
measure = "sentiment"
task = "tone of tweets"
title = "tweets"
rows = "tweets"
kin = "made up"
n = 4
cite = "nobody"
licence = "none"
home = "https://example.org"
fetch = "{why}"
[[tweets.files]]
name = "small/tweets.csv"
columns = ["id", "mean_rating", "text"]
sha256 = "{sha256}"
url = "{url}"
"""
TEXT = 'id,mean_rating,text\n1,2.5,"good, very good"\n2,-1.5,NA\n3,0.5,bad\n4,-3,awful\n'


class Quiet(SimpleHTTPRequestHandler):
    asked: list[str]

    def do_GET(self):
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_):
        """Nothing on standard error."""


@pytest.fixture
def home(tmp_path):
    """A server on this machine that publishes one file; what it was asked for."""
    public = tmp_path / "public"
    public.mkdir()
    (public / "tweets.csv").write_text(TEXT, encoding="utf-8")
    Quiet.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=public)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/tweets.csv", Quiet.asked
        server.shutdown()


@pytest.fixture
def declared(tmp_path, monkeypatch):
    """Declares the one set that there is, published at a place."""

    def declare(url, *, text=TEXT, why=""):
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        (tmp_path / "sets.toml").write_text(REGISTRY.format(url=url, sha256=sha256, why=why))
        monkeypatch.setattr(dataset_registry, "_REGISTRY", tmp_path / "sets.toml")
        dataset_registry.sets.cache_clear()

    yield declare
    dataset_registry.sets.cache_clear()


def files_below(folder):
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def test_a_set_is_downloaded_once_and_whole(home, declared, tmp_path):
    url, asked = home
    declared(url)
    folder = tmp_path / "data"
    for _ in range(2):
        assert fetch.fetch("tweets", folder) == [folder / "small" / "tweets.csv"]
    assert asked == ["/tweets.csv"]
    assert (folder / "small" / "tweets.csv").read_text(encoding="utf-8") == TEXT
    assert dataset_registry.found(folder) == ["tweets"]


def test_another_file_than_the_known_one_is_not_kept(home, declared, tmp_path):
    declared(home[0], text=TEXT + "5,0,more\n")
    with pytest.raises(BenchmarkError, match="not the file that was measured") as caught:
        fetch.fetch("tweets", tmp_path / "data")
    assert "Nothing was kept" in caught.value.remedy
    assert files_below(tmp_path / "data") == []


def test_a_file_that_is_gone_from_its_home_is_told(home, declared, tmp_path):
    declared(home[0] + ".gone")
    with pytest.raises(BenchmarkError, match="cannot be reached"):
        fetch.fetch("tweets", tmp_path / "data")
    assert files_below(tmp_path / "data") == []


def test_no_network_is_told_with_a_remedy(declared, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    declared(f"http://127.0.0.1:{port}/tweets.csv")
    with pytest.raises(BenchmarkError, match="cannot be reached") as caught:
        fetch.fetch("tweets", tmp_path / "data")
    assert "by hand" in caught.value.remedy


def test_a_set_that_its_home_publishes_otherwise_says_how_to_get_it(home, declared, tmp_path):
    declared(home[0], why="its home publishes it otherwise")
    with pytest.raises(BenchmarkError, match="publishes it otherwise") as caught:
        fetch.fetch("tweets", tmp_path / "data")
    assert "https://example.org" in caught.value.remedy
    assert home[1] == []


def test_a_set_that_there_is_not_is_named(tmp_path):
    with pytest.raises(NameNotKnown, match="argkpp"):
        fetch.fetch("argkpp", tmp_path)


def test_the_command_downloads_only_what_is_asked_for(home, declared, tmp_path, monkeypatch, capsys):
    url, asked = home
    declared(url)
    monkeypatch.setattr(fetch, "default_folder", lambda: tmp_path / "cache")
    assert command.main(["validate"]) == 1
    told = capsys.readouterr().err
    assert "does not exist" in told and "--fetch" in told
    assert asked == []
