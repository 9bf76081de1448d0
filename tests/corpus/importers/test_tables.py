# ruff: noqa: E501 - tables of tables
"""Tables of comments from any scraper: columns are guessed, said, and can be named."""

import io
import json

import openpyxl
import pandas as pd
import pytest

from rejoinder.corpus.importers import read_export
from rejoinder.errors import ExportError

ROWS = [
    {"comment_id": "a1", "author": "Ann", "created": "2025-03-01T10:00:00Z", "body": "Keep the cars out.", "likes": 3},
    {"comment_id": "a2", "author": "Bob", "created": "2025-03-02T10:00:00Z", "body": "No; never, ever.", "likes": None},
]  # fmt: skip


@pytest.fixture
def write(tmp_path):
    def written(content, name="comments.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def excel(rows, *, above=(), other=()):
    book = openpyxl.Workbook()
    book.active.title = "about"
    sheet = book.create_sheet("comments")
    for row in other:
        book.active.append(row)
    for row in [*above, list(rows[0]), *([*row.values()] for row in rows)]:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet(rows):
    out = io.BytesIO()
    pd.DataFrame(rows).to_parquet(out)
    return out.getvalue()


TABLE = pd.DataFrame(ROWS)
FORMS = {
    "csv": TABLE.to_csv(index=False),
    "csv with an index": TABLE.to_csv(),
    "semicolons": TABLE.to_csv(index=False, sep=";"),
    "tabs": TABLE.to_csv(index=False, sep="\t"),
    "utf-16": TABLE.to_csv(index=False).encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf" + TABLE.to_csv(index=False).encode(),
    "json lines": "\n".join(map(json.dumps, ROWS)),
    "json": json.dumps(ROWS),
    "json in an object": json.dumps({"comments": ROWS, "n": 2}),
    "nested json": json.dumps([{**row, "author": {"name": row["author"]}} for row in ROWS]),
    "excel": excel(ROWS, above=[["Post", "https://a.org"], []], other=[["made by", "a tool"]]),
    "parquet": parquet(ROWS),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_rows_in_any_form(write, form):
    found = read_export(write(FORMS[form], "comments.bin"))
    assert list(found.comments["comment_id"]) == ["a1", "a2"]
    assert list(found.comments["text"]) == [row["body"] for row in ROWS]
    assert list(found.comments["author"]) == ["reader 1", "reader 2"]
    assert str(found.comments["posted_at"][0]) == "2025-03-01 10:00:00+00:00"
    assert found.comments["votes"].tolist() == [3, pd.NA]
    assert any("text=body" in one for one in found.remarks)
    assert any("UTF-16" in one for one in found.remarks) == (form == "utf-16")


def test_columns_can_be_named(write):
    path = write("nr,kommentar,antwort_auf\n1,Eins.,\n2,Zwei.,1\n")
    with pytest.raises(ExportError, match="kommentar"):
        read_export(path)
    found = read_export(path, columns={"text": "kommentar", "id": "nr", "parent": "antwort_auf"})
    assert list(found.comments["parent_id"].fillna("–")) == ["–", "1"]


@pytest.mark.parametrize(("header", "cell", "why"), [
    ("status", "spam", "spam"), ("status", "Pending", "pending"), ("approved", "0", "pending"), ("approved", "1", None),
    ("isDeleted", "true", "deleted"), ("isDeleted", "false", None), ("isSpam", "1", "spam"), ("status", "publish", None),
    ("status", "glowing", None), ("comment_approved", "post-trashed", "trashed"),
])  # fmt: skip
def test_a_status_leaves_out_or_keeps(write, header, cell, why):
    found = read_export(write(f"id,text,{header}\n1,One.,{cell}\n2,Two.,\n"))
    assert list(found.left_out["reason"]) == ([why] if why else [])
    assert any("glowing" in one for one in found.remarks) == (cell == "glowing")


def test_parents_follow_from_depths(write):
    found = read_export(write("id,text,depth\n1,A.,0\n2,B.,1\n3,C.,2\n4,D.,1\n5,E.,0\n"))
    assert list(found.comments["parent_id"].fillna("–")) == ["–", "1", "2", "1", "–"]


def test_a_title_that_repeats_is_the_articles_and_a_different_one_is_not(write):
    found = read_export(write("id,title,text\n1,T,A.\n2,T,B.\n3,T,C.\n"))
    assert list(found.articles["title"]) == ["T"]
    found = read_export(write("id,title,text\n1,X,A.\n2,Y,B.\n3,Z,C.\n"))
    assert len(found.articles) == 1 and found.articles["title"].isna().all()


def test_html_is_told_from_words_about_html(write):
    found = read_export(write("id,text\n1,<p>One.</p><p>Two.</p>\n2,<p>Three &amp; four.</p>\n"))
    assert list(found.comments["text"]) == ["One.\n\nTwo.", "Three & four."]
    rows = "".join(f"{n},plain words\n" for n in range(2, 9))
    found = read_export(write(f"id,text\n1,Why not <p> here?\n{rows}"))
    assert found.comments["text"][0] == "Why not <p> here?"


def test_comments_that_look_like_nothing_or_like_formulas_stay(write):
    found = read_export(write("id,text\n1,NA\n2,null\n3,=SUM(A1)\n4,'=SUM(A1)\n5,0\n"))
    assert list(found.comments["text"]) == ["NA", "null", "=SUM(A1)", "=SUM(A1)", "0"]


def test_articles_in_a_second_table_are_joined_by_id(write):
    comments = write("id,article_id,text\n1,a,One.\n2,b,Two.\n")
    articles = write("id,title,text\nb,B,Prose of b.\na,A,Prose of a.\nc,C,Unread.\n", "articles.csv")
    found = read_export(comments, article=articles)
    texts = {"a": "Prose of a.", "b": "Prose of b."}
    assert dict(found.articles[["article_id", "text"]].to_numpy()) == texts
    with pytest.raises(ExportError, match="none of the articles"):
        read_export(comments, article=write("id,title,text\nx,B,Prose.\ny,A,More.\n", "others.csv"))


def test_an_article_above_its_comments(write):
    page = {"title": "T", "url": "https://a.org", "text": "Prose.", "comments": [{"text": "No."}]}
    found = read_export(write(json.dumps(page)))
    assert list(found.articles.loc[0, ["title", "text", "url"]]) == ["T", "Prose.", "https://a.org"]
    assert list(found.comments["text"]) == ["No."]


BAD = {
    "no column of text": ("id,colour\n1,red\n", "--columns text="),
    "quotation mark not closed": ('id,text\n1,"never ends\n', "row 2"),
    "more cells than the header": ("id,text\n1,One.,left over\n", "row 2"),
    "fewer cells than the header": ("id,text,author\n1,One.,Ann\n2,Two.\n", "row 3"),
    "a column twice": ("id,text,text\n1,One.,Two.\n", "2 times"),
    "empty": ("", "empty"), "white space": (" \n \n", "empty"), "NUL bytes": (b"id,text\n1,a\0b\n", "NUL"),
    "header only": ("id,text\n", "no comment"),
    "cut Parquet": (FORMS["parquet"][:-20], "Parquet"),
    "cut workbook": (FORMS["excel"][:-200], "workbook"),
    "a document of Word": (b"PK\x03\x04word/document.xml", "Word"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "older Word"),
    "a PDF": (b"%PDF-1.7 ...", "PDF"), "rich text": (rb"{\rtf1 text}", "RTF"),
    "empty list": ("[]", "no comment"), "empty object": ("{}", "no comment"), "list of numbers": ("[1, 2]", "no column"),
    "JSON cut off": ('[{"text": "One."}, {"te', "line 1"),
    "JSON in a script": ('var data = [{"text": "One."}];', "script"),
    "unknown XML": ("<?xml version='1.0'?><a><b/></a>", "unknown kind"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_bad_input(write, kind):
    content, said = BAD[kind]
    with pytest.raises(ExportError) as error:
        read_export(write(content))
    assert said in str(error.value) and error.value.remedy
    assert str(error.value.file).endswith("comments.csv")


def test_bad_columns(write):
    path = write("id,text\n1,One.\n")
    for columns, said in [({"text": "body"}, "'body'"), ({"texts": "text"}, "'texts'")]:
        with pytest.raises(ExportError, match=said):
            read_export(path, columns=columns)


def test_answers_inside_answers_are_comments_with_parents(write):
    page = {"title": "H", "text": "Prose.", "comments": [
        {"id": 1, "text": "a", "replies": [{"id": 2, "text": "b", "replies": {"data": [{"id": 3, "text": "c"}]}}]},
        {"id": 4, "text": "d", "replies": []},
    ]}  # fmt: skip
    found = read_export(write(json.dumps(page), "page.json"))
    assert list(found.comments["comment_id"]) == ["1", "2", "3", "4"]
    assert list(found.comments["parent_id"].fillna("–")) == ["–", "1", "2", "–"]
    pages = [page, {"title": "I", "text": "More.", "comments": [{"id": 1, "text": "e"}]}]
    found = read_export(write(json.dumps(pages), "pages.json"))
    assert list(found.articles["title"]) == ["H", "I"] and len(found.comments) == 5
    assert dict(found.articles[["title", "text"]].to_numpy())["I"] == "More."


def test_an_id_of_the_writer_is_not_that_of_the_comment(write):
    rows = [
        {"user": {"login": "ann", "id": 5}, "parent": {"id": 9}, "id": n, "body": f"x{n}"}
        for n in (10, 11)
    ]
    found = read_export(write(json.dumps(rows), "rows.json"))
    assert list(found.comments["comment_id"]) == ["10", "11"] and set(found.comments["parent_id"]) == {
        "9"
    }
    assert set(found.comments["author"]) == {"reader 1"}


def test_numbers_that_were_fractions_and_the_comment_0_are_found_as_parents(write):
    found = read_export(write("id,parent,text\n0,,a\n1,0,b\n2,1.0,c\n"))
    assert list(found.comments["parent_id"].fillna("–")) == ["–", "0", "1"]


def test_names_in_place_of_parents_are_not_kept(write):
    found = read_export(write("id,author,reply_to,text\n1,Ann,,a\n2,Bob,Ann,b\n"))
    assert found.comments["parent_id"].isna().all() and "Ann" not in str(found.comments)
    assert any("only named" in one for one in found.remarks)


@pytest.mark.parametrize(
    ("encoding", "said"), [("cp1251", "Это очень плохая идея"), ("shift_jis", "とても悪い考えです")]
)
def test_an_encoding_that_nothing_tells_is_asked_for(write, monkeypatch, encoding, said):
    path = write(f"id,text\n1,{said}\n".encode(encoding))
    with pytest.raises(ExportError, match="--encoding"):
        read_export(path)
    path = write(f"id,text\n1,{said}\n".encode(encoding))
    monkeypatch.setenv("REJOINDER_ENCODING", "utf-8")
    with pytest.raises(ExportError, match="--encoding"):
        read_export(path)
    monkeypatch.setenv("REJOINDER_ENCODING", encoding)
    assert read_export(path).comments["text"].tolist() == [said]


def test_foreign_letters_among_many_plain_ones_are_not_taken_for_western(write):
    plain = f"{'a' * 40},2024-01-02T03:04:05Z,https://example.org/a/b"
    with pytest.raises(ExportError, match="cp1251"):
        read_export(write(f"id,created,url,text\n{plain},идея\n".encode("cp1251")))


def test_letters_of_western_europe_need_no_encoding(write):
    path = write("id,text\n1,Ça n’a été qu’un élève près d’Orléans\n".encode("cp1252"))
    export = read_export(path)
    assert export.comments["text"].tolist() == ["Ça n’a été qu’un élève près d’Orléans"]
    assert any("Windows-1252" in remark for remark in export.remarks)
