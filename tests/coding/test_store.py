import pytest

import rejoinder
from coding.sheets import change
from rejoinder.cli import main
from rejoinder.coding import add_codings, read_sheet, write_sheet
from rejoinder.corpus.codings import text_sha
from rejoinder.errors import CodingsError


@pytest.fixture
def filled(sheet):
    change(sheet, (0, "thesis", "agree"), (0, "thesis note", 'says “so”, and "so"'), (0, "k1", "silent"))
    return sheet


@pytest.fixture
def target(seed):
    return seed.with_suffix("") / "codings.csv"


def test_sheet_is_added_once(seed, filled):
    first = add_codings(seed, filled, coder="A", kind="person")
    change(filled, (0, "thesis note", 'says "so",\r\nand "so" '))  # as a spreadsheet may save it
    again = add_codings(seed, filled, coder="A", kind="person")
    assert first == {"added": 2, "known": 0, "empty": 9 * 13 - 2, "remarks": []}
    assert (again["added"], again["known"]) == (0, 2)
    change(filled, (0, "thesis", "disagree"))
    assert add_codings(seed, filled, coder="B", kind="language model")["added"] == 2
    codings = rejoinder.load(seed).codings
    assert codings.groupby(["coder", "kind"]).size().to_dict() == {
        ("A", "person"): 2,
        ("B", "language model"): 2,
    }


REFUSED = {
    "another value": ([(0, "thesis", "disagree")], "A", "person", ["thesis", "'agree'"]),
    "another note": ([(0, "thesis note", "says no")], "A", "person", ["thesis"]),
    "a sample after the whole": ("sample", "A", "person", ["thesis", "weight 1"]),
    "a coder of another kind": ([(1, "tone", "mixed")], "A", "language model", ["'A'"]),
    "no coder": ([], " ", "person", ["coder"]),
    "an unknown kind": ([], "B", "robot", ["'robot'"]),
    "an adjudication without reason": ([], "adjudicated", "person", ["k1"]),
    "a taken name": ([], "same", "person", ["'same'"]),
    "a taken name in capitals": ([], "Adjudicated", "person", ["'Adjudicated'"]),
    "a line break": ([], "a\nb", "person", ["a\\nb"]),
    "half a character": ([], "J\udce9", "person", ["J\\udce9"]),
}


@pytest.mark.parametrize("what", REFUSED)
def test_nothing_is_replaced_and_nothing_unreadable_is_added(seed, talk, filled, target, tmp_path, what):
    changes, coder, kind, named = REFUSED[what]
    add_codings(seed, filled, coder="A", kind="person")
    before = target.read_bytes()
    if changes == "sample":
        first = read_sheet(filled, talk).codings["comment_id"].iloc[0]
        filled = tmp_path / "sample.csv"
        write_sheet(talk, filled, n=4)  # the same random seed: it begins with the same comment
        changes = [(0, "thesis", "agree"), (0, "thesis note", 'says “so”, and "so"')]
        assert first in filled.read_text(encoding="utf-8").splitlines()[1]
    change(filled, *changes)
    with pytest.raises(CodingsError) as raised:
        add_codings(seed, filled, coder=coder, kind=kind)
    assert all(one in raised.value.problem for one in named), raised.value.problem
    assert target.read_bytes() == before


def test_decimal_commas_in_codings_are_understood(seed, talk, target, tmp_path):
    path = tmp_path / "sample.csv"
    write_sheet(talk, path, n=4)
    change(path, (0, "tone", "neutral"))
    add_codings(seed, path, coder="A", kind="person")
    target.write_text(target.read_text(encoding="utf-8").replace("2.25", '"2,25"'), encoding="utf-8")
    assert add_codings(seed, path, coder="A", kind="person")["known"] == 1
    add_codings(seed, path, coder="B", kind="person")
    assert list(rejoinder.load(seed).codings["weight"]) == [2.25, 2.25]


def test_codings_of_another_reading_are_kept_and_can_be_added(seed, filled, target, tmp_path):
    add_codings(seed, filled, coder="A", kind="person")
    apart = rejoinder.load(seed, reading="apart")
    with target.open("a", encoding="utf-8", newline="") as file:
        file.write(f"A,person,c02b,tone,negative,,1,{text_sha(apart.comments.loc['c02b', 'text'])}\n")
    change(filled, (1, "tone", "neutral"))
    add_codings(seed, filled, coder="A", kind="person")
    assert "c02b" in set(rejoinder.load(seed, reading="apart").codings["comment_id"])
    write_sheet(apart, tmp_path / "apart.csv")
    change(tmp_path / "apart.csv", (0, "sarcasm", "yes"))
    told = add_codings(seed, tmp_path / "apart.csv", coder="B", kind="person", reading="apart")
    assert told["added"] == 1


def test_command_line_writes_a_sheet_and_adds_it(seed, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["sheet", "page.txt", "-n", "3"]) == 0
    written = ["sheets/page.csv", "sheets/page.how-to-code.md"]
    assert capsys.readouterr().out.splitlines() == written
    change(tmp_path / written[0], (0, "tone", "neutral"))
    assert main(["codings", "page.txt", written[0], "--coder", "A", "--kind", "person"]) == 0
    assert capsys.readouterr().out.startswith("1 ")
    assert main(["sheet", "page.txt"]) == 1
    assert written[0] in capsys.readouterr().err
