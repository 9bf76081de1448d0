"""Accuracy of sentiment, sentiment toward a mention, and the sign of sentiment read as stance.

Every function takes a table of `evaluation.datasets`; `metrics.csv` explains the metrics. TextBlob and
VADER score the whole text, as most people use them.
"""

import numpy as np
import pandas as pd

from rejoinder.evaluation import metrics
from rejoinder.measure import sentiment, target_sentiment
from rejoinder.stats.estimate import LEVEL

SEED = 2014
VADER_BAND = 0.05  # VADER's authors call a compound below this neutral; TextBlob only an exact 0
TONES = {"negative": -1, "neutral": 0, "unscored": 0, "positive": 1}


def scores(rated: pd.DataFrame) -> pd.DataFrame:
    """`pearson_r` with the raters' mean, and `macro_f1`; unscored texts count as neutral."""
    from scipy.stats import pearsonr

    texts, n, ours = rated["text"], len(rated), sentiment.score(rated["text"])
    methods = {
        "TextBlob": _textblob(texts),
        "VADER": _vader(texts),
        "rejoinder": ours["polarity"].fillna(0),
    }
    rows = [("chance", n, "pearson_r", 0, 0, 0)]
    for method, score in methods.items():
        r = pearsonr(rated["rating"], score)
        rows.append((method, n, "pearson_r", r.statistic, *r.confidence_interval(LEVEL)))
    table = pd.DataFrame(rows, columns=metrics.SCORE_COLUMNS)
    by_class = _class_scores(np.sign(rated["rating"]), texts, ours["tone"].map(TONES))
    return pd.concat([table, by_class], ignore_index=True)


def target_scores(mentions: pd.DataFrame) -> pd.DataFrame:
    """`macro_f1` of sentiment toward a mention; TextBlob and VADER ignore the mention."""
    return _class_scores(mentions["gold"], mentions["text"], np.sign(_toward(mentions).fillna(0)))


def stance_scores(debates: pd.DataFrame, others: dict[str, pd.Series] | None = None) -> pd.DataFrame:
    """`accuracy` and `accuracy_both_sides` of the sign of TextBlob and VADER; `chance` always agrees. Or
    of the answers of `others` alone.

    A score of 0, or NaN, is no answer. Intervals: 2,000 resamples of whole debates; NaN without answers.
    """
    texts = pd.Series(debates["text"].unique())
    guesses = others or {"chance": pd.Series("agree", index=debates.index)}
    for method, score in () if others else (("TextBlob", _textblob), ("VADER", _vader)):
        side = np.sign(score(texts)).map({1: "agree", -1: "disagree"}).set_axis(texts)
        guesses[method] = debates["text"].map(side)
    first = ~debates.duplicated(["debate_id", "comment_id"])  # the thesis the comment was published with
    rows = []
    for metric, table in (("accuracy", debates[first]), ("accuracy_both_sides", debates)):
        debate = pd.Series(pd.factorize(table["debate_id"])[0], index=table.index)
        every = debate.nunique()
        draws = np.random.default_rng(SEED).multinomial(every, np.full(every, 1 / every), size=2_000)
        for method, guess in guesses.items():
            guess = guess[table.index].dropna()
            hits, where = guess == table.loc[guess.index, "gold"], debate[guess.index]
            n, right = (draws @ np.bincount(where, w, minlength=every) for w in (None, hits))
            ends = metrics.middle(right[n > 0] / n[n > 0]) if len(hits) else (np.nan, np.nan)
            rows.append((method, len(hits), metric, hits.mean(), *ends))
    return pd.DataFrame(rows, columns=metrics.SCORE_COLUMNS)


def calibration(rated: pd.DataFrame) -> pd.DataFrame:
    """How often the sign is right, by the size of the score; ratings of exactly 0 are left out."""
    rated = rated[rated["rating"] != 0]
    return _by_sign(sentiment.score(rated["text"])["polarity"], rated["rating"])


def target_calibration(mentions: pd.DataFrame) -> pd.DataFrame:
    """The same toward mentions; where the raters are neutral, either sign is wrong."""
    return _by_sign(_toward(mentions), mentions["gold"])


def _class_scores(gold: pd.Series, texts: pd.Series, ours: pd.Series) -> pd.DataFrame:
    rng, vader = np.random.default_rng(SEED), _vader(texts)
    methods = {
        "TextBlob": np.sign(_textblob(texts)),
        "VADER": np.sign(vader).where(vader.abs() >= VADER_BAND, 0),
        "rejoinder": ours,
    }
    # Random guesses that use a class as often as `gold` does have its share as precision, recall, F1.
    chance = np.mean([np.mean(gold == one) for one in metrics.CLASSES])
    rows = [("chance", len(gold), "macro_f1", chance, chance, chance)]
    for method, guess in methods.items():
        rows.append((method, len(gold), "macro_f1", *metrics.macro_f1(gold, guess, rng)))
    return pd.DataFrame(rows, columns=metrics.SCORE_COLUMNS)


def _by_sign(score: pd.Series, gold: pd.Series) -> pd.DataFrame:
    score = score[score.notna() & (score != 0)]
    right = np.sign(score) == np.sign(gold[score.index])
    return metrics.calibration_steps(score.abs().to_numpy(), right.to_numpy())


def _toward(mentions: pd.DataFrame) -> pd.Series:
    return target_sentiment.score(mentions["text"], mentions["start"], mentions["end"])


def _textblob(texts: pd.Series) -> pd.Series:
    from textblob import TextBlob

    return texts.map(lambda text: TextBlob(text).sentiment.polarity)


def _vader(texts: pd.Series) -> pd.Series:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    score = SentimentIntensityAnalyzer().polarity_scores
    return texts.map(lambda text: score(text)["compound"])
