"""The coding app without a browser: what its buttons do, and what it shows."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import rejoinder
from coding.model_server import SEED, SEEDS
from coding.sheets import change, changed, rows
from rejoinder import coding
from rejoinder.coding import write_sheet
from rejoinder.coding.app import CodingApp, replied_to
from rejoinder.coding.session import Session
from rejoinder.corpus.codings import values_of
from rejoinder.errors import CodingsError, NameNotKnown, SeedError

HOSTILE = "<img src=x onerror=alert(1)></blockquote><script>alert(2)</script> $\\alpha$ \u202eevil"


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def app(talk, sheet):
    return CodingApp(Session(talk, sheet))


def press(app, *keys):
    """What a key does in the page: it clicks the button that bears it."""
    for key in keys:
        button = app.basis if key == "i" else app.moves.get(key)
        (button or app.values[int(key) - 1]).click()


def place(app):
    """The comment and the item that are being asked."""
    shown = re.findall(r"— (\w+)</p>", app.comment.value)[-1]
    (item,) = [item for item, button in app.items.items() if button.button_style]
    return shown, item


def test_app_replaces_a_blank_sheet_and_continues_a_begun_one(seed, talk, tmp_path):
    sheet = tmp_path / "sheets" / "page-李-1_b.csv"
    write_sheet(changed(talk, reword="k1"), sheet)
    first = coding.desk(seed, "李-1_b", n=4, order=3)
    drawn = list(rows(sheet))
    assert place(first) == (drawn[0], "tone") and sheet.name in first.head.value
    press(first, "1")
    again = coding.desk(seed, "李-1_b")
    assert (place(again), list(rows(sheet))) == ((drawn[0], "sarcasm"), drawn)
    press(again, "ArrowLeft", *["ArrowRight"] * 9)
    assert place(again) == ("article", "r1") and repr(again).endswith(sheet.name)
    change(sheet, (0, "text_sha", "of another article"))
    with pytest.raises(CodingsError, match="row 2"):
        coding.desk(seed, "李-1_b")


def test_what_cannot_be_coded_is_refused_and_writes_nothing(seed, tmp_path):
    for coder in ("", " ", "a b", "../me", "a/b", "a\\b", "me.", "x" * 41, "a\n", "*"):
        with pytest.raises(CodingsError) as raised:
            coding.desk(seed, coder)
        assert repr(coder) in raised.value.problem
    with pytest.raises(SeedError):
        coding.desk("no_such_seed", "me")
    with pytest.raises(CodingsError):
        coding.desk(seed, "me", n=10)
    assert not (tmp_path / "sheets").exists()


def test_values_and_question_are_those_of_the_item(app, talk):
    for item in ("tone", "sarcasm", "k3", "r5"):
        app.items[item].click()
        assert (app.basis.layout.display == "none") == (item in ("tone", "sarcasm"))
        offered = [button.description for button in app.values if button.layout.display != "none"]
        assert offered == [f"{n} {value}" for n, value in enumerate(values_of(item), 1)]
    point = talk.codebook.statements.loc["r5"]
    assert all(point[part] in app.question.value for part in ("text", "kind", "quote", "comment_id"))
    press(app, *["ArrowRight"] * 9)
    assert place(app) == ("article", "r1") and talk.article_text[:20] in app.comment.value
    assert (app.items["k1"].layout.display, app.items["r1"].layout.display) == ("none", None)


def test_comment_is_shown_below_those_it_answers(app, talk):
    for comment_id, above in (("c05", []), ("c06", ["c05"]), ("c07", ["c05", "c06"])):
        assert replied_to(talk.comments, comment_id) == above
    while place(app)[0] != "c07":
        press(app, "ArrowRight")
    assert re.findall(r"— (\w+)</p>", app.comment.value) == ["c05", "c06", "c07"]
    ring = talk.comments["reply_to"].where(lambda s: s.notna(), "c07")
    assert replied_to(talk.comments.assign(reply_to=ring), "c05") == ["c05", "c06", "c07"]
    assert replied_to(talk.comments.assign(reply_to="c99"), "c05") == []


def test_answers_are_saved_and_shown(app, sheet):
    press(app, "2")
    first, *others = rows(sheet)
    assert (place(app), rows(sheet)[first]["tone"]) == ((first, "sarcasm"), "mixed")
    assert "mixed" in app.items["tone"].description
    press(app, "ArrowUp")
    assert [button.description for button in app.values if button.button_style] == ["2 mixed"]
    press(app, "ArrowRight", "3")
    assert rows(sheet)[others[0]]["tone"] == "neutral"
    assert re.findall(r"\d+", app.head.value)[:6] == ["2", "10", "237", "2", "2", "237"]
    app.words["note"].value = "“=so”"
    before = sheet.read_bytes(), sheet.stat().st_mtime_ns
    press(app, "5")  # sarcasm has three values
    assert "3" in app.message.value
    press(app, "ArrowLeft")  # drawn once per action: with each the page takes one click
    assert (app.words["note"].value, app._dom_classes[1]) == ("", "rj-drawn-8")
    press(app, "ArrowRight", "ArrowUp", "ArrowDown")
    assert app.words["note"].value == rows(sheet)[others[0]]["sarcasm note"] == "“=so”"
    assert (sheet.read_bytes(), sheet.stat().st_mtime_ns) == before


def test_problem_is_shown_and_the_answer_can_be_repeated(app, sheet, monkeypatch):
    change(sheet, (0, "tone", "negative"))
    press(app, "3")
    app.words["note"].value = "mine"
    press(app, "ArrowUp")
    change(sheet, (0, "tone", "mixed"))
    press(app, "3")
    assert "rj-problem" in app.message.value and "mixed" in app.message.value
    with monkeypatch.context() as patch:
        patch.setattr(Session, "answer", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            press(app, "3")
    assert "rj-problem" in app.message.value
    press(app, "3")
    assert "rj-problem" not in app.message.value
    row = next(iter(rows(sheet).values()))
    assert (row["tone"], row["tone note"], place(app)[1]) == ("neutral", "mine", "sarcasm")


def test_stance_is_saved_with_basis_and_words_and_these_with_no_other_item(app, sheet):
    app.items["thesis"].click()
    press(app, "1")
    assert "rj-problem" in app.message.value and place(app)[1] == "thesis"
    app.words["quote"].value, app.words["note"].value = "Peking", "a doubt"
    press(app, "i", "1")
    app.words["quote"].value = "in Peking"
    press(app, "2")  # stated again
    row = [cell for name, cell in rows(sheet)["c07"].items() if name.split()[0] in ("thesis", "k1", "k2")]
    assert row == ["agree", "implied", "Peking", "a doubt", "disagree", "stated", "in Peking", *[""] * 5]
    press(app, "ArrowUp")
    assert [box.value for box in app.words.values()] == ["in Peking", ""]
    for item, shown in (("thesis", "1 agree implied"), ("k1", "2 disagree stated"), ("k2", None)):
        app.items[item].click()
        assert [one.description for one in app.values if one.button_style] == [shown] * bool(shown)


def test_words_that_cannot_be_saved_stay_in_their_box_until_the_next_action(app, sheet, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space")))
        app.words["quote"].value, app.words["note"].value = "Peking", "“why”"
        press(app, "ArrowDown", "1")
        assert "rj-problem" in app.message.value and place(app)[1] == "tone"
    press(app, "ArrowDown")
    assert list(rows(sheet)["c07"].values())[3:8] == ["", "Peking", "“why”", "", ""]
    change(sheet, (0, "sarcasm", "no"), (0, "sarcasm note", "theirs"))
    press(app, "2")  # refused; what is not typed is shown as others have saved it
    assert ("rj-problem" in app.message.value, app.words["note"].value) == (True, "theirs")


def test_no_text_becomes_part_of_the_page(talk, tmp_path):
    hostile = dict.fromkeys(("text", "quote", "kind", "comment_id"), HOSTILE)
    codebook = replace(talk.codebook, statements=talk.codebook.statements.assign(**hostile))
    talk = replace(talk, comments=talk.comments.assign(text=HOSTILE), codebook=codebook)
    write_sheet(talk, tmp_path / "s.csv")
    app = CodingApp(Session(talk, tmp_path / "s.csv"))
    app.items["r3"].click()
    change(tmp_path / "s.csv", (0, "r3", HOSTILE))
    press(app, "4")
    assert all("&lt;img" in one.value for one in (app.comment, app.question, app.message))
    parts = (app.head, app.comment, app.question, app.message, *app.children)
    shown = "".join(part.value for part in parts if hasattr(part, "value"))
    assert not [tag for tag in ("<img", "<script", "\u202e") if tag in shown]


def test_a_proposal_is_shown_after_the_answer_which_then_stays(seed, tmp_path):
    shutil.copy(SEEDS / SEED / "codings.csv", seed.with_suffix(""))
    talk = rejoinder.load(seed)
    app = coding.desk(seed, "me", model="B")
    sheet = tmp_path / "sheets" / "page-me.csv"
    first, item = place(app)
    own = talk.codings[(talk.codings["coder"] == "B") & (talk.codings["comment_id"] == first)]
    own = own.set_index("item").loc[item]
    assert app.proposal.layout.display == "none"
    app.proposal.click()  # as a page could, though there is no button
    assert "rj-problem" in app.message.value and rows(sheet)[first][f"{item} note"] == ""
    press(app, "1", "ArrowUp", "2", "ArrowUp")  # a slip can be corrected before
    assert own["value"] not in app.message.value
    app.proposal.click()
    assert f"B: {own['value']}" in app.message.value and place(app) == (first, item)
    press(app, "1")
    assert "rj-problem" in app.message.value
    app.words["note"].value = "I think so."
    assert (rows(sheet)[first][item], rows(sheet)[first][f"{item} note"]) == (
        "mixed", "I think so.; proposal seen"
    )  # fmt: skip
    press(coding.desk(seed, "me"), "ArrowLeft", "ArrowUp", "1")  # also where none can be shown
    assert rows(sheet)[first][item] == "mixed"
    press(app, "ArrowDown", "2")  # at once after an answer, for that answer
    app.proposal.click()
    assert place(app) == (first, "sarcasm")
    with pytest.raises(NameNotKnown):
        coding.desk(seed, "me", model="nobody")


def test_without_a_model_there_is_no_proposal(app):
    press(app, "1", "ArrowUp")
    assert app.proposal.layout.display == "none"
