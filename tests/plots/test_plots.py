import matplotlib.pyplot as plt
import pandas as pd
import pytest

from rejoinder import answers, plots
from rejoinder.report import alt

pytestmark = pytest.mark.usefixtures("closed_figures")


def texts(ax):
    return [t.get_text() for t in ax.texts] + [t.get_text() for t in ax.get_yticklabels()]


def test_tone_dots_name_every_comment_and_the_mean(talk):
    tones = answers.tones(talk)
    ax = plots.tone_dots(tones, answers.mean_tone(talk))
    assert [t.get_text() for t in ax.get_yticklabels()] == [*tones.index, "mean"]
    assert "n = 9" in ax.get_xlabel()
    assert str(answers.mean_tone(talk)) in texts(ax)


def test_an_unscored_comment_gets_no_dot(talk):
    tones = answers.tones(talk)
    tones.loc["c01", ["polarity", "textblob", "vader"]] = float("nan")
    ax = plots.tone_dots(tones, answers.mean_tone(talk))
    dots = [line for line in ax.lines if line.get_marker() == plots.READERS_MARK]
    assert len(dots) == len(tones)  # one less, and the mean
    assert "no word scored" in texts(ax)
    assert "c01 no word scored" in alt.tone_dots(tones, answers.mean_tone(talk))


def test_paired_themes_show_counts_of_both_sides_in_the_order_of_the_table(talk):
    table = answers.theme_shares(talk)
    ax = plots.paired_themes(table)
    shown = [t.get_text() for t in ax.texts]
    assert [t for t in shown if t in set(table["name"])] == list(table["name"])
    for estimate in (*table["author"], *table["readers"]):
        assert f"{estimate.count} of {estimate.n}" in shown


def test_author_and_readers_keep_their_colours_and_marks(talk):
    ax = plots.paired_themes(answers.theme_shares(talk))
    marks = {(line.get_color(), line.get_marker()) for line in ax.lines if line.get_marker() != "None"}
    assert marks == {(plots.AUTHOR, "s"), (plots.READERS, "o")}


def test_a_reply_is_set_in_and_tied_to_what_it_answers(talk):
    voices = answers.voices(talk)
    ax = plots.reply_tree(voices)
    left = dict(zip(voices.index, [bar.get_x() for bar in ax.patches], strict=True))
    assert left["c05"] == 0 < left["c06"] < left["c07"]
    assert len(ax.lines) == voices["reply_to"].notna().sum()


def test_a_long_page_shows_a_sample_and_says_of_how_many(talk):
    many = pd.concat([answers.voices(talk).assign(reply_to=pd.NA, depth=0)] * 20, ignore_index=True)
    ax = plots.reply_tree(many)
    assert "a sample of 36 of n = 180 comments: every 5th" in ax.get_xlabel()
    assert "a sample of 36 of n = 180 comments: every 5th" in alt.reply_tree(many)
    assert [t.get_text() for t in ax.get_yticklabels()] == [str(at) for at in range(0, 180, 5)]


def test_of_a_long_page_all_tones_are_drawn_below_the_sample(talk):
    many = pd.concat([answers.tones(talk)] * 20, ignore_index=True)
    ax = plots.tone_dots(many, answers.mean_tone(talk))
    assert [t.get_text() for t in ax.get_yticklabels()][-2:] == ["all", "mean"]
    held = [-bar.get_height() for bar in ax.patches]
    assert sum(held) / max(held) == pytest.approx(len(many) / max(pd.cut(many["polarity"],
        [at / 20 - 1 for at in range(41)], right=False).value_counts()))  # fmt: skip
    words = alt.tone_dots(many, answers.mean_tone(talk))
    assert "of all 180, 0 have no scored word; the others: lowest, quartiles and highest" in words


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("costs $5 and $6", r"costs \$5 and \$6"),
        ("a\nb\tc", "a b c"),
        ("上海\u202e", "\ufffd\ufffd\ufffd"),
        ("plain – “text”", "plain – “text”"),
    ],
)
def test_what_matplotlib_could_not_draw_is_made_drawable(text, drawn):
    assert plots.drawable(text) == drawn


def test_hostile_text_is_drawn_without_a_warning(talk):
    voices = answers.voices(talk)
    voices["opening"] = "$\\frac{ \x00 上 \u202e 😀 $$ " * 20
    plots.reply_tree(voices).figure.canvas.draw()


def test_hostile_ids_and_long_names_are_drawn_without_a_warning(talk):
    ids = ["$x^{$", "漢字", "i" * 500]
    plots.reply_tree(answers.voices(talk).head(3).set_axis(ids)).figure.canvas.draw()
    glance = answers.at_a_glance(talk).iloc[:, :3].set_axis(["tone", "opening", "n" * 300], axis=1)
    plots.at_a_glance(glance).figure.canvas.draw()


def test_comments_without_words_are_drawn(talk):
    plots.reply_tree(answers.voices(talk).assign(words=0)).figure.canvas.draw()


def test_an_empty_table_gives_a_picture_that_says_so(talk):
    for draw, table in (
        (plots.claim_places, answers.claim_places(talk)),
        (plots.paired_themes, answers.theme_shares(talk)),
    ):
        assert "nobody has" in texts(draw(table.head(0)))[0]


def test_a_picture_is_drawn_on_given_axes(talk):
    _, ax = plt.subplots()
    assert plots.tone_along_article(answers.paragraph_tones(talk), ax=ax) is ax


@pytest.mark.parametrize("name", ["claim_places", "tone_along_article", "at_a_glance"])
def test_every_row_is_in_the_words_for_the_picture(talk, name):
    table = {
        "claim_places": answers.claim_places,
        "tone_along_article": answers.paragraph_tones,
        "at_a_glance": answers.at_a_glance,
    }[name](talk)
    getattr(plots, name)(table).figure.canvas.draw()
    words = getattr(alt, name)(table)
    assert all(str(label) in words for label in table.index)
