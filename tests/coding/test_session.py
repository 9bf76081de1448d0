"""Every answer is on disk when the call returns, and nothing else has changed."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coding.sheets import change, rows
from rejoinder.coding import read_sheet, write_sheet
from rejoinder.coding.session import Session
from rejoinder.errors import CodingsError


@pytest.fixture
def begin(talk, sheet):
    return lambda: Session(talk, sheet)


def place(session):
    return session.ids.index(session.comment_id), session.item


def fill(session, answers):
    for _ in range(answers):
        session.answer("mixed" if session.item != "sarcasm" else "no")


def test_answer_changes_its_cell_only_and_goes_on(begin, sheet):
    session, before = begin(), rows(sheet)
    assert session.answer("mixed")
    before[session.ids[0]]["tone"] = "mixed"
    assert rows(sheet) == before and (place(session), session.given) == ((0, "sarcasm"), 1)
    change(sheet, (0, "sarcasm", " No"))
    assert place(begin()) == (0, "thesis")  # what a spreadsheet wrote counts


def test_order_of_questions(begin, sheet):
    session = begin()
    fill(session, 13)
    assert place(session) == place(begin()) == (1, "tone")
    session.turn_to(session.ids[8], "k10")
    fill(session, 1)
    assert place(session) == (1, "tone")  # round to what was left out
    fill(session, 2)
    session.turn_to(session.ids[0])
    assert place(session) == (0, "tone")  # all answered: its first item
    session.turn_to(session.ids[1])
    assert place(session) == (1, "thesis")  # its first item without an answer
    fill(session, 9 * 13)
    assert not session.answer(session.value(session.comment_id, session.item))
    assert session.given == 9 * 13


def test_note_is_saved_as_typed_also_before_the_answer(begin, sheet):
    session = begin()
    for note in ("=1+1", "'", '"quoted", so', "two\nlines", "“ü” 🙂", "\t", " x ", ""):
        session.save_note(note)
        assert rows(sheet)[session.ids[0]]["tone note"] == note == begin().note


def test_what_another_session_saved_is_replaced_only_on_purpose(begin, sheet):
    one, two = begin(), begin()
    one.answer("negative")
    with pytest.raises(CodingsError) as raised:
        two.answer("neutral")
    assert "'negative'" in raised.value.problem and place(two) == (0, "tone")
    assert rows(sheet)[one.ids[0]]["tone"] == two.value(one.ids[0], "tone") == "negative"
    two.answer("neutral")
    assert rows(sheet)[one.ids[0]]["tone"] == "neutral"
    for session in (one, two):
        session.turn_to(one.ids[0], "tone")
    one.save_note("theirs")
    with pytest.raises(CodingsError):
        two.save_note("mine")
    assert rows(sheet)[one.ids[0]]["tone note"] == "theirs"
    two.turn_to(two.ids[0], "k1")
    assert rows(sheet)[one.ids[0]]["tone note"] == "theirs / mine"


def full(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("where", [(os, "fsync"), (os, "open"), (Path, "replace")])
def test_full_disk_leaves_the_sheet_whole_and_loses_nothing_typed(begin, sheet, monkeypatch, where):
    session, before = begin(), sheet.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(*where, full)
        acts = {session.answer: "mixed", session.save_note: "words", session.turn_to: "c01"}
        for act, what in acts.items():
            with pytest.raises(CodingsError) as raised:
                act(what)
            assert (raised.value.file, "No space" in raised.value.problem) == (sheet, True)
            assert (place(session), session.given) == ((0, "tone"), 0)
    assert session.note == "words" and sheet.read_bytes() == before
    session.answer("mixed")
    row = rows(sheet)[session.ids[0]]
    assert (row["tone"], row["tone note"]) == ("mixed", "words")


SPOILT = {
    "removed": lambda sheet, talk: sheet.unlink(),
    "without a column": lambda sheet, talk: sheet.write_text(sheet.read_text().replace("k3", "x")),
    "of fewer comments": lambda sheet, talk: (sheet.unlink(), write_sheet(talk, sheet, n=4)),
    "with a doubled row": lambda sheet, talk: change(sheet, lambda table: [*table, table[0]]),
    "no table": lambda sheet, talk: sheet.write_text('a,"b\n'),
}


@pytest.mark.parametrize("how", SPOILT)
def test_spoilt_sheet_is_left_as_it_is(begin, sheet, talk, how):
    session = begin()
    SPOILT[how](sheet, talk)
    before = sheet.read_bytes() if sheet.exists() else None
    for act, what in ((session.turn_to, "c01"), (session.answer, "mixed")):
        with pytest.raises(CodingsError, match=sheet.name):
            act(what)
    assert place(session) == (0, "tone")
    assert (sheet.read_bytes() if sheet.exists() else None) == before


# Answers every second claim of the sheet, beginning with the first or the second.
WRITER = """
import sys
import rejoinder
from rejoinder.coding.session import Session

session = Session(rejoinder.load(sys.argv[1]), sys.argv[2])
for place in [(one, item) for one in session.ids for item in session.items[2:]][int(sys.argv[3]) :: 2]:
    session.turn_to(*place)
    session.answer("silent")
"""


@pytest.mark.slow
def test_two_processes_that_write_at_the_same_time_lose_nothing(original, talk, sheet):
    command = [sys.executable, "-c", WRITER, str(original[0]), str(sheet)]
    writers = [subprocess.Popen([*command, str(at)]) for at in range(2)]
    assert [writer.wait(300) for writer in writers] == [0, 0]
    assert set(read_sheet(sheet, talk).codings["value"]) == {"silent"}
    assert read_sheet(sheet, talk).empty == 2 * 9
