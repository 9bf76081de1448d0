"""How do readers feel? Tone by word lists, beside that of the article."""

from __future__ import annotations

import pandas as pd

from rejoinder.answers.alike import TONE_BOUNDS, comment_mean, comment_share
from rejoinder.answers.answer import Answer, count, place
from rejoinder.answers.coded import NO_CODINGS, UNCODED, settled
from rejoinder.corpus.codings import TONE
from rejoinder.discussion import Discussion
from rejoinder.measure import sentiment
from rejoinder.stats.clustered import clustered_share
from rejoinder.stats.correction import corrected_share
from rejoinder.stats.differences import Difference, difference
from rejoinder.stats.estimate import Estimate, mean, signed


def how_do_readers_feel(talk: Discussion) -> Answer:
    """Notebook 03: tone of the comments beside that of the article, by three word lists."""
    tone = tones(talk)
    kinds = {kind: comment_share(talk, tone["tone"] == kind) for kind in sentiment.TONES}
    average, article = mean_tone(talk), article_tone(talk)
    parts = [f"Taken together: {verdict(average)}."]
    if average.n:
        parts.append(f"The mean tone of their words is {average}.")
    parts.append(
        f"One by one, {kinds['negative'].of('comments')} lean cold, {kinds['positive'].of('comments')} "
        f"warm, {kinds['neutral'].count} neither"
        + (f"; {kinds['unscored'].count} without a scored word." if kinds["unscored"].count else ".")
    )
    if article.n:
        parts.append(f"The article's paragraphs average {article}.")
    sure = "This is tone, not agreement. On comments under opinion pieces it is unproven."
    return Answer("How do readers feel?", " ".join(parts), sure, "03_how_do_readers_feel")


def mean_tone(talk: Discussion) -> Estimate:
    """The mean polarity of the comments."""
    return comment_mean(talk, tones(talk)["polarity"])


def article_tone(talk: Discussion) -> Estimate:
    """The mean polarity of the article's paragraphs."""
    return mean(paragraph_tones(talk)["polarity"], bounds=TONE_BOUNDS)


def beside_article(talk: Discussion) -> Difference:
    """The mean polarity of the comments less that of the article's paragraphs."""
    return difference(mean_tone(talk), article_tone(talk))


def cold_as_read(talk: Discussion) -> str:
    """How many comments readers coded as cold, and of all comments what that comes to with the word
    lists' help, as sentences. Disputed codings are left out and counted."""
    coded, machine = settled(talk)["tone"], tones(talk)["tone"] == "negative"
    read, open_ = coded.isin(TONE), int((~coded.isin([*TONE, UNCODED])).sum())
    if not read.any():
        return NO_CODINGS
    weights = talk.codings[talk.codings["item"] == "tone"].groupby("comment_id")["weight"].mean()
    found = comment_share(talk, coded[read] == "negative")
    if not read.all():
        found = corrected_share(
            coded[read] == "negative",
            machine[read].astype(float),
            machine[~read].astype(float),
            weights=weights[read.index[read]] if len(set(weights)) > 1 else None,
        )
    left_out = f" ({count(open_, 'comment')} left out, on whose tone the coders differ)" if open_ else ""
    machines = comment_share(talk, machine)
    return (
        f"Cold, as coders read them: {found.of('coded comments')}{left_out}. By the word lists alone: "
        f"{machines.of('comments')}; however many comments they count, that says nothing of their errors."
    )


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
    """How often the two published word lists disagree on the sign of a sentence, as a sentence; the
    intervals take the sentences of one comment to be alike."""
    table = sentence_tones(talk)
    both = table[(table["textblob"].fillna(0) != 0) & (table["vader"].fillna(0) != 0)]
    against = clustered_share(both["textblob"] * both["vader"] < 0, both["comment_id"])
    unknown = clustered_share(table["polarity"].isna(), table["comment_id"])
    return (
        f"Of the sentences that both lists find warm or cold, they contradict each other in {against}. "
        f"Neither knows a word in {unknown.of('sentences')}."
    )


def tone_choices(talk: Discussion) -> pd.DataFrame:
    """The tone of the comments under other choices, a row each: `mean` (Estimate), and how many are
    `cold`, `warm` and `neither or unscored`."""
    tone = tones(talk)
    band = sentiment.NEUTRAL_BAND
    rows = {
        "as above": (talk, tone["polarity"], band),
        "neutral within ±0.05, as is usual for VADER": (talk, tone["polarity"], 0.05),
        "without masking names and topics": (talk, tone["polarity_unmasked"], band),
        "TextBlob alone": (talk, tone["textblob"], band),
        "VADER alone": (talk, tone["vader"], band),
    }
    for name in talk.readings.index.drop(talk.reading):
        other = talk.as_read(name)
        rows[f"lines read as “{name}”"] = (other, tones(other)["polarity"], band)
    return pd.DataFrame(
        [
            (
                choice,
                comment_mean(read, v),
                (v <= -width).sum(),
                (v >= width).sum(),
                (~(v.abs() >= width)).sum(),
            )
            for choice, (read, v, width) in rows.items()
        ],
        columns=["choice", "mean", "cold", "warm", "neither or unscored"],
    )


def _scored(texts: pd.Series, talk: Discussion) -> pd.DataFrame:
    table = sentiment.score(texts, mask=talk.mask)
    return table.assign(drivers=[_drivers(words, 5) for words in table["words"]])


def _weight(word: sentiment.Word) -> float:
    """How much a word weighs in the headline score, whatever its sign."""
    share = 1 - sentiment.VADER_SHARE if word.lexicon == "textblob" else sentiment.VADER_SHARE
    return abs(word.score) * share


def _drivers(words: tuple[sentiment.Word, ...], at_most: int) -> str:
    """The words that weigh most, each once with its sign: "evil −, nice +"."""
    strongest: dict[str, str] = {}
    for word in sorted(words, key=_weight, reverse=True):
        if word.score:
            strongest.setdefault(word.word.lower(), "+" if word.score > 0 else "−")
    return ", ".join(f"{word} {sign}" for word, sign in list(strongest.items())[:at_most])
