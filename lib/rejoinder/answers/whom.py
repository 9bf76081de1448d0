"""Whom is the feeling about? Tone toward each actor, the author's beside the readers'."""

from __future__ import annotations

from math import isnan

import pandas as pd

from rejoinder.answers.alike import TONE_BOUNDS, comment_mean
from rejoinder.answers.answer import NO_CODEBOOK, SIDES, Answer, count, joined
from rejoinder.discussion import Discussion
from rejoinder.errors import known
from rejoinder.measure import actors, themes
from rejoinder.stats.clustered import clustered_share
from rejoinder.stats.estimate import MIN_VALUES, mean, signed


def whom_is_the_feeling_about(talk: Discussion) -> Answer:
    """Notebook 05: tone toward each actor."""
    question, notebook = "Whom is the feeling about?", "05_whom_is_the_feeling_about"
    why = unnamed(talk)
    if why:
        return Answer(question, f"Can't tell. {why}", "The names come from the codebook.", notebook)
    table = actor_tones(talk)
    sides = [
        f"{who}: {leaning(table[side], table['name'])}."
        for side, who in (("author", "The author"), ("readers", "Readers"))
    ]
    short = f"{' '.join(sides)} {share_of_mentions(talk)}"
    return Answer(question, short, "This is tone and not stance.", notebook)


def leaning(tones: pd.Series, names: pd.Series) -> str:
    """Toward whom the mean tone lies beyond 0 with its whole interval, in words."""
    told = [(name, tone) for name, tone in zip(names, tones, strict=True) if not isnan(tone.low)]
    sides = {
        "warm": [name for name, tone in told if tone.low > 0],
        "cold": [name for name, tone in told if tone.high < 0],
    }
    found = [f"{side} toward {joined(toward)}" for side, toward in sides.items() if toward]
    if not told:
        return f"can't tell toward anybody, since none is named in {MIN_VALUES} scored places or more"
    among = f"of {count(len(told), 'actor')} named often enough"
    return f"{joined(found) or 'not certainly warm or cold toward any'}, {among}"


def unnamed(talk: Discussion) -> str:
    """Why there is nobody to look for, as a sentence; "" where there is."""
    if talk.codebook is None:
        return NO_CODEBOOK
    return "" if len(talk.codebook.actors) else "The codebook names no actors."


def toned_mentions(talk: Discussion, *, masked: bool = True) -> pd.DataFrame:
    """Every mention of an actor: `side` (author, readers), `unit` (paragraph number or comment id),
    `actor_id`, `name`, `mention`, `text` (its sentence), `source`, `start`, `end` (in the sentence),
    `tone` (`actors.tone_toward`, −1 to 1, NaN where no scored word bears on it).

    `masked` hides names and topic terms of the codebook from the lexicons. Empty without codebook.
    """
    columns = ["side", "unit", "actor_id", "name", "mention", "text", "source", "start", "end", "tone"]
    if unnamed(talk):
        return pd.DataFrame(columns=columns).astype({"tone": float})
    book = actors.patterns(talk.codebook.actors)
    body = talk.article[talk.article["role"] == "body"]
    spoken = talk.comment_sentences
    tables = []
    for side, table, unit, source in (
        ("author", body, body["paragraph"], "the author, line " + body["line"].astype("str")),
        ("readers", spoken, spoken["comment_id"], spoken["comment_id"]),
    ):
        found = themes.mentions(table["text"], book).rename(columns={"theme_id": "actor_id"})
        at = found["text_id"]
        tables.append(
            found.assign(
                side=side,
                unit=list(unit[at]),
                name=list(book["name"][found["actor_id"]]),
                text=list(table["text"][at]),
                source=list(source[at]),
            ).rename(columns={"match": "mention"})
        )
    table = pd.concat(tables, ignore_index=True)
    mask = talk.mask if masked else ()
    toward = actors.tone_toward(table["text"], table["start"], table["end"], mask=mask)
    return table.assign(tone=toward)[columns]


def actor_tones(talk: Discussion, *, masked: bool = True) -> pd.DataFrame:
    """One row per actor, the most often named first: `name`; `author`, `readers`: the mean tone
    toward the actor (Estimate over paragraphs, over comments that name him in a scored clause);
    `mentions`: how often each side names him, in words."""
    found = toned_mentions(talk, masked=masked)
    rows = {}
    for actor, name in talk.codebook.actors["name"].items() if talk.codebook else ():
        own = found[found["actor_id"] == actor]
        rows[actor] = {"name": name}
        for side in SIDES:
            tone = own[own["side"] == side].groupby("unit")["tone"].mean()
            readers = side == "readers"
            rows[actor][side] = comment_mean(talk, tone) if readers else mean(tone, bounds=TONE_BOUNDS)
        times = [
            f"{(own['side'] == side).sum()} by {'the author' if side == 'author' else side}"
            for side in SIDES
        ]
        rows[actor] |= {"mentions": joined(times), "times": len(own)}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["name", *SIDES, "mentions", "times"])
    return table.sort_values("times", ascending=False, kind="stable").drop(columns="times")


def share_of_mentions(talk: Discussion) -> str:
    """How many mentions stand in a clause that warms or cools, as a sentence; the interval takes the
    mentions of one comment to be alike."""
    found = toned_mentions(talk)
    felt = {side: own["tone"].notna() for side, own in found.groupby("side")}
    none = pd.Series(dtype=bool)
    author, readers = (felt.get(side, none) for side in SIDES)
    theirs = clustered_share(readers, found.loc[readers.index, "unit"])
    return (
        f"A scored word bears on {author.sum():,} of the author's {count(len(author), 'mention')}; of "
        f"the readers', on {theirs.of('mentions')}."
    )


def actor_sentences(talk: Discussion, side: str, *, each: int = 2) -> pd.DataFrame:
    """The sentences of a side in which the tone toward an actor is strongest, up to `each` an actor,
    for `page.quotes`: `name`, `text`, `source`, `mark` (the mention). Raises NameNotKnown for another
    side."""
    known(side, SIDES, "side")
    found = toned_mentions(talk)
    found = found[(found["side"] == side) & (found["tone"].fillna(0) != 0)]
    order = found["tone"].abs().sort_values(ascending=False, kind="stable").index
    top = found.loc[order].drop_duplicates(["actor_id", "text"]).groupby("actor_id").head(each)
    top = top.assign(place=top["name"].map({n: i for i, n in enumerate(actor_tones(talk)["name"])}))
    top = top.sort_values(["place", "tone"], kind="stable")
    return pd.DataFrame(
        {
            "name": list(top["name"]),
            "text": list(top["text"]),
            "source": [
                f"{row.source}: toward {row.name}, {signed(row.tone)}"
                for row in top.itertuples(index=False)
            ],
            "mark": [
                [(row.start, row.end, "positive" if row.tone > 0 else "negative")]
                for row in top.itertuples()
            ],
        }
    )


def scored_mentions(talk: Discussion) -> pd.DataFrame:
    """Every mention that a figure rests on, readers first, by actor and from cold to warm: `name`,
    `mention`, `tone`, `source`, `sentence`."""
    found = toned_mentions(talk).dropna(subset="tone").rename(columns={"text": "sentence"})
    order = {name: at for at, name in enumerate(actor_tones(talk)["name"])}
    found = found.assign(place=found["name"].map(order), own=found["side"] == "author")
    found = found.sort_values(["own", "place", "tone"], kind="stable")
    return found[["name", "mention", "tone", "source", "sentence"]].reset_index(drop=True)


def masking_effect(talk: Discussion) -> pd.DataFrame:
    """What hiding names and topic terms does to the tone toward each actor: `name`, and for each side
    the mean `masked` and `unmasked` (Estimates)."""
    hidden, open_ = actor_tones(talk), actor_tones(talk, masked=False)
    table = {"name": hidden["name"]}
    for side in SIDES:
        table[f"{side}, masked"] = list(hidden[side])
        table[f"{side}, unmasked"] = list(open_[side].reindex(hidden.index))
    return pd.DataFrame(table).reset_index(drop=True)


def false_leanings(talk: Discussion) -> str:
    """How many of the intervals would miss 0 by chance alone, as a sentence."""
    table = actor_tones(talk)
    told = [tone for side in SIDES for tone in table[side] if not isnan(tone.low)]
    if not told:
        return "There is no interval to be misled by."
    by_chance = len(told) * (1 - told[0].level)
    return (
        f"There are {count(len(told), 'interval')} in the picture; if every true mean were 0, about "
        f"{by_chance:.2f} of them would miss it by chance."
    )
