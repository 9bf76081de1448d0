"""Bytes of a file to text and lines: exact offsets, and clear refusals."""

import pytest

import rejoinder
from rejoinder.corpus.raw import read_raw
from rejoinder.errors import SeedError

PAGE = "The first sentence is prose, as its full stop tells.\n\nComments\n\nI agree.\n\nI don’t.\n"


def written(tmp_path, data, name="page.txt"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


# The content, the line in which the fault is reported, and a word of problem or remedy.
NO_TEXT = [
    (b"", None, "empty"),
    (b" \r\n\t\n", None, "empty"),
    ("\u00a0\n\u2003\n".encode(), None, "empty"),
    (PAGE.encode("cp1252"), 7, "cp1252"),
    (PAGE.encode("utf-16"), 1, "utf_16"),
    (b"one\ntwo\0three\n", 2, "NUL"),
    (b"<!DOCTYPE html>\n<html>", None, "HTML"),
    (b"\xef\xbb\xbf \n<!-- saved -->\n<HTML lang=en>", None, "HTML"),
    (b"PK\x03\x04\0\0", None, "Word"),
    (b"\xd0\xcf\x11\xe0\xa1", None, "Word"),
    (b"%PDF-1.7", None, "PDF"),
]


@pytest.mark.parametrize(("data", "line", "word"), NO_TEXT)
def test_what_is_no_plain_text_is_refused_with_file_line_and_remedy(tmp_path, data, line, word):
    path = written(tmp_path, data)
    with pytest.raises(SeedError) as caught:
        rejoinder.load(path)
    assert (caught.value.file, caught.value.line) == (str(path), line)
    assert word in f"{caught.value.problem} {caught.value.remedy}"


@pytest.mark.parametrize("first", ["<3 this article.", "PK says no.", "I wrote <html> once.", "{x}"])
def test_text_that_only_resembles_another_format_is_text(tmp_path, first):
    assert rejoinder.load(written(tmp_path, f"{first} {PAGE}")).raw.startswith(first)


def test_file_over_the_limit_is_refused_with_its_size(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # sparse: nothing is written
    with pytest.raises(SeedError, match="200 MB"):
        rejoinder.load(path)


def test_encoding_is_that_asked_for(tmp_path):
    path = written(tmp_path, PAGE.encode("cp1252"))
    assert rejoinder.load(path, encoding="cp1252").comments["text"].iloc[1] == "I don’t."
    for encoding in ("klingon", "undefined", "utf-8"):
        with pytest.raises(SeedError) as caught:
            rejoinder.load(path, encoding=encoding)
        assert encoding in caught.value.problem


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_offsets_are_exact_whatever_the_line_ends_and_the_byte_order_mark(tmp_path, line_end, mark):
    talk = rejoinder.load(written(tmp_path, mark + PAGE.replace("\n", line_end)))
    assert list(talk.comments["text"]) == ["I agree.", "I don’t."]
    assert list(talk.comments["first_line"]) == [5, 7]
    assert talk.article["text"][0].startswith("The first")
    for table in (talk.article, talk.comments, talk.comment_sentences):
        spans = zip(table["start"], table["end"], strict=True)
        assert [talk.raw[a:b] for a, b in spans] == list(table["text"])


def test_lines_are_those_of_an_editor(tmp_path):
    # To an editor, a form feed or a line separator ends no line.
    raw = read_raw(written(tmp_path, " a \n\nb\x0c c\u2028d\n"), name="x")
    assert [raw.text[a:b] for a, b in raw.lines] == ["a", "", "b\x0c c\u2028d"]
    assert [raw.line_at(raw.text.index(c)) for c in "abd"] == [1, 3, 3]
    assert raw.filled() == [1, 3]
    assert raw.line(3) == "b\x0c c\u2028d"
