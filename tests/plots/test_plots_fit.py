"""No text of any picture overlaps another or is cut off, however many comments and however long names."""

from math import nan

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from drawn import seen_texts
from matplotlib.transforms import Affine2D

from rejoinder import plots
from rejoinder.display import png
from rejoinder.plots import frame
from rejoinder.plots.right import RUNGS
from rejoinder.report import alt
from rejoinder.stats.estimate import Estimate, mean, share

pytestmark = pytest.mark.usefixtures("closed_figures")

SIZES = [1, 9, pytest.param(40, marks=pytest.mark.slow), pytest.param(200, marks=pytest.mark.slow)]
NAMES = {
    "short": "c",
    "sixty words": "a claim that goes on and on, with no end " * 6,
    "one word": "W" * 300,
    "scripts": "שלום 上海 😀👩‍👩‍👧 Z" + "\u0301" * 40 + r" $x^2$ \alpha $$ " * 9,
}
SCORES = {
    "spread": lambda n: np.linspace(-1, 1, n),
    "equal": lambda n: np.full(n, 0.25),
    "none": lambda n: np.full(n, nan),
    "edges": lambda n: np.where(np.arange(n) % 2, 1.0, -1.0),
}
STANCES = ("agree", "disagree", "mixed", "unclear", "disputed", "seen by some", "silent", "uncoded")
KINDS = ("fact", "forecast", "judgement")
NO_ESTIMATE = Estimate(nan, nan, nan, 0, 0.95, "none")


def ids(n, name):
    return [f"c{at + 1:02}" if name == "c" else f"{at:03}{name}" for at in range(n)]


def tones(n, name, scores):
    values = SCORES[scores](n)
    columns = {"polarity": values, "textblob": values * 0.9, "vader": np.clip(values + 0.03, -1, 1)}
    return pd.DataFrame({**columns, "drivers": name}, index=ids(n, name))


def sides(n, name, scores):
    return tones(n, name, scores).assign(
        coded_tone=["seen by some" if at % 2 else "uncoded" for at in range(n)],
        thesis=["disputed" if at % 3 else "uncoded" for at in range(n)],
        claims_agreed=[at % 12 for at in range(n)],
        claims_disagreed=[at * 5 % 12 for at in range(n)],
    )


def voices(n, name, scores):
    index = ids(n, name)
    above = [index[at - 1] if at % 3 else pd.NA for at in range(n)]
    words, depth = [at * 37 % 250 for at in range(n)], [at % 3 for at in range(n)]
    columns = {"words": words, "reply_to": above, "depth": depth, "opening": name}
    return pd.DataFrame(columns, index=index)


def one_thread(n, name, scores):
    table = voices(n, name, scores)
    return table.assign(reply_to=[pd.NA, *table.index[:-1]], depth=range(n))


def claims(n, name, scores):
    kinds = [KINDS[at % 3] for at in range(n)]
    index = ["thesis", *ids(n, name)[1:]]
    return pd.DataFrame({"text": name, "kind": kinds, "place": np.linspace(0, 1, n)}, index=index)


def themes(n, name, scores):
    readers = {"none": share(0, 0), "equal": share(9, 9)}
    return pd.DataFrame(
        {
            "name": name,
            "author": [share(at % 22, 21) for at in range(n)],
            "readers": [readers.get(scores, share(at * 7 % 5001, 5000)) for at in range(n)],
        }
    )


def actors(n, name, scores):
    one = {"none": NO_ESTIMATE, "equal": mean([0.25] * 5)}
    values = SCORES[scores](n)
    author = [
        one.get(scores, Estimate(v, max(v - 0.3, -1), min(v + 0.3, 1), 9, 0.95, "")) for v in values
    ]
    return pd.DataFrame({"name": name, "author": author, "readers": author[::-1]})


def glance(n, name, scores):
    held = {f"{theme}{name}": [at * theme % 3 == 0 for at in range(n)] for theme in range(20)}
    tone = [("positive", "negative", "neutral", "unscored")[at % 4] for at in range(n)]
    return pd.DataFrame({"tone": tone, "opening": name, **held}, index=ids(n, name))


def cells(n, name, scores):
    rows = [
        (f"k{claim}" if claim else "thesis", KINDS[claim % 3], name, comment,
         "silent" if scores == "none" else STANCES[(claim * 3 + at * 5) % len(STANCES)])
        for claim in range(11)
        for at, comment in enumerate(ids(n, name))
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["claim", "kind", "text", "comment_id", "stance"])


def items(n, name, scores):
    alpha = NO_ESTIMATE if scores == "none" else Estimate(0.5, 0.1, 1, 9, 0.95, "")
    return pd.DataFrame({"same": [share(4321, 5000)] * n, "alpha": [alpha] * n}, index=ids(n, name))


def paragraphs(n, name, scores):
    columns = {"polarity": SCORES[scores](n), "strongest": name}
    return pd.DataFrame(columns, index=range(1, n + 1))


def universes(n, name, scores):
    values = SCORES[scores](n)
    return pd.DataFrame(
        {
            f"choice {name}": [f"{at % 3} {name}" for at in range(n)],
            "masking": [("in", "out")[at % 2] for at in range(n)],
            "estimate": [Estimate(v, v - 0.2, v + 0.2, 9, 0.95, "") for v in values],
            "finding": [f"{at % 6} {name}" for at in range(n)],
        }
    )


def machines(n, name, scores):
    rows = [
        (coded, nan if scores == "none" else 0.98 / np.sqrt(coded + 4), f"{at} {name}")
        for at in range(min(n, 9))
        for coded in (10, 20, 50, 100, 1000, 5000)
    ]
    return pd.DataFrame(rows, columns=["coded", "half_width", "machine"])


def rungs(n, name, scores):
    values = np.abs(np.nan_to_num(SCORES[scores](len(RUNGS))))
    rows = [
        (f"{at} {name}", f"metric {name}"[:20], 4200, who, value, 0.9 * value, min(value + 0.05, 1))
        for at in range(min(n, 12))
        for who, value in zip(RUNGS, values, strict=True)
    ]
    return pd.DataFrame(rows, columns=["task", "metric", "n", "who", "value", "low", "high"])


def steps(n, name, scores):
    right = np.abs(np.nan_to_num(SCORES[scores](10)))
    rows = [
        (f"{measure} {name}"[:20], f"{at} {name}", step / 10, share, 0.9 * share, share, 50 - 5 * step)
        for measure in ("tone", "tone toward", "links")
        for at in range(min(n, 4))
        for step, share in enumerate(right)
    ]
    columns = ["measure", "dataset", "degree", "right", "low", "high", "n"]
    return pd.DataFrame(rows, columns=columns)


def average(table):
    return (table, mean(table["polarity"].dropna().to_numpy()))


DRAWN = {
    "tone_dots": tones,
    "tone_beside_stance": sides,
    "tone_along_article": paragraphs,
    "reply_tree": voices,
    "reply_tree of one thread": one_thread,
    "claim_places": claims,
    "at_a_glance": glance,
    "paired_themes": themes,
    "actor_tones": actors,
    "stance_matrix": cells,
    "agreement": items,
    "specification_curve": universes,
    "how_many": machines,
    "ladder": rungs,
    "reliability": steps,
}


def call(module, plot, table):
    make = getattr(module, plot.partition(" ")[0])
    return make(*average(table)) if plot == "tone_dots" else make(table)


def shown(figure):
    """The texts of a drawn figure that can be seen, each with the corners of what it covers."""
    return [(text, corners(text)) for text in seen_texts(figure)]


def corners(text):
    turned = text.get_rotation() if text.get_rotation_mode() == "anchor" else 0
    if turned:
        text.set_rotation(0)
    box = text.get_window_extent()
    found = np.array([(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)])
    if turned:
        text.set_rotation(turned)
        foot = text.get_transform().transform(text.get_position())
        found = Affine2D().rotate_deg_around(*foot, turned).transform(found)
    return found


def overlap(one, other):
    """Whether two rectangles, turned or not, cover each other by more than a third of a pixel."""
    for corner in (one, other):
        for side in np.diff(corner[:3], axis=0):
            across = np.array([-side[1], side[0]]) / np.hypot(*side)
            a, b = one @ across, other @ across
            if a.max() <= b.min() + 1 / 3 or b.max() <= a.min() + 1 / 3:
                return False
    return True


def overlaps(figure):
    boxes = [(text.get_text(), box) for text, box in shown(figure)]
    return [
        (a, b) for at, (a, one) in enumerate(boxes) for b, other in boxes[at + 1 :] if overlap(one, other)
    ]


def cut_off(figure):
    width, height = figure.bbox.size
    return [
        text.get_text()
        for text, box in shown(figure)
        if box.min() < 0 or box[:, 0].max() > width or box[:, 1].max() > height
    ]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("plot", DRAWN)
def test_no_text_overlaps_another_or_is_cut_off(plot, n, name):
    figure = call(plots, plot, DRAWN[plot](n, name, "spread")).figure
    assert overlaps(figure) == []
    assert cut_off(figure) == []


@pytest.mark.parametrize("scores", ["equal", "none", "edges"])
@pytest.mark.parametrize("plot", DRAWN)
def test_scores_at_the_edges_equal_or_missing_leave_the_texts_apart(plot, scores):
    figure = call(plots, plot, DRAWN[plot](9, "c", scores)).figure
    assert overlaps(figure) == []
    assert cut_off(figure) == []


@pytest.mark.parametrize("plot", DRAWN)
def test_letters_have_eight_points_where_a_page_shows_the_figure_narrowest(plot):
    figure = call(plots, plot, DRAWN[plot](9, "c", "spread")).figure
    narrowest = 44 * 16 / (figure.get_figwidth() * figure.dpi)
    assert min(text.get_fontsize() for text, _ in shown(figure)) * narrowest >= 8 - 1e-9


@pytest.mark.parametrize("plot", DRAWN)
def test_figures_are_as_wide_as_each_other(plot):
    picture = png(call(plots, plot, DRAWN[plot](9, "c", "spread")))
    assert int.from_bytes(picture[16:20]) == 2 * 55 * 16


@pytest.mark.parametrize("plot", DRAWN)
def test_the_words_for_a_picture_of_thousands_can_be_listened_to(plot):
    table = DRAWN[plot](2_000, "a name that somebody made much too long " * 9, "spread")
    assert len(call(alt, plot, table).split()) < 2_000


@pytest.mark.parametrize(("text", "wide"), [("Wide words", 200), ("plain – “text”", 200), ("", 10)])
def test_what_fits_is_left_as_it_is(text, wide):
    assert frame.fitted(text, wide) == text


@pytest.mark.parametrize("text", ["W" * 300, "many words " * 40, "上" * 300, "a" + "\u0301" * 300])
@pytest.mark.parametrize("lines", [1, 3])
def test_what_does_not_fit_is_cut_at_a_sign_that_says_so(text, lines):
    fitted = frame.fitted(text, 120, lines=lines)
    assert frame.text_width(fitted) <= 120
    assert fitted.count("\n") < lines
    assert fitted.endswith("…") or len(fitted) < 5


def test_a_line_breaks_between_words_where_it_can():
    assert frame.fitted("one two three", frame.text_width("one two t"), lines=2) == "one two\nthree"


def test_a_letter_carries_two_marks_at_most():
    assert frame.drawable("e\u0301\u0301\u0301\u0301f") == "e\u0301\u0301f"


def test_a_given_pair_of_axes_keeps_its_texts_apart():
    _, ax = plt.subplots(figsize=(12, 6))
    assert plots.tone_dots(*average(tones(9, "c", "spread")), ax=ax) is ax
    assert overlaps(ax.figure) == []
