"""Long, monotonous texts: a function whose time grows with the square of the length would take hours."""

import numpy as np
import pandas as pd
import pytest

import rejoinder
from hostile.payloads import MOUNTAINS
from hostile.seed import write_mountains
from rejoinder import display, plots, text
from rejoinder.measure import claim_matching, keyness, sentiment, themes, thesis
from rejoinder.report import appendix

ARTICLE = "An article that argues at some length, so that it does not look like a heading.\n"
SHORT = 25_000

pytestmark = pytest.mark.slow


def test_mountains_are_read_measured_and_shown(tmp_path):
    talk = rejoinder.load(write_mountains(tmp_path))
    assert len(talk.comments) >= len(MOUNTAINS) - 2 and len(appendix.pages(talk)) > 2
    book = pd.DataFrame({"name": ["good"], "pattern": [r"\bgood\b"]}, index=["t1"])
    for mountain in MOUNTAINS.values():
        said = mountain[:SHORT]
        one = pd.Series([said], index=["c01"])
        display.table(pd.DataFrame({said: [said]}))
        plots.drawable(mountain, letters=40)
        text.sentences(said, wrapped=True)
        text.QUOTATION.findall(mountain)
        assert len(sentiment.score(one)) == 1
        themes.presence(one, book)
        claim_matching.similarity(one, pd.Series(["Rain is good."]))
        thesis.rank(pd.Series([said, "It should be."]), paragraphs=pd.Series([1, 2]))
        others = pd.Series(["c d", "a d e"])
        keyness.compare(pd.Series([said, "a b"]), others, rng=np.random.default_rng(0))


@pytest.mark.parametrize("name", MOUNTAINS)
def test_a_mountain_in_a_pasted_page_is_read(tmp_path, name):
    for page in (
        f"{ARTICLE}\n\nComments\n\n{MOUNTAINS[name]}\n\nNo.\n",
        f"{MOUNTAINS[name]}\n{ARTICLE}\n\nComments\n\nNo.\n\nYes.\n",
    ):
        (tmp_path / "page.txt").write_text(page, encoding="utf-8")
        assert rejoinder.load(tmp_path / "page.txt").raw == page
