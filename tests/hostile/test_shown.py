"""Text as pages and figures get it: nothing in it acts, hides, reorders or heaps up."""

import re
from html import unescape

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib import pyplot as plt

from hostile.payloads import PAYLOADS
from rejoinder import display, plots
from rejoinder.html import escaped, visible

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
NAMES = [one.name for one in PAYLOADS]
FRAGMENTS = {
    "say": lambda text: display.say(text, sure=text),
    "quote": lambda text: display.quote(text, text),
    "quotes": lambda text: display.quotes(pd.DataFrame({"text": [text], "source": [text]})),
    "table": lambda text: display.table(pd.DataFrame({text: [text, [text]]}, index=[text, "b"])),
    "marked": lambda text: display.quote(text, text, mark=[(0, len(text), "negative")]),
}


def shape(fragment):
    """Its elements with their attributes, but for the classes that go by the length of the text."""
    return [
        (one.name, sorted(set(one.attrs) - {"class", "style"}))
        for one in BeautifulSoup(fragment.html, "html.parser").find_all(True)
        if one.name not in ("br", "bdi")
    ]


@pytest.mark.parametrize("payload", PAYLOADS, ids=NAMES)
def test_a_fragment_has_the_same_elements_whatever_its_text(payload):
    # As many paragraphs, so that only what the text itself would add makes a difference.
    harmless = re.sub(r"[^\n]", "x", re.sub(r"[^\S\n]", "x", visible(payload.text)))
    for make in FRAGMENTS.values():
        assert shape(make(payload.text)) == shape(make(harmless))


@pytest.mark.parametrize("payload", PAYLOADS, ids=NAMES)
def test_what_cannot_be_seen_is_made_visible(payload):
    # `escaped` itself puts U+2060 between figures.
    for made in (visible(payload.text), escaped(payload.text).replace("\u2060", "")):
        assert not UNSEEN.search(made)


@pytest.mark.parametrize("text", ["👩‍👩‍👧‍👦 ❤️ 1️⃣", "می‌خواهم", "Việt Nam ễ", "שָׁלוֹם", "a\tb\nc", "é ñ å"])
def test_what_writing_needs_stays(text):
    assert visible(text) == text


def test_marks_do_not_heap_up():
    for mark in "\u0300\u0334\u0489\u20d0\u1dc0":
        assert visible("a" + 300 * mark).count(mark) <= 4
        assert len(visible("a" + 300 * mark)) == 301


@pytest.mark.parametrize("payload", PAYLOADS, ids=NAMES)
def test_a_quotation_holds_the_very_letters(payload):
    quoted = BeautifulSoup(display.quote(payload.text, "c01").html, "html.parser").blockquote
    lines = [line.strip() for line in visible(payload.text).split("\n") if line.strip()]
    assert [one.text for one in quoted.find_all("p")] == lines
    assert quoted["dir"] == "auto"


@pytest.mark.parametrize("payload", PAYLOADS, ids=NAMES)
def test_plain_text_and_html_say_the_same(payload):
    said = display.say(payload.text)
    text = re.sub("<br>", "\n", said.html)
    text = unescape(re.sub("<[^>]*>", "", text)).replace("\u2060", "").replace("\u00a0", " ")
    assert text == said.plain.replace("\u00a0", " ")


def test_every_payload_can_be_drawn(closed_figures):
    for payload in PAYLOADS:
        drawn = plots.drawable(payload.text)
        assert "\n" not in drawn
        assert not UNSEEN.search(drawn)
    ax = plt.figure(figsize=(4, 44)).subplots()
    for at, payload in enumerate(PAYLOADS):
        ax.text(0, at / len(PAYLOADS), plots.drawable(payload.text, letters=40))
    ax.set_title(plots.drawable(PAYLOADS[0].text))
    assert display.png(ax).startswith(b"\x89PNG")


def test_alternative_text_of_a_figure_is_no_markup(closed_figures, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *data, **options: shown.append((data, options)))
    for payload in PAYLOADS[::40]:
        display.figure(plt.figure().subplots(), payload.text, payload.text)
        (data, options), _ = shown[-2:]
        assert data[0]["text/plain"] == options["metadata"]["image/png"]["alt"] == visible(payload.text)


@pytest.mark.parametrize("payload", PAYLOADS, ids=NAMES)
def test_no_payload_is_an_address(payload):
    with pytest.raises(ValueError, match="not a link"):
        display.link("here", f"javascript:{payload.text}")
