"""Every answer is on disk when the call returns, and nothing else has changed."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coding.sheets import ALL, EACH, change, changed, rows
from rejoinder.coding import read_sheet, write_sheet
from rejoinder.coding.session import WORDS, Session
from rejoinder.errors import CodingsError


@pytest.fixture
def begin(talk, sheet):
    return lambda: Session(talk, sheet)


def place(session):
    return session.ids.index(session.comment_id), session.item


def fill(session, answers):
    for _ in range(answers):
        session.answer({"tone": "mixed", "sarcasm": "no"}.get(session.item, "silent"))


def test_answer_changes_its_cell_only_and_goes_on(begin, sheet):
    session, before = begin(), rows(sheet)
    assert session.answer("mixed")
    before[session.ids[0]]["tone"] = "mixed"
    assert rows(sheet) == before and (place(session), session.given) == ((0, "sarcasm"), 1)
    change(sheet, (0, "sarcasm", " No"))
    assert place(begin()) == (0, "thesis")  # what a spreadsheet wrote counts


def test_order_of_questions(begin, sheet):
    session = begin()
    fill(session, EACH)
    assert place(session) == place(begin()) == (1, "tone")
    session.turn_to(session.ids[8], "r12")
    fill(session, 1)
    assert place(session) == (9, "r1")  # the article
    session.turn_to("article", "r12")
    fill(session, 1)
    assert place(session) == (1, "tone")  # round to what was left out
    fill(session, 2)
    session.turn_to(session.ids[0])
    assert place(session) == (0, "tone")  # all answered: its first item
    session.turn_to(session.ids[1])
    assert place(session) == (1, "thesis")  # its first item without an answer
    fill(session, ALL)
    assert not session.answer(session.value(session.comment_id, session.item))
    assert session.given == ALL


def test_stance_is_saved_with_its_basis_and_only_with_words_of_the_text(begin, talk, sheet):
    session = begin()
    session.turn_to("article")
    assert (session.items, session.item) == (list(talk.codebook.points.index), "r1")
    for quote in ("", "Tell that to the oligarchs"):  # of a comment
        session.write("quote", quote)
        for value in ("agree", "disagree", "mixed", "unclear"):
            with pytest.raises(CodingsError):
                session.answer(value)
    assert (session.given, place(session)) == (0, (9, "r1"))
    session.write("quote", talk.article_text[:40])
    for value, basis in (("agree", "implied"), ("disagree", "stated"), ("unclear", "")):
        session.turn_to(item="r1")
        session.answer(value, basis or "stated")
        assert [rows(sheet)["article"][column] for column in ("r1", "r1 basis")] == [value, basis]


def test_statements_that_came_later_are_not_asked(begin, talk, sheet):
    write_sheet(changed(talk, drop=["k3", "r12"]), sheet)
    session = begin()
    assert len(session.items) == EACH - 2 and session.places[-1] == ("article", "r11")


@pytest.mark.parametrize("what", WORDS)
def test_words_are_saved_as_typed_also_before_the_answer(begin, sheet, what):
    session = begin()
    for words in ("=1+1", "'", '"quoted", so', "two\nlines", "“ü” 🙂", "\t", " x ", ""):
        session.write(what, words)
        assert rows(sheet)[session.ids[0]][f"tone {what}"] == words == begin().words(what)


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
    one.write("note", "theirs")
    with pytest.raises(CodingsError):
        two.write("note", "mine")
    assert rows(sheet)[one.ids[0]]["tone note"] == two.words("note") == "theirs"
    two.write("note", "mine")
    assert rows(sheet)[one.ids[0]]["tone note"] == "mine"


def full(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("where", [(os, "fsync"), (os, "open"), (Path, "replace")])
def test_full_disk_leaves_the_sheet_whole(begin, sheet, monkeypatch, where):
    session, before = begin(), sheet.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(*where, full)
        for act, what in ((session.answer, ["mixed"]), (session.write, ["note", "words"])):
            with pytest.raises(CodingsError) as raised:
                act(*what)
            assert (raised.value.file, "No space" in raised.value.problem) == (sheet, True)
            assert (place(session), session.given) == ((0, "tone"), 0)
    assert session.words("note") == "" and sheet.read_bytes() == before
    session.answer("mixed")
    assert rows(sheet)[session.ids[0]]["tone"] == "mixed"


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


# Answers every second statement of the sheet, beginning with the first or the second.
WRITER = """
import sys
import rejoinder
from rejoinder.coding.session import Session

session = Session(rejoinder.load(sys.argv[1]), sys.argv[2])
stances = [place for place in session.places if place[1] not in ("tone", "sarcasm")]
for place in stances[int(sys.argv[3]) :: 2]:
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
