"""A headline taken again comes to what its notebook says."""

import dataclasses

import pandas as pd
import pytest

import rejoinder
from rejoinder import answers
from rejoinder.answers import accept, headlines, reliability, topics
from rejoinder.answers.headlines import HEADLINES, beyond
from rejoinder.answers.view import View
from rejoinder.stats.estimate import Estimate

SIDES = ["agree", "agree", "disagree", *["silent"] * 6]
BY_NAME = {headline.name: headline for headline in HEADLINES}


def found(talk, name, **choices):
    return BY_NAME[name].finding(View(talk, **choices))


@pytest.mark.slow
def test_as_in_the_notebooks_every_headline_is_theirs(talk):
    said = {answer.notebook[:2]: answer.short for answer in answers.what_do_readers_say_back(talk)}
    for name in ("comments that answer another reader", "mean tone of the comments"):
        finding = found(talk, name)
        printed = finding.estimate.of("comments" if finding.estimate.count is not None else "")
        assert printed in said[BY_NAME[name].notebook]
    mean_tone = found(talk, "mean tone of the comments")
    assert mean_tone.estimate == answers.mean_tone(talk)
    assert mean_tone.says == answers.verdict(mean_tone.estimate)
    assert found(talk, "mean tone, comments less article").estimate == answers.beside_article(talk)
    names, leading = topics.leading_themes(talk, "readers")
    theme = found(talk, "comments with the leading theme")
    assert theme.estimate == leading and all(name in theme.leans for name in names)
    thesis = found(talk, "agreement of those who take a side")
    assert thesis.estimate == accept.sides_taken(talk)
    assert thesis.says == accept.verdict(talk)
    assert found(talk, "comments whose tone tells their side").estimate.of("comments") in said["07"]
    alpha = found(talk, "Krippendorff's alpha of stance").estimate
    assert alpha.value == reliability.item_agreement(talk)["alpha"][reliability.STANCE_ITEMS].value
    actor = found(talk, "tone toward the actor most often named").estimate
    assert actor in list(answers.actor_tones(talk)["readers"])


def test_every_notebook_on_comments_has_a_headline():
    assert {headline.notebook for headline in HEADLINES} == {f"0{n}" for n in range(2, 9)}
    assert len(BY_NAME) == len(HEADLINES)


@pytest.mark.parametrize(
    ("low", "value", "high", "says", "leans"),
    [
        (0.1, 0.2, 0.3, "warm", ""),
        (-0.3, -0.2, -0.1, "cold", ""),
        (-0.1, 0.1, 0.3, "can't tell", "warm"),
        (-0.3, -0.1, 0.1, "can't tell", "cold"),
        (-0.1, 0.0, 0.1, "can't tell", "neither"),
        (float("nan"), 0.5, float("nan"), "can't tell", "warm"),
        (float("nan"), float("nan"), float("nan"), "no value", ""),
    ],
)
def test_only_a_whole_interval_beyond_the_bound_decides(low, value, high, says, leans):
    finding = beyond(Estimate(value, low, high, 9, 0.95, "any"), 0, "warm", "cold")
    assert (finding.says, finding.leans) == (says, leans)
    assert str(finding) == (f"{says} (estimate: {leans})" if leans else says)


def test_each_choice_changes_what_it_names(talk):
    tone = "mean tone of the comments"
    usual = found(talk, tone).estimate
    textblob = answers.tones(talk)["textblob"]
    assert found(talk, tone, word_list="textblob").estimate.value == pytest.approx(textblob.mean())
    unmasked = answers.tones(talk)["polarity_unmasked"]
    assert found(talk, tone, masked=False).estimate.value == pytest.approx(unmasked.mean())
    assert found(talk, tone, whole=True).estimate != usual
    lines = talk.as_read("lines")
    assert found(lines, tone).estimate == answers.mean_tone(lines)
    wide = found(talk, "warm among warm and cold comments", band=0.2).estimate
    assert wide.n == (answers.tones(talk)["polarity"].abs() >= 0.2).sum()


def test_a_quotation_left_out_is_not_scored(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("An article.\n\n\nHe says “I love it”.\nI hate it.\n", encoding="utf-8")
    page = rejoinder.load(path)
    assert found(page, "mean tone of the comments").estimate.n == 2
    assert found(page, "mean tone of the comments", quotations=False).estimate.n == 1


def test_one_coder_alone_is_what_he_says(talk):
    for coder in "AB":
        own = talk.codings.query("coder == @coder and item == 'thesis'")["value"]
        estimate = found(talk, "agreement of those who take a side", coder=coder).estimate
        assert estimate.count == (own == "agree").sum()
        assert estimate.n == own.isin(["agree", "disagree"]).sum()


def test_where_nobody_has_read_there_is_no_value(bare):
    for headline in HEADLINES:
        finding = headline.finding(View(bare))
        if headline.notebook in ("02", "04", "05", "06", "07", "08"):
            assert (finding.says, finding.estimate.n) == ("no value", 0), headline.name


def leading(talk, **held):
    """What the themes come to, of which each is given as how many of the nine comments hold it."""
    themes = dict(zip(talk.codebook.themes.index, held.values(), strict=False))
    table = pd.DataFrame({i: [at < n for at in range(9)] for i, n in themes.items()})
    table.index = talk.comments.index
    return headlines._leading_theme(View(talk), table)


def test_a_theme_leads_only_if_it_is_certainly_ahead_of_the_next(talk):
    first = talk.codebook.themes["name"].iloc[0]
    assert leading(talk, a=9, b=1).says == f"“{first}”"
    assert leading(talk, a=6, b=5).says == "can't tell"
    assert leading(talk, a=6, b=5).leans == f"“{first}”"
    assert leading(talk, a=5, b=5).leans.count("“") == 2  # a tie names both
    assert leading(talk, a=0, b=0).says == "none"
    assert leading(talk, a=9).says == f"“{first}”"  # ahead of none


def test_sides_of_stance_are_those_of_the_comments_that_take_one(talk):
    rows = [
        ("A", "person", i, "thesis", v, "", 1.0, "")
        for i, v in zip(talk.comments.index, SIDES, strict=True)
    ]
    coded = dataclasses.replace(talk, codings=pd.DataFrame(rows, columns=talk.codings.columns))
    finding = found(coded, "agreement of those who take a side")
    assert (finding.estimate.count, finding.estimate.n) == (2, 3)
    assert (finding.says, finding.leans) == ("can't tell", "accepted")
