"""Text as pages and figures get it: nothing in it acts, hides, reorders or piles up."""

import re
from html import unescape

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib import pyplot as plt

from hostile.payloads import PAYLOADS, UNSEEN
from rejoinder import display, plots
from rejoinder.html import escaped, visible

ANSWER, NOTEBOOK = ("question", "answer", "beyond", "firm"), {"notebook": "02_who"}


def shown_by(function, *given):
    """What a function displays."""
    shown = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("IPython.display.display", shown.append)
        function(*given)
    return shown[0]


FRAGMENTS = {
    "say": lambda text: shown_by(display.say, text, text),
    "answers": lambda text: display.answer_list(pd.DataFrame([dict.fromkeys(ANSWER, text) | NOTEBOOK])),
    "quote": lambda text: display.quote(text, text),
    "quotes": lambda text: display.quotes(pd.DataFrame({"text": [text], "source": [text]})),
    "table": lambda text: display.table(
        pd.DataFrame({text: [text, [text]]}, index=[text, "b"]), symbols={"c": text}
    ),
    "marked": lambda text: display.quote(text, text, mark=[(0, len(text), "negative")]),
}


def shape(fragment):
    """Its elements with their attributes, except the classes that depend on the length of the text."""
    return [
        (one.name, sorted(set(one.attrs) - {"class", "style"}))
        for one in BeautifulSoup(fragment.html, "html.parser").find_all(True)
        if one.name not in ("br", "bdi")
    ]


@pytest.mark.parametrize("name", FRAGMENTS)
def test_a_fragment_has_the_same_elements_whatever_its_text(name):
    make, different = FRAGMENTS[name], []
    for payload in PAYLOADS:
        # As many paragraphs, so that only what the text itself would add makes a difference.
        harmless = re.sub(r"[^\n]", "x", re.sub(r"[^\S\n]", "x", visible(payload.text)))
        if shape(make(payload.text)) != shape(make(harmless)):
            different.append(payload.name)
        made = make(payload.text)
        assert not UNSEEN.search(re.sub("\u2060", "", made.html + made.plain)), payload.name
        assert "tex2jax_ignore mathjax_ignore" in made.html.partition(">")[0]
    assert different == []


def test_what_cannot_be_seen_is_made_visible_at_the_same_length():
    assert sum(bool(UNSEEN.search(one.text)) for one in PAYLOADS) > 10
    for payload in PAYLOADS:
        # `escaped` itself puts U+2060 between figures.
        for made in (visible(payload.text), escaped(payload.text).replace("\u2060", "")):
            assert not UNSEEN.search(made), payload.name
        assert len(visible(payload.text)) == len(payload.text)
    shown_by(display.say, "a\ud800b").html.encode("utf-8")  # a lone surrogate can be written


NEEDED = ["👩‍👩‍👧‍👦 ❤️ 1️⃣", "می‌خواهم", "Việt Nam ễ", "שָׁלוֹם", "a\tb\nc", "é ñ å", "“typographic” – ümläut"]


def test_what_writing_needs_stays_and_marks_do_not_pile_up():
    assert list(map(visible, NEEDED)) == NEEDED
    for mark in "\u0300\u0334\u0489\u20d0\u1dc0":
        assert visible("a" + 300 * mark).count(mark) <= 4 and len(visible("a" + 300 * mark)) == 301


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.name)
def test_html_holds_the_very_letters(payload):
    quoted = BeautifulSoup(display.quote(payload.text, "c01").html, "html.parser").blockquote
    lines = [line.strip() for line in visible(payload.text).split("\n") if line.strip()]
    assert [one.text for one in quoted.find_all("p")] == lines and quoted["dir"] == "auto"
    said = shown_by(display.say, payload.text)
    text = unescape(re.sub("<[^>]*>", "", re.sub("<br>", "\n", said.html))).replace("\u2060", "")
    assert text.replace("\u00a0", " ") == said.plain.replace("\u00a0", " ")
    with pytest.raises(ValueError):
        display.link("here", f"javascript:{payload.text}")


def test_payloads_can_be_drawn_and_described(closed_figures, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *data, **options: shown.append((data, options)))
    ax = plt.figure(figsize=(4, 44)).subplots()
    for at, payload in enumerate(PAYLOADS):
        drawn = plots.drawable(payload.text)
        assert "\n" not in drawn and not UNSEEN.search(drawn)
        ax.text(0, at / len(PAYLOADS), plots.drawable(payload.text, letters=40))
    ax.set_title(plots.drawable(PAYLOADS[0].text))
    display.figure(ax, " ".join(one.text for one in PAYLOADS), pd.DataFrame(PAYLOADS))
    ((picture,), options), ((below,), _) = shown
    assert picture["image/png"].startswith(b"\x89PNG")
    alt = options["metadata"]["image/png"]["alt"]
    assert picture["text/plain"] == alt and not UNSEEN.search(alt)
    elements = {one.name for one in BeautifulSoup(below.html, "html.parser").find_all(True)}
    table = {"table", "thead", "tbody", "tr", "th", "td"}
    assert elements <= table | {"div", "p", "br", "bdi", "details", "summary"}
