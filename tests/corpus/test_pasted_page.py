import pytest

import rejoinder
from rejoinder.errors import LayoutError

PROSE = "This is a paragraph of the article, long enough that nobody takes it for a heading at all."


def load(tmp_path, text, **options):
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8")
    return rejoinder.load(path, **options)


@pytest.mark.parametrize(
    "marker", ["Comments", "12 Comments", "Comments (12)", "COMMENTS:", "Readers' comments", "3 replies"]
)
def test_a_line_that_announces_comments_parts_the_page(tmp_path, marker):
    talk = load(tmp_path, f"Title\n{PROSE}\n{marker}\nYes.\nNo.\n")
    assert list(talk.comments["text"]) == ["Yes.", "No."]
    assert list(talk.article["role"]) == ["heading", "body", "boilerplate"]
    assert marker in talk.guesses[0]


@pytest.mark.parametrize("line", ["Comments are closed to the public.", "Commentary", "No comment!"])
def test_a_line_that_only_speaks_of_comments_parts_nothing(tmp_path, line):
    talk = load(tmp_path, f"{PROSE}\n{line}\n\n\nYes.\nNo.\n")
    assert line in list(talk.article["text"])


def test_a_count_under_the_headline_parts_nothing(tmp_path):
    talk = load(tmp_path, f"Title\n3 comments\n{PROSE}\nComments\nYes.\n")
    assert list(talk.comments["text"]) == ["Yes."]


def test_the_longest_gap_parts_the_page(tmp_path):
    talk = load(tmp_path, f"{PROSE}\n\n{PROSE}\n\n\nYes.\n\nNo.\nReally not.\n")
    assert list(talk.comments["text"]) == ["Yes.", "No.\nReally not."]
    assert "longest gap" in talk.guesses[0]


def test_what_was_guessed_is_said(tmp_path):
    talk = load(tmp_path, f"{PROSE}\n\n\nYes.\nNo.\n")
    assert len(talk.guesses) == 3
    assert set(talk.comments["certainty"]) == {"guess"}
    assert talk.comments["reply_to"].isna().all()
    assert talk.codebook is None
    assert talk.source.publisher is None
    assert "licence" in talk.source.unknown


def test_every_line_with_text_is_in_the_article_or_in_a_comment(tmp_path):
    text = f"Title\n{PROSE}\n\nComments\n\nYes.\nBecause.\n\nNo.\n"
    talk = load(tmp_path, text)
    held = set(talk.article["line"])
    for first, last in zip(talk.comments["first_line"], talk.comments["last_line"], strict=True):
        held |= set(range(first, last + 1))
    assert held == {n for n, line in enumerate(text.splitlines(), 1) if line.strip()}


def test_author_and_licence_lines_are_boilerplate_only_at_the_end(tmp_path):
    about = "Ann Example is a professor of examples at the University of Somewhere."
    talk = load(tmp_path, f"{about}\n" + f"{PROSE}\n" * 5 + f"{about}\nComments\nYes.\n")
    assert list(talk.article["role"])[:2] == ["body", "body"]
    assert list(talk.article["role"])[-2:] == ["boilerplate", "boilerplate"]


def test_lines_broken_at_the_margin_are_one_paragraph(tmp_path):
    article = (
        "A sentence that is broken at the margin and\ngoes on in the next line. A second\none.\n\nEnd.\n"
    )
    talk = load(tmp_path, f"{article}\n\n\nComments\nYes.\n")
    assert list(talk.article["paragraph"].dropna()) == [1, 1, 2]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{PROSE}\n{PROSE}\n", "cannot be told"),
        (f"{PROSE}\n\n{PROSE}\n\n{PROSE}\n", "cannot be told"),
        (f"{PROSE}\nComments\n", "holds only an article"),
        ("Comments\nYes.\nNo.\n", "holds only comments"),
    ],
)
def test_only_an_article_or_only_comments_is_refused(tmp_path, text, says):
    with pytest.raises(LayoutError, match=says) as caught:
        load(tmp_path, text)
    assert "layout.toml" in caught.value.remedy


def test_the_reading_by_lines_is_there_by_name(tmp_path):
    talk = load(tmp_path, f"{PROSE}\n\n\nYes.\nReally.\n\nNo.\n", reading="lines")
    assert list(talk.comments["text"]) == ["Yes.", "Really.", "No."]


def test_an_article_of_short_lines_only_is_an_article(tmp_path):
    talk = load(tmp_path, "Hello world\nFoo bar\nComments\nHi there\n")
    assert list(talk.article["role"]) == ["body", "body", "boilerplate"]
