import pytest

import rejoinder
from rejoinder.corpus import raw as raw_module
from rejoinder.corpus.raw import read_raw
from rejoinder.errors import SeedError

PAGE = "The first sentence is prose, as its full stop tells.\n\nComments\n\nI agree.\n\nI don’t.\n"


def written(tmp_path, data, name="page.txt"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize(
    ("data", "says", "line"),
    [
        (b"", "is empty", None),
        (b" \r\n\t\n", "is empty", None),
        (b"\xef\xbb\xbf\n", "is empty", None),
        (PAGE.encode("cp1252"), "it looks like cp1252", 7),
        (PAGE.encode("utf-16"), "it looks like utf_16", 1),
        (b"one\ntwo\0three\n", "NUL bytes", 2),
        (b"one\rtwo\0three\r", "NUL bytes", 2),
        ("\u00a0\n\u2003\n".encode(), "is empty", None),
    ],
)
def test_what_is_not_text_is_refused_with_file_line_and_remedy(tmp_path, data, says, line):
    path = written(tmp_path, data)
    with pytest.raises(SeedError, match=says) as caught:
        rejoinder.load(path)
    assert caught.value.file == str(path)
    assert caught.value.line == line
    assert caught.value.remedy


def test_missing_file_and_folder_are_refused(tmp_path):
    with pytest.raises(SeedError, match="does not exist"):
        rejoinder.load(tmp_path / "nothing.txt")
    with pytest.raises(SeedError, match=r"seeds/no_such_seed\.txt: does not exist"):
        rejoinder.load("no_such_seed")
    with pytest.raises(SeedError, match="folder"):
        rejoinder.load(tmp_path)


def test_paths_that_no_file_can_have_are_refused(tmp_path):
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    for path in (tmp_path / "loop.txt", tmp_path / ("x" * 300 + ".txt"), "a\0b.txt"):
        with pytest.raises(SeedError, match="cannot be reached"):
            rejoinder.load(path)


def test_a_file_over_the_limit_is_refused_with_its_size(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # sparse: nothing is written
    with pytest.raises(SeedError, match="200 MB"):
        rejoinder.load(path)


def test_an_encoding_is_read_if_asked(tmp_path):
    path = written(tmp_path, PAGE.encode("cp1252"))
    assert rejoinder.load(path, encoding="cp1252").comments["text"].iloc[1] == "I don’t."
    with pytest.raises(SeedError, match="no known encoding"):
        rejoinder.load(path, encoding="klingon")
    with pytest.raises(SeedError, match="cannot be read as"):
        rejoinder.load(path, encoding="undefined")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_offsets_are_exact_whatever_the_line_ends_and_the_byte_order_mark(tmp_path, line_end, mark):
    talk = rejoinder.load(written(tmp_path, mark + PAGE.replace("\n", line_end)))
    assert list(talk.comments["text"]) == ["I agree.", "I don’t."]
    assert list(talk.comments["first_line"]) == [5, 7]
    assert talk.article["text"][0].startswith("The first")
    for table in (talk.article, talk.comments, talk.comment_sentences):
        assert [talk.raw[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == list(
            table["text"]
        )


def test_lines_are_those_of_an_editor(tmp_path):
    # A form feed or a line separator within a line is no line end to an editor.
    raw = read_raw(written(tmp_path, " a \n\nb\x0c c\u2028d\n"), name="x")
    assert [raw.text[a:b] for a, b in raw.lines] == ["a", "", "b\x0c c\u2028d"]
    assert [raw.line_at(raw.text.index(c)) for c in "abd"] == [1, 3, 3]


def test_unreadable_file_is_refused(tmp_path, monkeypatch):
    path = written(tmp_path, PAGE)
    monkeypatch.setattr(
        raw_module.Path,
        "read_bytes",
        lambda self: (_ for _ in ()).throw(OSError(13, "Permission denied")),
    )
    with pytest.raises(SeedError, match="Permission denied"):
        rejoinder.load(path)


def test_a_name_of_dots_is_refused(tmp_path):
    with pytest.raises(SeedError, match="dots"):
        rejoinder.load(written(tmp_path, PAGE, name="..txt"))
