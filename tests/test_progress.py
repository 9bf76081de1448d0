"""A bar is for somebody who looks, and only where it takes long."""

import io
import sys

import pytest

from rejoinder.progress import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def looked_at(monkeypatch, shown):
    """What goes to `shown` in place of standard error. (No fixture: pytest captures each phase anew.)"""
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    monkeypatch.setattr(sys, "stderr", shown)
    return shown


def clock(monkeypatch):
    """A clock by which each look at it is a second and a half later."""
    now = iter(range(0, 10_000_000, 1_500))
    monkeypatch.setattr("tqdm.std.time", lambda: next(now) / 1_000)


@pytest.mark.parametrize("shown", [Terminal, io.StringIO])
def test_every_item_comes_through_whoever_looks(monkeypatch, shown):
    looked_at(monkeypatch, shown())
    assert list(progress("abc", "letters")) == ["a", "b", "c"]


def test_what_takes_a_moment_shows_nothing(monkeypatch):
    shown = looked_at(monkeypatch, Terminal())
    assert len(list(progress(range(100), "things"))) == 100
    assert shown.getvalue() == ""


def test_what_takes_long_shows_what_it_is(monkeypatch):
    clock(monkeypatch)
    shown = looked_at(monkeypatch, Terminal())
    assert len(list(progress(range(100), "things"))) == 100
    assert "things" in shown.getvalue()


def test_where_output_goes_to_a_file_nothing_is_written(monkeypatch):
    clock(monkeypatch)
    shown = looked_at(monkeypatch, io.StringIO())
    assert len(list(progress(range(100), "things"))) == 100
    assert shown.getvalue() == ""


def test_the_environment_can_forbid_it(monkeypatch):
    clock(monkeypatch)
    shown = looked_at(monkeypatch, Terminal())
    monkeypatch.setenv("TQDM_DISABLE", "1")
    assert len(list(progress(range(100), "things"))) == 100
    assert shown.getvalue() == ""
