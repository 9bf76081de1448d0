"""10: what the robustness notebook varies: the choices, and the figures that rest on them.

An answer here is a word for a count or a mean: "mostly cold", "divided". Each is made of sums over
comments, so it can be computed for every comment left out at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from rejoinder import stats, wording
from rejoinder.discussion import Discussion
from rejoinder.errors import known
from rejoinder.measure import sentiment, themes
from rejoinder.tables import adjudication, reliability, stance, target_sentiment
from rejoinder.text import QUOTATION

NO_ANSWER = "no answer"
SHARE, POLARITY = "share of comments", "tone, −1 cold to 1 warm"
_BOUNDS = (-1, 1)  # of a tone


def _kept(*choices: str) -> Callable[[Callable], property]:
    """A property computed once for all specifications that agree in `choices`, reading and quotations."""

    def as_property(make: Callable) -> property:
        def get(spec: Specification):
            own = (getattr(spec, choice) for choice in choices)
            key = (make.__name__, spec.page.reading, spec.quotations, *own)
            if key not in spec.kept:
                spec.kept[key] = make(spec)
            return spec.kept[key]

        return property(get, doc=make.__doc__)

    return as_property


@dataclass(frozen=True)
class Specification:
    """A discussion under one set of choices; the defaults are those of the notebooks.

    `word_list`: column of `sentiment.score` that is read; `whole`: each text scored as one sentence;
    `masked`: names and topic terms hidden from the word lists; `band`: how near 0 is neutral;
    `quotations`: whether quoted words count; `coder`: whose codings count, None for all; `basis`:
    whether implied stances count. `kept`: what was computed, for the specifications made from this one
    with `dataclasses.replace`.
    """

    page: Discussion
    word_list: str = "polarity"
    whole: bool = False
    masked: bool = True
    band: float = sentiment.NEUTRAL_BAND
    quotations: bool = True
    coder: str | None = None
    basis: str = adjudication.EITHER
    kept: dict = field(default_factory=dict, compare=False, repr=False)

    @_kept()
    def talk(self) -> Discussion:
        """The discussion in the chosen reading, with or without quotations."""
        return self.page if self.quotations else self.page.without_quotations

    @_kept("masked", "whole", "word_list")
    def polarity(self) -> pd.Series:
        """The tone of each comment."""
        return self.scores(self.talk.comments["normalised"])

    @_kept("masked", "whole", "word_list")
    def article_polarity(self) -> pd.Series:
        """The tone of each paragraph of the article."""
        return self.scores(self.talk.paragraphs["normalised"])

    @_kept("masked")
    def toward(self) -> pd.Series:
        """The tone toward the actor whom most comments name near a scored word."""
        found = target_sentiment.mentions(self.talk, masked=self.masked).query("side == 'readers'")
        tone = found.groupby(["name", "unit"], sort=False)["tone"].mean().dropna()
        times = tone.groupby("name", sort=False).size().sort_values(ascending=False, kind="stable")
        return tone[times.index[0]] if len(times) else pd.Series(dtype=float)

    @_kept()
    def themes(self) -> pd.DataFrame:
        """Which comment speaks of which theme: 0 or 1."""
        held = themes.presence(self.talk.comments["normalised"], self.page.codebook.themes)
        return held.drop(columns=themes.NONE).astype(int)

    @_kept("coder", "basis")
    def sides(self) -> pd.Series:
        """1 or −1 for each comment that only agrees or only disagrees, with the thesis or a claim."""
        taken = stance.sides(self.talk, coder=self.coder, basis=self.basis)["side"]
        return taken[taken != 0]

    def scores(self, texts: pd.Series) -> pd.Series:
        """The tone of each text; what another specification scored alike is not scored again."""
        kept = self.kept.setdefault((self.masked, self.whole), pd.DataFrame())
        new = texts[kept.index.get_indexer(texts) < 0].drop_duplicates()
        if len(new) or kept.empty:
            mask = self.page.mask if self.masked else ()
            scored = sentiment.score(new, mask=mask, whole=self.whole, words=False).set_axis(new)
            kept = self.kept[self.masked, self.whole] = pd.concat([kept, scored])
        return kept.reindex(texts)[self.word_list].set_axis(texts.index)


@dataclass(frozen=True)
class Estimand:
    """The figure that stands for a notebook's short answer.

    `label` names the axis; `choices` are the names of the CHOICES that can matter to it. `values` gives
    a number per comment (index `comment_id`; NaN does not count), or for a share True and False. `words`
    are the plain words for a high mean of them, for a low one, and for one between.
    """

    name: str
    notebook: str
    label: str
    choices: tuple[str, ...]
    values: Callable[[Specification], pd.Series] | None = None
    words: tuple[str, str, str] | None = None

    def estimate(self, spec: Specification) -> stats.Estimate:
        """The figure with its interval."""
        values = self.values(spec).dropna()
        if self.label == SHARE:
            return stats.clustered_share(values, spec.talk.clusters)
        return stats.clustered_mean(values, spec.talk.clusters, bounds=_BOUNDS)

    def sums(self, spec: Specification) -> pd.DataFrame:
        """What the figure is made of, a row per comment."""
        return pd.DataFrame({"total": self.values(spec).dropna().astype(float), "n": 1})

    def figure(self, totals: pd.DataFrame, spec: Specification) -> pd.Series:
        """The figure for each row of totals of `sums`; NaN where nothing counts."""
        return totals["total"] / totals["n"]

    def answers(self, totals: pd.DataFrame, spec: Specification) -> np.ndarray:
        """The plain answer for each row of totals of `sums`."""
        words = dict(zip(("above", "below", "between"), self.words, strict=True))
        figure = self.figure(totals, spec)
        if self.label == SHARE:
            return wording.side(figure, nobody=NO_ANSWER, **words)
        return wording.sign(figure, nobody=NO_ANSWER, band=spec.band, **words)


class _Gap(Estimand):
    """The mean tone of the comments minus that of the article."""

    def estimate(self, spec: Specification) -> stats.Estimate:
        return stats.difference(super().estimate(spec), stats.mean(spec.article_polarity, bounds=_BOUNDS))

    def figure(self, totals: pd.DataFrame, spec: Specification) -> pd.Series:
        return super().figure(totals, spec) - spec.article_polarity.mean()


class _LeadingTheme(Estimand):
    """The share of the most frequent theme; the answer is its name."""

    def estimate(self, spec: Specification) -> stats.Estimate:
        held = spec.themes
        if not len(held.columns):
            return stats.share(0, 0)
        return stats.clustered_share(held[held.sum().idxmax()], spec.talk.clusters)

    def sums(self, spec: Specification) -> pd.DataFrame:
        return spec.themes.assign(n=1)

    def figure(self, totals: pd.DataFrame, spec: Specification) -> pd.Series:
        return totals.drop(columns="n").max(axis=1) / totals["n"]

    def answers(self, totals: pd.DataFrame, spec: Specification) -> np.ndarray:
        held = totals.drop(columns="n")
        names, most = spec.page.codebook.themes["name"][held.columns].to_numpy(), held.max(axis=1)
        leading = [wording.listed(names[row], quote=True) for row in held.eq(most, axis=0).to_numpy(bool)]
        return np.where(most > 0, leading, NO_ANSWER)


class _Alpha(Estimand):
    """Krippendorff's alpha of the stances."""

    def estimate(self, spec: Specification) -> stats.Estimate:
        return stats.alpha(reliability.stance_codings(spec.talk, basis=spec.basis))

    def sums(self, spec: Specification) -> pd.DataFrame:
        table = stats.coincidences(reliability.stance_codings(spec.talk, basis=spec.basis))
        return table.groupby(level="comment_id", sort=False).sum()

    def figure(self, totals: pd.DataFrame, spec: Specification) -> pd.Series:
        return stats.alpha_of(totals)

    def answers(self, totals: pd.DataFrame, spec: Specification) -> np.ndarray:
        alpha = self.figure(totals, spec)
        found = np.where(alpha >= reliability.TENTATIVE, "at least two thirds", "below two thirds")
        return np.where(alpha.isna(), NO_ANSWER, found)


def _replies(spec: Specification) -> pd.Series:
    replies = spec.talk.comments["reply_to"].notna()
    return replies[: 0 if spec.page.guesses else None]  # rules do not find out who answers whom


def _warm(spec: Specification) -> pd.Series:
    return spec.polarity[spec.polarity.abs() >= spec.band] > 0


def _agrees(spec: Specification) -> pd.Series:
    thesis = stance.thesis_stances(spec.talk, coder=spec.coder, basis=spec.basis)
    return thesis[thesis.isin(["agree", "disagree"])] == "agree"


def _argues(spec: Specification) -> pd.Series:
    """Whether each coded comment makes a point of the readers'."""
    table = stance.stances(spec.talk, by="readers", coder=spec.coder, basis=spec.basis)
    coded = table[(table != adjudication.UNCODED).any(axis=1)]
    return (coded == "agree").any(axis=1)


def _same_sign(spec: Specification) -> pd.Series:
    return spec.polarity[spec.sides.index] * spec.sides > 0


_TEXT = ("comment borders", "quotations")
_CODED = ("comment borders", "coder", "implied stances")
_TONE = (*_TEXT, "word list", "scoring by sentence", "names and topics", "width of neutral")

ESTIMANDS = (
    Estimand(
        "comments that answer another reader", "02", SHARE, ("comment borders",),
        _replies, ("mostly each other", "mostly the article", "divided"),
    ),
    Estimand(
        "mean tone of the comments", "03", POLARITY, _TONE,
        lambda spec: spec.polarity, ("warm", "cold", "neutral"),
    ),
    Estimand(
        "warm among warm and cold comments", "03", SHARE, _TONE,
        _warm, ("mostly warm", "mostly cold", "divided"),
    ),
    _Gap(
        "mean tone of the comments minus that of the article", "03", "difference in tone, −2 to 2", _TONE,
        lambda spec: spec.polarity, ("warmer", "colder", "alike"),
    ),
    _LeadingTheme("comments with the leading theme", "04", SHARE, _TEXT),
    Estimand(
        "tone toward the actor most often named", "05", POLARITY,
        (*_TEXT, "names and topics", "width of neutral"),
        lambda spec: spec.toward, ("warm", "cold", "neutral"),
    ),
    Estimand(
        "agreement of those who take a side", "06", SHARE, _CODED,
        _agrees, ("agree", "disagree", "divided"),
    ),
    Estimand(
        "comments that make a point of their own", "07", SHARE, _CODED,
        _argues, ("most argue back", "most do not argue back", "divided"),
    ),
    Estimand(
        "comments whose tone tells their side", "08", SHARE, (*_TONE[:-1], "coder", "implied stances"),
        _same_sign, ("tone tells the side", "tone misleads", "no better than chance"),
    ),
    _Alpha(
        "Krippendorff's alpha of stance", "09", "alpha, −1 to 1", ("comment borders", "implied stances")
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A choice that could as well be made otherwise, and `why`. `options` gives, for a discussion, what
    each option changes in a Specification; the first is that of the notebooks."""

    name: str
    why: str
    options: Callable[[Discussion], dict[str, dict]]


def _readings(talk: Discussion) -> dict[str, dict]:
    pages = {name: talk.as_read(name) for name in dict.fromkeys([talk.reading, *talk.readings.index])}
    first: dict[tuple, str] = {}  # each division once
    for name, page in pages.items():
        first.setdefault(tuple(zip(page.comments["start"], page.comments["end"], strict=True)), name)
    return {name: {"page": pages[name]} for name in first.values()}


def _coders(talk: Discussion) -> dict[str, dict]:
    names = adjudication.settling(talk)["coder"].drop_duplicates()
    names = names[names != adjudication.ADJUDICATED]
    return {"all": {}} | {f"{name} alone": {"coder": name} for name in names if len(names) > 1}


CHOICES = (
    Choice("comment borders", "A pasted page does not say where one comment ends.", _readings),
    Choice(
        "quotations", "Words in quotation marks may be another's.",
        lambda talk: (
            {"in": {}, "out": {"quotations": False}} if QUOTATION.search(talk.raw) else {"none": {}}
        ),
    ),
    Choice(
        "word list", "Neither list is made for comments under opinion pieces.",
        lambda _: {"both": {}} | {name: {"word_list": name.lower()} for name in ("TextBlob", "VADER")},
    ),
    Choice(
        "scoring by sentence",
        "Both lists are used either way; in a text scored as one, the strongest words decide.",
        lambda _: {"by sentence": {}, "as one text": {"whole": True}},
    ),
    Choice(
        "names and topics", "A name has a tone of its own (“Cold War”), which may or may not be meant.",
        lambda talk: (
            {"hidden from the lists": {}, "scored": {"masked": False}}
            if talk.mask else {"none known": {}}
        ),
    ),
    Choice(
        "width of neutral", "How far from zero a tone still counts as neutral is a convention.",
        lambda _: {f"±{band:g}": {"band": band} for band in (sentiment.NEUTRAL_BAND, 0.05, 0.1)},
    ),
    Choice("coder", "Coders who worked apart read comments differently.", _coders),
    Choice(
        "implied stances", "A careful reader concludes more than the words state.",
        lambda talk: (
            {"counted": {}, "not counted": {"basis": adjudication.STATED}}
            if (talk.codings["basis"] == "implied").any() else {"there are none": {}}
        ),
    ),
)  # fmt: skip


def estimand(notebook: str) -> Estimand:
    """The first estimand of a notebook, by its number ("03"). Raises NameNotKnown for another number."""
    numbers = [one.notebook for one in ESTIMANDS]
    return ESTIMANDS[numbers.index(known(notebook, numbers, "notebook with an estimand,"))]
