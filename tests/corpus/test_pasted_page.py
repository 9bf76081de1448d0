"""What rules guess of a page without a layout."""

import numpy as np
import pytest

import rejoinder
from rejoinder.errors import LayoutError
from rejoinder.tables import claims

PROSE = "This is a paragraph of the article, long enough that nobody takes it for a heading at all."
AUTHOR = "Ann Example is a professor of examples at the University of Somewhere."
TITLED = ["heading", "body", "boilerplate"]
MARKERS = ["Comments", "12 Comments", "Comments (12)", "COMMENTS:", "Readers' comments", "3 replies"]
NO_MARKERS = ["Comments are closed to the public.", "Commentary", "No comment!"]
HEADINGS = [
    "1,234 Comments", "Comments (1,234)", "1.2K Comments", "Comments: 12", "## Comments",
    "💬 12 comments", "3 thoughts on “Close the centre”", "3 Responses to “Close the centre”",
    "2 Responses to Close the centre", "Top comments", "View all 3 comments", "3 Comments Sort by Best",
    "57 Comments | Add yours", "12 comments so far", "Join the conversation", "Discussion (3)",
    "Responses", "Leave a comment", "Comments are closed", "What do you think?", "Have your say",
]  # fmt: skip
SUBHEADINGS = [  # beside a line "Comments", no border
    *NO_MARKERS, "Responses", "Leave a comment", "Comments are closed.", "3 comments",
    "The mayor's comments", "Comments.", "Responses to the plan",
    "Three comments on the plan were heard.", "Conversation partners", "View from the hill",
    "Your say, they say.",
]  # fmt: skip
COUNT, LEAVE, THOUGHTS = "3 comments", "Leave a comment", "3 thoughts on “Close it”"
UNDECIDED = [  # lines that may be the border, and where they stand
    (COUNT, COUNT), (COUNT, "Top comments"), ("Comments", COUNT), ("Comments", "Comments"),
    (LEAVE, "Responses"), (LEAVE, "What do you think?"),
]  # fmt: skip
DECIDED = [(COUNT, "Comments"), (LEAVE, "Comments"), (LEAVE, THOUGHTS), (COUNT, THOUGHTS), (LEAVE, COUNT)]
# Page, roles of the article's sentences (None: any), comments.
PAGES = [
    *((f"Title\n{PROSE}\n{marker}\nYes.\nNo.\n", TITLED, ["Yes.", "No."]) for marker in MARKERS),
    *((f"{PROSE}\n{line}\n\n\nYes.\n\nNo.\n", None, ["Yes.", "No."]) for line in NO_MARKERS),
    # a count under the headline, and one at the end, separate nothing
    (f"Title\n3 comments\n{PROSE}\nComments\nYes.\n", ["heading", "boilerplate", *TITLED[1:]], ["Yes."]),
    (f"{PROSE}\nComments\nYes.\n3 replies\n", [*TITLED[1:], "boilerplate"], ["Yes."]),
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
    ("Share\n***\nComments\nHi there\n", ["body", "body", "boilerplate"], ["Hi there"]),
]

BUTTONS = [  # between comments: no comment, and none is lost uncounted
    "Reply", "Like · Reply · 3h", "Share", "View 3 replies", "Log in to reply", "2 hours ago",
    "6 March 2025 at 10:15", "March 6, 2025, 10:15 am", "Ann Author says:",
    "Ann Author on 6 March 2025 at 10:15 said:", "angry_bob\n6 March 2025 at 10:15",
    "BakerBob, Boston, 2 hours ago", "TownDweller\n6 Mar 2025 10.20", "@carla\n1 hour ago (edited)",
    "u/carla\n•\n2 days ago", "Upvote\n12\nDownvote", "2 • Reply • Share ›", "Add a comment...",
    "The comments below have not been moderated.",
]  # fmt: skip
NO_BUTTONS = [
    "Reply.", "I like it", "Share the road!", "Report the mayor", "March 6 was cold",
    "The mayor says no", "Nobody ever asked us\nHere it was", "What do you think?",
    "As every town of this size, we need the bigger\nshare",
    "They never asked for any of this, and nobody did\nlike",
]  # fmt: skip
AROUND = [  # around the article: neither a paragraph nor the first sentence
    "Share on Facebook", "By Ann Author and Bo Smith.", "Posted on 6 March 2025 by Ann Author.",
    "5 min read", "Advertisement", "Facebook | Twitter | Email",
    "Read more: The trams of the old town, and who took them away from us.",
    "Sign up for the Town newsletter  Get expert analysis of the news and a guide to it all.",
    "Thanks for reading! Subscribe for free to receive new posts and support my work.", "248",
    "Thu 6 Mar 2025 10.15 GMT", "By ANN AUTHOR FOR TOWN NEWS",
    "PUBLISHED: 10:15, 6 March 2025 | UPDATED: 11:02, 6 March 2025", "![The square](square.jpg)",
    "[![](square.jpg)](https://example.org/square)", "***", "`git status`",
]  # fmt: skip
MARKED = [  # a heading, whatever its last sign
    "# The square.", "## Who owns the square?", "The square?\n-----------", "**The square?**",
    "__Update:__",
]  # fmt: skip
HEADLINES = [
    "Who killed the tram?", "“Close the centre!”",
    "Why the centre should be closed to " + "all " * 9 + "cars",
]  # fmt: skip


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


@pytest.mark.parametrize("heading", HEADINGS)
def test_heading_of_the_comments_is_the_border(load, heading):
    talk = load(f"Title\n\n{PROSE}\n\n{PROSE}\n\n{heading}\n\nYes.\n\nNo.\n")
    assert list(talk.comments["text"]) == ["Yes.", "No."]
    assert list(talk.article["role"]) == ["heading", "body", "body", "boilerplate"]


@pytest.mark.parametrize("line", SUBHEADINGS)
def test_short_line_of_the_article_is_no_border(load, line):
    talk = load(f"Title\n\n{PROSE}\n\n{line}\n\n{PROSE}\n\nComments\n\nYes.\n\nNo.\n")
    assert list(talk.comments["text"]) == ["Yes.", "No."]
    assert list(talk.article["role"][talk.article["text"] == PROSE]) == ["body"] * 2


@pytest.mark.parametrize(("above", "below"), DECIDED)
def test_link_above_the_article_is_no_border(load, above, below):
    talk = load(f"Title\n\n{PROSE}\n\n{above}\n\n{PROSE}\n\n{below}\n\nYes.\n\n2 replies\n\nNo.\n")
    assert list(talk.comments["text"]) == ["Yes.", "No."]


@pytest.mark.parametrize(("above", "below"), UNDECIDED)
def test_which_of_two_borders_is_asked(load, above, below):
    with pytest.raises(LayoutError) as caught:
        load(f"Title\n\n{PROSE}\n\n{above}\n\n{PROSE}\n\n{below}\n\nYes.\n\nNo.\n")
    assert all(f"line {n}" in caught.value.problem for n in (5, 9))
    assert caught.value.line == 5
    assert "layout.toml" in caught.value.remedy


def test_subheading_against_a_longer_gap_is_asked(load):
    page = f"Title\n\n{PROSE}\n\nResponses\n\n{PROSE}\n\n\n\nYes.\n\nNo.\n"
    with pytest.raises(LayoutError) as caught:
        load(page)
    assert "line 7" in caught.value.problem
    assert list(load(page.replace("Responses", "Answers")).comments["text"]) == ["Yes.", "No."]


def test_question_that_closes_the_article_is_part_of_it(load):
    talk = load(f"Title\n\n{PROSE}\n\nWhat do you think?\n\nComments\n\nTop comments\n\nYes.\n")
    assert list(talk.article["role"]) == ["heading", "body", "body", "boilerplate", "boilerplate"]
    assert list(talk.comments["text"]) == ["Yes."]


def test_word_of_a_paragraph_that_stands_alone_in_a_line_is_no_border(load):
    article = (
        "A sentence that is broken at the margin and\ngoes on with many a word until there are\ncomments"
    )
    talk = load(f"{article}\nof all kinds. It has an end.\n\nTop comments\n\nYes.\n")
    assert list(talk.comments["text"]) == ["Yes."]


@pytest.mark.parametrize("line", BUTTONS)
def test_buttons_dates_and_names_are_no_comments_and_are_counted(load, line):
    talk = load(f"Title\n{PROSE}\n\nComments\n\nYes.\n{line}\nNo.\n\nNever.\n\n{line}\n")
    assert list(talk.comments["text"]) == ["Yes.", "No.", "Never."]
    assert list(talk.as_read("lines").comments["text"]) == ["Yes.", "No.", "Never."]
    left = 2 * len(line.splitlines())
    assert (talk.article["role"] == "boilerplate").sum() == 1 + left
    assert f"{left} lines" in talk.guesses[-1]


@pytest.mark.parametrize("line", NO_BUTTONS)
def test_short_comment_is_no_button(load, line):
    talk = load(f"Title\n{PROSE}\n\nComments\n\nYes.\n\n{line}\n\nNo.\n")
    assert list(talk.comments["text"]) == ["Yes.", line, "No."]
    assert len(talk.guesses) == 3


@pytest.mark.parametrize("line", AROUND)
def test_what_stands_around_an_article_is_no_part_of_it(load, line):
    talk = load(f"Title\n\n{line}\n\n{PROSE}\n\n{line}\n\n{PROSE}\n\nComments\n\nYes.\n")
    roles = talk.article.groupby("line")["role"].first()
    assert list(roles) == ["heading", "boilerplate", "body", "boilerplate", "body", "boilerplate"]
    assert claims.thesis_quotation(talk)["text"].iloc[0] == PROSE


@pytest.mark.parametrize("line", MARKED)
@pytest.mark.parametrize(
    "prose", [PROSE, "Broken at the margin, a line\ngoes on in the next, and\nends there."]
)
def test_marked_heading_is_no_paragraph(load, line, prose):
    talk = load(f"{line}\n\n{prose}\n\n{line}\n\n{prose}\n\nComments\n\nYes.\n")
    assert list(talk.paragraphs["text"]) == [prose] * 2
    assert list(talk.article["role"]).count("heading") == 2


@pytest.mark.parametrize("line", HEADLINES)
def test_headline_is_not_the_first_sentence(load, line):
    talk = load(f"{line}\n\n{PROSE}\n\n{PROSE}\n\nComments\n\nYes.\n")
    assert list(talk.paragraphs["text"]) == [PROSE] * 2
    assert load(f"{PROSE}\n\n{line}\n\nComments\n\nYes.\n").article["role"][0] == "body"


def test_code_is_no_paragraph(load):
    talk = load(f"{PROSE}\n\n```\nif x: return.\n\nreturn 1.\n```\n\n{PROSE}\n\nComments\n\nYes.\n")
    assert list(talk.paragraphs["text"]) == [PROSE] * 2
    unclosed = load(f"{PROSE}\n\n```\n\n{PROSE}\n\nComments\n\nYes.\n")
    assert list(unclosed.paragraphs["text"]) == [PROSE] * 2


MARKDOWN = """# The square

[The *square*](https://example.org/a.b?c=d "Of all. And nobody.") is **full**. See `cars` and https://example.org/best.html.

> Others say: close it. They know.

- It is [time](https://example.org/time).

Comments

Yes.
"""


def test_markdown_is_not_scored_and_offsets_hold(load):
    talk = load(MARKDOWN)
    body = talk.article[talk.article["role"] == "body"]
    assert [" ".join(one.split()) for one in body["normalised"]] == [
        "The square is full .",
        "See cars and .",
        "Others say: close it.",
        "They know.",
        "It is time .",
    ]
    assert [one[:6] for one in body["text"]] == ["[The *", "See `c", "Others", "They k", "It is "]
    for table in (talk.article, talk.paragraphs):
        cut = [talk.raw[a:b] for a, b in zip(table["start"], table["end"], strict=True)]
        assert list(table["text"]) == cut
        assert list(table["normalised"].str.len()) == [len(one) for one in cut]
    assert list(talk.paragraphs["words"]) == [7, 6, 3]
    assert list(talk.paragraphs["text"]) == [
        MARKDOWN.splitlines()[2],
        *(line[2:] for line in MARKDOWN.splitlines()[4:7:2]),
    ]


def test_thesis_candidates_are_ranked_without_markdown(load):
    article = "The {}square{} is old.\n\nPeople {}walk{} there. Cars {}come{} too.\n\nIt is old."
    address = '](https://example.org/we/should/close/it "In short, we should.")'
    pages = [article.format(*marks) for marks in ([""] * 6, ["[", address, "**", "**", "[", address])]
    plain, marked = (claims.thesis_candidates(load(f"{page}\n\nComments\n\nYes.")) for page in pages)
    assert list(plain.index) == list(marked.index)
    np.testing.assert_allclose(plain["rank"], marked["rank"])
