"""One answer at a time: on disk when the call returns, and nothing else changed, whatever stops."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import rejoinder
from rejoinder.coding import AnsweredElsewhere, put_answer, read_sheet, write_sheet
from rejoinder.corpus.codings import items
from rejoinder.corpus.csv_io import read_cells
from rejoinder.errors import CodingsError

SEED = "000_b03053bac9951049"
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")


@pytest.fixture(scope="module")
def talk():
    return rejoinder.load(SEED)


@pytest.fixture
def sheet(talk, tmp_path):
    write_sheet(talk, tmp_path / "sheet.csv")
    return tmp_path / "sheet.csv"


def rows(sheet):
    return {row["comment_id"]: row for row in read_cells(sheet, "sheet").rows.values()}


def leftovers(sheet):
    return [file.name for file in sheet.parent.iterdir() if file.name.endswith(".part")]


def test_an_answer_changes_its_cell_and_no_other(talk, sheet):
    before = rows(sheet)
    put_answer(sheet, talk, "c03", "k2", "agree", was="")
    before["c03"]["k2"] = "agree"
    assert rows(sheet) == before
    assert leftovers(sheet) == []


def test_what_was_changed_meanwhile_elsewhere_in_the_sheet_is_kept(talk, sheet):
    put_answer(sheet, talk, "c03", "k2", "agree", was="")
    put_answer(sheet, talk, "c03", "k3", "silent", was="")
    put_answer(sheet, talk, "c04", "k2", "mixed", was="")
    found = rows(sheet)
    assert [found["c03"]["k2"], found["c03"]["k3"], found["c04"]["k2"]] == ["agree", "silent", "mixed"]


def test_an_answer_can_be_replaced_and_taken_away(talk, sheet):
    for was, value in [("", "agree"), ("agree", "mixed"), ("mixed", "")]:
        put_answer(sheet, talk, "c03", "k2", value, was=was)
        assert rows(sheet)["c03"]["k2"] == value


@pytest.mark.parametrize("was", ["", "mixed"])
def test_an_answer_that_was_not_seen_is_not_replaced(talk, sheet, was):
    put_answer(sheet, talk, "c03", "k2", "agree", was="")
    before = sheet.read_bytes()
    with pytest.raises(AnsweredElsewhere, match=r"c03, k2.*'agree'") as raised:
        put_answer(sheet, talk, "c03", "k2", "silent", was=was)
    assert raised.value.now == "agree"
    assert sheet.read_bytes() == before


def test_the_same_answer_from_two_is_no_conflict(talk, sheet):
    put_answer(sheet, talk, "c03", "k2", "agree", was="")
    put_answer(sheet, talk, "c03", "k2", "agree", was="")
    assert rows(sheet)["c03"]["k2"] == "agree"


@pytest.mark.parametrize(
    "note",
    ["=1+1", "'", "''x", '"quoted", so', "two\nlines", "“curly” – ünï 🙂", "\t", " x ", "a;b,c", ""],
)
def test_a_note_is_read_back_as_it_was_typed(talk, sheet, note):
    put_answer(sheet, talk, "c03", "k2 note", note, was="")
    assert rows(sheet)["c03"]["k2 note"] == note


@pytest.mark.parametrize(
    ("comment_id", "column"), [("c99", "k2"), ("c03", "k99"), ("", "k2"), ("c03", "")]
)
def test_a_cell_that_the_sheet_does_not_have_is_refused(talk, sheet, comment_id, column):
    before = sheet.read_bytes()
    with pytest.raises(CodingsError, match="rows for"):
        put_answer(sheet, talk, comment_id, column, "agree", was="")
    assert sheet.read_bytes() == before


@pytest.mark.parametrize("content", [None, "", "comment_id,tone\nc03,\n", 'a,"b\n'])
def test_what_is_no_sheet_is_refused_and_left_as_it_is(talk, tmp_path, content):
    path = tmp_path / "sheet.csv"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CodingsError, match=r"sheet\.csv"):
        put_answer(path, talk, "c03", "tone", "neutral", was="")
    assert (path.read_text() if path.exists() else None) == content


@pytest.mark.parametrize("what", ["fsync", "open", "replace"])
def test_an_error_of_the_disk_is_told_and_leaves_the_sheet_whole(talk, sheet, monkeypatch, what):
    before = sheet.read_bytes()

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    where = {"fsync": (os, "fsync"), "open": (os, "open"), "replace": (Path, "replace")}[what]
    with monkeypatch.context() as patch:
        patch.setattr(*where, full)
        with pytest.raises(CodingsError, match=r"No space left on device.*not saved") as raised:
            put_answer(sheet, talk, "c03", "k2", "agree", was="")
    assert not isinstance(raised.value, AnsweredElsewhere)
    assert sheet.read_bytes() == before
    assert leftovers(sheet) == []
    put_answer(sheet, talk, "c03", "k2", "agree", was="")
    assert rows(sheet)["c03"]["k2"] == "agree"


def test_permissions_of_the_sheet_are_kept(talk, sheet):
    sheet.chmod(0o640)
    put_answer(sheet, talk, "c03", "k2", "agree", was="")
    assert sheet.stat().st_mode & 0o777 == 0o640


# Run in a Python of its own, which forks and kills: the tests' own has threads and warns of that.
START = """
import json, os, random, resource, signal, sys, time
from pathlib import Path
import rejoinder
from rejoinder.coding import AnsweredElsewhere, put_answer, read_sheet
from rejoinder.errors import CodingsError
from rejoinder.corpus.codings import items

sheet, talk = Path(sys.argv[1]), rejoinder.load(sys.argv[2])
ids, columns = list(talk.comments.index), items(talk.codebook)[2:]

def forked(work):
    tell = os.pipe()
    pid = os.fork()
    if pid:
        os.close(tell[1])
        return pid, open(tell[0], "rb")
    try:
        os.close(tell[0])
        work(lambda cell: os.write(tell[1], (json.dumps(cell) + "\\n").encode()))
    finally:
        os._exit(0)

def told(pid, pipe):
    with pipe:
        cells = [json.loads(line) for line in pipe if line.endswith(b"\\n")]
    os.waitpid(pid, 0)
    return cells
"""

KILL = """
rng, known, interrupted = random.Random(7), {}, 0
for life in range(100):
    def work(tell):
        cells = [(i, c) for i in ids for c in columns]
        random.Random(life).shuffle(cells)
        for i, c in cells:
            was = known.get((i, c), "")
            value = "agree" if was == "silent" else "silent"
            put_answer(sheet, talk, i, c, value, was=was)
            tell([i, c, value])
    pid, pipe = forked(work)
    time.sleep(rng.uniform(0, 0.04))
    os.kill(pid, signal.SIGKILL)
    cells = told(pid, pipe)
    # The parent reads as anybody would: whatever was left behind, the sheet is whole.
    found = {(r.comment_id, r.item): r.value for r in read_sheet(sheet, talk).codings.itertuples()}
    missing = [cell for cell in cells if found.get(tuple(cell[:2])) != cell[2]]
    assert not missing, missing
    changed = {cell for cell in found if found[cell] != known.get(cell)}
    # At most the one that was being written is there without having been told.
    assert len(changed - {tuple(cell[:2]) for cell in cells}) <= 1
    known = found
    parts = list(sheet.parent.glob(".*.part"))
    interrupted += bool(parts)
    for part in parts:
        part.unlink()
print(json.dumps({"answers": len(known), "interrupted": interrupted}))
"""

TWO = """
def answers(mine):
    def work(tell):
        for i in ids:
            for c in mine:
                put_answer(sheet, talk, i, c, "silent", was="")
                tell([i, c])
    return work
writers = [forked(answers(columns[at::2])) for at in range(2)]
print(json.dumps(sum((told(*writer) for writer in writers), [])))
"""

SAME = """
def answers(value):
    def work(tell):
        for i in ids:
            for c in columns:
                try:
                    put_answer(sheet, talk, i, c, value, was="")
                except AnsweredElsewhere as other:
                    assert other.now != value
                else:
                    tell([i, c, value])
    return work
writers = [forked(answers(value)) for value in ("agree", "disagree")]
print(json.dumps(sum((told(*writer) for writer in writers), [])))
"""

FULL = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
try:
    put_answer(sheet, talk, "c03", "k2", "agree", was="")
except CodingsError as error:
    print(json.dumps(str(error)))
"""


def run(script, sheet):
    """What the script prints as JSON; it is given the sheet and the seed."""
    done = subprocess.run(
        [sys.executable, "-c", START + script, str(sheet), SEED],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@needs_fork
@pytest.mark.slow
def test_a_process_killed_while_it_writes_loses_no_answer_and_leaves_a_whole_sheet(talk, sheet):
    seen = run(KILL, sheet)
    assert seen["answers"] > 20
    assert seen["interrupted"] > 0  # some were killed in the middle of a write
    assert len(rows(sheet)) == 9


@needs_fork
@pytest.mark.slow
def test_two_who_write_other_cells_at_the_same_time_lose_nothing(talk, sheet):
    done = run(TWO, sheet)
    cells = 9 * (len(items(talk.codebook)) - 2)
    assert len(done) == cells
    filled = read_sheet(sheet, talk)
    assert len(filled.codings) == cells
    assert set(filled.codings["value"]) == {"silent"}


@needs_fork
@pytest.mark.slow
def test_of_two_who_answer_the_same_one_is_told(talk, sheet):
    done = run(SAME, sheet)
    told = {(comment_id, item): value for comment_id, item, value in done}
    assert len(done) == len(told) == 9 * (len(items(talk.codebook)) - 2)
    filled = read_sheet(sheet, talk).codings
    assert {(r.comment_id, r.item): r.value for r in filled.itertuples()} == told


@needs_fork
@pytest.mark.slow
def test_a_file_that_may_not_grow_leaves_the_sheet_whole(talk, sheet):
    before = sheet.read_bytes()
    assert "File too large" in run(FULL, sheet)
    assert sheet.read_bytes() == before
    assert leftovers(sheet) == []
