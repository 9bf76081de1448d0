"""Tables written for a spreadsheet run nothing there, and are read back unchanged."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rejoinder
from hostile.payloads import PAYLOADS
from hostile.seed import write_seed
from rejoinder.coding import add_codings, write_sheet
from rejoinder.corpus.codings import COLUMNS, write_codings
from rejoinder.corpus.csv_io import read_cells
from rejoinder.csv_cells import guarded, unguarded, write_cells

# A cell that begins with a sign, after what a spreadsheet may skip, is a formula to it.
SKIPPED = " \t\r\n\v\f\u00a0\u2000\u2028\u2029\u3000\ufeff\u200b"
SIGNS = "=+-@＝＋－＠"
ODD = SIGNS + SKIPPED + "\"',;a1"
NASTY = st.one_of(st.text(ODD, max_size=6), st.text(max_size=6))
# NUL and lone surrogates cannot be written; they are replaced on purpose.
KEPT = st.one_of(
    st.text(ODD, max_size=6),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6),
)


def as_a_spreadsheet_does(path):
    """The cells of a file, as read by a program that knows nothing of our apostrophes."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def is_formula(cell):
    return cell.lstrip(SKIPPED).startswith(tuple(SIGNS))


@settings(deadline=None)
@given(NASTY)
def test_no_guarded_cell_is_a_formula(text):
    assert not is_formula(guarded(text)) and unguarded(guarded(text)) == text


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("tables") / "table.csv"


@settings(deadline=None)
@given(st.lists(st.tuples(KEPT, KEPT), max_size=4))
def test_a_table_is_read_back_unchanged(file, rows):
    write_cells(file, ["one", "two"], rows)
    kept = [row for row in rows if any(guarded(cell).strip() for cell in row)]
    assert [tuple(row.values()) for row in read_cells(file).rows.values()] == kept
    assert not any(is_formula(cell) for row in as_a_spreadsheet_does(file) for cell in row)


@settings(deadline=None)
@given(KEPT)
def test_a_delimiter_in_the_first_row_is_not_guessed_from_the_text(file, text):
    write_cells(file, ["one", "two", "three"], [("1", text, "3")])
    assert read_cells(file).header == ("one", "two", "three")


def test_a_payload_in_any_column_of_codings_is_read_back(file):
    for payload in PAYLOADS:
        row = dict.fromkeys(COLUMNS, payload.text) | {"weight": 1.0}
        write_codings(file, pd.DataFrame([row]))
        assert read_cells(file).rows[2] == row | {"weight": "1"}, payload.name
        assert not any(is_formula(cell) for line in as_a_spreadsheet_does(file)[1:] for cell in line)


def test_a_sheet_of_the_hostile_seed_runs_nothing_and_is_taken_in(tmp_path):
    page = write_seed(tmp_path)
    talk, sheet = rejoinder.load(page), tmp_path / "sheet.csv"
    write_sheet(talk, sheet)
    rows = as_a_spreadsheet_does(sheet)
    assert len(rows) == len(PAYLOADS) + 2  # and the article
    assert not any(is_formula(cell) for row in rows for cell in row)
    filled = list(read_cells(sheet).rows.values())
    assert {row["comment_id"]: row["text"] for row in filled} == dict(talk.texts)
    notes = dict(talk.comments["text"])
    for row in filled[:-1]:
        row |= {"tone": "mixed", "tone note": notes[row["comment_id"]]}
    write_cells(sheet, filled[0], (row.values() for row in filled))
    done = add_codings(page, sheet, coder="=2+5 <b>", kind="person")
    assert (done["added"], done["remarks"]) == (len(PAYLOADS), [])
    codings = rejoinder.load(page).codings
    mine = codings[codings["coder"] == "=2+5 <b>"].set_index("comment_id")["note"]
    assert dict(mine) == notes
