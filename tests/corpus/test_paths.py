"""Which file is meant, and what is said where it is none that can be read."""

import shutil

import pytest

import rejoinder
from rejoinder.corpus.paths import SEEDS, seed_folder, where
from rejoinder.errors import SeedError

SEED = "000_b03053bac9951049"
PAGE = "An article says that rain is good.\n\n\nI love it!\nI hate it.\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The folder of one's notebook, with a page in it; it is one's home too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "page.txt").write_text(PAGE)
    return tmp_path


def told(seed):
    with pytest.raises(SeedError) as raised:
        rejoinder.load(seed)
    return f"{raised.value.problem}. {raised.value.remedy}"


@pytest.mark.parametrize("seed", ["page.txt", "./page.txt", "~/page.txt"])
def test_a_path_counts_from_the_folder_of_the_notebook_or_from_home(here, seed):
    assert len(rejoinder.load(seed).comments) == 2


def test_a_name_that_only_begins_with_a_tilde_is_a_name(here):
    (here / "~mine.txt").write_text(PAGE)
    assert len(rejoinder.load("~mine.txt").comments) == 2


def test_an_id_is_a_seed_even_beside_its_folder(here, monkeypatch):
    monkeypatch.chdir(SEEDS)
    assert where(SEED) == (SEEDS / f"{SEED}.txt", f"seeds/{SEED}.txt")
    assert seed_folder(SEED) == (SEEDS / SEED, f"seeds/{SEED}")


@pytest.mark.parametrize(
    ("seed", "problem", "remedy"),
    [
        (SEED[:-1], "does not exist", f"Did you mean {SEED!r}?"),
        ("no_such", "does not exist", f"Seeds there are: {SEED!r}"),
        (f"{SEED}.txt", "does not exist", f"Did you mean the seed {SEED!r}?"),
        (f"seeds/{SEED}.txt", "does not exist", f"Did you mean the seed {SEED!r}?"),
        (f"seeds/{SEED[:-1]}.txt", "does not exist", "There is no folder 'seeds'"),
        ("seeds/README.md", "does not exist", "seeds/README.md'?"),
        ("pgae.txt", "does not exist", "Did you mean 'page.txt'?"),
        ("pgae.txt", "does not exist", "Paths count from "),
        ("elsewhere/page.txt", "does not exist", "There is no folder 'elsewhere'"),
        ("quite_another.txt", "does not exist", "Check the name"),
        ("", "is a folder", "'page.txt'"),
        ("empty", "is a folder", "it holds none"),
        ("page", "is a folder", "The text is beside it: 'page.txt'"),
        (str(SEEDS / SEED), "is a folder", f"The text is beside it: '{SEED}.txt'"),
    ],
)
def test_what_may_have_been_meant_is_named(here, seed, problem, remedy):
    (here / "empty").mkdir()
    (here / "page").mkdir()
    says = told(seed)
    assert problem in says
    assert remedy in says


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.html", b"<!DOCTYPE html>\n<html>", "an HTML page"),
        ("a.txt", b"\xef\xbb\xbf \n<!-- saved -->\n<HTML lang=en>", "an HTML page"),
        ("a.htm", b"<p>Hello</p>", "an HTML page"),
        ("a.docx", b"PK\x03\x04\0\0", "Word"),
        ("a.txt", b"PK\x03\x04\0\0", "Word"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1", "Word"),
        ("a.rtf", b"{\\rtf1 x}", "RTF"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
    ],
)
def test_what_is_no_plain_text_is_called_by_its_name(here, name, content, kind):
    (here / name).write_bytes(content)
    says = told(name)
    assert kind in says
    assert "plain text file (.txt)" in says


@pytest.mark.parametrize("first", ["<3 this article.", "PK says no.", "I wrote <html> once.", "{x}"])
def test_text_that_only_looks_like_it_is_text(here, first):
    (here / "page.txt").write_text(f"{first} {PAGE}")
    assert rejoinder.load("page.txt").raw.startswith(first)


def test_hostile_names_of_files_stay_on_one_line(here):
    shutil.copy("page.txt", "pa\x1b[31m\nge.txt")
    with pytest.raises(SeedError) as raised:
        rejoinder.load("pa\x1b[31m\ngee.txt")
    assert not set(str(raised.value)) & set("\x1b\n")
    assert "Did you mean" in str(raised.value)
