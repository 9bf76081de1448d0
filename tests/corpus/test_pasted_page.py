"""What rules guess of a page without a layout."""

import pytest

import rejoinder
from rejoinder.errors import LayoutError

PROSE = "This is a paragraph of the article, long enough that nobody takes it for a heading at all."
AUTHOR = "Ann Example is a professor of examples at the University of Somewhere."


@pytest.fixture
def load(tmp_path):
    def loaded(text, **options):
        (tmp_path / "page.txt").write_text(text, encoding="utf-8")
        return rejoinder.load(tmp_path / "page.txt", **options)

    return loaded


@pytest.mark.parametrize(
    "marker", ["Comments", "12 Comments", "Comments (12)", "COMMENTS:", "Readers' comments", "3 replies"]
)
def test_line_that_announces_comments_separates_them(load, marker):
    talk = load(f"Title\n{PROSE}\n{marker}\nYes.\nNo.\n")
    assert list(talk.comments["text"]) == ["Yes.", "No."]
    assert list(talk.article["role"]) == ["heading", "body", "boilerplate"]
    assert marker in talk.guesses[0]


@pytest.mark.parametrize("line", ["Comments are closed to the public.", "Commentary", "No comment!"])
def test_line_that_only_mentions_comments_separates_nothing(load, line):
    talk = load(f"{PROSE}\n{line}\n\n\nYes.\nNo.\n")
    assert line in list(talk.article["text"])


def test_number_of_comments_under_the_headline_separates_nothing(load):
    talk = load(f"Title\n3 comments\n{PROSE}\nComments\nYes.\n")
    assert list(talk.comments["text"]) == ["Yes."]


def test_longest_gap_separates(load):
    talk = load(f"{PROSE}\n\n{PROSE}\n\n\nYes.\n\nNo.\nReally not.\n")
    assert list(talk.comments["text"]) == ["Yes.", "No.\nReally not."]
    assert list(talk.comments.index) == ["c01", "c02"]
    lines = talk.as_read("lines").comments
    assert list(lines["text"]) == ["Yes.", "No.", "Really not."]
    assert list(lines.index) == ["l6", "l8", "l9"]


def test_guesses_are_marked_and_the_rest_is_unknown(load):
    talk = load(f"{PROSE}\n\n\nYes.\nNo.\n")
    assert len(talk.guesses) == 3
    assert set(talk.comments["certainty"]) == {"guess"}
    assert talk.comments["reply_to"].isna().all()
    assert talk.codebook is None
    assert talk.source.publisher is None
    assert "licence" in talk.source.unknown


def test_every_line_with_text_is_in_the_article_or_in_a_comment(load):
    text = f"Title\n{PROSE}\n\nComments\n\nYes.\nBecause.\n\nNo.\n"
    talk = load(text)
    held = set(talk.article["line"])
    for first, last in zip(talk.comments["first_line"], talk.comments["last_line"], strict=True):
        held |= set(range(first, last + 1))
    assert held == {n for n, line in enumerate(text.splitlines(), 1) if line.strip()}


ROLES = [
    # author and licence are boilerplate at the end only
    ("\n".join([AUTHOR, *[PROSE] * 5, AUTHOR, ""]), ["body"] * 6 + ["boilerplate"] * 2),
    ("Hello world\nFoo bar\n", ["body", "body", "boilerplate"]),  # there is nothing longer
    (f"Title\n{PROSE}\n", ["heading", "body", "boilerplate"]),
]


@pytest.mark.parametrize(("article", "roles"), ROLES)
def test_role_of_a_line_depends_on_length_and_place(load, article, roles):
    assert list(load(f"{article}Comments\nHi there\n").article["role"]) == roles


def test_lines_broken_at_the_margin_are_one_paragraph(load):
    article = (
        "A sentence that is broken at the margin and\ngoes on in the next line. A second\none.\n\nEnd."
    )
    talk = load(f"{article}\n\n\n\nComments\nYes.\n")
    assert list(talk.article["paragraph"].dropna()) == [1, 1, 2]


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE}\n{PROSE}\n",
        f"{PROSE}\n\n{PROSE}\n\n{PROSE}\n",
        f"{PROSE}\nComments\n",
        "Comments\nYes.\nNo.\n",
    ],
    ids=["no gap", "equal gaps", "only an article", "only comments"],
)
def test_page_that_cannot_be_divided_is_refused(load, text):
    with pytest.raises(LayoutError) as caught:
        load(text)
    assert "layout.toml" in caught.value.remedy
