"""How far the scores of a page move when its texts are written a little differently."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from rejoinder.measure import actors, links, sentiment, stance, themes, thesis
from rejoinder.read.discussion import Discussion
from rejoinder.read.text import sentences
from rejoinder.scores import altered
from rejoinder.scores.altered import Altered

TONE, TOWARD, LINKS = "sentiment.score", "actors.tone_toward", "links.similarity"
STANCE, THESIS, SENTENCES = "stance.predict", "thesis.rank", "text.sentences"
NAMES = "names swapped"
COLUMNS = {
    "measure": "str",
    "alteration": "str",
    "n": "int64",
    "median_move": "float64",
    "largest_move": "float64",
    "answers": "int64",
    "changed": "int64",
    "spearman": "float64",
    "text_id": "str",
    "about": "str",
    "text": "str",
    "altered": "str",
    "note": "str",
}
_SIDES = {stance.DISAGREE: -1, stance.UNCLEAR: 0, stance.AGREE: 1}
_NO_CODEBOOK = "Nobody has written a codebook, which would name the {}."


class _Alteration(NamedTuple):
    name: str
    of: Callable[[str], Altered]
    renames: bool = False  # then the claims and the masks of the codebook are altered too

    def texts(self, texts: Sequence[str]) -> list[str]:
        return [self.of(text).text for text in texts]

    def codebook(self, texts: Sequence[str]) -> list[str]:
        return self.texts(texts) if self.renames else list(texts)

    def mask(self, talk: Discussion) -> list[str]:
        return list(dict.fromkeys([*talk.mask, *self.codebook(talk.mask)]))


class _Moves(NamedTuple):
    """What an alteration did to the texts, mentions or pairs that it altered, a row each in `table`
    (text_id, about, text, altered, move), and which of the `answers` changed (array of bool)."""

    table: pd.DataFrame
    answers: np.ndarray
    spearman: float = np.nan
    note: str = ""


_Measure = Callable[[_Alteration], _Moves]


def robustness(talk: Discussion, *, every: int = altered.EVERY, rng: np.random.Generator) -> pd.DataFrame:
    """Each measure on the page as it is and as it is once altered: one row a measure and alteration.

    The alterations are those of `altered`; typing errors are one in `every` words, drawn by `rng`. Each
    text that a measure takes is altered by itself. Names are swapped in comments, claims and masks
    alike, as if the page had been written about others. The columns:

    - `n`: texts, mentions or pairs that the alteration changed; what it leaves alone does not count.
    - `median_move`, `largest_move`: how far their scores moved, 0 = not at all, higher = farther.
    - `changed`: of how many `answers` the class or choice is another one now.
    - `spearman`: correlation of the order before and after, for thesis.rank; else NaN.
    - `text_id` (comment id, or "line" of the article), `about` (mention or claim), `text` and `altered`:
      the one that moved most, before and after; NA where none moved.
    - `note`: why nothing can be said, or what could not be followed; "" mostly.

    | measure | what is altered | a move is | an answer is |
    |---|---|---|---|
    | sentiment.score | comments, paragraphs | in polarity, 0 to 2, unscored being 0 | the class of tone |
    | actors.tone_toward | sentences with a mention | in tone, 0 to 2, NaN being 0 | its sign or NaN |
    | links.similarity | comments, with each claim | in similarity, 0 to 1 | the best claim or none |
    | stance.predict | comments, with each claim | 1 to or from unclear, 2 across | agree, disagree |
    | thesis.rank | the article's sentences | in places of the order | which sentence is first |
    | text.sentences | comments, paragraphs | in number of sentences | that number |

    Of stances only those that were a side before or after count as answers. Where there is no codebook,
    no comment or nothing to alter, `n` is 0, moves are NaN and `note` says why.
    """
    measures = {
        TONE: _tone(talk),
        TOWARD: _toward(talk),
        LINKS: _links(talk),
        STANCE: _stance(talk),
        THESIS: _thesis(talk),
        SENTENCES: _sentences(talk),
    }
    alterations = _alterations(talk, every, rng)
    rows = [
        _row(measure, alteration.name, found(alteration))
        for measure, found in measures.items()
        for alteration in alterations
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _alterations(talk: Discussion, every: int, rng: np.random.Generator) -> list[_Alteration]:
    names = altered.next_actor(talk.codebook.actors) if talk.codebook else {}
    return [
        _Alteration("quotes made straight", altered.straight_quotes),
        _Alteration("quotes made curly", altered.curly_quotes),
        _Alteration("upper case", altered.upper_case),
        _Alteration("typing errors", partial(altered.mistyped, every=every, rng=rng)),
        _Alteration("a smile appended", partial(altered.with_emoji, emoji=altered.SMILE)),
        _Alteration("an emoji without tone appended", partial(altered.with_emoji, emoji=altered.PIN)),
        _Alteration("quotations removed", altered.without_quotations),
        _Alteration(NAMES, partial(altered.renamed, names=names), renames=True),
    ]


def _row(measure: str, alteration: str, moves: _Moves) -> tuple:
    table, n = moves.table, len(moves.table)
    most = table.loc[table["move"].idxmax()] if n and table["move"].max() > 0 else pd.Series(dtype=object)
    return (
        measure,
        alteration,
        n,
        table["move"].median() if n else np.nan,
        table["move"].max() if n else np.nan,
        len(moves.answers),
        int(np.sum(moves.answers)),
        moves.spearman,
        *(most.get(column) for column in ("text_id", "about", "text", "altered")),
        moves.note or ("" if n else "It alters none of the texts."),
    )


def _nothing(why: str) -> _Measure:
    return lambda _: _Moves(_table([], [], []), np.zeros(0, dtype=bool), note=why)


def _table(text_id, text, new, *, about=(), move=()) -> pd.DataFrame:
    columns = {"text_id": text_id, "about": about, "text": text, "altered": new, "move": move}
    table = pd.DataFrame({name: list(values) for name, values in columns.items() if len(values)})
    return table.reindex(columns=list(columns)).astype({"move": float})


def _texts(talk: Discussion) -> pd.Series:
    """The comments, by id, and the article's paragraphs, by line."""
    lines = "line " + talk.paragraphs["line"].astype("str")
    return pd.concat([talk.comments["text"], talk.paragraphs["text"].set_axis(lines)])


def _tone(talk: Discussion) -> _Measure:
    texts = _texts(talk)
    before = sentiment.score(texts, mask=talk.mask)

    def moves(alteration: _Alteration) -> _Moves:
        new = pd.Series(alteration.texts(texts), index=texts.index, dtype=object)
        after = sentiment.score(new, mask=alteration.mask(talk))
        move = (after["polarity"].fillna(0) - before["polarity"].fillna(0)).abs()
        other, changed = (new != texts).to_numpy(), (after["tone"] != before["tone"]).to_numpy()
        table = _table(texts.index, texts, new, move=move)
        return _Moves(table[other], changed[other])

    return moves


def _toward(talk: Discussion) -> _Measure:
    if talk.codebook is None:
        return _nothing(_NO_CODEBOOK.format("actors"))
    body, spoken = _body(talk), talk.comment_sentences
    places = pd.concat(["line " + body["line"].astype("str"), spoken["comment_id"]], ignore_index=True)
    texts = pd.concat([body["text"], spoken["text"]], ignore_index=True)
    found = themes.mentions(texts, actors.patterns(talk.codebook.actors))
    text, place = list(texts[found["text_id"]]), list(places[found["text_id"]])
    before = actors.tone_toward(text, found["start"], found["end"], mask=talk.mask)

    def moves(alteration: _Alteration) -> _Moves:
        new = texts.map(alteration.of)
        new = [new[i] for i in found["text_id"]]
        spans = [one.span(*at) for one, at in zip(new, zip(found["start"], found["end"], strict=True), strict=True)]
        start, end = (np.array([span[i] for span in spans], dtype=int) for i in (0, 1))
        there = start < end
        table = _table(place, text, [one.text for one in new], about=found["match"])
        table, was = table[there], before[there]
        after = actors.tone_toward(table["altered"], start[there], end[there], mask=alteration.mask(talk))
        table["move"] = (after.fillna(0) - was.fillna(0)).abs()
        changed = ~((np.sign(after) == np.sign(was)) | (after.isna() & was.isna()))
        other = table["text"] != table["altered"]
        gone = int((~there).sum())
        note = f"{gone} taken out with the words around them." if gone else ""
        return _Moves(table[other], changed[other].to_numpy(), note=note)

    return moves


def _links(talk: Discussion) -> _Measure:
    if talk.codebook is None:
        return _nothing(_NO_CODEBOOK.format("claims"))
    texts, claims = talk.comments["text"], talk.codebook.claims
    statements = claims["text"] + " " + claims["quote"]  # as notebook 06 has them

    def likeness(comments: Sequence[str], said: Sequence[str]) -> pd.DataFrame:
        return pd.DataFrame(links.similarity(list(comments), list(said)), texts.index, claims.index)

    before = likeness(texts, statements)
    best = links.linked(before).fillna("").astype(str)

    def moves(alteration: _Alteration) -> _Moves:
        new = alteration.texts(texts)
        said = alteration.codebook(statements)
        after = likeness(new, said)
        now = links.linked(after).fillna("").astype(str)
        table = _pairs(texts, new, list(statements), said, claims.index)
        table["move"] = (after.fillna(0) - before.fillna(0)).abs().to_numpy().ravel()
        other = table.pop("other").to_numpy()
        rows = other.reshape(before.shape).any(axis=1)
        return _Moves(table[other], (now != best).to_numpy()[rows])

    return moves


def _stance(talk: Discussion) -> _Measure:
    if talk.codebook is None:
        return _nothing(_NO_CODEBOOK.format("claims"))
    texts, claims = talk.comments["text"], talk.codebook.claims["text"]

    def sides(comments: Sequence[str], said: Sequence[str]) -> np.ndarray:
        series = pd.Series(list(comments), dtype=object)
        told = [stance.predict(series, claim).map(_SIDES).to_numpy(dtype=float) for claim in said]
        return np.column_stack(told).ravel()

    before = sides(texts, claims)

    def moves(alteration: _Alteration) -> _Moves:
        new, said = alteration.texts(texts), alteration.codebook(claims)
        after = sides(new, said)
        table = _pairs(texts, new, list(claims), said, claims.index).assign(move=abs(after - before))
        other = table.pop("other").to_numpy()
        told = other & ((before != 0) | (after != 0))
        return _Moves(table[other], (after != before)[told])

    return moves


def _pairs(
    texts: pd.Series, new: Sequence[str], claims: Sequence[str], said: Sequence[str], ids: pd.Index
) -> pd.DataFrame:
    """Each comment with each claim, and whether either of them is another one now (`other`)."""
    n, m = len(texts), len(claims)
    text_id, text, now = (np.repeat(np.array(a, dtype=object), m) for a in (texts.index, texts, new))
    table = _table(text_id, text, now, about=np.tile(ids, n))
    claim_is_new = np.array([a != b for a, b in zip(claims, said, strict=True)])
    return table.assign(other=(table["text"] != table["altered"]) | np.tile(claim_is_new, n))


def _thesis(talk: Discussion) -> _Measure:
    body, headings = _body(talk), talk.article[talk.article["role"] == "heading"]
    ahead = len(headings) and len(body) and headings.index[0] < body.index[0]
    title = headings["text"].iloc[0] if ahead else None
    texts = list(body["text"])

    def order(own: Sequence[str], headline: str | None) -> np.ndarray:
        """The place of each sentence, 1 = likeliest to state the thesis."""
        score = thesis.rank(own, paragraphs=body["paragraph"], title=headline)
        return pd.Series(-score).rank(method="first").to_numpy()

    before = order(texts, title)

    def moves(alteration: _Alteration) -> _Moves:
        new = alteration.texts(texts)
        after = order(new, None if title is None else alteration.of(title).text)
        lines = "line " + body["line"].astype("str")
        table = _table(lines, texts, new, move=abs(after - before))
        other = (table["text"] != table["altered"]).to_numpy()
        if not other.any():
            return _Moves(table[other], np.zeros(0, dtype=bool))
        first = np.array([before.argmin() != after.argmin()])
        alike = np.corrcoef(before, after)[0, 1] if len(texts) > 1 else np.nan
        return _Moves(table[other], first, alike)

    return moves


def _sentences(talk: Discussion) -> _Measure:
    texts = _texts(talk)
    # Only paragraphs that were broken at the margin go over several lines.
    wrapped = [place not in talk.comments.index and "\n" in text for place, text in texts.items()]

    def number(own: Sequence[str]) -> np.ndarray:
        pairs = zip(own, wrapped, strict=True)
        return np.array([len(sentences(text, wrapped=broken)) for text, broken in pairs], dtype=float)

    before = number(texts)

    def moves(alteration: _Alteration) -> _Moves:
        new = alteration.texts(texts)
        move = abs(number(new) - before)
        table = _table(texts.index, texts, new, move=move)
        other = (table["text"] != table["altered"]).to_numpy()
        return _Moves(table[other], (move > 0)[other])

    return moves


def _body(talk: Discussion) -> pd.DataFrame:
    return talk.article[talk.article["role"] == "body"]
