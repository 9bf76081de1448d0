"""What the codings say together: one value for each comment and item, and the words that decided it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import pandas as pd

from rejoinder.corpus.codings import ADJUDICATED, SIDES, items
from rejoinder.discussion import ARTICLE, Discussion

# Beside the values that a coder gives: coders who worked apart differ; nobody has coded it.
DISPUTED, UNCODED = "disputed", "uncoded"
WHOLE_COMMENT = 280  # characters of a comment that is quoted in full
# Which stances count: all of them; or only those that the words state, when an implied one is silent.
EITHER, STATED = "either", "stated"


def coders(talk: Discussion) -> pd.DataFrame:
    """Who coded, by `coder`, the adjudicated codings last: `kind` (person, language model), `comments`
    and `codings` (counts)."""
    own = talk.codings[talk.codings["comment_id"] != ARTICLE]
    table = own.groupby("coder").agg(
        kind=("kind", "first"), comments=("comment_id", "nunique"), codings=("item", "size")
    )
    return table.sort_index(key=lambda names: names == ADJUDICATED, kind="stable")


def independent(talk: Discussion, *, basis: str = EITHER) -> pd.DataFrame:
    """The codings of comments by those who worked apart, without what was adjudicated.

    basis : EITHER, or STATED: then an implied stance counts as silent."""
    found = _on_basis(talk.codings, basis)
    return found[(found["coder"] != ADJUDICATED) & (found["comment_id"] != ARTICLE)]


def settling(talk: Discussion) -> pd.DataFrame:
    """The codings that decide what counts: those of people or, where no person has coded, of language
    models. A model beside people never disputes, settles or fills in what they say; notebook 09 compares
    them."""
    by_people = talk.codings["kind"] == "person"
    apart = talk.codings["coder"] != ADJUDICATED
    return talk.codings[by_people] if (by_people & apart).any() else talk.codings


def settled(
    talk: Discussion,
    *,
    coder: str | None = None,
    basis: str = EITHER,
    of: Sequence[str] | None = None,
    article: bool = False,
) -> pd.DataFrame:
    """One value for each comment and item: what all its coders say, of those in `settling`.

    Where they differ it is the adjudicated value, or "disputed" if there is none: never a majority. What
    nobody coded is "uncoded".

    Parameters
    ----------
    coder : take the codings of this coder alone.
    basis : EITHER, or STATED: then an implied stance counts as silent.
    of : the items that are wanted; all by default.
    article : whether the first row is that of the article, under ARTICLE.

    Returns
    -------
    DataFrame of str, index `comment_id`, a column per item: tone, sarcasm, thesis and the statements.
    """
    columns = pd.Index(items(talk.codebook) if of is None else of, dtype=object)
    codings = settling(talk) if coder is None else talk.codings
    codings = _on_basis(codings[codings["item"].isin(columns)], basis)
    if coder is None:
        final = codings["coder"] == ADJUDICATED
        found = _said(codings[~final])
        found = found.mask(found == DISPUTED, _said(codings[final]).reindex(found.index).fillna(DISPUTED))
    else:
        found = _said(codings[codings["coder"] == coder])
    rows = talk.comments.index.insert(0, ARTICLE) if article else talk.comments.index
    return found.unstack("item").reindex(index=rows, columns=columns).astype("str").fillna(UNCODED)


def _on_basis(codings: pd.DataFrame, basis: str) -> pd.DataFrame:
    implied = (codings["basis"] == "implied") & (basis == STATED)
    return codings.assign(value=codings["value"].mask(implied, "silent"))


def _said(codings: pd.DataFrame) -> pd.Series:
    """What the codings give each comment and item: a value, or "disputed"."""
    values = codings.groupby(["comment_id", "item"], sort=False)["value"].agg(["first", "nunique"])
    return values["first"].astype("str").where(values["nunique"] == 1, DISPUTED)


def evidence(talk: Discussion) -> pd.DataFrame:
    """The words that decided each stance, quoted from the comment.

    Returns
    -------
    DataFrame, a row per comment (or ARTICLE) and statement that some coder does not call silent, of those
    in `settling`, in the order of the codebook: `item`, `stance` (as `settled`), `basis` (stated if every
    coder says so, else implied, or ""), `comment_id`, `text` (of a comment over WHOLE_COMMENT characters
    the sentences in question), `source` ("c04", "the author, line 3"), `said` ("A, B: agree; C: silent"),
    `mark` (the words the coders quote, for `display.quotes`), `spans` (the same words in the whole
    comment).
    """
    known, texts = talk.codebook.statements.index, talk.texts
    spoken = settling(talk).query("item in @known")
    heard = spoken.loc[spoken["value"] != "silent", ["comment_id", "item"]].drop_duplicates()
    spoken = spoken.merge(heard, on=["comment_id", "item"])
    in_order = {name: at for at, name in enumerate([*known, *texts.index])}
    spoken = spoken.sort_values(["item", "comment_id"], key=lambda ids: ids.map(in_order), kind="stable")
    values, stated = (
        settled(talk, basis=basis, of=known, article=True).to_dict() for basis in (EITHER, STATED)
    )
    spans_of, body = _sentence_spans(talk), talk.article[talk.article["role"] == "body"]
    rows = []
    by_place = groupby(spoken.itertuples(), key=lambda row: (row.item, row.comment_id))
    for (item, comment_id), pairs in by_place:
        own = list(pairs)
        stance = values[item][comment_id]
        basis = "stated" if stated[item][comment_id] == stance else "implied"
        basis = basis if stance in SIDES else ""
        spans = merged(span for row in own for span in row.spans)
        text, mark = _in_question(texts[comment_id], spans, spans_of.get(comment_id, []))
        place = comment_id
        if comment_id == ARTICLE:
            at = body["start"].min() + (spans[0][0] if spans else 0)
            place = f"the author, line {body.loc[body['end'] > at, 'line'].iloc[0]}"
        rows.append((item, stance, basis, comment_id, text, place, _together(own), mark, spans))
    columns = ["item", "stance", "basis", "comment_id", "text", "source", "said", "mark", "spans"]
    return pd.DataFrame(rows, columns=columns)


def decisive(talk: Discussion, found: pd.DataFrame) -> pd.DataFrame:
    """Each comment in rows of `evidence` once, in the order of the page, for `display.quotes`: `text` and
    `mark` for all its stances together, `source` ("c05 – k1: agree (A, B: agree stated); k3: …")."""
    stances, spans_of, rows = {}, _sentence_spans(talk), []
    for row in found.itertuples():
        stances.setdefault(row.comment_id, []).append(row)
    for comment_id, text in talk.texts.items():
        if own := stances.get(comment_id):
            spans = merged(span for row in own for span in row.spans)
            quoted, mark = _in_question(text, spans, spans_of.get(comment_id, []))
            told = "; ".join(f"{row.item}: {row.stance} ({row.said})" for row in own)
            rows.append((quoted, f"{own[0].source} – {told}", mark))
    return pd.DataFrame(rows, columns=["text", "source", "mark"])


def _in_question(text: str, spans: list, sentences: list) -> tuple[str, list]:
    """`text`, of a long one the sentences from the first to the last of `spans`, and these as marks."""
    start, end = 0, len(text)
    if spans and end > WHOLE_COMMENT:
        held = [(a, b) for a, b in sentences if b > spans[0][0] and a < spans[-1][1]]
        # What the comment quotes from others is in no sentence of its own.
        start = min(span[0] for span in (spans[0], *held))
        end = max(span[1] for span in (spans[-1], *held))
    return text[start:end], [(a - start, b - start, "neutral") for a, b in spans]


def _together(rows: list) -> str:
    """What coders say of one thing, those of one mind together: "A, B: agree stated; C: silent"."""
    coders: dict[str, list[str]] = {}
    for row in rows:
        coders.setdefault(told(row).removeprefix(f"{row.coder}: "), []).append(row.coder)
    return "; ".join(f"{', '.join(names)}: {words}" for words, names in coders.items())


def told(row) -> str:
    """A row of codings in words: "B: agree stated"; of a quotation that the text does not have, that it
    was not found."""
    lost = " (quotation not found)" if row.quote and not row.spans else ""
    return f"{row.coder}: {row.value} {row.basis}".strip() + lost


def _sentence_spans(talk: Discussion) -> dict[str, list[tuple[int, int]]]:
    """The sentences of each comment and of the article, as spans of its own text."""
    body = talk.article[talk.article["role"] == "body"]
    rows = talk.comment_sentences[["comment_id", "start", "end"]].itertuples(index=False)
    begins, found = talk.comments["start"], {ARTICLE: []}
    for comment_id, start, end in rows:
        found.setdefault(comment_id, []).append((start - begins[comment_id], end - begins[comment_id]))
    first = body["start"].min()
    found[ARTICLE] = [(a - first, b - first) for a, b in zip(body["start"], body["end"], strict=True)]
    return found


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans (start, end) in order, those that overlap or touch as one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if kept and start <= kept[-1][1]:
            start, end = kept[-1][0], max(end, kept.pop()[1])
        kept.append((start, end))
    return kept
