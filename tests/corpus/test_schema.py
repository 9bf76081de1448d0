"""layout.toml and codebook.toml: what they give; every fault is refused with file, line and remedy."""

import hashlib
import re

import pytest

import rejoinder
from rejoinder.corpus.raw import seeds_folder
from rejoinder.errors import CodebookError, LayoutError

PAGE = "It will rain – soon. He said “no”.\nHeading\n\nFirst.\nSecond.\nIt will not.\nNo.\n"
SHA = hashlib.sha256(PAGE.encode()).hexdigest()
LAYOUT = f"""[source]
sha256 = "{SHA}"
unknown = ["date"]
[article]
body = [[1, 1]]
heading = [[2, 2]]
[readings.mine]
about = "Mine."
[[readings.mine.comments]]
id = "a"
lines = [4, 5]
certainty = "likely"
reason = "because"
[[readings.mine.comments]]
id = "b"
lines = [6, 7]
certainty = "certain"
reason = "because"
reply_to = "a"
reply_certainty = "possible"
reply_reason = "because"
[readings.each]
about = "Each."
each_line = [4, 7]
certainty = "possible"
"""
CODEBOOK = """topic_terms = ["cold war"]
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
[[statements]]
id = "r1"
by = "readers"
comment = "b"
answers = "k1"
text = "Dry."
kind = "forecast"
quote = 'It will not. No.'
"""
CLAIM = '[[claims]]\nid = "k1"\ntext = "x"\nkind = "fact"\nquote = "He"\n'
REPLY = '\nreply_certainty = "likely"\nreply_reason = "because"'


@pytest.fixture
def load(tmp_path):
    """Loads a page with a layout and a codebook."""

    def loaded(*, page=PAGE, layout=LAYOUT, codebook=CODEBOOK, **options):
        (tmp_path / "page").mkdir(exist_ok=True)
        (tmp_path / "page.txt").write_text(page, encoding="utf-8")
        (tmp_path / "page" / "layout.toml").write_text(layout, encoding="utf-8")
        (tmp_path / "page" / "codebook.toml").write_text(codebook, encoding="utf-8")
        return rejoinder.load(tmp_path / "page.txt", **options)

    return loaded


def test_layout_decides_lines_replies_and_readings(load):
    talk = load()
    assert list(talk.comments["text"]) == ["First.\nSecond.", "It will not.\nNo."]
    assert list(talk.comments["reply_to"].fillna("nobody")) == ["nobody", "a"]
    assert list(talk.article["role"]) == ["body", "body", "heading"]
    assert talk.reading == "mine"
    assert dict(talk.readings["comments"]) == {"mine": 2, "each": 4}
    assert dict(talk.readings["about"]) == {"mine": "Mine.", "each": "Each."}
    assert (talk.guesses, talk.source.unknown) == ((), ("date",))
    each = load(reading="each").comments
    assert list(each.index) == ["l4", "l5", "l6", "l7"]
    assert set(each["reason"]) == {"Each."}


def test_wrapped_article_has_paragraphs_of_several_lines(load):
    page = "It will rain\n– soon. He said “no”.\n\nAnother.\n\nA comment.\n"
    layout = LAYOUT.split("[readings.mine]")[0].replace("heading = [[2, 2]]", "wrapped = true")
    layout = layout.replace("[[1, 1]]", "[[1, 4]]")
    layout = layout.replace(SHA, hashlib.sha256(page.encode()).hexdigest())
    reading = '[readings.r]\nabout = "x"\neach_line = [6, 6]\ncertainty = "certain"\n'
    talk = load(page=page, layout=layout + reading, codebook=CODEBOOK.split("[[statements]]")[0])
    assert list(talk.article["text"]) == ["It will rain\n– soon.", "He said “no”.", "Another."]
    assert list(talk.article["paragraph"]) == [1, 1, 2]
    assert list(talk.article["line"]) == [1, 2, 4]
    assert talk.codebook.claims.loc["thesis", "quote"] == "It will rain\n– soon."


# What is replaced by what, the line in which the fault is reported, and a word of the message.
WRONG_LAYOUTS = [
    ("lines = [4, 5]", "lines = [4, 50]", 11, "lines"),
    ("lines = [4, 5]", "lines = [7, 7]", 15, "order"),
    ("lines = [4, 5]", "lines = [3, 5]", 11, "blank"),
    ("lines = [4, 5]", "lines = [4, 6]", 15, "line 6"),
    ("lines = [4, 5]", "lines = [4, 4]", 1, "line 5"),
    ("lines = [4, 5]", 'lines = "4-5"', 11, "'4-5'"),
    ('id = "a"', 'id = "a"\nreply_to = "b"' + REPLY, 10, "a replies"),
    ('id = "a"', 'id = "a"\nreply_reason = "so"', 9, "reply_to"),
    ('reply_certainty = "possible"\n', "", 14, "reply_certainty"),
    ('about = "Mine."', 'about = "Mine."\ncertainty = "likely"', 7, "certainty"),
    ("each_line = [4, 7]", "", 22, "each_line"),
    ('certainty = "possible"\n', "", 20, ""),
    ('id = "b"', 'id = "a"', 10, "'a'"),
    ('certainty = "likely"', 'certainty = "guess"', 12, "'guess'"),
    ("body = [[1, 1]]\n", "", 4, "body"),
    ('id = "b"', 'id = "article"', 15, "'article'"),
    ("[article]", "[artikel]", 4, "artikel"),
    (SHA, "0" * 64, 1, SHA),
    (LAYOUT[:85], "[source]\n", 1, SHA),
]
WRONG_CODEBOOKS = [
    ("It will rain – soon.", "It will not.", 9, "It will not."),  # said, but by a reader
    ("It will rain – soon.", "\u200b", 9, "quote"),
    ('kind = "fact"', 'kind = "opinion"', 13, "'opinion'"),
    ('name = "A"', 'name = "A"\nage = 3', 4, "age"),
    ('id = "k1"', 'id = "thesis"', 11, "'thesis'"),
    ("[[actors]]", f"{CLAIM}[[actors]]", 11, "'k1'"),
    ('id = "k1"', 'id = "new"', 11, "'new'"),
    ('id = "k1"', 'id = "k1"\nanswers = "thesis"', 10, "answers"),
    ('id = "r1"', 'id = "k1"', 11, "'k1'"),
    ('comment = "b"', 'comment = "z"', 31, "'z'"),
    ('comment = "b"\n', "", 30, "names"),
    ('by = "readers"\n', "", 30, "by readers"),
    ("'It will not. No.'", '"It will rain"', 31, "It will rain"),  # said, but by the author
    ('answers = "k1"', 'answers = "k9"', 25, "'k9'"),
    ('reason = "because"\n', "", 19, "reason"),
    ('id = "weather"', 'id = "none"', 20, "'none'"),
    ("'rain|sun'", "'rain|('", 22, "'rain|('"),
    ("'rain|sun'", "'[[:alpha:]]+'", 22, "[[:alpha:]]"),
    ("'rain|sun'", '"\\brain"', 22, "pattern"),
    ("[coder]", "[coder", 2, ""),
]


@pytest.mark.parametrize(("old", "new", "line", "word"), WRONG_LAYOUTS + WRONG_CODEBOOKS)
def test_fault_is_refused_with_file_line_and_remedy(load, old, new, line, word):
    wrong = "layout" if (old, new, line, word) in WRONG_LAYOUTS else "codebook"
    text = {"layout": LAYOUT, "codebook": CODEBOOK}[wrong]
    assert old in text
    with pytest.raises((LayoutError, CodebookError)) as caught:
        load(**{wrong: text.replace(old, new, 1)})
    assert caught.value.file.endswith(f"page/{wrong}.toml")
    assert (caught.value.line, bool(caught.value.remedy)) == (line, True)
    assert word in caught.value.problem


@pytest.mark.parametrize("name", ["layout.toml", "codebook.toml"])
def test_unreadable_file_is_not_passed_over(load, tmp_path, name):
    load()
    file = tmp_path / "page" / name
    for fault in (b"a = " + b"[" * 5_000, "x = 'é'".encode("latin-1"), "broken link", "folder"):
        if isinstance(fault, bytes):
            file.write_bytes(fault)
        else:
            file.unlink()
            file.symlink_to("nowhere") if fault == "broken link" else file.mkdir()
        with pytest.raises((LayoutError, CodebookError)) as caught:
            rejoinder.load(tmp_path / "page.txt")
        assert caught.value.file.endswith(name)


def test_codebook_gives_the_authors_own_letters_and_needs_claims_only(load):
    claims = load().codebook.claims
    # typed with straight quotes, given back as they stand
    assert list(claims["quote"]) == ["It will rain – soon.", "He said “no”"]
    assert list(claims.index) == ["thesis", "k1"]
    spans = zip(claims["start"], claims["end"], strict=True)
    assert [PAGE[a:b] for a, b in spans] == list(claims["quote"])
    assert list(claims["line"]) == [1, 1]
    assert load().codebook.mask == load().mask == ("He", "him", "cold war")
    book = load(codebook=CODEBOOK.split("[[actors]]")[0].split("\n", 1)[1]).codebook
    assert list(book.themes.columns) == ["name", "pattern", "reason"]
    assert (len(book.actors), book.mask) == (0, ())


def test_statement_by_readers_quotes_a_comment_and_answers_the_author_or_nobody(load):
    book = load(codebook=CODEBOOK + CLAIM.replace("claims", "statements").replace("k1", "k2")).codebook
    assert list(book.statements.index) == [*book.claims.index, "r1"] == ["thesis", "k1", "k2", "r1"]
    point = book.points.loc["r1"]
    assert (point["comment_id"], point["answers"], point["line"]) == ("b", "k1", 6)
    assert PAGE[point["start"] : point["end"]] == point["quote"] == "It will not.\nNo."
    new = CODEBOOK.replace('answers = "k1"', 'answers = "new"')
    assert load(codebook=new).codebook.points["answers"].isna().all()


def test_documented_examples_load(tmp_path):
    text = (seeds_folder() / "README.md").read_text(encoding="utf-8")
    layout, codebook, reading = re.findall(r"```(?:toml|markdown)\n(.*?)```", text, re.DOTALL)
    words = [
        "Close the centre", "", "It is time to close the centre.", *[""] * 9,
        "No shop in the other towns has lost by it.", "", "Comments", "",
        "They come from the villages, and it’s “no car, no shopping”.", "",
        "I have “lost a third”.", "", "No.",
    ]  # fmt: skip
    page = "\n".join(words)
    (tmp_path / "page").mkdir()
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    layout = layout.replace("…", hashlib.sha256(page.encode()).hexdigest()).replace('"c01"', '"c07"')
    second = layout.partition("[[readings")[2].replace('"c07"', '"c02"').replace("[17, 19]", "[21, 21]")
    files = {
        "layout.toml": f"{layout}[[readings{second}",
        "codebook.toml": codebook,
        "reading.md": reading,
    }
    for name, one in files.items():
        (tmp_path / "page" / name).write_text(one, encoding="utf-8")
    talk = rejoinder.load(tmp_path / "page.txt")
    quotes = talk.codebook.statements["quote"]
    assert len(quotes) == 3 and all(quote in page for quote in quotes)
    assert {"'", '"'} <= {*codebook.partition('"""')[2].partition('"""')[0]}
    assert list(talk.conclusions.sections) == ["00"]
