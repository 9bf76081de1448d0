"""10: every plain answer again, under other choices and without each comment, thread and author.

An answer here is a word for a count or a mean: "mostly cold", "divided". Each is made of sums over
comments, so it can be had for every comment left out at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from rejoinder import stats, wording
from rejoinder.discussion import Discussion
from rejoinder.errors import known
from rejoinder.measure import sentiment, themes
from rejoinder.tables import adjudication, reliability, stance, target_sentiment

NO_ANSWER = "no answer"
TONE_BOUNDS = (-1, 1)


@dataclass(frozen=True)
class Specification:
    """A discussion under one set of choices; the defaults are those of the notebooks.

    `word_list`: column of `sentiment.score` that is read; `whole`: each text scored as one sentence;
    `masked`: names and topic terms hidden from the word lists; `band`: how near 0 is neutral;
    `quotations`: whether quoted words count; `coder`: whose codings count, None for all. `scored` keeps
    what was scored for the specifications made from this one with `dataclasses.replace`.
    """

    page: Discussion
    word_list: str = "polarity"
    whole: bool = False
    masked: bool = True
    band: float = sentiment.NEUTRAL_BAND
    quotations: bool = True
    coder: str | None = None
    scored: dict = field(default_factory=dict, compare=False, repr=False)

    @property
    def talk(self) -> Discussion:
        return self._once("talk", lambda: self.page if self.quotations else self.page.without_quotations)

    @property
    def polarity(self) -> pd.Series:
        """The tone of each comment."""
        return self.scores(self.talk.comments["text"])

    @property
    def article_polarity(self) -> float:
        """The mean tone of the article's paragraphs."""
        return self.scores(self.talk.paragraphs["text"]).mean()

    @property
    def toward(self) -> pd.Series:
        """The tone toward the actor whom most comments name near a scored word."""

        def make() -> pd.Series:
            found = target_sentiment.mentions(self.talk, masked=self.masked).query("side == 'readers'")
            tone = found.groupby(["name", "unit"], sort=False)["tone"].mean().dropna()
            times = tone.groupby("name", sort=False).size().sort_values(ascending=False, kind="stable")
            return tone[times.index[0]] if len(times) else pd.Series(dtype=float)

        return self._once("toward", make, self.masked)

    @property
    def themes(self) -> pd.DataFrame:
        """Which comment speaks of which theme: 0 or 1."""

        def make() -> pd.DataFrame:
            held = themes.presence(self.talk.comments["text"], self.page.codebook.themes)
            return held.drop(columns=themes.NONE).astype(int)

        return self._once("themes", make)

    @property
    def sides(self) -> pd.Series:
        """1 or −1 for each comment that only agrees or only disagrees, with the thesis or a claim."""

        def make() -> pd.Series:
            taken = stance.sides(self.talk, coder=self.coder)["side"]
            return taken[taken != 0]

        return self._once("sides", make, self.coder)

    def scores(self, texts: pd.Series) -> pd.Series:
        """The tone of each text. Texts that an earlier specification scored alike are not scored again."""
        kept = self.scored.setdefault((self.masked, self.whole), pd.DataFrame())
        new = texts[~texts.isin(kept.index)].drop_duplicates()
        if len(new):
            mask = self.page.mask if self.masked else ()
            scored = sentiment.score(new, mask=mask, whole=self.whole, words=False).set_axis(new)
            kept = self.scored[self.masked, self.whole] = (
                pd.concat([kept, scored]) if len(kept) else scored
            )
        return (
            kept[self.word_list].reindex(texts).set_axis(texts.index)
            if len(texts)
            else texts.astype(float)
        )

    def _once(self, what: str, make: Callable[[], object], *choices: object):
        key = (what, self.page.reading, self.quotations, *choices)
        if key not in self.scored:
            self.scored[key] = make()
        return self.scored[key]


@dataclass(frozen=True)
class Estimand:
    """The figure that stands for a notebook's short answer.

    `values` gives a number per comment (index `comment_id`; NaN does not count), or for a share True and
    False; `answer` the plain words for means of them (array in, array out). `label` names the axis;
    `choices` are the names of the CHOICES that can matter to it.
    """

    name: str
    notebook: str
    label: str
    choices: tuple[str, ...]
    values: Callable[[Specification], pd.Series]
    answer: Callable[[np.ndarray, Specification], np.ndarray]

    def sums(self, spec: Specification) -> pd.DataFrame:
        """What the figure is made of, a row per comment."""
        values = self.values(spec).dropna().astype(float)
        return pd.DataFrame({"total": values, "n": 1})

    def figure(self, totals: pd.DataFrame, spec: Specification) -> tuple[np.ndarray, np.ndarray]:
        """The figure and the plain answer for each row of totals of `sums`."""
        with np.errstate(invalid="ignore", divide="ignore"):
            values = totals["total"].to_numpy(float) / totals["n"].to_numpy(float)
        return values, self.answer(values, spec)

    def estimate(self, spec: Specification) -> stats.Estimate:
        """The figure with its interval."""
        values = self.values(spec).dropna()
        if self.label == SHARE:
            return stats.clustered_share(values, spec.talk.clusters)
        return stats.clustered_mean(values, spec.talk.clusters, bounds=TONE_BOUNDS)


class _Gap(Estimand):
    """Mean tone of the comments less that of the article."""

    def figure(self, totals: pd.DataFrame, spec: Specification) -> tuple[np.ndarray, np.ndarray]:
        with np.errstate(invalid="ignore", divide="ignore"):
            values = totals["total"].to_numpy(float) / totals["n"].to_numpy(float) - spec.article_polarity
        return values, self.answer(values, spec)

    def estimate(self, spec: Specification) -> stats.Estimate:
        article = stats.mean(spec.scores(spec.talk.paragraphs["text"]), bounds=TONE_BOUNDS)
        return stats.difference(super().estimate(spec), article)


class _LeadingTheme(Estimand):
    """The share of the most frequent theme; the answer is its name."""

    def sums(self, spec: Specification) -> pd.DataFrame:
        return spec.themes.assign(n=1)

    def figure(self, totals: pd.DataFrame, spec: Specification) -> tuple[np.ndarray, np.ndarray]:
        held = totals.drop(columns="n")
        if held.empty or not len(held.columns):
            return np.full(len(totals), np.nan), np.full(len(totals), NO_ANSWER, dtype=object)
        most = held.max(axis=1)
        names = spec.page.codebook.themes["name"].reindex(held.columns)
        leading = [wording.listed(names[row], quote=True) for row in held.eq(most, axis=0).to_numpy()]
        with np.errstate(invalid="ignore", divide="ignore"):
            return most.to_numpy() / totals["n"].to_numpy(), np.where(most > 0, leading, NO_ANSWER)

    def estimate(self, spec: Specification) -> stats.Estimate:
        held = spec.themes
        if not len(held.columns):
            return stats.share(0, 0)
        return stats.clustered_share(held[held.sum().idxmax()], spec.talk.clusters)


class _Alpha(Estimand):
    """Krippendorff's alpha of the stances."""

    def sums(self, spec: Specification) -> pd.DataFrame:
        table = stats.coincidences(reliability.stance_codings(spec.talk))
        return table.groupby(level="comment_id", sort=False).sum()

    def figure(self, totals: pd.DataFrame, spec: Specification) -> tuple[np.ndarray, np.ndarray]:
        values = stats.alpha_of(totals).to_numpy()
        return values, self.answer(values, spec)

    def estimate(self, spec: Specification) -> stats.Estimate:
        return stats.alpha(reliability.stance_codings(spec.talk))


def _replies(spec: Specification) -> pd.Series:
    replies = spec.talk.comments["reply_to"].notna()
    return replies[: 0 if spec.page.guesses else None]  # rules do not find out who answers whom


def _warm(spec: Specification) -> pd.Series:
    leaning = spec.polarity[spec.polarity.abs() >= spec.band]
    return leaning > 0


def _agrees(spec: Specification) -> pd.Series:
    thesis = stance.thesis_stances(spec.talk, coder=spec.coder)
    return thesis[thesis.isin(["agree", "disagree"])] == "agree"


def _same_sign(spec: Specification) -> pd.Series:
    return spec.polarity[spec.sides.index] * spec.sides > 0


def _between(above: str, below: str, between: str = "divided"):
    return lambda values, _: wording.side(
        values, above=above, below=below, between=between, nobody=NO_ANSWER
    )


def _signed(above: str, below: str, between: str = "neutral"):
    return lambda values, spec: wording.sign(
        values, band=spec.band, above=above, below=below, between=between, nobody=NO_ANSWER
    )


def _reliable(alpha: np.ndarray, _: Specification) -> np.ndarray:
    found = np.where(alpha >= reliability.TENTATIVE, "reliable", "not reliable")
    return np.where(np.isnan(alpha), NO_ANSWER, found)


SHARE, POLARITY = "share of comments", "tone, −1 cold to 1 warm"
_TONE = ("comment borders", "quotations", "word list", "scoring unit", "masking", "neutral band")

ESTIMANDS = (
    Estimand(
        "comments that answer another reader", "02", SHARE, ("comment borders",),
        _replies, _between("mostly each other", "mostly the article"),
    ),
    Estimand(
        "mean tone of the comments", "03", POLARITY, _TONE, lambda spec: spec.polarity, _signed("warm", "cold")
    ),
    Estimand(
        "warm among warm and cold comments", "03", SHARE, _TONE, _warm, _between("mostly warm", "mostly cold")
    ),
    _Gap(
        "mean tone, comments less article", "03", "difference in tone, −2 to 2", _TONE,
        lambda spec: spec.polarity, _signed("warmer", "colder", "alike"),
    ),
    _LeadingTheme("comments with the leading theme", "04", SHARE, ("comment borders", "quotations"), None, None),
    Estimand(
        "tone toward the actor most often named", "05", POLARITY, ("comment borders", "quotations", "masking", "neutral band"),
        lambda spec: spec.toward, _signed("warm", "cold"),
    ),
    Estimand(
        "agreement of those who take a side", "06", SHARE, ("comment borders", "coder"),
        _agrees, _between("agree", "disagree"),
    ),
    Estimand(
        "comments whose tone tells their side", "07", SHARE, (*_TONE[:-1], "coder"),
        _same_sign, _between("tone tells the side", "tone misleads", "no better than chance"),
    ),
    _Alpha("Krippendorff's alpha of stance", "08", "alpha, −1 to 1", ("comment borders",), None, _reliable),
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A choice that could as well be made otherwise, and `why`. `options` gives, for a discussion, what
    each option changes in a Specification; the first is that of the notebooks."""

    name: str
    why: str
    options: Callable[[Discussion], dict[str, dict]]


def _readings(talk: Discussion) -> list[str]:
    return [talk.reading, *(name for name in talk.readings.index if name != talk.reading)]


def _coders(talk: Discussion) -> list[str]:
    names = list(adjudication.independent(talk)["coder"].unique())
    return names if len(names) > 1 else []


CHOICES = (
    Choice(
        "comment borders", "A pasted page does not say where one comment ends.",
        lambda talk: {name: {"page": talk.as_read(name)} for name in _readings(talk)},
    ),
    Choice(
        "quotations", "Words in quotation marks may be another's.",
        lambda _: {"in": {}, "out": {"quotations": False}},
    ),
    Choice(
        "word list", "Neither list is made for comments under opinion pieces.",
        lambda _: {"both": {}} | {name: {"word_list": name.lower()} for name in ("TextBlob", "VADER")},
    ),
    Choice(
        "scoring unit", "Both lists are used either way; of a long text as one, the loudest words decide.",
        lambda _: {"sentence": {}, "whole text": {"whole": True}},
    ),
    Choice(
        "masking", "A name can sound warm or cold (“Cold War”) by itself, or because it is meant so.",
        lambda talk: (
            {"names and topics masked": {}, "nothing masked": {"masked": False}}
            if talk.mask else {"nothing to mask": {}}
        ),
    ),
    Choice(
        "neutral band", "How near zero a tone is neutral is a convention.",
        lambda _: {f"±{band:g}": {"band": band} for band in (sentiment.NEUTRAL_BAND, 0.05, 0.1)},
    ),
    Choice(
        "coder", "Coders who worked apart read comments differently.",
        lambda talk: {"all": {}} | {f"{name} alone": {"coder": name} for name in _coders(talk)},
    ),
)  # fmt: skip


def estimand(notebook: str) -> Estimand:
    """The first estimand of a notebook, named by its number ("03"). Raises NameNotKnown for another
    number."""
    numbers = [one.notebook for one in ESTIMANDS]
    return ESTIMANDS[numbers.index(known(notebook, numbers, "notebook with an estimand,"))]


def choices(talk: Discussion) -> pd.DataFrame:
    """What is varied: `choice`, `options` (list of names, that of the notebooks first), `why`."""
    return pd.DataFrame(
        [(choice.name, list(choice.options(talk)), choice.why) for choice in CHOICES],
        columns=["choice", "options", "why"],
    )


def multiverse(
    talk: Discussion, estimand: Estimand, *, spec: Specification | None = None
) -> pd.DataFrame:
    """One estimand under every combination of the choices that can matter to it.

    Parameters
    ----------
    spec : pass the same one for several estimands, so that texts are scored once.

    Returns
    -------
    DataFrame, the combination of the notebooks first: a column per choice, `estimate` (Estimate),
    `answer`.
    """
    spec = spec or Specification(talk)
    options = {one.name: one.options(talk) for one in CHOICES if one.name in estimand.choices}
    table = stats.combinations({name: list(changes) for name, changes in options.items()})
    rows = []
    for row in table.itertuples(index=False, name=None):
        changes = [options[name][option] for name, option in zip(table.columns, row, strict=True)]
        other = replace(spec, **{k: v for change in changes for k, v in change.items()})
        rows.append((estimand.estimate(other), answer(estimand, other)))
    return table.assign(estimate=[one for one, _ in rows], answer=[one for _, one in rows])


def answer(estimand: Estimand, spec: Specification) -> str:
    """The plain answer under one specification."""
    totals = estimand.sums(spec).sum().to_frame().T
    return str(estimand.figure(totals, spec)[1][0])


def leave_one_out(
    talk: Discussion, estimand: Estimand, *, spec: Specification | None = None
) -> pd.DataFrame:
    """One estimand without each comment, each thread of several comments, and each known author.

    Returns
    -------
    DataFrame: `left_out` (nothing, comment, thread, author), `which` (its id), `value`, `answer`, and
    `changes`: whether the answer is another than with everything. The first row leaves out nothing.
    """
    spec = spec or Specification(talk)
    sums = estimand.sums(spec)
    sums = sums.loc[talk.comments.index.intersection(sums.index)]
    ids = pd.Series(sums.index, sums.index)
    clusters = talk.clusters.reindex(sums.index)
    sizes = talk.threads.value_counts()
    labels = {"comment": ids, "thread": clusters["thread"].where(clusters["thread"].map(sizes) > 1)}
    if "author" in clusters:
        labels["author"] = clusters["author"]
    tables = [sums.sum().to_frame().T.set_axis(["nothing"])] + [
        stats.leave_one_out(sums, one) for one in labels.values()
    ]
    kinds = ["nothing", *labels]
    rows = []
    for kind, totals in zip(kinds, tables, strict=True):
        values, answers = estimand.figure(totals, spec)
        rows.append(
            pd.DataFrame({"left_out": kind, "which": totals.index, "value": values, "answer": answers})
        )
    table = pd.concat(rows, ignore_index=True)
    return table.assign(changes=table["answer"] != table["answer"].iloc[0])


def summary(talk: Discussion) -> pd.DataFrame:
    """How firm each plain answer is.

    Returns
    -------
    DataFrame, a row per estimand: `notebook`, `estimand`, `answer`, `estimate` (Estimate); `combinations`
    (with a figure), `same` (with the notebooks' answer), `changed_by` (list: choices that change it when
    switched alone, the most frequent first), `lowest`, `highest` (the figure over the combinations);
    `left_out` (list: comments, threads and authors without which the answer is another).
    """
    spec, rows = Specification(talk), []
    for estimand in ESTIMANDS:
        table = multiverse(talk, estimand, spec=spec)
        usual = table["answer"].iloc[0]
        told = table[table["answer"] != NO_ANSWER]
        values = told["estimate"].map(lambda one: one.value).astype(float)
        turned = stats.switches(told["answer"], told.drop(columns=["estimate", "answer"]))
        turned = turned[turned["changed"] > 0]
        order = (turned["changed"] / turned["of"]).sort_values(ascending=False, kind="stable").index
        left = leave_one_out(talk, estimand, spec=spec)
        rows.append(
            {
                "notebook": estimand.notebook,
                "estimand": estimand.name,
                "answer": usual,
                "estimate": table["estimate"].iloc[0],
                "combinations": len(told),
                "same": int((told["answer"] == usual).sum()),
                "changed_by": list(order),
                "lowest": values.min(),
                "highest": values.max(),
                "left_out": list(left.loc[left["changes"], "which"]),
            }
        )
    return pd.DataFrame(rows)
