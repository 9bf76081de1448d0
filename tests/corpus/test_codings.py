"""codings.csv: what it gives; every faulty row is named; what a spreadsheet does to it does no harm."""

import csv
import io
import re
import shutil

import pandas as pd
import pytest

import rejoinder
from rejoinder.corpus.codings import COLUMNS, STANCE, values_of
from rejoinder.corpus.raw import seeds_folder
from rejoinder.errors import CodingsError

SEED = "000_b03053bac9951049"


@pytest.fixture
def seed(tmp_path):
    """A copy of the first seed: the path of its text, and of its codings."""
    shutil.copy(seeds_folder() / f"{SEED}.txt", tmp_path / "page.txt")
    shutil.copytree(seeds_folder() / SEED, tmp_path / "page")
    return tmp_path / "page.txt", tmp_path / "page" / "codings.csv"


def table_of(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def text_of(table, **options):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", **options).writerows(table)
    return out.getvalue()


def with_cells(row, **cells):
    """What puts values into the cells of a row (the header's is 1)."""

    def put(table):
        for column, value in cells.items():
            table[row - 1][table[0].index(column)] = value

    return put


def changed(seed, *changes):
    """The seed, loaded after functions have changed its table of codings."""
    table = table_of(seed[1].read_text(encoding="utf-8"))
    for change in changes:
        change(table)
    seed[1].write_text(text_of(table), encoding="utf-8", newline="")
    return rejoinder.load(seed[0])


# Of the file's rows, 2 to 5 are B's on tone, sarcasm, thesis and k1 of c08, 476 would be the next.
PERSON = {"coder": "P", "kind": "person"}
# What is done to the table, and what the problem must name.
BAD = {
    "unknown value": (with_cells(2, value="agreed"), "row 2: 'agreed'"),
    "unknown item": (with_cells(3, item="k99"), "row 3: 'k99' tone"),
    "unknown comment": (with_cells(4, comment_id="c99"), "row 4: 'c99'"),
    "no coder": (with_cells(5, coder=" "), "row 5: coder"),
    "invisible character": (with_cells(5, coder="A\u200b"), "row 5: coder"),
    "reserved name": (with_cells(5, coder="item"), "row 5: 'item'"),
    "two kinds of a coder": (with_cells(3, kind="person"), "row 3: 'B' person"),
    "cell coded twice": (lambda table: table.append(list(table[1])), "row 476: row 2 tone"),
    "weight that is no number": (with_cells(2, weight="much"), "row 2: 'much'"),
    "missing column": (lambda table: [row.pop(1) for row in table], "row 1 'kind'"),
    "added column": (lambda table: [row.append("remark") for row in table], "row 1 'remark'"),
    "column twice": (with_cells(1, kind="note"), "row 1 'note' 2"),
    "adjudication without a reason": (
        lambda t: t.append(["adjudicated", "person", *t[1][2:7], "", *t[1][8:]]),
        "row 476: adjudicated note",
    ),
    "no basis": (with_cells(4, **PERSON, value="agree", quote="USD"), "row 4: thesis agree basis"),
    "basis of silence": (with_cells(4, basis="stated"), "row 4: silent 'stated'"),
    "no quotation": (with_cells(4, **PERSON, value="unclear"), "row 4: unclear quote"),
    "other words": (with_cells(4, **PERSON, value="unclear", quote="Debt!"), "row 4: thesis 'Debt!'"),
    "tone of the article": (with_cells(2, comment_id="article"), "row 2: 'tone' r1"),
}


@pytest.mark.parametrize(("spoil", "named"), BAD.values(), ids=BAD)
def test_faulty_row_is_named_with_a_remedy(seed, spoil, named):
    with pytest.raises(CodingsError) as caught:
        changed(seed, spoil)
    assert str(caught.value.file).endswith("codings.csv")
    assert caught.value.remedy
    assert [word for word in named.split() if word not in caught.value.problem] == []


def test_all_faults_are_reported_at_once_up_to_a_number(seed):
    seed[1].write_text(seed[1].read_text(encoding="utf-8").replace(",language model,", ",robot,"))
    with pytest.raises(CodingsError, match=r"row 2: .*row 21: .* 454 more"):
        rejoinder.load(seed[0])


def test_values_depend_on_the_item_and_items_on_the_codebook(seed):
    assert values_of("k1") == values_of("thesis") == STANCE
    assert "silent" not in values_of("tone")
    (seed[1].parent / "codebook.toml").unlink()
    with pytest.raises(CodingsError, match="'thesis'"):
        rejoinder.load(seed[0])


def test_what_a_spreadsheet_does_on_saving_changes_no_coding(seed):
    before, table = rejoinder.load(seed[0]).codings, table_of(seed[1].read_text(encoding="utf-8"))
    table = [[*row[:8], row[8].replace("1", "1,0"), *row[9:]] for row in table] + [[""] * 11]
    seed[1].write_bytes(text_of(table, delimiter=";").encode("utf-16"))
    pd.testing.assert_frame_equal(rejoinder.load(seed[0]).codings, before)


def test_codings_of_a_comment_do_not_belong_to_its_parts(seed):
    voices, apart = (rejoinder.load(seed[0], reading=r).codings for r in ("voices", "apart"))
    assert set(voices["comment_id"]) - set(apart["comment_id"]) == {"c02"}
    assert len(apart) == len(voices) - (voices["comment_id"] == "c02").sum()
    assert list(voices.columns) == [*COLUMNS, "spans"]
    assert dict(voices.groupby("coder").size()) == {"B": 9 * 25 + 12, "C": 9 * 25 + 12}


def test_spans_are_the_quoted_words_and_none_if_a_language_model_made_them_up(seed):
    given, words = {"value": "agree", "basis": "implied"}, {4: "the  world … ‘USD’", 5: "Debt diplomacy!"}
    talk = changed(seed, *(with_cells(row, **given, quote=quote) for row, quote in words.items()))
    text = talk.comments.loc["c08", "text"]
    found = [[text[a:b] for a, b in spans] for spans in talk.codings["spans"][2:5]]
    assert found == [["the world", "USD"], [], []]


def test_codings_of_changed_comments_are_stale_and_can_be_beside_new_ones(seed):
    again = ["B", "language model", "c08", "tone", "mixed", *[""] * 3, "1", "0" * 64, ""]
    talk = changed(seed, with_cells(4, text_sha="0" * 64), lambda table: table.append(again))
    assert talk.stale.to_numpy()[:, :3].tolist() == [["B", "c08", "thesis"], ["B", "c08", "tone"]]
    assert (len(talk.codings), re.findall(r"stale\D+(\d+)", repr(talk))) == (473, ["2"])


def test_text_without_codings_has_an_empty_table_of_the_same_types(seed):
    kept = rejoinder.load(seed[0]).codings
    seed[1].write_text(",".join(COLUMNS))
    only_header = rejoinder.load(seed[0]).codings
    seed[1].unlink()
    for codings in (only_header, rejoinder.load(seed[0]).codings):
        assert codings.empty
        assert codings.dtypes.to_dict() == kept.dtypes.to_dict()
