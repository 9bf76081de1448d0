import hashlib

import pytest

import rejoinder
from rejoinder.errors import CodebookError

PAGE = "He said “no”. It will rain – soon.\n\nComments\nIt will not. “no” is wrong.\n"
CODEBOOK = """
topic_terms = ["cold war"]
[coder]
name = "A"
kind = "person"
[thesis]
id = "thesis"
text = "Rain."
kind = "forecast"
quote = "It will rain – soon."
[[claims]]
id = "k1"
text = "No."
kind = "fact"
quote = 'He said "no"'
[[actors]]
id = "he"
name = "He"
aliases = ["He", "him"]
[[themes]]
id = "weather"
name = "Weather"
pattern = 'rain|sun'
reason = "because"
"""


def load(tmp_path, codebook=CODEBOOK):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    (tmp_path / "page").mkdir(exist_ok=True)
    (tmp_path / "page" / "codebook.toml").write_text(codebook, encoding="utf-8")
    return rejoinder.load(path)


def test_quotations_are_the_authors_own_letters(tmp_path):
    claims = load(tmp_path).codebook.claims
    # typed with straight quotes, given back as they stand
    assert list(claims["quote"]) == ["It will rain – soon.", "He said “no”"]
    assert list(claims.index) == ["thesis", "k1"]
    assert [PAGE[a:b] for a, b in zip(claims["start"], claims["end"], strict=True)] == list(
        claims["quote"]
    )


def test_a_quotation_may_go_over_a_line_end_but_not_through_a_comment(tmp_path):
    layout = """[source]
sha256 = "{}"
[article]
body = [[1, 2]]
boilerplate = [[4, 4]]
[readings.r]
about = "x"
each_line = [3, 3]
certainty = "certain"
"""
    page = "One end.\nNext one.\nA reader.\nAll rights.\n"
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "layout.toml").write_text(
        layout.format(hashlib.sha256(page.encode()).hexdigest()), encoding="utf-8"
    )
    book = CODEBOOK.replace("It will rain – soon.", "end. Next")
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    for quote in ("A reader.", "one. All"):
        codebook = book.replace("'He said \"no\"'", f"'{quote}'")
        (tmp_path / "page" / "codebook.toml").write_text(codebook, encoding="utf-8")
        with pytest.raises(CodebookError, match="the article does not say"):
            rejoinder.load(tmp_path / "page.txt")


def test_names_and_topic_terms_are_masked(tmp_path):
    assert load(tmp_path).codebook.mask == ("He", "him", "cold war")


def test_a_codebook_of_claims_alone_is_enough(tmp_path):
    book = load(
        tmp_path, CODEBOOK.split("[[actors]]")[0].replace('topic_terms = ["cold war"]', "")
    ).codebook
    assert book.actors.empty
    assert book.themes.empty
    assert book.mask == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("It will rain – soon.", "It will snow.", "the article does not say"),
        # said, but by a reader
        ("It will rain – soon.", "It will not.", "the article does not say"),
        ('kind = "fact"', 'kind = "opinion"', "kind is 'opinion'"),
        ('kind = "person"', 'kind = "robot"', "kind is 'robot'"),
        ("pattern = 'rain|sun'", "pattern = 'rain|('", "does not compile"),
        ("pattern = 'rain|sun'", "pattern = 'rain|'", "matches where nothing stands"),
        ('id = "k1"', 'id = "thesis"', "stands twice"),
        ('aliases = ["He", "him"]', 'aliases = "He"', "is str, not list"),
        ('reason = "because"', "", "has no 'reason'"),
        ('aliases = ["He", "him"]', "aliases = []", "lists nothing"),
        ('aliases = ["He", "him"]', 'aliases = [" "]', "holds ' '"),
        ('["cold war"]', "[1]", "'topic_terms' holds 1"),
        ('id = "weather"', 'id = "none"', "is taken"),
        ("pattern = 'rain|sun'", "pattern = '[[:alpha:]]+'", "does not compile"),
        ("pattern = 'rain|sun'", 'pattern = "\\brain"', "control character"),
        ("It will rain – soon.", "\u200b", "the article does not say|is empty"),
        ('name = "A"', 'name = "A"\nage = 3', "unknown key 'age'"),
        ("[thesis]", "[thesiss]", "unknown key 'thesiss'|has no 'thesis'"),
        ("[coder]", "[coder", "not valid TOML"),
    ],
)
def test_a_wrong_codebook_is_refused_naming_file_and_line(tmp_path, old, new, says):
    with pytest.raises(CodebookError, match=says) as caught:
        load(tmp_path, CODEBOOK.replace(old, new, 1))
    assert caught.value.file.endswith("page/codebook.toml")
    assert caught.value.line is not None
    assert caught.value.remedy


def test_a_codebook_that_is_not_utf8_is_refused(tmp_path):
    load(tmp_path)
    (tmp_path / "page" / "codebook.toml").write_bytes("x = 'é'".encode("latin-1"))
    with pytest.raises(CodebookError, match="not UTF-8"):
        rejoinder.load(tmp_path / "page.txt")


def test_the_seeds_codebook_holds_what_it_must():
    book = rejoinder.load("000_b03053bac9951049").codebook
    assert len(book.claims) >= 6
    assert set(book.claims["kind"]) == {"fact", "forecast", "judgement"}
    assert book.claims.loc["thesis", "line"] == 21
    assert book.kind == "language model"
