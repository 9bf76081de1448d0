"""Each measure on the texts of a page before and after an alteration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from rejoinder.discussion import Discussion
from rejoinder.evaluation.altered import Altered
from rejoinder.measure import actors, claim_matching, sentiment, stance, themes, thesis
from rejoinder.text import sentences

_SIDES = {stance.DISAGREE: -1, stance.UNCLEAR: 0, stance.AGREE: 1}
_NO_CODEBOOK = "Nobody has written a codebook, which would name the {}."


class Alteration(NamedTuple):
    """A way to alter texts, by name."""

    name: str
    of: Callable[[str], Altered]
    renames: bool = False  # then the claims and the masks of the codebook are altered too

    def texts(self, texts: Sequence[str]) -> list[str]:
        return [self.of(text).text for text in texts]

    def codebook(self, texts: Sequence[str]) -> list[str]:
        return self.texts(texts) if self.renames else list(texts)

    def mask(self, talk: Discussion) -> list[str]:
        return list(dict.fromkeys([*talk.mask, *self.codebook(talk.mask)]))


class Moves(NamedTuple):
    """What an alteration did to the texts, mentions or pairs that it altered, a row each in `table`
    (text_id, about, text, altered, move), and which of the `answers` changed (array of bool)."""

    table: pd.DataFrame
    answers: np.ndarray
    spearman: float = np.nan
    note: str = ""


Measure = Callable[[Alteration], Moves]


def _nothing(why: str) -> Measure:
    return lambda _: Moves(_table([], [], []), np.zeros(0, dtype=bool), note=why)


def _table(text_id, text, new, *, about=(), move=()) -> pd.DataFrame:
    columns = {"text_id": text_id, "about": about, "text": text, "altered": new, "move": move}
    table = pd.DataFrame({name: list(values) for name, values in columns.items() if len(values)})
    return table.reindex(columns=list(columns)).astype({"move": float})


def _texts(talk: Discussion) -> pd.Series:
    """The comments, by id, and the article's paragraphs, by line."""
    lines = "line " + talk.paragraphs["line"].astype("str")
    return pd.concat([talk.comments["text"], talk.paragraphs["text"].set_axis(lines)])


def tone_moves(talk: Discussion) -> Measure:
    """`sentiment.score` of comments and paragraphs, names and topic terms masked."""
    texts = _texts(talk)
    before = sentiment.score(texts, mask=talk.mask)

    def moves(alteration: Alteration) -> Moves:
        table = _table(texts.index, texts, alteration.texts(texts))
        other = (table["text"] != table["altered"]).to_numpy()
        table, was = table[other], before[other].set_axis(table.index[other])
        after = sentiment.score(table["altered"], mask=alteration.mask(talk))
        move = (after["polarity"].fillna(0) - was["polarity"].fillna(0)).abs()
        return Moves(table.assign(move=move), (after["tone"] != was["tone"]).to_numpy())

    return moves


def toward_moves(talk: Discussion) -> Measure:
    """`actors.tone_toward` of each mention in the article's body and the comments, which is followed."""
    if talk.codebook is None:
        return _nothing(_NO_CODEBOOK.format("actors"))
    body, spoken = _body(talk), talk.comment_sentences
    units = pd.concat(["line " + body["line"].astype("str"), spoken["comment_id"]], ignore_index=True)
    texts = pd.concat([body["text"], spoken["text"]], ignore_index=True)
    found = themes.mentions(texts, actors.patterns(talk.codebook.actors))
    text, unit = list(texts[found["text_id"]]), list(units[found["text_id"]])
    before = actors.tone_toward(text, found["start"], found["end"], mask=talk.mask)

    def moves(alteration: Alteration) -> Moves:
        by_text = {i: alteration.of(texts[i]) for i in found["text_id"].unique()}
        new = [by_text[i] for i in found["text_id"]]
        places = zip(new, found["start"], found["end"], strict=True)
        spans = [one.span(start, end) for one, start, end in places]
        start, end = np.array(spans, dtype=int).reshape(-1, 2).T
        table = _table(unit, text, [one.text for one in new], about=found["match"])
        there = start < end
        gone = int((~there).sum())
        other = there & (table["text"] != table["altered"]).to_numpy()
        table, was = table[other], before[other]
        after = actors.tone_toward(table["altered"], start[other], end[other], mask=alteration.mask(talk))
        move = (after.fillna(0) - was.fillna(0)).abs()
        changed = ~((np.sign(after) == np.sign(was)) | (after.isna() & was.isna()))
        note = f"{gone} taken out with the words around them." if gone else ""
        return Moves(table.assign(move=move), changed.to_numpy(), note=note)

    return moves


def links_moves(talk: Discussion) -> Measure:
    """`claim_matching.similarity` of each comment with each claim, and the claim that `claim_matching.linked` names."""
    if talk.codebook is None:
        return _nothing(_NO_CODEBOOK.format("claims"))
    texts, claims = talk.comments["text"], talk.codebook.claims
    statements = claims["text"] + " " + claims["quote"]  # as notebook 06 has them

    def likeness(comments: Sequence[str], said: Sequence[str]) -> pd.DataFrame:
        found = claim_matching.similarity(list(comments), list(said), names=talk.codebook.names)
        return pd.DataFrame(found, texts.index, claims.index)

    before = likeness(texts, statements)
    best = claim_matching.linked(before).fillna("").astype(str)

    def moves(alteration: Alteration) -> Moves:
        new = alteration.texts(texts)
        said = alteration.codebook(statements)
        after = likeness(new, said)
        now = claim_matching.linked(after).fillna("").astype(str)
        table = _pairs(texts, new, list(statements), said, claims.index)
        table["move"] = (after.fillna(0) - before.fillna(0)).abs().to_numpy().ravel()
        other = table.pop("other").to_numpy()
        rows = other.reshape(before.shape).any(axis=1)
        return Moves(table[other], (now != best).to_numpy()[rows])

    return moves


def stance_moves(talk: Discussion) -> Measure:
    """`stance.predict` of each comment to each claim."""
    if talk.codebook is None:
        return _nothing(_NO_CODEBOOK.format("claims"))
    texts, claims = talk.comments["text"], talk.codebook.claims["text"]

    def sides(comments: Sequence[str], said: Sequence[str]) -> np.ndarray:
        series = pd.Series(list(comments), dtype=object)
        told = [stance.predict(series, claim).map(_SIDES).to_numpy(dtype=float) for claim in said]
        return np.column_stack(told).ravel()

    before = sides(texts, claims)

    def moves(alteration: Alteration) -> Moves:
        new, said = alteration.texts(texts), alteration.codebook(claims)
        after = sides(new, said)
        table = _pairs(texts, new, list(claims), said, claims.index).assign(move=abs(after - before))
        other = table.pop("other").to_numpy()
        told = other & ((before != 0) | (after != 0))
        return Moves(table[other], (after != before)[told])

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


def thesis_moves(talk: Discussion) -> Measure:
    """The order that `thesis.rank` gives the article's sentences."""
    body, headings = _body(talk), talk.article[talk.article["role"] == "heading"]
    ahead = len(headings) and len(body) and headings.index[0] < body.index[0]
    title = headings["text"].iloc[0] if ahead else None
    texts = list(body["text"])
    names = talk.codebook.names if talk.codebook is not None else ()

    def order(own: Sequence[str], headline: str | None) -> np.ndarray:
        """The place of each sentence, 1 = likeliest to state the thesis."""
        score = thesis.rank(own, paragraphs=body["paragraph"], title=headline, names=names)
        return pd.Series(-score).rank(method="first").to_numpy()

    before = order(texts, title)

    def moves(alteration: Alteration) -> Moves:
        new = alteration.texts(texts)
        after = order(new, None if title is None else alteration.of(title).text)
        lines = "line " + body["line"].astype("str")
        table = _table(lines, texts, new, move=abs(after - before))
        other = (table["text"] != table["altered"]).to_numpy()
        if not other.any():
            return Moves(table[other], np.zeros(0, dtype=bool))
        first = np.array([before.argmin() != after.argmin()])
        alike = np.corrcoef(before, after)[0, 1] if len(texts) > 1 else np.nan
        return Moves(table[other], first, alike)

    return moves


def sentences_moves(talk: Discussion) -> Measure:
    """How many `read.text.sentences` there are in comments and paragraphs."""
    texts = _texts(talk)
    # Only paragraphs that were broken at the margin go over several lines.
    wrapped = [place not in talk.comments.index and "\n" in text for place, text in texts.items()]

    def number(own: Sequence[str]) -> np.ndarray:
        pairs = zip(own, wrapped, strict=True)
        return np.array([len(sentences(text, wrapped=broken)) for text, broken in pairs], dtype=float)

    before = number(texts)

    def moves(alteration: Alteration) -> Moves:
        new = alteration.texts(texts)
        move = abs(number(new) - before)
        table = _table(texts.index, texts, new, move=move)
        other = (table["text"] != table["altered"]).to_numpy()
        return Moves(table[other], (move > 0)[other])

    return moves


def _body(talk: Discussion) -> pd.DataFrame:
    return talk.article[talk.article["role"] == "body"]
