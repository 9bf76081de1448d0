# ruff: noqa: E501 - tables of texts
"""Bodies as exports carry them become what people wrote."""

import pytest

from rejoinder.corpus.importers.repair import one_line, placeholder, plain, unwrapped


@pytest.mark.parametrize(
    ("body", "markup", "words"),
    [
        ("<p>One.</p><p>Two<br>lines &amp; <b>more</b>.</p>", "html", "One.\n\nTwo\nlines & more."),
        ("blank lines\n\nmean <i>paragraphs</i>", "html", "blank lines\n\nmean paragraphs"),
        ("<p>spaces\n  of the file</p>", "html", "spaces of the file"),
        ("<blockquote><p>His words</p></blockquote><p>Mine.</p>", "html", "> His words\n\nMine."),
        ("<aside class='quote'>Ann: <blockquote>so</blockquote></aside><p>No.</p>", "html", "> Ann: so\n\nNo."),
        ("<h2>A heading</h2><p>Text.</p>", "html", "## A heading\n\nText."),
        ("Good<script>alert(1)</script><style>p{}</style>", "html", "Good"),
        ("<img class='emoji' alt='😀'> <img alt='a cat' src='x'>yes", "html", "😀 yes"),
        ("&gt; quoted\n\nnot *that* [link](http://a.org)", "markdown", "> quoted\n\nnot that link"),
        ("a &lt;b&gt; &#39;c&#39;", "html", "a <b> 'c'"),
        ("CafÃ© and itâ€™s", "text", "Café and it’s"),
        ("cafe\u0301", "text", "café"),
        ("co\u00adop\u200ber\ufeffate\u200e", "text", "cooperate"),
        ("a\r\nb\rc\u2028d\n\n\n\ne", "text", "a\nb\nc\nd\n\ne"),
        ("half \ud83d", "text", "half \ufffd"),
        ("?a=1&section=2&copy=3", "text", "?a=1&section=2&copy=3"),
        ("Use List<String> if x<y and y>z", "markdown", "Use List<String> if x<y and y>z"),
        ("1986. A great year", "markdown", "1986. A great year"),
        (">!hidden!< words", "markdown", "hidden words"),
        ("\u200d", "text", ""),
        (None, "html", ""),
        (float("nan"), "text", ""),
        (12, "text", "12"),
    ],
)  # fmt: skip
def test_bodies_are_repaired(body, markup, words):
    assert plain(body, markup) == words


@pytest.mark.parametrize("text", [
    "2 < 3 and 5 > 4", "I <3 you", "Ã la carte", "👩‍👩‍👧", "é", "नमस्ते", "List<String> in text", 'he said: "no"', "AT&T",
])  # fmt: skip
def test_what_is_whole_stays(text):
    assert plain(text, "text") == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[deleted]", "deleted"), ("[removed]", "removed"), ("Comment deleted", "deleted"),
        ("This comment has been removed by the author.", "deleted"),
        ("This comment was removed by a moderator because it didn't abide by our community standards.", "removed"),
        ("deleted scenes are the best", None),
        ("This comment was removed from my memory years ago, and I still think of it. " * 5, None),
        ("The message was blocked by the Kremlin, as always, and nobody says a word about it.", None),
        ("The comment violates no rule at all, so why was it hidden?", None),
        ("NA", None), ("null", None),
    ],
)  # fmt: skip
def test_placeholders_are_no_comments(text, why):
    assert placeholder(text) == why


def test_a_title_is_one_line_and_may_be_missing():
    assert one_line(" A &amp;\n<i>B</i> ") == "A & B"
    assert one_line("") is None and one_line(None) is None


def test_a_text_broken_at_the_margin_gets_a_line_a_paragraph():
    text = "The first line\ngoes on here and\ngoes on.\n\n* a point\n* another\nof two lines\n\n```\na = 1\nb\n```\n"
    whole = "The first line goes on here and goes on.\n\n* a point\n* another of two lines\n\n```\na = 1\nb\n```\n"
    assert unwrapped(text) == whole
    poem = "Each line is one.\nAnd ends so.\n\nNo line goes on.\nor only one\n"
    assert unwrapped(poem) == poem
