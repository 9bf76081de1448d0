from math import isnan

import pandas as pd
import pytest

from rejoinder import answers, plots
from rejoinder.report import alt
from rejoinder.stats.estimate import signed

pytestmark = pytest.mark.usefixtures("closed_figures")

HOSTILE = "$\\frac{ 上 \u202e <b> 😀 $$ " * 5


def texts(ax):
    return [t.get_text() for t in ax.texts]


def cells_of(claims, comments, stance="agree", text="A claim."):
    rows = [
        (f"k{c}" if c else "thesis", "fact" if c % 2 else "forecast", text, f"c{i}", stance, "")
        for c in range(claims)
        for i in range(comments)
    ]
    return pd.DataFrame(rows, columns=["claim", "kind", "text", "comment_id", "stance", "coders"])


def overlapping(ax):
    """Pairs of texts of a drawn picture that overlap."""
    renderer = ax.figure.canvas.get_renderer()
    ax.figure.canvas.draw()
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in ax.texts if t.get_text()]
    return [
        (a, b) for at, (a, one) in enumerate(boxes) for b, other in boxes[at + 1 :] if one.overlaps(other)
    ]


def test_the_matrix_names_every_comment_and_counts_every_stance(talk):
    cells = answers.stance_cells(talk)
    shown = texts(plots.stance_matrix(cells))
    assert set(talk.comments.index) <= set(shown)
    for claim, own in cells[cells["stance"] != "silent"].groupby("claim"):
        for stance, n in own["stance"].value_counts().items():
            assert any(f"{n} {stance}" in text for text in shown), (claim, stance)
    assert "no answer" in shown


def test_the_matrix_sets_facts_forecasts_and_judgements_apart(talk):
    shown = texts(plots.stance_matrix(answers.stance_cells(talk)))
    kinds = [text for text in shown if text in ("facts", "forecasts", "judgements")]
    assert kinds == ["facts", "forecasts", "judgements"]


def test_a_mark_stands_where_a_comment_speaks_and_a_dot_where_it_is_silent(talk):
    cells = answers.stance_cells(talk)
    ax = plots.stance_matrix(cells)
    marks = [line.get_marker() for line in ax.lines if line.get_marker() not in ("None", None)]
    for stance, marker in (("silent", "."), ("disagree", "X"), ("disputed", "D")):
        drawn = (cells["stance"] == stance).sum()
        in_key = 1 if drawn else 0
        assert marks.count(marker) == drawn + in_key


@pytest.mark.parametrize(("claims", "comments"), [(1, 1), (2, 9), (11, 40), (41, 12)])
def test_no_text_of_the_matrix_overlaps_another(claims, comments):
    long = "A rather long claim about one thing and another, and why it should be so, in many words."
    assert overlapping(plots.stance_matrix(cells_of(claims, comments, text=long))) == []


def test_a_long_page_shows_a_sample_and_counts_all():
    ax = plots.stance_matrix(cells_of(2, 200))
    assert ax.get_xlabel().startswith("20 of the 200 that speak to any of these, every 10th")
    assert "n = 200 comments" in ax.get_xlabel().replace("\n", " ")
    assert "200 agree" in texts(ax)
    words = alt.stance_matrix(cells_of(2, 200))
    assert "k1 (fact): 200 agree" in words
    assert "20 of the 200 that speak to any of these, every 10th" in words


def test_uncoded_comments_give_a_picture_that_says_so():
    for cells in (cells_of(3, 4, stance="uncoded"), cells_of(0, 0)):
        assert "nobody has coded" in texts(plots.stance_matrix(cells))[0]


def test_actor_tones_show_no_line_where_there_are_too_few(talk):
    table = answers.actor_tones(talk)
    ax = plots.actor_tones(table)
    hollow = sum(line.get_markerfacecolor() == "white" for line in ax.lines)
    tones = [tone for side in ("author", "readers") for tone in table[side]]
    assert hollow == sum(tone.n > 0 and isnan(tone.low) for tone in tones) > 0
    assert [t.get_text() for t in ax.get_yticklabels()] == list(table["name"])
    assert any(text.startswith(signed(table["author"].iloc[0].value)) for text in texts(ax))


def test_tone_beside_stance_puts_the_coldest_on_top(talk):
    table = answers.tone_beside_stance(talk)
    ax = plots.tone_beside_stance(table)
    order = list(table["polarity"].sort_values().index)
    assert [t.get_text() for t in ax.get_yticklabels()] == order


def test_an_undefined_alpha_is_written_and_gets_no_dot(talk):
    table = answers.item_agreement(talk)
    ax = plots.agreement(table)
    undefined = sum(pd.isna(alpha.value) for alpha in table["alpha"])
    assert texts(ax).count("undefined") == undefined > 0
    dots = [line for line in ax.lines if line.get_marker() == plots.READERS_MARK]
    assert len(dots) == len(table) - undefined


def test_hostile_text_is_drawn_without_a_warning(talk):
    plots.stance_matrix(cells_of(3, 3, text=HOSTILE).assign(comment_id=HOSTILE)).figure.canvas.draw()
    named = answers.actor_tones(talk).assign(name=HOSTILE)
    plots.actor_tones(named).figure.canvas.draw()


@pytest.mark.parametrize("name", ["actor_tones", "agreement"])
def test_an_empty_table_gives_a_picture_that_says_so(talk, name):
    make = {"actor_tones": answers.actor_tones, "agreement": answers.item_agreement}[name]
    ax = getattr(plots, name)(make(talk).head(0))
    assert texts(ax)
    assert "Nothing to show" in getattr(alt, name)(make(talk).head(0))


@pytest.mark.parametrize(
    ("name", "make", "labels"),
    [
        ("stance_matrix", answers.stance_cells, "claim"),
        ("actor_tones", answers.actor_tones, "name"),
        ("tone_beside_stance", answers.tone_beside_stance, None),
        ("agreement", answers.item_agreement, None),
    ],
)
def test_every_row_is_in_the_words_for_the_picture(talk, name, make, labels):
    table = make(talk)
    words = getattr(alt, name)(table)
    assert all(str(label) in words for label in (table[labels] if labels else table.index))
