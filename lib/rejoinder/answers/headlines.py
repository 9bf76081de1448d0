"""The headline of each notebook, as values of comments and what they come to.

So it can be taken again: without a comment or a thread, and under other choices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan

import pandas as pd

from rejoinder.answers import feeling, reliability, stances, topics, whom
from rejoinder.answers.alike import TONE_BOUNDS, comment_mean, comment_share
from rejoinder.answers.answer import joined, quoted
from rejoinder.answers.view import View
from rejoinder.stats import agreement
from rejoinder.stats.differences import difference, paired_share_difference
from rejoinder.stats.estimate import Estimate, mean, share

CANT_TELL, NO_VALUE, ESTIMATE = "can't tell", "no value", " (estimate: "
UNCERTAIN = "not certain toward any"


@dataclass(frozen=True)
class Finding:
    """What a headline comes to: `says` is the answer in words, `leans` the side on which the estimate
    lies, if its interval can't tell."""

    estimate: Estimate
    says: str
    leans: str = ""

    def __str__(self) -> str:
        return f"{self.says}{ESTIMATE}{self.leans})" if self.leans else self.says


@dataclass(frozen=True)
class Headline:
    """`name` says what is estimated; `notebook` where; `scale` names its axis.

    `units` gives what the headline is made of, one row per comment (index `comment_id`) or more, and
    `come_to` what such rows come to. `choices` are the names of those that can matter to it.
    """

    name: str
    notebook: str
    scale: str
    choices: tuple[str, ...]
    units: Callable[[View], pd.Series | pd.DataFrame]
    come_to: Callable[[View, pd.Series | pd.DataFrame], Finding]

    def finding(self, view: View) -> Finding:
        return self.come_to(view, self.units(view))


def beyond(estimate: Estimate, bound: float, above: str, below: str) -> Finding:
    """`above` or `below`, where the whole interval lies beyond the bound; else can't tell."""
    if estimate.low > bound or estimate.high < bound:
        return Finding(estimate, above if estimate.low > bound else below)
    if isnan(estimate.value):
        return Finding(estimate, NO_VALUE)
    leans = above if estimate.value > bound else below if estimate.value < bound else "neither"
    return Finding(estimate, CANT_TELL, leans)


def _replies(view: View) -> pd.Series:
    # Where rules read the page, nobody decided who answers whom.
    return view.talk.comments["reply_to"].notna()[: 0 if view.talk.guesses else None]


def _replies_come_to(view: View, answering: pd.Series) -> Finding:
    return beyond(comment_share(view.talk, answering), 0.5, "mostly each other", "mostly the article")


def _polarity(view: View) -> pd.Series:
    return view.polarity("readers")


def _tone(view: View, polarity: pd.Series) -> Finding:
    return beyond(comment_mean(view.talk, polarity), 0, "warm", "cold")


def _leaning(view: View) -> pd.Series:
    polarity = _polarity(view)
    return (polarity > 0)[polarity.abs() >= view.band]


def _warm_share(view: View, warm: pd.Series) -> Finding:
    return beyond(comment_share(view.talk, warm), 0.5, "more warm", "more cold")


def _beside_article(view: View, polarity: pd.Series) -> Finding:
    article = mean(view.polarity("author"), bounds=TONE_BOUNDS)
    gap = difference(comment_mean(view.talk, polarity), article)
    return beyond(gap, 0, "warmer", "colder")


def _themes(view: View) -> pd.DataFrame:
    return topics.theme_presence(view.talk).drop(columns="none")


def _leading_theme(view: View, held: pd.DataFrame) -> Finding:
    """It leads if its share is certainly greater than that of the next one, in the same comments."""
    if held.empty:
        return Finding(share(0, 0), NO_VALUE)
    counts = held.sum().sort_values(ascending=False, kind="stable")
    leading = list(counts.index[(counts == counts.max()) & (counts > 0)])
    if not leading:
        return Finding(comment_share(view.talk, pd.Series(False, held.index)), "none")
    top = comment_share(view.talk, held[leading[0]])
    names = quoted(view.talk.codebook.themes.loc[leading, "name"])
    others = [held[other] for other in counts.index[1:2]] or [pd.Series(False, held.index)]
    ahead = paired_share_difference(held[leading[0]], others[0]).low > 0
    return Finding(top, names) if ahead else Finding(top, CANT_TELL, names)


def _toward(view: View) -> pd.DataFrame:
    """The tone of each comment toward each actor, the one with most comments first."""
    found = whom.toned_mentions(view.talk, masked=view.masked).query("side == 'readers'")
    wide = found.pivot_table("tone", "unit", "name", aggfunc="mean", sort=False)
    wide = wide[wide.notna().sum().sort_values(ascending=False, kind="stable").index]
    return wide.reindex(view.talk.comments.index)


def _toward_comes_to(view: View, toward: pd.DataFrame) -> Finding:
    each = {name: comment_mean(view.talk, own) for name, own in toward.items()}
    sides = [
        f"{side} toward {joined([name for name, one in each.items() if told(one)])}"
        for side, told in (("warm", lambda one: one.low > 0), ("cold", lambda one: one.high < 0))
        if any(map(told, each.values()))
    ]
    first = next(iter(each.values()), mean([]))
    if not first.n:
        return Finding(first, NO_VALUE)
    return Finding(first, joined(sides) or UNCERTAIN)


def _sides(view: View) -> pd.Series:
    """Of the comments that take a side on the thesis, whether they agree."""
    thesis = stances.thesis_stances(view.talk)
    return thesis[thesis.isin(["agree", "disagree"])] == "agree"


def _accepted(view: View, agree: pd.Series) -> Finding:
    return beyond(comment_share(view.talk, agree), 0.5, "accepted", "rejected")


def _signs(view: View) -> pd.Series:
    """Whether the tone of each comment on one side has the sign of that side."""
    sides = view.once("sides", lambda: feeling.one_side(view.talk), view.coder)
    return sides * _polarity(view)[sides.index] > 0


def _signs_come_to(view: View, same: pd.Series) -> Finding:
    return beyond(comment_share(view.talk, same), 0.5, "the sign tells it", "the sign misleads")


def _stance_codings(view: View) -> pd.DataFrame:
    return reliability.stance_pairs(view.talk).drop(columns="same").reset_index("item")


def _alpha(view: View, pairs: pd.DataFrame) -> Finding:
    table = pairs.set_index("item", append=True)
    resamples = max(100, min(999, 200_000 // max(1, len(table))))  # each comment is left out in turn
    estimate = agreement.alpha(table, resamples=resamples)
    return beyond(estimate, reliability.TENTATIVE, "reliable", "not reliable")


_TONE = ("comment borders", "quotations", "word list", "scoring unit", "masking")
_SHARE, _POLARITY = "share of comments", "tone, −1 cold to 1 warm"

HEADLINES = (
    Headline(
        "comments that answer another reader",
        "02",
        _SHARE,
        ("comment borders",),
        _replies,
        _replies_come_to,
    ),
    Headline("mean tone of the comments", "03", _POLARITY, _TONE, _polarity, _tone),
    Headline(
        "warm among warm and cold comments",
        "03",
        _SHARE,
        (*_TONE, "neutral band"),
        _leaning,
        _warm_share,
    ),
    Headline(
        "mean tone, comments less article",
        "03",
        "difference in tone, −2 to 2",
        _TONE,
        _polarity,
        _beside_article,
    ),
    Headline(
        "comments with the leading theme",
        "04",
        _SHARE,
        ("comment borders", "quotations"),
        _themes,
        _leading_theme,
    ),
    Headline(
        "tone toward the actor most often named",
        "05",
        _POLARITY,
        ("comment borders", "quotations", "masking"),
        _toward,
        _toward_comes_to,
    ),
    Headline(
        "agreement of those who take a side",
        "06",
        _SHARE,
        ("comment borders", "coder"),
        _sides,
        _accepted,
    ),
    Headline(
        "comments whose tone tells their side",
        "07",
        _SHARE,
        (*_TONE, "coder"),
        _signs,
        _signs_come_to,
    ),
    Headline(
        "Krippendorff's alpha of stance",
        "08",
        "alpha, −1 to 1",
        ("comment borders",),
        _stance_codings,
        _alpha,
    ),
)
