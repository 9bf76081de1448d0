"""How do readers feel? Tone by two word lists, beside that of the article."""

from __future__ import annotations

import pandas as pd

from rejoinder.answers.answer import Answer, joined, place, with_interval
from rejoinder.infer.intervals import Estimate, mean, share, signed
from rejoinder.measure import sentiment
from rejoinder.read.benchmarks import method_scores
from rejoinder.read.discussion import Discussion


def how_do_readers_feel(talk: Discussion) -> Answer:
    """Notebook 03: tone of the comments beside that of the article, by two word lists."""
    tone = tones(talk)
    kinds = {kind: share(int((tone["tone"] == kind).sum()), len(tone)) for kind in sentiment.TONES}
    average = mean_tone(talk)
    article = paragraph_tones(talk)["polarity"].dropna()
    parts = [f"Taken together: {verdict(average)}."]
    if average.n:
        parts.append(f"The mean tone of their words is {average}.")
    parts.append(
        f"One by one, {kinds['negative'].of('comments')} lean cold, {kinds['positive'].of('comments')} "
        f"warm, {kinds['neutral'].count} neither"
        + (f"; {kinds['unscored'].count} without a scored word." if kinds["unscored"].count else ".")
    )
    if len(article):
        parts.append(f"The article's paragraphs average {signed(article.mean())} (n = {len(article)}).")
    fit = tone_fit()
    sure = (
        "This is tone, not agreement. "
        f"Against human raters the score reaches r = {fit['tweets']} on tweets and {fit['reviews']} on "
        "product reviews. Its constants were chosen on these same texts, so it will do somewhat worse "
        "elsewhere; on comments under opinion pieces it is unproven."
    )
    return Answer("How do readers feel?", " ".join(parts), sure, "03_how_do_readers_feel")


def mean_tone(talk: Discussion) -> Estimate:
    """The mean polarity of the comments."""
    return mean(tones(talk)["polarity"])


def verdict(average: Estimate) -> str:
    """warm or cold where the interval of a mean polarity lies on one side of 0, else can't tell."""
    return "warm" if average.low > 0 else "cold" if average.high < 0 else "can't tell"


def tones(talk: Discussion) -> pd.DataFrame:
    """`sentiment.score` of each comment, names and topic terms masked, with `drivers` (str)."""
    return _scored(talk.comments["text"], talk)


def paragraph_tones(talk: Discussion) -> pd.DataFrame:
    """`sentiment.score` of each paragraph of the article, with `drivers` and with `strongest`: the
    word that weighs most in the direction of the paragraph's polarity ("" where there is none)."""
    table = _scored(talk.paragraphs["text"], talk)
    along = [
        tuple(word for word in row.words if word.score * row.polarity > 0) for row in table.itertuples()
    ]
    return table.assign(strongest=[_drivers(words, 1) for words in along])


def sentence_tones(talk: Discussion) -> pd.DataFrame:
    """`sentiment.score` of each sentence of the comments, with `comment_id` and `text`."""
    table = talk.comment_sentences
    return table[["comment_id", "text"]].join(_scored(table["text"], talk))


def marked_comments(talk: Discussion, which: list[str], *, mark: bool = True) -> pd.DataFrame:
    """The comments `which` in full: `text`, `source` and, if wanted, `mark`: their scored words."""
    tone = tones(talk).loc[which]
    scored = [f"scored {signed(v)}" if pd.notna(v) else "no word scored" for v in tone["polarity"]]
    source = [f"{i}, {place(talk.comments.loc[i])}, {s}" for i, s in zip(which, scored, strict=True)]
    marks = [_marks(words) if mark else [] for words in tone["words"]]
    text = list(talk.comments.loc[which, "text"])
    return pd.DataFrame({"text": text, "source": source, "mark": marks})


def _marks(words: tuple[sentiment.Word, ...]) -> list[tuple[int, int, str]]:
    """The spans of the scored words; where two lists score one word, the weightier speaks."""
    marks: list[tuple[int, int, str]] = []
    for word in sorted(words, key=_weight, reverse=True):
        free = all(word.end <= start or end <= word.start for start, end, _ in marks)
        if word.score and free:
            marks.append((word.start, word.end, "positive" if word.score > 0 else "negative"))
    return sorted(marks)


def extremes(talk: Discussion) -> list[str]:
    """The ids of the coldest and of the warmest comment; one or none where there are not two."""
    order = tones(talk)["polarity"].dropna().sort_values(kind="stable").index
    return list(dict.fromkeys([*order[:1], *order[-1:]]))


def contrary_sentences(talk: Discussion) -> pd.DataFrame:
    """The sentences of comments that one word list finds warm and the other cold, the starkest
    first: `comment_id`, `text`, `textblob`, `vader`."""
    table = sentence_tones(talk)
    table = table[table["textblob"] * table["vader"] < 0]
    gap = (table["textblob"] - table["vader"]).abs()
    order = gap.sort_values(ascending=False, kind="stable").index
    return table.loc[order, ["comment_id", "text", "textblob", "vader"]]


def contradictions(talk: Discussion) -> str:
    """How often the two word lists disagree on the sign of a sentence, as a sentence.

    Counts without intervals: sentences of one comment are not independent of each other.
    """
    table = sentence_tones(talk)
    both = table[(table["textblob"].fillna(0) != 0) & (table["vader"].fillna(0) != 0)]
    against = share(int((both["textblob"] * both["vader"] < 0).sum()), len(both))
    unknown = share(int(table["polarity"].isna().sum()), len(table))
    return (
        f"Of the sentences that both lists find warm or cold, they contradict each other in "
        f"{against.counted()}. Neither knows a word in {unknown.counted('sentences')}."
    )


def tone_choices(talk: Discussion, readings: list[Discussion]) -> pd.DataFrame:
    """The tone of the comments under other choices, a row each: `mean` (Estimate), and how many are
    `cold`, `warm` and `neither or unscored`."""
    tone = tones(talk)
    band = sentiment.NEUTRAL_BAND
    rows = {
        "as above": (tone["polarity"], band),
        "neutral within ±0.05, as is usual for VADER": (tone["polarity"], 0.05),
        "without masking names and topics": (tone["polarity_unmasked"], band),
        "TextBlob alone": (tone["textblob"], band),
        "VADER alone": (tone["vader"], band),
    }
    for other in readings:
        if other.reading != talk.reading:
            rows[f"lines read as “{other.reading}”"] = (tones(other)["polarity"], band)
    return pd.DataFrame(
        [
            (choice, mean(v), (v <= -width).sum(), (v >= width).sum(), (~(v.abs() >= width)).sum())
            for choice, (v, width) in rows.items()
        ],
        columns=["choice", "mean", "cold", "warm", "neither or unscored"],
    )


def held_sign(talk: Discussion) -> str:
    """Whether the mean tone keeps its sign with each comment left out in turn, as a sentence."""
    scored = tones(talk)["polarity"].dropna()
    if len(scored) < 2:
        return "With fewer than two scored comments this cannot be checked."
    left_out = (scored.sum() - scored) / (len(scored) - 1)
    between = f"it then lies between {signed(left_out.min())} and {signed(left_out.max())}"
    turned = left_out[(left_out > 0) != (scored.mean() > 0)]
    if turned.empty:
        return f"Holds: the mean keeps its sign whichever comment is left out; {between}."
    return f"Hangs on {joined(list(turned.index))}: leaving one of these out turns the sign; {between}."


def tone_scores() -> pd.DataFrame:
    """How well the score and either word list alone do on public texts that people rated: `method`,
    `texts`, `n`, `r` and `macro-F1` with their 95 % intervals, as text."""
    kept = method_scores().query("measure == 'sentiment'")
    kept = kept.replace({"metric": {"pearson_r": "r", "macro_f1": "macro-F1"}})
    kept["shown"] = with_interval(kept)
    keys = ["dataset", "method", "n"]
    table = kept.pivot_table(index=keys, columns="metric", values="shown", aggfunc="first")
    names = {"dataset": "texts"}
    return table.reset_index().rename(columns=names)[["method", "texts", "n", "r", "macro-F1"]]


def tone_fit() -> pd.Series:
    """Correlation of the headline score with human raters, by dataset, as text with n and interval."""
    kept = method_scores().query("method == 'rejoinder' and metric == 'pearson_r'")
    return pd.Series(
        {
            row.dataset: f"{row.value:.2f} (n = {row.n:,}, 95 % {row.low:.2f}–{row.high:.2f})"
            for row in kept.itertuples()
        }
    )


def _scored(texts: pd.Series, talk: Discussion) -> pd.DataFrame:
    table = sentiment.score(texts, mask=talk.mask)
    return table.assign(drivers=[_drivers(words, 5) for words in table["words"]])


def _weight(word: sentiment.Word) -> float:
    """How much a word weighs in the headline score, whatever its sign."""
    share_of = {"vader": sentiment.VADER_SHARE, "textblob": 1 - sentiment.VADER_SHARE}
    return abs(word.score) * share_of[word.lexicon]


def _drivers(words: tuple[sentiment.Word, ...], at_most: int) -> str:
    """The words that weigh most, each once with its sign: "evil −, nice +"."""
    strongest: dict[str, str] = {}
    for word in sorted(words, key=_weight, reverse=True):
        if word.score:
            strongest.setdefault(word.word.lower(), "+" if word.score > 0 else "−")
    return ", ".join(f"{word} {sign}" for word, sign in list(strongest.items())[:at_most])
