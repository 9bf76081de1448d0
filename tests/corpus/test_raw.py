"""Which file an id or a path means, and its bytes as text: exact offsets, and clear refusals."""

import shutil

import pytest

import rejoinder
from rejoinder.corpus.raw import read_raw, seed_folder, seeds_folder, where
from rejoinder.errors import RejoinderError, SeedError

SEED = "000_b03053bac9951049"
PAGE = "The first sentence is prose, as its full stop tells.\n\nComments\n\nI agree.\n\nI don’t.\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A project with a seed and a page of one's own; its folder `work` is the working folder and home."""
    (tmp_path / "seeds").mkdir()
    shutil.copy(seeds_folder() / f"{SEED}.txt", tmp_path / "seeds")
    shutil.copytree(seeds_folder() / SEED, tmp_path / "seeds" / SEED)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(work))
    (work / "page.txt").write_text(PAGE, encoding="utf-8")
    return work


@pytest.mark.parametrize("folder", [".", "notebooks", "notebooks/deeper", "seeds", f"seeds/{SEED}"])
def test_seeds_are_those_of_the_working_folder_or_its_nearest_parent(here, monkeypatch, folder):
    project = here.parent
    (project / folder).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(project / folder)
    assert seeds_folder() == project / "seeds"
    assert where(SEED) == project / "seeds" / f"{SEED}.txt"
    assert seed_folder(SEED) == project / "seeds" / SEED
    for given in (SEED, project / "seeds" / f"{SEED}.txt"):  # called the same by id and by path
        assert rejoinder.load(given).source.path == f"seeds/{SEED}.txt"


def test_nearer_seeds_come_first_and_may_be_missing_altogether(here, monkeypatch, tmp_path_factory):
    (here / "seeds").mkdir()
    assert seeds_folder() == here / "seeds"
    alone = tmp_path_factory.mktemp("alone")
    monkeypatch.chdir(alone)
    assert seeds_folder() == alone / "seeds"
    with pytest.raises(SeedError):
        rejoinder.load(SEED)


@pytest.mark.parametrize("path", ["page.txt", "./page.txt", "~/page.txt", "../work/page.txt"])
def test_path_counts_from_the_working_folder_or_from_home(here, path):
    assert len(rejoinder.load(path).comments) == 2


@pytest.mark.parametrize("name", ["~mine.txt", "page", "a b.c.txt"])
def test_unusual_names_are_names(here, name):
    (here / name).write_text(PAGE, encoding="utf-8")
    assert len(rejoinder.load(name).comments) == 2
    assert seed_folder(name) != where(name)


MISSING = [
    *((given, SEED) for given in (SEED[:-1], "no_such", f"{SEED}.txt", f"seeds/{SEED}.txt")),
    ("pgae.txt", "page.txt"),
    ("elsewhere/page.txt", "work"),
    ("", "work"),
    (f"../seeds/{SEED}", SEED),
    *((given, "") for given in ("x" * 300 + ".txt", "a\0b.txt", "empty", "loop.txt", "..txt")),
]


@pytest.mark.parametrize(("given", "named"), MISSING)
def test_what_may_be_meant_is_named(here, given, named):
    (here / "empty").mkdir()
    (here / "loop.txt").symlink_to("loop.txt")
    (here / "..txt").write_text(PAGE, encoding="utf-8")
    with pytest.raises(SeedError) as caught:
        rejoinder.load(given)
    assert caught.value.problem
    assert named in caught.value.remedy


def test_hostile_names_of_files_stay_on_one_line(here):
    shutil.copy("page.txt", "pa\x1b[31m\nge.txt")
    with pytest.raises(SeedError) as caught:
        rejoinder.load("pa\x1b[31m\ngee.txt")
    assert not set(str(caught.value)) & set("\x1b\n")
    assert "ge.txt" in caught.value.remedy


def written(tmp_path, data):
    path = tmp_path / "page.txt"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


# The content, the line in which the fault is reported, and a word of problem or remedy.
NO_TEXT = [
    (b"", None, "empty"),
    ("\u00a0\n\u2003\n".encode(), None, "empty"),
    (PAGE.encode("cp1252"), 7, "cp1252"),
    (PAGE.encode("utf-16"), 1, "utf-16"),
    (b"one\ntwo\0three\n", 2, "NUL"),
    (b"PK\x03\x04\0\0", None, "Word"),
    (b"%PDF-1.7", None, "PDF"),
]


@pytest.mark.parametrize(("data", "line", "word"), NO_TEXT)
def test_what_is_no_plain_text_is_refused_with_file_line_and_remedy(tmp_path, data, line, word):
    path = written(tmp_path, data)
    with pytest.raises(RejoinderError) as caught:
        rejoinder.load(path)
    assert (caught.value.file, caught.value.line) == (str(path), line)
    assert word in f"{caught.value.problem} {caught.value.remedy}"


@pytest.mark.parametrize("first", ["<3 this article.", "I wrote <html> once.", "{x}"])
def test_text_that_only_resembles_another_format_is_text(tmp_path, first):
    assert rejoinder.load(written(tmp_path, f"{first} {PAGE}")).raw.startswith(first)


def test_file_over_the_limit_is_refused_with_its_size(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # sparse: nothing is written
    with pytest.raises(SeedError, match="200 MB"):
        rejoinder.load(path)


def test_encoding_is_that_asked_for_or_else_set(tmp_path, monkeypatch):
    path = written(tmp_path, PAGE.encode("cp1252"))
    assert rejoinder.load(path, encoding="cp1252").comments["text"].iloc[1] == "I don’t."
    monkeypatch.setenv("REJOINDER_ENCODING", "cp1252")
    assert rejoinder.load(path).comments["text"].iloc[1] == "I don’t."
    for encoding in ("klingon", "undefined", "utf-8"):
        with pytest.raises(SeedError) as caught:
            rejoinder.load(path, encoding=encoding)
        assert encoding in caught.value.problem


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\v", "\f", "\u2028", "\u2029"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_offsets_are_exact_whatever_the_line_ends_and_the_byte_order_mark(tmp_path, line_end, mark):
    talk = rejoinder.load(written(tmp_path, mark + PAGE.replace("\n", line_end)))
    assert list(talk.comments["text"]) == ["I agree.", "I don’t."]
    assert list(talk.comments["first_line"]) == [5, 7]
    assert talk.article["text"][0].startswith("The first")
    for table in (talk.article, talk.comments, talk.comment_sentences):
        spans = zip(table["start"], table["end"], strict=True)
        assert [talk.raw[a:b] for a, b in spans] == list(table["text"])


@pytest.mark.parametrize(("text", "lines"), [
    ("a", ["a"]), ("a\n\u200b\n\u200bb\n", ["a", "", "\u200bb"]), ("\ufeffa\n", ["a"]),
    (" a \n\nb\r\r\nc", ["a", "", "b", "", "c"]),
    ("a\fb\vc\u2028d\u2029\u2029e\n", ["a", "b", "c", "d", "", "e"]),
    ("a\x85b\x1cc d\u200be", ["a\x85b\x1cc d\u200be"]),  # in a misread text also three dots
])  # fmt: skip
def test_lines_end_where_one_program_or_another_ends_them(tmp_path, text, lines):
    raw = read_raw(written(tmp_path, text))
    assert [raw.text[a:b] for a, b in raw.lines] == lines
    for number in raw.filled():
        start = raw.lines[number - 1][0]
        assert raw.line_at(start) == number and raw.text.startswith(raw.line(number), start)
