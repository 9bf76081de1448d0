"""A bar for somebody who watches, and only where it takes long."""

import io
import sys

import pytest

from rejoinder.progress import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "seconds", "forbidden", "shown"),
    [
        (Terminal, 1.5, False, True),
        (Terminal, 0, False, False),
        (Terminal, 1.5, True, False),
        (io.StringIO, 1.5, False, False),
    ],
    ids=["long", "a moment", "forbidden", "to a file"],
)
def test_a_bar_is_shown_in_a_terminal_after_a_while(monkeypatch, stream, seconds, forbidden, shown):
    now = iter(range(10_000_000))
    monkeypatch.setattr("tqdm.std.time", lambda: seconds * next(now))  # later at each look
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    if forbidden:
        monkeypatch.setenv("TQDM_DISABLE", "1")
    monkeypatch.setattr(sys, "stderr", written := stream())
    assert list(progress(range(100), "things")) == list(range(100))
    assert ("things" in written.getvalue()) == shown
    assert bool(written.getvalue()) == shown
