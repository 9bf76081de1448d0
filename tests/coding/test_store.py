import re

import pytest

import rejoinder
from coding.sheets import ALL, change
from rejoinder.coding import add_codings, write_sheet
from rejoinder.corpus.codings import text_sha
from rejoinder.errors import CodingsError

THESIS = [
    (0, "thesis", "agree"), (0, "thesis basis", "implied"), (0, "thesis quote", "they don't … Peking"),
    (0, "thesis note", 'says “so”, and "so"'),
]  # fmt: skip


@pytest.fixture
def filled(sheet):
    """A sheet with two stances of c07."""
    change(sheet, *THESIS, (0, "k1", "silent"))
    return sheet


@pytest.fixture
def target(seed):
    return seed.with_suffix("") / "codings.csv"


def test_sheet_is_added_once(seed, filled):
    first = add_codings(seed, filled, coder="A", kind="person")
    change(filled, (0, "thesis note", 'says "so",\r\nand "so" '))  # as a spreadsheet may save it
    again = add_codings(seed, filled, coder="A", kind="person")
    assert first == {"added": 2, "known": 0, "empty": ALL - 2, "remarks": []}
    assert (again["added"], again["known"]) == (0, 2)
    change(filled, (0, "thesis", "disagree"), (0, "thesis quote", "nobody said this"))
    assert add_codings(seed, filled, coder="B", kind="language model")["added"] == 2
    codings = rejoinder.load(seed).codings
    assert list(codings["coder"] + codings["kind"]) == ["Aperson"] * 2 + ["Blanguage model"] * 2
    assert list(codings["spans"].map(len)) == [2, 0, 0, 0]  # the words of a language model are kept


REFUSED = {
    "another value": ([(0, "thesis", "disagree")], "A", "person", ["thesis", "'agree implied'"]),
    "another note": ([(0, "thesis note", "says no")], "A", "person", ["thesis"]),
    "another basis": ([(0, "thesis basis", "stated")], "A", "person", ["thesis", "'agree implied'"]),
    "another quotation": ([(0, "thesis quote", "Peking")], "A", "person", ["thesis"]),
    "no basis": ([(0, "k2", "agree"), (0, "k2 quote", "Peking")], "A", "person", ["c07", "k2", "basis"]),
    "other words": ([(2, "k2", "unclear"), (2, "k2 quote", "Xi")], "A", "person", ["c01", "k2", "'Xi'"]),
    "a sample after the whole": ("sample", "A", "person", ["thesis", "weight 1"]),
    "a coder of another kind": ([(1, "tone", "mixed")], "A", "language model", ["'A'"]),
    "no coder": ([], " ", "person", ["coder"]),
    "an unknown kind": ([], "B", "robot", ["'robot'"]),
    "an adjudication without reason": ([], "adjudicated", "person", ["k1"]),
    "a taken name": ([], "same", "person", ["'same'"]),
}


@pytest.mark.parametrize("what", REFUSED)
def test_nothing_is_replaced_and_nothing_unreadable_is_added(seed, talk, filled, target, tmp_path, what):
    changes, coder, kind, named = REFUSED[what]
    add_codings(seed, filled, coder="A", kind="person")
    before = target.read_bytes()
    if changes == "sample":
        filled = tmp_path / "sample.csv"
        write_sheet(talk, filled, n=4)  # the same random seed: it begins with the same comment
        changes = THESIS
    change(filled, *changes)
    with pytest.raises(CodingsError) as raised:
        add_codings(seed, filled, coder=coder, kind=kind)
    assert all(one in raised.value.problem for one in named), raised.value.problem
    assert target.read_bytes() == before


def test_codings_of_another_reading_are_kept_and_can_be_added(seed, filled, target, tmp_path):
    add_codings(seed, filled, coder="A", kind="person")
    apart = rejoinder.load(seed, reading="apart")
    with target.open("a", encoding="utf-8", newline="") as file:
        file.write(f"A,person,c02b,tone,negative,,,,1,{text_sha(apart.comments.loc['c02b', 'text'])},\n")
    change(filled, (1, "tone", "neutral"))
    add_codings(seed, filled, coder="A", kind="person")
    assert "c02b" in set(rejoinder.load(seed, reading="apart").codings["comment_id"])
    write_sheet(apart, tmp_path / "apart.csv")
    change(tmp_path / "apart.csv", (0, "sarcasm", "yes"))
    told = add_codings(seed, tmp_path / "apart.csv", coder="B", kind="person", reading="apart")
    assert told["added"] == 1


def test_reworded_statement_makes_its_codings_stale_and_is_coded_anew(seed, filled, tmp_path):
    add_codings(seed, filled, coder="A", kind="person")
    codebook = seed.with_suffix("") / "codebook.toml"
    text = codebook.read_text(encoding="utf-8").replace('"A deal with Putin', '"A pact with Putin')
    codebook.write_text(text, encoding="utf-8")
    talk = rejoinder.load(seed)
    assert (list(talk.stale["item"]), list(talk.codings["item"])) == (["thesis"], ["k1"])
    assert re.findall(r"stale\D+(\d+)", repr(talk)) == ["1"]
    write_sheet(talk, tmp_path / "new.csv")
    change(tmp_path / "new.csv", *THESIS, (0, "thesis", "disagree"))
    assert add_codings(seed, tmp_path / "new.csv", coder="A", kind="person")["added"] == 1
    again = add_codings(seed, tmp_path / "new.csv", coder="A", kind="person")
    assert (again["added"], ["1 coding" in one for one in again["remarks"]]) == (0, [True])
    talk = rejoinder.load(seed)
    assert (len(talk.stale), list(talk.codings["value"])) == (1, ["silent", "disagree"])
