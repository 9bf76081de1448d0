import csv
import io
from dataclasses import replace

import pandas as pd
import pytest

import rejoinder
from coding.sheets import ALL, EACH, OF_ARTICLE, change, changed
from rejoinder import coding
from rejoinder.coding import blank_sheet, how_to_code, read_sheet, sheet_path, write_sheet
from rejoinder.coding.sheet import item_columns
from rejoinder.corpus.codings import items
from rejoinder.discussion import Codebook
from rejoinder.errors import CodingsError

READERS = [f"r{n}" for n in range(1, 13)]


def without(*columns):
    """What takes columns out of a sheet."""
    return lambda table: [[row.pop(column) for column in columns] for row in table] and None


@pytest.fixture
def filled(talk, sheet):
    """A sheet with one comment coded throughout."""
    values = dict.fromkeys(items(talk.codebook), "silent") | {"tone": "mixed", "sarcasm": "no"}
    values |= {"thesis": "agree", "thesis basis": "implied", "thesis quote": "Peking"}
    change(sheet, *((0, column, value) for column, value in values.items()))
    return sheet


def test_blank_sheet_has_every_comment_once_and_shows_no_coding():
    talk = rejoinder.load("000_b03053bac9951049")
    assert len(talk.codings)
    table = blank_sheet(talk)
    assert sorted(table["comment_id"][:-1]) == sorted(talk.comments.index)
    assert list(table.iloc[-1, :3]) == ["article", "", talk.article_text]
    assert (table.loc[:, "tone":"r12 note"] == "").all(axis=None) and set(table["weight"]) == {"1"}


def test_order_is_random_and_repeatable_and_a_sample_has_weights(talk):
    orders = [list(blank_sheet(talk, order=seed)["comment_id"]) for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2] and orders[0] != list(talk.comments.index)
    bare = replace(talk, codebook=Codebook.empty())
    assert list(blank_sheet(bare).columns[3:6]) == ["tone", "tone quote", "tone note"]
    assert how_to_code(bare) == how_to_code()
    table = blank_sheet(talk, n=4)
    assert table["comment_id"].is_unique and list(table["weight"]) == [*["2.25"] * 4, "1"]
    drawn = pd.concat([blank_sheet(talk, n=3, order=seed)["comment_id"] for seed in range(300)])
    assert drawn.value_counts().reindex(talk.comments.index).between(70, 130).all()
    for n in (0, -1, 10):
        with pytest.raises(CodingsError) as raised:
            blank_sheet(talk, n=n)
        assert str(n) in raised.value.problem


def test_rules_are_beside_the_sheet_and_follow_the_codebook(talk, tmp_path):
    text = write_sheet(talk, tmp_path / "new" / "s.csv").read_text(encoding="utf-8")
    assert text == how_to_code(talk) == (tmp_path / "new" / "s.how-to-code.md").read_text("utf-8")
    assert text.startswith(how_to_code())
    for value in ("agree", "disagree", "mixed", "silent", "unclear", "negative", "neutral", "positive"):
        assert f"| `{value}` |" in how_to_code()
    statements = talk.codebook.statements
    assert all(words in text for words in (*statements["text"], *statements["quote"]))
    new = write_sheet(changed(talk, reword="r1"), tmp_path / "new" / "s.csv").read_text("utf-8")
    assert new == text.replace(statements.loc["r1", "text"], "In other words.")


@pytest.mark.parametrize(("change_of_sheet", "replaced"), [
    ((4, "tone", " "), True), ((4, "tone", "x"), False), ((4, "r1 basis", "x"), False),
    ((4, "r1 quote", "x"), False), ((9, "r1 note", "x"), False), (without("weight"), False),
])  # fmt: skip
def test_only_a_sheet_in_which_nothing_is_filled_in_is_replaced(talk, sheet, change_of_sheet, replaced):
    change(sheet, change_of_sheet)
    rules = sheet.with_name("sheet.how-to-code.md")
    before, new = (sheet.read_bytes(), rules.read_bytes()), changed(talk, reword="k1")
    if replaced:
        write_sheet(new, sheet, n=3)
        assert read_sheet(sheet, new).empty == 3 * EACH + OF_ARTICLE
        assert rules.read_text("utf-8") == how_to_code(new)
    else:
        with pytest.raises(CodingsError) as raised:
            write_sheet(new, sheet)
        assert raised.value.file == sheet
        assert (sheet.read_bytes(), rules.read_bytes()) == before  # the rules that it was begun with


def test_sheets_are_beside_the_seeds_folder_or_in_the_working_folder(talk, tmp_path, monkeypatch):
    (tmp_path / "notebooks" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "notebooks" / "deep")
    assert sheet_path(talk) == tmp_path / "notebooks" / "deep" / "sheets" / "page.csv"
    (tmp_path / "seeds").mkdir()
    assert sheet_path(talk, "B") == tmp_path / "sheets" / "page-B.csv"
    assert not (tmp_path / "sheets").exists()


FAULTS = {
    "an unknown value": ((2, "k1", "yes"), ["row 4", "k1", "'yes'"]),
    "the text of another comment": (lambda t: t[3].update(text=t[4]["text"]), ["row 5"]),
    "a changed checksum": ((3, "text_sha", "abc"), ["row 5", "text_sha"]),
    "an unknown comment": ((0, "comment_id", "c77"), ["row 2", "c77"]),
    "a missing row": (lambda t: t[:4] + t[5:], ["8", "9", "c0"]),
    "no rows": (lambda t: [dict.fromkeys(t[0], "")], ["0 of 9"]),
    "a missing article": (lambda t: t[:-1], ["article"]),
    "a doubled row": (lambda t: [*t, t[2]], ["row 12", "row 4"]),
    "the author's statement for the article": ((9, "k1", "agree"), ["row 11", "k1"]),
    "no number as weight": ((5, "weight", "x"), ["weight", "x"]),
    "weights that differ": ((5, "weight", "3"), ["weight", "1, 3"]),
    "text in a column without a name": (lambda t: t[2].update({"": "x"}), ["row 4", "'x'"]),
    "an added column": (lambda t: [row.update(extra="") for row in t] and None, ["'extra'"]),
    "a column left out": (without("k3 basis"), ["'k3 basis'"]),
    "a statement left out": (without(*item_columns("k3")), ["'k3'"]),
    "the tone left out": (without(*item_columns("tone")), ["'tone'"]),
}
for weight in ("1125", "1_0", "9", "1e300", "4.5"):  # that no sheet of 9 comments has
    FAULTS[weight] = (lambda t, w=weight: [row.update(weight=w) for row in t] and None, ["weight"])


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_of_a_sheet_are_named_and_nothing_is_taken_in(seed, filled, fault):
    changed, named = FAULTS[fault]
    change(filled, changed)
    before = filled.read_bytes()
    with pytest.raises(CodingsError) as raised:
        coding.add_codings(seed, filled, coder="A", kind="person")
    assert all(one in raised.value.problem for one in named), raised.value.problem
    assert raised.value.file == str(filled) and not (seed.with_suffix("") / "codings.csv").exists()
    assert filled.read_bytes() == before


table = lambda text: pd.read_csv(io.StringIO(text), dtype="str", keep_default_na=False)  # noqa: E731


def saved(text, delimiter=",", *, before="", row=lambda number, row: row):
    """The table as another program saved it."""
    out = io.StringIO(before, newline="")
    out.seek(0, io.SEEK_END)
    lines = csv.reader(io.StringIO(text, newline=""))
    csv.writer(out, delimiter=delimiter).writerows(row(n, one) for n, one in enumerate(lines))
    return out.getvalue().encode()


STRAIGHT = str.maketrans({"’": "'", "“": '""', "”": '""'})
# How a program saved it: the bytes, and whether there is a remark on the file, on its rows, or none.
SAVED = {
    "UTF-8 with a mark": (lambda text: text.encode("utf-8-sig"), ""),
    "UTF-16": (lambda text: text.encode("utf-16"), "UTF-16"),
    "Windows-1252": (lambda text: text.encode("cp1252", errors="replace"), "Windows-1252"),
    "ASCII": (lambda text: text.encode("ascii", errors="replace"), "row "),
    "mixed encodings": (lambda text: text.encode().decode("cp1252", "replace").encode(), "row "),
    "straight quotation marks": (lambda text: text.translate(STRAIGHT).encode(), "row "),
    "Windows line ends": (lambda text: text.replace("\n", "\r\n").encode(), "row "),
    "semicolons": (lambda text: table(text).to_csv(sep=";", index=False).encode(), "semicolons"),
    "a line that says so": (lambda text: saved(text, ";", before="sep=;\r\n"), "semicolons"),
    "bars": (lambda text: saved(text, "|"), "bars"),
    "a title": (lambda text: saved(text, before="Table 1,,\r\n\r\n"), "Table 1"),
    "a title and semicolons": (lambda text: saved(text, ";", before="Our sheet\n"), "Our sheet"),
    "blank first rows": (lambda text: saved(text, before="\r\n,,,\r\n"), ""),
    "empty columns": (lambda text: saved(text, row=lambda n, row: ["", *row, "", " "]), ""),
    "invisible signs in a value": (
        lambda text: text.replace("mixed", "\ufeffmixed\u200b").encode(),
        "row 2",
    ),
}


@pytest.mark.parametrize("how", SAVED)
def test_sheet_saved_by_a_spreadsheet_keeps_its_codings(talk, filled, how):
    save, remark = SAVED[how]
    before = read_sheet(filled, talk).codings
    filled.write_bytes(save(filled.read_bytes().decode()))
    after = read_sheet(filled, talk)
    pd.testing.assert_frame_equal(after.codings.drop(columns="note"), before.drop(columns="note"))
    assert any(remark in one for one in after.remarks) if remark else after.remarks == ()


def test_rounded_weight_is_made_exact(talk, tmp_path):
    write_sheet(talk, tmp_path / "s.csv", n=7)
    given = ((0, "tone", "mixed"), (7, "r1", "silent"))  # the article stands for itself
    change(tmp_path / "s.csv", *given, *((row, "weight", "1,28571") for row in range(7)))
    assert list(read_sheet(tmp_path / "s.csv", talk).codings["weight"]) == [9 / 7, 1]


def test_untidy_values_and_notes_without_a_value_are_remarked_on(talk, filled):
    change(filled, (0, "thesis", " Agree "), (1, "k2 note", "why"))
    read = read_sheet(filled, talk)
    assert (list(read.codings["item"]), read.empty) == (items(talk.codebook), ALL - EACH)
    assert read.codings.set_index("item").loc["thesis", "value"] == "agree"
    assert ["row 2" in read.remarks[0], "row 3" in read.remarks[1]] == [True, True]


@pytest.mark.parametrize("later", [["r12"], ["k3", "r1"], READERS])  # the last has no row for the article
def test_sheet_without_later_statements_is_taken_in_with_a_remark(talk, sheet, later):
    write_sheet(changed(talk, drop=later), sheet)
    change(sheet, (0, "tone", "mixed"))
    read = read_sheet(sheet, changed(talk, reword=later[0]))
    cells = 9 * (EACH - len(later)) + OF_ARTICLE - len({*later} & {*READERS})
    assert (list(read.codings["item"]), read.empty) == (["tone"], cells - 1)
    assert all(item in read.remarks[0] for item in later)


def test_sheet_of_a_reworded_statement_is_refused(talk, filled):
    with pytest.raises(CodingsError) as raised:
        read_sheet(filled, changed(talk, reword="k3"))
    assert ["k3" in raised.value.problem, "k4" in raised.value.problem] == [True, False]
    assert raised.value.file == str(filled) and raised.value.remedy


def one_comment(folder, comment):
    """A page with this comment, and its sheet."""
    page = folder / "words.txt"
    page.write_text(f"An article.\n\nComments\n\n{comment}\n\nAnother.\n\nOK\n", encoding="utf-8")
    talk = rejoinder.load(page)
    write_sheet(talk, folder / "sheet.csv")
    change(folder / "sheet.csv", lambda t: sorted(t, key=lambda row: row["comment_id"]))
    return talk, folder / "sheet.csv"


LONG = "The plan is dear. " * 2_200


@pytest.mark.parametrize(("comment", "cell"), [
    ("Да, это правда. OK", "Нет, ложь. OK"), ("naïve façade", "naive facade"),
    ("x" * 40_000, "x" * 32_767),
       ("Да, это правда. OK", "Да, это правда. OK "), ("👍👍", "👍👍 "), ("👍👍", "????"),
    ("👍", "ðŸ‘\x8d"), ("—", "â€”"),
    ("Très “bien”, n’est-ce pas?", 'Tr?s "bien", n?est-ce pas?'), ("- " + LONG, "- " + LONG[:32_764]),
    ("Мир краще за війну.", "??? ????? ?? ?????."), ("和平比战争好", "??????"), ("Any words", ""),
    ("Да. OK", "??. OK"),
])  # fmt: skip
def test_text_of_a_comment_may_be_saved_otherwise_if_its_checksum_fits(tmp_path, comment, cell):
    talk, path = one_comment(tmp_path, comment)
    change(path, (0, "text", cell), (0, "tone", "mixed"))
    read = read_sheet(path, talk)
    assert (len(read.codings), ["row 2" in one for one in read.remarks]) == (1, [True])
    change(path, (0, "text", "Another."))
    with pytest.raises(CodingsError, match="row 2"):
        read_sheet(path, talk)


def test_rows_without_their_last_empty_cells_are_read(tmp_path):
    talk, path = one_comment(tmp_path, "One.")  # without a codebook no row has statement_sha
    change(path, (0, "tone", "mixed"))
    path.write_bytes(saved(path.read_text("utf-8"), row=lambda n, row: row[:-1] if n > 1 else row))
    assert len(read_sheet(path, talk).codings) == 1
    path.write_bytes(saved(path.read_text("utf-8"), row=lambda n, row: row[:-2] if n == 2 else row))
    with pytest.raises(CodingsError, match="row 3"):
        read_sheet(path, talk)
