"""What does the author argue? Thesis and claims."""

from __future__ import annotations

import pandas as pd

from rejoinder.answers.answer import NO_CODEBOOK, Answer, count, joined
from rejoinder.discussion import Discussion
from rejoinder.measure import thesis
from rejoinder.text import tokens


def what_does_the_author_argue(talk: Discussion) -> Answer:
    """Notebook 01: thesis and claims in the author's words."""
    question, notebook = "What does the author argue?", "01_what_does_the_author_argue"
    book = talk.codebook
    if book is None:
        body = talk.paragraphs
        short = f"Can't tell. {NO_CODEBOOK}"
        sure = f"The article has {count(len(body), 'paragraph')} and {body['words'].sum():,} words."
        return Answer(question, short, sure, notebook)
    thesis, claims = book.claims.loc["thesis"], book.claims.drop("thesis")
    kinds = claims["kind"].value_counts()
    parts = [count(kinds[k], k) for k in ("fact", "forecast", "judgement") if k in kinds]
    short = (
        f"{thesis['text']} Around this {thesis['kind']} the codebook names "
        f"{count(len(claims), 'claim')}{': ' if parts else ''}{joined(parts)}."
    )
    place = claim_places(talk).loc["thesis", "place"]
    sure = (
        f"Thesis and claims were chosen by one coder ({book.analyst}, a {book.kind}) and checked by "
        f"{book.checked_by or 'nobody'}. The author states the thesis after {place:.2f} of the article's "
        "words."
    )
    return Answer(question, short, sure, notebook)


def author_says(talk: Discussion) -> pd.DataFrame:
    """What readers answer to, as a quotation (`text`, `source`): the thesis, or how the text opens."""
    if talk.codebook is None:
        opening = talk.article[talk.article["role"] == "body"].iloc[0]
        source = f"the author's first sentence, line {opening['line']}; nobody has named the thesis"
        return pd.DataFrame({"text": [opening["text"]], "source": [source]})
    thesis = talk.codebook.claims.loc["thesis"]
    return pd.DataFrame({"text": [thesis["quote"]], "source": [f"the author, line {thesis['line']}"]})


def claim_places(talk: Discussion) -> pd.DataFrame:
    """The claims, thesis first: `text`, `kind`, `quote`, `line`, and `place`: the share of the
    article's words before the quotation, 0 to 1. Empty where there is no codebook."""
    if talk.codebook is None:
        return pd.DataFrame(columns=["text", "kind", "quote", "line", "place"])
    body = talk.paragraphs
    places = [
        sum(
            len(tokens(talk.raw[a : min(b, start)]))
            for a, b in zip(body["start"], body["end"], strict=True)
            if a < start
        )
        for start in talk.codebook.claims["start"]
    ]
    table = talk.codebook.claims[["text", "kind", "quote", "line"]]
    return table.assign(place=[before / max(1, body["words"].sum()) for before in places])


def thesis_guesses(talk: Discussion, *, best: int = 3) -> pd.DataFrame:
    """The sentences of the article that `thesis.rank` finds likeliest to state the thesis, the likeliest
    first: `text`, `source` (its line, and whether it is of the coded thesis), `coded` (True, False)."""
    body = talk.article[talk.article["role"] == "body"]
    headings = talk.article.loc[talk.article["role"] == "heading", "text"]
    title = headings.iloc[0] if len(headings) and headings.index[0] < body.index[0] else None
    names = talk.codebook.names if talk.codebook is not None else ()
    ranks = thesis.rank(body["text"], paragraphs=body["paragraph"], title=title, names=names)
    order = pd.Series(ranks, index=body.index).sort_values(ascending=False, kind="stable")
    top = body.loc[order.index[:best]]
    coded = [False] * len(top)
    if talk.codebook is not None:
        said = talk.codebook.claims.loc["thesis"]
        coded = list((top["start"] < said["end"]) & (top["end"] > said["start"]))
    notes = ["; the coder chose it too" if one else "" for one in coded]
    lines = zip(top["line"], notes, strict=True)
    source = [f"guess {at}, line {line}{note}" for at, (line, note) in enumerate(lines, start=1)]
    return pd.DataFrame({"text": list(top["text"]), "source": source, "coded": coded})


def thesis_guessed(talk: Discussion) -> str:
    """Whether the machine's guesses hold the coded thesis, as a sentence."""
    coded = thesis_guesses(talk)["coded"]
    if talk.codebook is None:
        return "Nobody has named the thesis, so these are guesses that nothing here can check."
    if not coded.any():
        return "None of the guesses is what the coder chose as the thesis."
    return f"What the coder chose as the thesis is guess {list(coded).index(True) + 1} of {len(coded)}."
