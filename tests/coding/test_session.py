"""Every answer is on disk when the call returns, nothing else has changed, and whatever stops loses nothing."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coding.sheets import change, rows
from rejoinder.coding import add_codings, read_sheet, write_sheet
from rejoinder.coding.session import Session
from rejoinder.corpus.codings import items
from rejoinder.errors import CodingsError


@pytest.fixture(autouse=True)
def quick(monkeypatch, request):
    if "slow" not in request.keywords:
        monkeypatch.setattr(os, "fsync", lambda handle: None)


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
    assert place(session) == (0, "tone")
    assert session.answer("mixed")
    before[session.ids[0]]["tone"] = "mixed"
    assert rows(sheet) == before
    assert (place(session), session.given) == ((0, "sarcasm"), 1)
    assert {file.name for file in sheet.parent.iterdir() if file.suffix == ".part"} == set()


def test_order_of_questions(begin, sheet):
    session = begin()
    fill(session, 13)
    assert place(session) == (1, "tone")
    session.turn_to(session.ids[8], "k10")
    fill(session, 1)
    assert place(session) == (1, "tone")  # round to what was left out
    session.turn_to(session.ids[1], "k9")
    fill(session, 2)
    assert place(session) == (2, "tone")
    session.turn_to(session.ids[1])
    assert place(session) == (1, "tone")
    fill(session, 11)
    session.turn_to(session.ids[1])
    assert place(session) == (1, "tone")  # all answered: its first item
    fill(session, 9 * 13)
    assert not session.answer(session.value(session.comment_id, session.item))
    assert session.given == 9 * 13


@pytest.mark.parametrize("answers", [1, 12, 13, 14, 38])
def test_new_session_begins_where_the_last_one_was(begin, answers):
    session = begin()
    fill(session, answers)
    again = begin()
    assert (place(again), again.given) == (place(session), answers)


def test_answer_can_be_corrected(begin, sheet):
    session = begin()
    for value in ("mixed", "negative"):
        session.turn_to(session.ids[0], "tone")
        session.answer(value)
        assert rows(sheet)[session.ids[0]]["tone"] == value


def test_value_that_a_spreadsheet_wrote_counts(begin, sheet):
    change(sheet, (0, "tone", " Negative"))
    session = begin()
    assert (place(session), session.value(session.ids[0], "tone")) == ((0, "sarcasm"), "negative")


@pytest.mark.parametrize("note", ["=1+1", "'", '"quoted", so', "two\nlines", "“ü” 🙂", "\t", " x ", "a;b,c"])
def test_note_is_saved_as_typed_also_before_the_answer(begin, sheet, note):
    session = begin()
    session.save_note(note)
    assert rows(sheet)[session.ids[0]]["tone note"] == note == begin().note
    session.save_note("")
    assert rows(sheet)[session.ids[0]]["tone note"] == ""


def test_two_sessions_keep_the_answers_of_each_other(begin, sheet):
    one, two = begin(), begin()
    two.turn_to(two.ids[1])
    for _ in range(13):
        fill(one, 1)
        fill(two, 1)
    found = rows(sheet)
    assert all(found[comment][item] for comment in one.ids[:2] for item in one.items)
    assert place(one) == (1, "k10")  # it has not seen the last answer yet
    fill(one, 1)
    assert (place(one), one.given) == ((2, "tone"), 26)


def test_answer_of_another_session_is_replaced_only_on_purpose(begin, sheet):
    one, two = begin(), begin()
    one.answer("negative")
    with pytest.raises(CodingsError) as raised:
        two.answer("neutral")
    assert "'negative'" in raised.value.problem
    assert place(two) == (0, "tone")
    assert rows(sheet)[one.ids[0]]["tone"] == two.value(one.ids[0], "tone") == "negative"
    two.answer("neutral")
    assert rows(sheet)[one.ids[0]]["tone"] == "neutral"


def test_same_answer_from_two_sessions_is_no_conflict(begin):
    one, two = begin(), begin()
    one.answer("negative")
    assert two.answer("negative")


def test_of_two_notes_none_is_lost(begin, sheet):
    one, two = begin(), begin()
    one.save_note("theirs")
    with pytest.raises(CodingsError):
        two.save_note("mine")
    assert rows(sheet)[one.ids[0]]["tone note"] == "theirs"
    two.turn_to(two.ids[0], "k1")
    assert rows(sheet)[one.ids[0]]["tone note"] == "theirs / mine"


def full(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("where", [(os, "fsync"), (os, "open"), (Path, "replace")], ids=lambda one: one[1])
def test_full_disk_leaves_the_sheet_whole_and_loses_nothing_typed(begin, sheet, monkeypatch, where):
    session, before = begin(), sheet.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(*where, full)
        for act in (
            lambda: session.answer("mixed"),
            lambda: session.save_note("words"),
            lambda: session.turn_to(session.ids[1]),
        ):
            with pytest.raises(CodingsError) as raised:
                act()
            assert (raised.value.file, "No space" in raised.value.problem) == (sheet, True)
            assert (place(session), session.given) == ((0, "tone"), 0)
    assert session.note == "words"
    assert sheet.read_bytes() == before
    assert not [file for file in sheet.parent.iterdir() if file.suffix == ".part"]
    session.answer("mixed")
    row = rows(sheet)[session.ids[0]]
    assert (row["tone"], row["tone note"]) == ("mixed", "words")


SPOILT = {
    "removed": lambda sheet, talk: sheet.unlink(),
    "without a column": lambda sheet, talk: sheet.write_text(sheet.read_text().replace("k3 note", "k3 x")),
    "of fewer comments": lambda sheet, talk: (sheet.unlink(), write_sheet(talk, sheet, n=4)),
    "with a doubled row": lambda sheet, talk: change(sheet, lambda table: [*table, table[0]]),
    "no table": lambda sheet, talk: sheet.write_text('a,"b\n'),
}


@pytest.mark.parametrize("how", SPOILT)
def test_spoilt_sheet_is_left_as_it_is(begin, sheet, talk, how):
    session = begin()
    SPOILT[how](sheet, talk)
    before = sheet.read_bytes() if sheet.exists() else None
    for act in (lambda: session.turn_to(session.ids[1]), lambda: session.answer("mixed")):
        with pytest.raises(CodingsError, match=sheet.name):
            act()
    assert place(session) == (0, "tone")
    assert (sheet.read_bytes() if sheet.exists() else None) == before


def test_permissions_are_kept_and_the_sheet_can_be_added(begin, seed, sheet):
    sheet.chmod(0o640)
    fill(begin(), 13)
    assert sheet.stat().st_mode & 0o777 == 0o640
    assert add_codings(seed, sheet, coder="me", kind="person")["added"] == 13


# Run in a Python process of its own, which forks and kills; that of the tests has threads.
START = """
import json, os, random, resource, signal, sys, time
from pathlib import Path
import rejoinder
from rejoinder.coding import read_sheet
from rejoinder.coding.session import Session
from rejoinder.errors import CodingsError

sheet, talk = Path(sys.argv[1]), rejoinder.load(sys.argv[2])
cells = [(i, c) for i in talk.comments.index for c in Session(talk, sheet).items[2:]]

def put(session, cell, value):
    session.turn_to(*cell)
    session.answer(value)

def forked(work):
    tell = os.pipe()
    pid = os.fork()
    if pid:
        os.close(tell[1])
        return pid, open(tell[0], "rb")
    try:
        os.close(tell[0])
        work(Session(talk, sheet), lambda *cell: os.write(tell[1], (json.dumps(cell) + "\\n").encode()))
    finally:
        os._exit(0)

def told(pid, pipe):
    with pipe:
        found = [json.loads(line) for line in pipe if line.endswith(b"\\n")]
    os.waitpid(pid, 0)
    return {(i, c): value for i, c, value in found}

def on_disk():
    return {(r.comment_id, r.item): r.value for r in read_sheet(sheet, talk).codings.itertuples()}
"""

KILL = """
rng, known, interrupted = random.Random(7), {}, 0
for life in range(60):
    def work(session, tell):
        for cell in random.Random(life).sample(cells, len(cells)):
            value = "agree" if session.value(*cell) == "silent" else "silent"
            put(session, cell, value)
            tell(*cell, value)
    pid, pipe = forked(work)
    time.sleep(rng.uniform(0, 0.05))
    os.kill(pid, signal.SIGKILL)
    answers, found = told(pid, pipe), on_disk()
    assert answers.items() <= found.items()
    # At most the one that was being written is there without having been told.
    assert len({one for one in found if found[one] != known.get(one)} - set(answers)) <= 1
    known = found
    parts = list(sheet.parent.glob(".*.part"))
    interrupted += bool(parts)
    for part in parts:
        part.unlink()
print(json.dumps([len(known), interrupted]))
"""

TWO = """
def half(at):
    def work(session, tell):
        for cell in cells[at::2]:
            put(session, cell, "silent")
            tell(*cell, "silent")
    return work
answers = [told(*writer) for writer in [forked(half(at)) for at in range(2)]]
assert answers[0] | answers[1] == on_disk() == dict.fromkeys(cells, "silent")
print("[]")
"""

FULL = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
try:
    put(Session(talk, sheet), cells[0], "agree")
except CodingsError as error:
    print(json.dumps(error.problem))
"""


@pytest.fixture
def run(original, sheet):
    def printed(script):
        command = [sys.executable, "-c", START + script, str(sheet), str(original[0])]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return printed


forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")


@forks
@pytest.mark.slow
def test_process_killed_while_it_writes_loses_no_answer(run, sheet):
    answers, interrupted = run(KILL)
    assert answers > 5
    assert interrupted > 0  # some were killed in the middle of a write
    assert len(rows(sheet)) == 9


@forks
@pytest.mark.slow
def test_two_processes_that_write_at_the_same_time_lose_nothing(run, talk, sheet):
    run(TWO)
    assert len(read_sheet(sheet, talk).codings) == 9 * (len(items(talk.codebook)) - 2)


@forks
@pytest.mark.slow
def test_file_that_may_not_grow_leaves_the_sheet_whole(run, sheet):
    before = sheet.read_bytes()
    assert "File too large" in run(FULL)
    assert sheet.read_bytes() == before
