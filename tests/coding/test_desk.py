"""The coding desk without a browser: what its buttons do, what is on disk then, where it resumes."""

import errno
import os
import re
import shutil

import pytest

from rejoinder.coding import add_codings, put_answer, read_sheet, write_sheet
from rejoinder.coding.desk import desk, thread
from rejoinder.corpus.codings import values_of
from rejoinder.corpus.csv_io import read_cells
from rejoinder.corpus.load import SEEDS, load
from rejoinder.errors import CodingsError, SeedError

SEED = "000_b03053bac9951049"
HOSTILE = "<img src=x onerror=alert(1)></blockquote><script>alert(2)</script> $\\alpha$ \u202eevil"


@pytest.fixture(scope="module")
def talk():
    return load(SEED)


@pytest.fixture(autouse=True)
def quick(monkeypatch, talk):
    """The first seed is read once, and nobody waits for the disk: test_store.py is about that."""
    monkeypatch.setattr("rejoinder.coding.desk.load", lambda seed: talk if seed == SEED else load(seed))
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture
def sit(tmp_path):
    """Opens the desk of a coder on the first seed, with sheets in a folder of this test."""
    return lambda coder="me", seed=SEED, **options: desk(seed, coder, folder=tmp_path, **options)


@pytest.fixture
def sheet(tmp_path):
    return tmp_path / f"{SEED}-me.csv"


def rows(sheet):
    return {row["comment_id"]: row for row in read_cells(sheet, "sheet").rows.values()}


def order(sheet):
    return list(rows(sheet))


def press(desk, key):
    """What a key does in the page: it clicks the button that bears it."""
    (desk.moves[key] if key in desk.moves else desk.values[int(key) - 1]).click()


def place(desk):
    """The comment and the item that are being asked."""
    shown = re.findall(r"— (\w+)</p>", desk.comment.value)[-1]
    (item,) = [item for item, button in desk.items.items() if "rj-here" in button._dom_classes]
    return shown, item


def chosen(desk):
    return [button.description for button in desk.values if "rj-chosen" in button._dom_classes]


def offered(desk):
    return [button.description for button in desk.values if button.layout.display != "none"]


def fill(desk, comments):
    """Answer all items of the next `comments` comments."""
    for _ in range(comments * len(desk.items)):
        press(desk, "1")


# Opening


def test_a_first_sitting_writes_a_blank_sheet_and_begins_at_its_first_item(sit, sheet):
    opened = sit()
    assert place(opened) == (order(sheet)[0], "tone")
    assert "Comment 1 of 9" in opened.head.value
    assert "0 of 117 answers" in opened.head.value
    assert sheet.name in opened.head.value
    assert sheet.with_suffix(".how-to-code.md").exists()


def test_a_sample_can_be_drawn_and_is_kept_afterwards(sit, sheet):
    assert "Comment 1 of 4" in sit(n=4, order=3).head.value
    drawn = order(sheet)
    assert "Comment 1 of 4" in sit().head.value
    assert order(sheet) == drawn


@pytest.mark.parametrize("coder", ["me", "Zoë", "A-1_b", "x" * 40, "李"])
def test_a_name_that_fits_a_file_is_taken(sit, tmp_path, coder):
    sit(coder)
    assert (tmp_path / f"{SEED}-{coder}.csv").exists()


@pytest.mark.parametrize("coder", ["", " ", "a b", "../me", "a/b", "a\\b", "me.", "x" * 41, "a\n", "*"])
def test_a_name_that_does_not_is_refused(sit, tmp_path, coder):
    with pytest.raises(CodingsError, match="letters, digits"):
        sit(coder)
    assert list(tmp_path.iterdir()) == []


def test_a_seed_that_is_not_there_and_a_sample_that_cannot_be_are_refused(sit, tmp_path):
    with pytest.raises(SeedError):
        sit(seed="no_such_seed")
    with pytest.raises(CodingsError, match="sample of 10"):
        sit(n=10)
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_of_another_text_is_refused_and_left_as_it_is(sit, sheet):
    sit()
    sheet.write_text(sheet.read_text().replace("Putin", "Pushkin"))
    before = sheet.read_bytes()
    with pytest.raises(CodingsError, match="the text is not what the comment says"):
        sit()
    assert sheet.read_bytes() == before


def test_without_a_codebook_tone_and_sarcasm_are_asked(sit, tmp_path):
    (tmp_path / "page.txt").write_text("An article that argues.\n\nComments\n\nYes.\n\nNo.\n")
    assert list(sit(seed=tmp_path / "page.txt").items) == ["tone", "sarcasm"]


def test_unless_a_folder_is_named_the_sheet_lies_in_sheets(tmp_path):
    (tmp_path / "page.txt").write_text("An article that argues.\n\nComments\n\nYes.\n\nNo.\n")
    desk(tmp_path / "page.txt", "me")
    assert (tmp_path / "sheets" / "page-me.csv").exists()


# What is shown


def test_the_values_are_those_of_the_item(sit):
    opened = sit()
    assert offered(opened) == ["1 negative", "2 mixed", "3 neutral", "4 positive"]
    opened.items["sarcasm"].click()
    assert offered(opened) == ["1 no", "2 yes", "3 unclear"]
    opened.items["k3"].click()
    assert offered(opened) == [f"{n} {value}" for n, value in enumerate(values_of("k3"), 1)]


def test_a_claim_is_asked_with_its_kind_and_the_words_of_the_author(sit, talk):
    opened = sit()
    opened.items["k3"].click()
    claim = talk.codebook.claims.loc["k3"]
    assert f"<b>{claim['text']}</b>" in opened.question.value
    assert claim["kind"] in opened.question.value
    assert claim["quote"] in opened.question.value


@pytest.mark.parametrize(
    ("comment_id", "above"), [("c05", []), ("c06", ["c05"]), ("c07", ["c05", "c06"])]
)
def test_a_comment_stands_below_those_it_answers_oldest_first(sit, talk, comment_id, above):
    assert thread(talk.comments, comment_id) == above
    opened = sit()
    while place(opened)[0] != comment_id:
        press(opened, "ArrowRight")
    assert re.findall(r"— (\w+)</p>", opened.comment.value) == [*above, comment_id]


def test_replies_in_a_ring_end(talk):
    ring = talk.comments.assign(reply_to=talk.comments["reply_to"].where(lambda s: s.notna(), "c07"))
    assert thread(ring, "c05") == ["c05", "c06", "c07"]


def test_no_text_becomes_part_of_the_page(sit, tmp_path):
    folder = tmp_path / "page"
    shutil.copytree(SEEDS / SEED, folder, ignore=shutil.ignore_patterns("layout.toml", "codings.csv"))
    text = (SEEDS / f"{SEED}.txt").read_text(encoding="utf-8")
    (tmp_path / "page.txt").write_text(f"{text}\n{HOSTILE}\n", encoding="utf-8")
    book = (folder / "codebook.toml").read_text(encoding="utf-8")
    book = book.replace('text = "There is much', 'text = "<b onclick=alert(3)>There is much')
    (folder / "codebook.toml").write_text(book, encoding="utf-8")
    opened = sit(seed=tmp_path / "page.txt")
    for key in ["ArrowRight"] * 30:
        if "onerror" in opened.comment.value:
            break
        press(opened, key)
    opened.items["k3"].click()
    opened.note.value = HOSTILE
    sheet = tmp_path / "page-me.csv"
    put_answer(sheet, load(tmp_path / "page.txt"), place(opened)[0], "k3", HOSTILE, was="")
    press(opened, "1")
    assert "&lt;img" in opened.comment.value
    assert "&lt;img" in opened.message.value
    page = "".join(one.value for one in (opened.head, opened.comment, opened.question, opened.message))
    page += "".join(child.value for child in opened.children if hasattr(child, "value"))
    for tag in ("<img", "<script", "<b onclick", "\u202e"):
        assert tag not in page


def test_what_a_notebook_keeps_of_a_desk_names_the_sheet_only(sit, sheet):
    assert repr(sit()) == f"The coding desk on {sheet.name}"


def test_the_rules_are_at_hand(sit):
    shown = "".join(child.value for child in sit().children if hasattr(child, "value"))
    assert "<summary>How to code</summary>" in shown
    assert "<h4>Tone</h4>" in shown
    assert "<td><code>silent</code></td><td>does not speak to the statement</td>" in shown


# Answering


def test_an_answer_is_on_disk_and_the_next_item_is_asked(sit, sheet):
    opened = sit()
    press(opened, "2")
    first = order(sheet)[0]
    assert rows(sheet)[first]["tone"] == "mixed"
    assert place(opened) == (first, "sarcasm")
    assert opened.items["tone"].description == "tone · mixed"
    assert "1 of 117 answers" in opened.head.value


def test_after_the_last_item_comes_the_next_comment(sit, sheet):
    opened = sit()
    fill(opened, 1)
    assert place(opened) == (order(sheet)[1], "tone")


def test_what_was_left_out_is_asked_before_the_next_comment(sit, sheet):
    opened = sit()
    opened.items["thesis"].click()
    for _ in range(len(opened.items) - 2):
        press(opened, "4")
    assert place(opened) == (order(sheet)[0], "tone")


def test_comments_left_out_are_asked_at_the_end(sit, sheet, talk):
    opened = sit(n=3)
    press(opened, "ArrowRight")
    fill(opened, 2)
    assert place(opened) == (order(sheet)[0], "tone")
    fill(opened, 1)
    assert "Every comment is answered" in opened.message.value
    assert "39 of 39 answers" in opened.head.value
    assert read_sheet(sheet, talk).empty == 0


def test_a_slip_is_corrected_and_one_is_back_where_one_was(sit, sheet):
    opened = sit()
    fill(opened, 2)
    press(opened, "3")
    before = place(opened)
    press(opened, "ArrowLeft")
    assert place(opened) == (order(sheet)[1], "tone")
    assert chosen(opened) == ["1 negative"]
    press(opened, "4")
    assert rows(sheet)[order(sheet)[1]]["tone"] == "positive"
    assert place(opened) == before


def test_a_value_that_the_item_does_not_have_is_none(sit, sheet):
    opened = sit()
    before = sheet.read_bytes()
    press(opened, "5")
    assert "only 4 values" in opened.message.value
    assert sheet.read_bytes() == before
    assert place(opened)[1] == "tone"


def test_arrows_go_through_items_and_comments_and_stop_at_the_ends(sit, sheet):
    opened, ids = sit(), order(sheet)
    wanted = [
        ("ArrowUp", (ids[0], "tone")),
        ("ArrowLeft", (ids[0], "tone")),
        ("ArrowDown", (ids[0], "sarcasm")),
        ("ArrowUp", (ids[0], "tone")),
        ("ArrowRight", (ids[1], "tone")),
        ("ArrowLeft", (ids[0], "tone")),
        *(("ArrowRight", (comment_id, "tone")) for comment_id in ids[1:]),
        ("ArrowRight", (ids[-1], "tone")),
    ]
    for key, there in wanted:
        press(opened, key)
        assert place(opened) == there
    assert "none in this direction" in opened.message.value
    assert set("".join(row["tone"] for row in rows(sheet).values())) == set()


def test_a_comment_that_one_turns_to_is_asked_from_its_first_item_without_a_value(sit):
    opened = sit()
    press(opened, "1")
    press(opened, "1")
    there = place(opened)
    press(opened, "ArrowRight")
    press(opened, "ArrowLeft")
    assert place(opened) == there


def test_every_act_is_drawn_once_so_that_the_page_takes_the_next(sit):
    opened = sit()
    opened.note.value = "words"
    for number, key in enumerate(("1", "ArrowUp", "5", "ArrowUp", "ArrowLeft", "ArrowRight"), 3):
        press(opened, key)
        assert opened._dom_classes == ("rj-desk", f"rj-drawn-{number}")


def test_an_interrupted_answer_is_told_and_can_be_given_again(sit, sheet, monkeypatch):
    opened, before = sit(), sheet.read_bytes()

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("rejoinder.coding.session.put_answer", interrupted)
        with pytest.raises(KeyboardInterrupt):
            press(opened, "1")
    assert "interrupted" in opened.message.value
    assert opened._dom_classes == ("rj-desk", "rj-drawn-2")
    assert (sheet.read_bytes(), place(opened)[1]) == (before, "tone")
    press(opened, "1")
    assert place(opened)[1] == "sarcasm"


# Notes


def test_a_note_is_saved_with_the_answer_that_follows(sit, sheet, talk):
    opened = sit()
    opened.note.value = "“=so”"
    assert "saved together with the answer" in opened.message.value
    assert "notes not saved yet: 1" in opened.head.value
    assert read_sheet(sheet, talk).codings.empty  # a sheet has no note without a value
    press(opened, "1")
    assert rows(sheet)[order(sheet)[0]]["tone note"] == "“=so”"
    assert "not saved" not in opened.head.value
    assert opened.note.value == ""


def test_a_note_on_what_is_answered_is_saved_when_it_is_typed(sit, sheet):
    opened = sit()
    press(opened, "1")
    press(opened, "ArrowUp")
    for note in ("so", "so it says", ""):
        opened.note.value = note
        assert rows(sheet)[order(sheet)[0]]["tone note"] == note


def test_a_note_without_an_answer_waits_where_it_was_written(sit, sheet):
    opened = sit()
    opened.note.value = "hm"
    press(opened, "ArrowRight")
    assert opened.note.value == ""
    press(opened, "1")
    assert rows(sheet)[order(sheet)[1]]["tone note"] == ""
    press(opened, "ArrowLeft")
    assert place(opened) == (order(sheet)[0], "tone")
    assert opened.note.value == "hm"
    assert "✎" in opened.items["tone"].description
    press(opened, "1")
    assert rows(sheet)[order(sheet)[0]]["tone note"] == "hm"


def test_looking_at_a_note_writes_nothing(sit, sheet):
    opened = sit()
    opened.note.value = "hm"
    press(opened, "1")
    before = sheet.stat().st_mtime_ns
    for key in ("ArrowUp", "ArrowDown", "ArrowRight", "ArrowLeft"):
        press(opened, key)
    assert sheet.stat().st_mtime_ns == before


# Resuming


@pytest.mark.parametrize("answers", [1, 12, 13, 14, 38])
def test_a_new_sitting_begins_where_the_last_one_was(sit, answers):
    opened = sit(n=3)
    for _ in range(answers):
        press(opened, "1")
    again = sit()
    assert place(again) == place(opened)
    assert f"{answers} of 39 answers" in again.head.value


def test_a_new_sitting_begins_at_what_was_left_out(sit, sheet):
    opened = sit()
    fill(opened, 1)
    press(opened, "1")
    press(opened, "ArrowDown")
    press(opened, "1")
    assert place(sit()) == (order(sheet)[1], "sarcasm")


def test_a_finished_sheet_opens_at_its_first_comment(sit, sheet):
    fill(sit(n=2), 2)
    again = sit()
    assert place(again) == (order(sheet)[0], "tone")
    assert "26 of 26 answers" in again.head.value


def test_what_a_spreadsheet_wrote_counts_and_can_be_replaced(sit, sheet, talk):
    sit()
    first = order(sheet)[0]
    put_answer(sheet, talk, first, "tone", " Negative", was="")
    opened = sit()
    assert place(opened) == (first, "sarcasm")
    press(opened, "ArrowUp")
    assert chosen(opened) == ["1 negative"]
    press(opened, "2")
    assert rows(sheet)[first]["tone"] == "mixed"


def test_a_sheet_filled_at_the_desk_is_taken_in(sit, tmp_path):
    shutil.copy(SEEDS / f"{SEED}.txt", tmp_path / "page.txt")
    shutil.copytree(SEEDS / SEED, tmp_path / "page", ignore=shutil.ignore_patterns("codings.csv"))
    opened = sit(seed=tmp_path / "page.txt")
    opened.note.value = "words"
    fill(opened, 1)
    told = add_codings(tmp_path / "page.txt", tmp_path / "page-me.csv", coder="me", kind="person")
    assert (told["added"], told["empty"], told["remarks"]) == (13, 104, [])


# Two desks on one sheet, and disks that fail


def test_an_answer_given_elsewhere_is_shown_and_replaced_only_on_purpose(sit, sheet):
    one, two = sit(), sit()
    press(one, "1")
    two.note.value = "mine"
    press(two, "3")
    first = order(sheet)[0]
    assert rows(sheet)[first]["tone"] == "negative"
    assert place(two) == (first, "tone")
    assert chosen(two) == ["1 negative"]
    assert "rj-problem" in two.message.value
    assert "negative" in two.message.value
    assert two.note.value == "mine"
    press(two, "3")
    assert rows(sheet)[first]["tone"] == "neutral"
    assert rows(sheet)[first]["tone note"] == "mine"
    assert place(two) == (first, "sarcasm")
    assert two.message.value == ""


def test_an_answer_taken_away_elsewhere_is_asked_again(sit, sheet, talk):
    opened, first = sit(), order(sheet)[0]
    press(opened, "1")
    put_answer(sheet, talk, first, "tone", "", was="negative")
    press(opened, "ArrowUp")
    press(opened, "2")
    assert "0 of 117 answers" in opened.head.value
    press(opened, "2")
    assert rows(sheet)[first]["tone"] == "mixed"


def test_of_two_notes_none_is_lost(sit, sheet):
    one, two = sit(), sit()
    first = order(sheet)[0]
    for opened, note in ((one, "theirs"), (two, "mine")):
        press(opened, "1")
        press(opened, "ArrowUp")
        opened.note.value = note
    assert rows(sheet)[first]["tone note"] == "theirs"
    assert "theirs" in two.message.value
    assert two.note.value == "theirs / mine"
    press(two, "ArrowDown")
    assert rows(sheet)[first]["tone note"] == "theirs / mine"


def test_two_desks_by_turns_keep_all_and_see_each_other_at_the_next_comment(sit, sheet):
    one, two = sit(), sit()
    ids = order(sheet)
    press(two, "ArrowRight")
    for _ in one.items:
        press(one, "1")
        press(two, "2")
    found = rows(sheet)
    assert [found[ids[0]][item] for item in one.items] == [values_of(item)[0] for item in one.items]
    assert [found[ids[1]][item] for item in one.items] == [values_of(item)[1] for item in one.items]
    # The first went on to the comment of the second, at what that one had not answered by then.
    assert place(one) == (ids[1], "k10")
    assert one.items["k9"].description == "k9 · disagree"
    press(two, "ArrowLeft")
    press(two, "ArrowLeft")
    assert two.items["k1"].description == "k1 · agree"
    assert "26 of 117 answers" in two.head.value


def test_a_comment_answered_elsewhere_is_not_asked(sit, sheet):
    one, two = sit(), sit()
    press(two, "ArrowRight")
    fill(two, 1)
    fill(one, 1)
    assert place(one) == (order(sheet)[2], "tone")


def test_after_a_full_disk_the_desk_stays_and_what_was_typed_can_be_saved(sit, sheet, monkeypatch):
    opened = sit()
    before, where = sheet.read_bytes(), place(opened)
    opened.note.value = "words"

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        press(opened, "2")
        assert "No space left on device" in opened.message.value
        assert "not saved" in opened.message.value
    assert sheet.read_bytes() == before
    assert (place(opened), chosen(opened), opened.note.value) == (where, [], "words")
    press(opened, "2")
    row = rows(sheet)[where[0]]
    assert (row["tone"], row["tone note"]) == ("mixed", "words")


def test_a_note_that_cannot_be_saved_keeps_the_desk_where_it_is(sit, sheet, monkeypatch):
    opened = sit()
    press(opened, "1")
    press(opened, "ArrowUp")
    where = place(opened)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        opened.note.value = "words"
        for key in ("ArrowDown", "ArrowRight"):
            press(opened, key)
            assert place(opened) == where
            assert opened.note.value == "words"
    press(opened, "ArrowRight")
    assert rows(sheet)[where[0]]["tone note"] == "words"
    assert place(opened)[0] == order(sheet)[1]


def removed(sheet):
    sheet.unlink()


def without_a_column(sheet):
    sheet.write_text(sheet.read_text().replace("k3 note", "k3 remark"))


def of_fewer_comments(sheet):
    sheet.unlink()
    write_sheet(load(SEED), sheet, n=4)


@pytest.mark.parametrize("change", [removed, without_a_column, of_fewer_comments])
def test_a_sheet_spoilt_meanwhile_is_told_and_the_desk_stays(sit, sheet, change):
    opened = sit()
    where = place(opened)
    change(sheet)
    press(opened, "ArrowRight")
    assert "rj-problem" in opened.message.value
    assert sheet.name in opened.message.value
    assert place(opened) == where
