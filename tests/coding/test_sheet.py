import csv
import io
import shutil

import pandas as pd
import pytest

import rejoinder
from rejoinder.cli import main
from rejoinder.coding import add_codings, blank_sheet, how_to_code, read_sheet, sheet_path, write_sheet
from rejoinder.corpus.codings import items, text_sha
from rejoinder.corpus.csv_io import guarded, read_cells, unguarded
from rejoinder.corpus.load import SEEDS
from rejoinder.errors import CodingsError

SEED = "000_b03053bac9951049"
HOSTILE = (
    "An article that argues.\n\nComments\n\n"
    '=HYPERLINK("http://x","y")\n\n+1, "quite" so\n\n-2 and -3\n\n@all: ‘no’ – “yes”…\n\n'
    "'tis; true,\tindeed\n\n'=not a formula\n\n<script>alert(1)</script>\n"
)


@pytest.fixture
def seed(tmp_path):
    """The first seed without codings, as the path of its text."""
    shutil.copy(SEEDS / f"{SEED}.txt", tmp_path / "page.txt")
    shutil.copytree(SEEDS / SEED, tmp_path / "page", ignore=shutil.ignore_patterns("codings.csv"))
    return tmp_path / "page.txt"


@pytest.fixture
def talk(seed):
    return rejoinder.load(seed)


@pytest.fixture
def hostile(tmp_path):
    path = tmp_path / "hostile.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    return rejoinder.load(path)


@pytest.fixture
def sheet(talk, tmp_path):
    """A sheet with one comment coded throughout, as (path, discussion)."""
    path = tmp_path / "sheet.csv"
    write_sheet(talk, path)

    def fill(rows):
        for item in items(talk.codebook):
            rows[0][item] = {"tone": "negative", "sarcasm": "no"}.get(item, "silent")
        rows[0]["thesis"], rows[0]["thesis note"] = "agree", 'says “so”, and "so"'

    changed(path, fill)
    return path


def changed(path, change):
    """Rewrite the CSV at `path` after `change` of its rows (dicts)."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    rows = change(rows) or rows
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")


def test_a_blank_sheet_has_every_comment_once_and_no_coding():
    talk = rejoinder.load(SEED)
    assert len(talk.codings)
    table = blank_sheet(talk)
    assert sorted(table["comment_id"]) == sorted(talk.comments.index)
    coded = [column for item in items(talk.codebook) for column in (item, f"{item} note")]
    assert (table[coded] == "").all(axis=None)
    assert set(table["weight"]) == {"1"}


def test_the_order_is_shuffled_by_a_seed(talk):
    orders = [list(blank_sheet(talk, order=seed)["comment_id"]) for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]
    assert orders[0] != list(talk.comments.index)


def test_a_sample_says_how_many_comments_each_stands_for(talk):
    table = blank_sheet(talk, n=4)
    assert len(set(table["comment_id"])) == 4
    assert set(table["weight"]) == {"2.25"}


@pytest.mark.parametrize("n", [0, -1, 10])
def test_an_impossible_sample_is_refused(talk, n):
    with pytest.raises(CodingsError, match="from 9 comments"):
        blank_sheet(talk, n=n)


def test_every_comment_comes_into_a_sample_equally_often(talk):
    drawn = pd.concat([blank_sheet(talk, n=3, order=seed)["comment_id"] for seed in range(300)])
    assert drawn.value_counts().reindex(talk.comments.index).between(70, 130).all()


def test_what_is_filled_in_is_read_back(talk, sheet):
    filled = read_sheet(sheet, talk)
    assert list(filled.codings["item"]) == items(talk.codebook)
    assert filled.empty == 8 * 13
    assert filled.remarks == ()
    thesis = filled.codings.set_index("item").loc["thesis"]
    assert (thesis["value"], thesis["note"]) == ("agree", 'says “so”, and "so"')


def test_nothing_is_written_over_a_sheet(talk, sheet):
    before = sheet.read_bytes()
    with pytest.raises(CodingsError, match="exists already"):
        write_sheet(talk, sheet)
    assert sheet.read_bytes() == before


def test_beside_the_sheet_lies_how_to_code(talk, tmp_path):
    rules = write_sheet(talk, tmp_path / "new" / "sheet.csv").read_text(encoding="utf-8")
    assert rules == how_to_code(talk)
    for value in ("agree", "disagree", "mixed", "silent", "unclear", "negative", "neutral", "positive"):
        assert f"| `{value}` |" in rules
    for claim in talk.codebook.claims["text"]:
        assert claim in rules


def test_a_text_without_codebook_is_coded_for_tone_and_sarcasm(hostile):
    assert list(blank_sheet(hostile).columns[3:7]) == ["tone", "tone note", "sarcasm", "sarcasm note"]
    assert "statements of this article" not in how_to_code(hostile)


def test_no_cell_is_a_formula_and_every_text_is_read_back(hostile, tmp_path):
    path = tmp_path / "sheet.csv"
    write_sheet(hostile, path)
    for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    rows = read_cells(path, "sheet").rows.values()
    assert {row["comment_id"]: row["text"] for row in rows} == dict(hostile.comments["text"])


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "'", "''=1", "'=1", "'tis", "a=1", "", " =1"])
def test_guarding_a_cell_can_be_undone(text):
    assert unguarded(guarded(text)) == text


def put(row, column, value):
    def change(rows):
        rows[row][column] = value

    return change


BAD = {
    "an unknown value": (put(2, "k1", "yes"), r"row 4 \(c\d\d\): k1 is 'yes', not one of agree"),
    "a tone for a stance": (put(2, "thesis", "negative"), "row 4 .*thesis is 'negative'"),
    "a changed word": (
        lambda rows: put(3, "text", rows[3]["text"].replace("a", "b", 1))(rows),
        r"row 5 \(c\d\d\): the text is not what the comment says",
    ),
    "another comment's text": (
        lambda rows: put(3, "text", rows[4]["text"])(rows),
        "row 5 .*the text is not what the comment says",
    ),
    "a changed text_sha": (put(3, "text_sha", "abc"), "row 5 .*text_sha is not that of this comment"),
    "an unknown comment": (put(0, "comment_id", "c77"), "row 2 .*there is no comment 'c77'"),
    "a missing row": (lambda rows: rows[:4] + rows[5:], r"the row of c\d\d is missing"),
    "all rows missing": (
        lambda rows: [dict.fromkeys(rows[0], "")],
        "every row is missing",
    ),
    "a doubled row": (lambda rows: [*rows, rows[2]], r"row 11 \(c\d\d\): stands in row 4 already"),
    "a note without a value": (put(5, "k2 note", "why"), "row 7 .*k2 has a note and no value"),
    "a weight that is none": (put(5, "weight", "x"), "row 7 .*weight is 'x'"),
    "weights that differ": (put(5, "weight", "3"), "the weights of the rows differ"),
    "an added column": (
        lambda rows: [row.update(extra="") for row in rows] and None,
        "row 1 has the added column 'extra'",
    ),
    "a column left out": (lambda rows: [row.pop("k3") for row in rows] and None, "no column 'k3'"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_with_a_sheet_is_said_by_row_and_nothing_taken(seed, talk, sheet, what):
    change, message = BAD[what]

    changed(sheet, change)
    before = sheet.read_bytes()
    with pytest.raises(CodingsError, match=message):
        add_codings(seed, sheet, coder="A", kind="person")
    assert not (seed.with_suffix("") / "codings.csv").exists()
    assert sheet.read_bytes() == before


def test_rows_missing_from_a_sample_are_counted(talk, tmp_path):
    path = tmp_path / "sheet.csv"
    write_sheet(talk, path, n=5)
    changed(path, lambda rows: rows[1:])
    with pytest.raises(CodingsError, match="1 of the 5 rows are missing"):
        read_sheet(path, talk)


def mojibake(text):
    return text.encode("utf-8").decode("cp1252", errors="replace")


SAVED_ANEW = {
    "as UTF-16": lambda text: text.encode("utf-16"),
    "with a byte order mark": lambda text: text.encode("utf-8-sig"),
    "as Windows-1252": lambda text: text.encode("cp1252", errors="replace"),
    "in ASCII with question marks": lambda text: text.encode("ascii", errors="replace"),
    "as UTF-8 taken for Windows-1252": lambda text: mojibake(text).encode("utf-8"),
    "with straight quotation marks": lambda text: (
        text.replace("’", "'").replace("“", '""').replace("”", '""').encode("utf-8")
    ),
    "with Windows line ends": lambda text: text.replace("\n", "\r\n").encode("utf-8"),
}


@pytest.mark.parametrize("how", SAVED_ANEW)
def test_a_sheet_that_a_spreadsheet_saved_anew_keeps_its_codings(talk, sheet, how):
    before = read_sheet(sheet, talk).codings
    sheet.write_bytes(SAVED_ANEW[how](sheet.read_bytes().decode("utf-8")))
    filled = read_sheet(sheet, talk)
    columns = ["comment_id", "item", "value", "weight", "text_sha"]
    pd.testing.assert_frame_equal(filled.codings[columns], before[columns])
    if how in ("as UTF-16", "as Windows-1252"):  # nothing lost: one remark on the file
        assert any("it was saved as" in remark for remark in filled.remarks)
    elif how != "with a byte order mark":
        assert any("row " in remark and "saved differently" in remark for remark in filled.remarks)


def test_semicolons_are_remarked_on(talk, sheet):
    rows = list(csv.reader(io.StringIO(sheet.read_text(encoding="utf-8"), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    sheet.write_text(out.getvalue(), encoding="utf-8", newline="")
    assert "cells are parted by semicolons, not commas" in read_sheet(sheet, talk).remarks


def test_capitals_and_spaces_of_a_value_are_read_and_remarked_on(talk, sheet):
    changed(sheet, put(0, "thesis", " Agree "))
    filled = read_sheet(sheet, talk)
    assert filled.codings.set_index("item").loc["thesis", "value"] == "agree"
    assert any("thesis: ' Agree ' read as 'agree'" in remark for remark in filled.remarks)


def test_a_sheet_is_taken_in_once(seed, sheet):
    first = add_codings(seed, sheet, coder="A", kind="person")
    again = add_codings(seed, sheet, coder="A", kind="person")
    assert (first["added"], first["known"], first["empty"]) == (13, 0, 8 * 13)
    assert (again["added"], again["known"]) == (0, 13)
    codings = rejoinder.load(seed).codings
    assert set(codings["coder"]) == {"A"}
    assert set(codings["kind"]) == {"person"}


def test_nothing_coded_is_replaced(seed, sheet):
    add_codings(seed, sheet, coder="A", kind="person")
    kept = (seed.with_suffix("") / "codings.csv").read_bytes()
    changed(sheet, put(0, "thesis", "disagree"))
    with pytest.raises(CodingsError, match="thesis: A has already coded 'agree'"):
        add_codings(seed, sheet, coder="A", kind="person")
    assert (seed.with_suffix("") / "codings.csv").read_bytes() == kept
    add_codings(seed, sheet, coder="B", kind="language model")
    assert rejoinder.load(seed).codings["coder"].value_counts().to_dict() == {"A": 13, "B": 13}


def test_codings_of_another_reading_are_not_lost(seed, sheet):
    add_codings(seed, sheet, coder="A", kind="person")
    target = seed.with_suffix("") / "codings.csv"
    part = rejoinder.load(seed, reading="apart").comments.loc["c02b", "text"]
    with target.open("a", encoding="utf-8", newline="") as file:
        file.write(f"A,person,c02b,tone,negative,,1,{text_sha(part)}\n")
    changed(sheet, lambda rows: put(1, "tone", "neutral")(rows))
    add_codings(seed, sheet, coder="A", kind="person")
    assert "c02b" in set(rejoinder.load(seed, reading="apart").codings["comment_id"])


@pytest.mark.parametrize(("coder", "kind"), [("", "person"), ("A", "robot")])
def test_who_coded_must_be_said(seed, sheet, coder, kind):
    with pytest.raises(CodingsError, match=r"no coder is named|kind is .robot."):
        add_codings(seed, sheet, coder=coder, kind=kind)


def test_the_command_line_writes_a_sheet_and_takes_it_in(seed, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["sheet", "page.txt", "-n", "3"]) == 0
    path = sheet_path(rejoinder.load("page.txt"))
    assert capsys.readouterr().out.splitlines() == [
        "sheets/page.csv",
        "sheets/page.how-to-code.md",
    ]
    changed(path, put(0, "tone", "neutral"))
    assert main(["codings", "page.txt", str(path), "--coder", "A", "--kind", "person"]) == 0
    assert "1 codings of A added" in capsys.readouterr().out
    assert main(["sheet", "page.txt"]) == 1
    assert "exists already" in capsys.readouterr().err


def test_sheets_of_seeds_lie_beside_seeds_and_others_beside_their_text(talk, tmp_path):
    assert sheet_path(rejoinder.load(SEED), "B") == SEEDS.parent / "sheets" / f"{SEED}-B.csv"
    assert sheet_path(talk) == tmp_path / "sheets" / "page.csv"


def codings_of(seed):
    return seed.with_suffix("") / "codings.csv"


@pytest.mark.parametrize(
    ("coder", "kind", "message"),
    [
        ("adjudicated", "person", "needs its reason"),
        ("A", "language model", "coder 'A' was a person above"),
        ("J\udce9", "person", "signs that cannot be seen"),
        ("same", "person", "cannot be told from another word"),
        ("Adjudicated", "person", "cannot be told from another word"),
        ("a\nb", "person", "signs that cannot be seen"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(seed, talk, sheet, coder, kind, message):
    add_codings(seed, sheet, coder="A", kind="person")
    kept = codings_of(seed).read_bytes()
    changed(sheet, put(1, "tone", "neutral"))
    with pytest.raises(CodingsError, match=message):
        add_codings(seed, sheet, coder=coder, kind=kind)
    assert codings_of(seed).read_bytes() == kept
    assert len(rejoinder.load(seed).codings) == 13


def test_codings_with_decimal_commas_can_be_added_to(seed, talk, tmp_path):
    path = tmp_path / "sample.csv"
    write_sheet(talk, path, n=4)
    changed(path, put(0, "tone", "neutral"))
    add_codings(seed, path, coder="A", kind="person")
    text = codings_of(seed).read_text(encoding="utf-8").replace("2.25", '"2,25"')
    codings_of(seed).write_text(text, encoding="utf-8")
    add_codings(seed, path, coder="B", kind="person")
    assert list(rejoinder.load(seed).codings["weight"]) == [2.25, 2.25]


@pytest.mark.parametrize("weight", ["1125", "1_0", "9", "1e300", "4.5"])
def test_a_weight_that_no_sheet_of_this_size_has_is_refused(talk, sheet, weight):
    def weigh(rows):
        for row in rows:
            row["weight"] = weight

    changed(sheet, weigh)
    with pytest.raises(CodingsError, match="weight is"):
        read_sheet(sheet, talk)


def test_a_sample_and_the_whole_by_one_coder_are_not_mixed(seed, talk, sheet, tmp_path):
    path = tmp_path / "sample.csv"
    write_sheet(talk, path, n=9 // 2)
    changed(path, put(0, "tone", "negative"))
    first = read_sheet(path, talk).codings["comment_id"].iloc[0]
    add_codings(seed, path, coder="A", kind="person")

    def fill(rows):
        next(row for row in rows if row["comment_id"] == first)["tone"] = "negative"

    changed(sheet, fill)
    with pytest.raises(CodingsError, match="coded before in a sample of another size"):
        add_codings(seed, sheet, coder="A", kind="person")


def test_a_note_that_a_spreadsheet_re_quoted_is_the_same_note(seed, sheet):
    add_codings(seed, sheet, coder="A", kind="person")
    changed(sheet, put(0, "thesis note", 'says "so",\r\nand "so" '))
    assert add_codings(seed, sheet, coder="A", kind="person")["known"] == 13
    changed(sheet, put(0, "thesis note", "says no"))
    with pytest.raises(CodingsError, match="the note is not the one"):
        add_codings(seed, sheet, coder="A", kind="person")


@pytest.mark.parametrize(
    ("comment", "cell", "harmless"),
    [
        ("Да, это правда. OK", "Нет, ложь. OK", False),
        ("naïve façade", "nave faade", False),
        ("Да, это правда. OK", "Да, это правда. OK ", True),
        ("👍👍", "👍👍 ", True),
        ("Très “bien”, n’est-ce pas?", 'Tr?s "bien", n?est-ce pas?', True),
        ("x" * 40_000, "x" * 32_767, True),
        ("x" * 40_000, "x" * 30_000, False),
    ],
)
def test_only_what_a_spreadsheet_does_to_a_text_is_harmless(tmp_path, comment, cell, harmless):
    page = tmp_path / "words.txt"
    page.write_text(f"An article.\n\nComments\n\n{comment}\n", encoding="utf-8")
    talk, path = rejoinder.load(page), tmp_path / "sheet.csv"
    write_sheet(talk, path)
    changed(path, put(0, "text", cell))
    if harmless:
        assert any("saved differently" in remark for remark in read_sheet(path, talk).remarks)
    else:
        with pytest.raises(CodingsError, match="the text is not what the comment says"):
            read_sheet(path, talk)


def test_a_sheet_of_another_reading_can_be_taken_in(seed, tmp_path):
    path = tmp_path / "apart.csv"
    write_sheet(rejoinder.load(seed, reading="apart"), path)
    changed(path, put(0, "tone", "neutral"))
    assert add_codings(seed, path, coder="A", kind="person", reading="apart")["added"] == 1


def test_a_link_is_written_through(seed, sheet, tmp_path):
    shared = tmp_path / "shared.csv"
    add_codings(seed, sheet, coder="A", kind="person")
    codings_of(seed).rename(shared)
    codings_of(seed).symlink_to(shared)
    add_codings(seed, sheet, coder="B", kind="person")
    assert codings_of(seed).is_symlink()
    assert len(read_cells(shared, "shared").rows) == 26


def test_a_text_that_does_not_exist_leaves_no_folder(tmp_path, sheet):
    with pytest.raises(rejoinder.errors.SeedError):
        add_codings(tmp_path / "typo.txt", sheet, coder="A", kind="person")
    assert not (tmp_path / "typo").exists()


def test_rules_that_lie_there_already_are_not_touched(talk, tmp_path):
    (tmp_path / "k.how-to-code.md").write_text("my own", encoding="utf-8")
    write_sheet(talk, tmp_path / "k.csv")
    assert (tmp_path / "k.how-to-code.md").read_text(encoding="utf-8") == "my own"
