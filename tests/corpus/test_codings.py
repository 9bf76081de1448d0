import csv
import io
import shutil

import pandas as pd
import pytest

import rejoinder
from rejoinder.corpus.codings import COLUMNS, STANCE, items, text_sha, values_of
from rejoinder.corpus.load import SEEDS
from rejoinder.errors import CodingsError

SEED = "000_b03053bac9951049"


@pytest.fixture
def seed(tmp_path):
    """A copy of the first seed, as (path of the text, path of its codings)."""
    shutil.copy(SEEDS / f"{SEED}.txt", tmp_path / "page.txt")
    shutil.copytree(SEEDS / SEED, tmp_path / "page")
    return tmp_path / "page.txt", tmp_path / "page" / "codings.csv"


def table_of(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def text_of(table):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue()


def cell(row, column, value):
    """What puts `value` into a cell of row `row` (the header's is 1)."""

    def put(table):
        table[row - 1][table[0].index(column)] = value

    return put


def without(column):
    def drop(table):
        at = table[0].index(column)
        for row in table:
            del row[at]

    return drop


def with_column(name):
    def add(table):
        for row in table:
            row.append(name if row is table[0] else "")

    return add


def other_kind_below(table):
    table[2][table[0].index("kind")] = "person"


BAD = {
    "an unknown value": (cell(2, "value", "agreed"), "row 2: .* is 'agreed', not one of"),
    "a stance for the tone": (
        lambda table: (cell(2, "item", "tone")(table), cell(2, "value", "silent")(table)),
        "row 2: tone is 'silent', not one of negative, mixed, neutral, positive",
    ),
    "an empty value": (cell(2, "value", ""), "row 2: .* is '', not one of"),
    "a value in capitals": (cell(2, "value", "NEGATIVE"), "row 2: .*'NEGATIVE'"),
    "an unknown item": (cell(3, "item", "k99"), "row 3: there is no item 'k99'; there are tone"),
    "an unknown comment": (cell(4, "comment_id", "c99"), "row 4: there is no comment 'c99'"),
    "words that have changed": (cell(4, "text_sha", "0" * 64), "row 4: the words of .* are not those"),
    "another comment's words": (
        lambda table: cell(2, "text_sha", table[-1][-1])(table),
        "row 2: the words of",
    ),
    "a coder without a name": (cell(5, "coder", " "), "row 5: no coder is named"),
    "an unknown kind of coder": (cell(5, "kind", "robot"), "row 5: kind is 'robot', not one of person"),
    "a coder of two kinds": (
        other_kind_below,
        "row 3: coder 'A' was a language model above",
    ),
    "one cell coded twice": (lambda table: table.append(list(table[1])), "stands in row 2 already"),
    "a weight that is no number": (cell(2, "weight", "much"), "row 2: weight is 'much'"),
    "a weight below 1": (cell(2, "weight", "0.5"), "row 2: weight is '0.5'"),
    "an endless weight": (cell(2, "weight", "inf"), "row 2: weight is 'inf'"),
    "a missing column": (without("kind"), "row 1 has no column 'kind'"),
    "an added column": (with_column("remark"), "row 1 has the added column 'remark'"),
    "a column twice": (with_column("note"), "row 1 has the column 'note' 2 times"),
    "a row too short": (lambda table: table[6].pop(), "row 7 has 7 cells, the header has 8"),
    "an adjudication without a reason": (
        lambda table: table.append(["adjudicated", "person", *table[1][2:5], "", *table[1][6:]]),
        "an adjudicated value needs its reason",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_codings_are_refused_with_row_and_remedy(seed, what):
    spoil, message = BAD[what]
    table = table_of(seed[1].read_text(encoding="utf-8"))
    spoil(table)
    seed[1].write_text(text_of(table), encoding="utf-8", newline="")
    with pytest.raises(CodingsError, match=message) as caught:
        rejoinder.load(seed[0])
    assert str(caught.value.file).endswith("codings.csv")
    assert caught.value.remedy


BAD_BYTES = {
    "an empty file": (b"", "is empty"),
    "an open quotation mark": (b'coder,"kind\nA,person\n', "row 1 is not CSV"),
    "a header alone that is none": (b"\n\n", "is empty"),
    "NUL bytes": (b"coder,kind\n\0\n", "NUL"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", "."),
}


@pytest.mark.parametrize("what", BAD_BYTES)
def test_a_file_that_is_no_table_is_refused(seed, what):
    data, message = BAD_BYTES[what]
    seed[1].write_bytes(data)
    with pytest.raises(CodingsError, match=message):
        rejoinder.load(seed[0])


def test_a_folder_in_place_of_the_file_is_refused(seed):
    seed[1].unlink()
    seed[1].mkdir()
    with pytest.raises(CodingsError, match="cannot be read"):
        rejoinder.load(seed[0])


def test_all_mistakes_are_told_at_once_up_to_a_number(seed):
    table = table_of(seed[1].read_text(encoding="utf-8"))
    for row in table[1:]:
        row[table[0].index("value")] = "?"
    seed[1].write_text(text_of(table), encoding="utf-8", newline="")
    with pytest.raises(CodingsError, match=f"row 2: .*row 21: .*and {len(table) - 1 - 20} more"):
        rejoinder.load(seed[0])


def test_codings_without_codebook_may_be_of_tone_and_sarcasm_only(seed):
    (seed[1].parent / "codebook.toml").unlink()
    with pytest.raises(CodingsError, match="there is no item 'thesis'; there are tone, sarcasm"):
        rejoinder.load(seed[0])


@pytest.mark.parametrize(
    "again",
    [
        lambda text: ("\ufeff" + text).encode("utf-8"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode("utf-8"),
        lambda text: text_of(table_of(text)).encode("utf-8"),
        lambda text: (text + "\n,,,,,,,\n").encode("utf-8"),
    ],
    ids=["byte order mark", "UTF-16", "CRLF", "re-quoted", "empty rows"],
)
def test_a_spreadsheets_way_of_saving_changes_no_coding(seed, again):
    before = rejoinder.load(seed[0]).codings
    text = seed[1].read_bytes().decode("utf-8")
    seed[1].write_bytes(again(text))
    columns = [column for column in COLUMNS if column != "note"]
    pd.testing.assert_frame_equal(rejoinder.load(seed[0]).codings[columns], before[columns])


def test_semicolons_for_commas_change_no_coding(seed):
    before = rejoinder.load(seed[0]).codings
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(table_of(seed[1].read_text(encoding="utf-8")))
    seed[1].write_text(out.getvalue(), encoding="utf-8", newline="")
    pd.testing.assert_frame_equal(rejoinder.load(seed[0]).codings, before)


def test_codings_of_a_comment_that_a_reading_divides_do_not_belong_to_its_parts(seed):
    voices, apart = (rejoinder.load(seed[0], reading=r).codings for r in ("voices", "apart"))
    assert set(voices["comment_id"]) - set(apart["comment_id"]) == {"c02"}
    assert len(apart) == len(voices) - (voices["comment_id"] == "c02").sum()


def test_the_first_seeds_codings_are_whole():
    talk = rejoinder.load(SEED)
    assert list(talk.codings.columns) == list(COLUMNS)
    apart = talk.codings[talk.codings["coder"] != "adjudicated"]
    assert apart["coder"].nunique() >= 2
    cells = len(talk.comments) * len(items(talk.codebook))
    assert (apart.groupby("coder").size() == cells).all()
    assert set(talk.codings["kind"]) <= {"person", "language model"}


def test_a_coding_is_tied_to_the_words_by_their_sha256():
    assert text_sha("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert text_sha("a’b") != text_sha("a'b")


def test_claims_take_stances_and_tone_and_sarcasm_values_of_their_own():
    assert values_of("k1") == values_of("thesis") == STANCE
    assert "silent" not in values_of("tone")
    assert "unclear" in values_of("sarcasm")


def test_a_text_without_codings_has_an_empty_table_with_the_same_columns(seed):
    kept = rejoinder.load(seed[0]).codings
    seed[1].unlink()
    codings = rejoinder.load(seed[0]).codings
    assert codings.empty
    assert codings.dtypes.to_dict() == kept.dtypes.to_dict()
