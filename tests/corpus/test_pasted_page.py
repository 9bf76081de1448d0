"""What rules guess of a page without a layout."""

import pytest

import rejoinder
from rejoinder.errors import LayoutError

PROSE = "This is a paragraph of the article, long enough that nobody takes it for a heading at all."
AUTHOR = "Ann Example is a professor of examples at the University of Somewhere."
TITLED = ["heading", "body", "boilerplate"]
MARKERS = ["Comments", "12 Comments", "Comments (12)", "COMMENTS:", "Readers' comments", "3 replies"]
NO_MARKERS = ["Comments are closed to the public.", "Commentary", "No comment!"]
# Page, roles of the article's sentences (None: any), comments.
PAGES = [
    *((f"Title\n{PROSE}\n{marker}\nYes.\nNo.\n", TITLED, ["Yes.", "No."]) for marker in MARKERS),
    *((f"{PROSE}\n{line}\n\n\nYes.\n\nNo.\n", None, ["Yes.", "No."]) for line in NO_MARKERS),
    # a count under the headline, and one at the end, separate nothing
    (f"Title\n3 comments\n{PROSE}\nComments\nYes.\n", ["heading", *TITLED], ["Yes."]),
    (f"{PROSE}\nComments\nYes.\n3 replies\n", TITLED[1:], ["Yes.", "3 replies"]),
    # the longest gap
    (f"{PROSE}\n\n{PROSE}\n\n\nYes.\n\nNo.\nNo!\n", ["body"] * 2, ["Yes.", "No.\nNo!"]),
    # author and licence are boilerplate at the end only
    (
        "\n".join([AUTHOR, *[PROSE] * 5, AUTHOR, "Comments", "Yes."]),
        ["body"] * 6 + ["boilerplate"] * 2,
        ["Yes."],
    ),
    # an article of short lines
    ("Hello world\nFoo bar\nComments\nHi there\n", ["body", "body", "boilerplate"], ["Hi there"]),
]


@pytest.fixture
def load(tmp_path):
    def loaded(text, **options):
        (tmp_path / "page.txt").write_text(text, encoding="utf-8")
        return rejoinder.load(tmp_path / "page.txt", **options)

    return loaded


@pytest.mark.parametrize(("text", "roles", "comments"), PAGES)
def test_page_is_divided_into_article_and_comments(load, text, roles, comments):
    talk = load(text)
    assert list(talk.comments["text"]) == comments
    assert list(talk.article["role"]) == (roles or list(talk.article["role"]))
    held = set(talk.article["line"])  # and every line with text has its place
    for first, last in zip(talk.comments["first_line"], talk.comments["last_line"], strict=True):
        held |= set(range(first, last + 1))
    assert held == {n for n, line in enumerate(text.splitlines(), 1) if line.strip()}


def test_guesses_are_marked_and_the_rest_is_unknown(load):
    talk = load(f"{PROSE}\n\n\nYes.\n\nNo.\nReally not.\n")
    assert len(talk.guesses) == 3
    assert set(talk.comments["certainty"]) == {"guess"}
    assert talk.comments["reply_to"].isna().all()
    assert not talk.codebook
    assert talk.source.publisher is None
    assert "licence" in talk.source.unknown
    assert list(talk.comments.index) == ["c01", "c02"]
    assert list(talk.as_read("lines").comments.index) == ["l4", "l6", "l7"]


def test_lines_broken_at_the_margin_are_one_paragraph(load):
    article = "A sentence that is broken at the margin and\ngoes on in the next line. A second\none."
    talk = load(f"{article}\n\nEnd.\n\n\n\nComments\nYes.\n")
    assert list(talk.article["paragraph"].dropna()) == [1, 1, 2]


@pytest.mark.parametrize(
    "text", [f"{PROSE}\n" * 2, f"{PROSE}\n\n" * 3, f"{PROSE}\nComments\n", "Comments\nNo.\n"]
)
def test_page_that_cannot_be_divided_is_refused(load, text):
    with pytest.raises(LayoutError) as caught:
        load(text)
    assert "layout.toml" in caught.value.remedy
