"""What do readers talk about? Themes, actors and words of either side."""

from __future__ import annotations

import pandas as pd

from rejoinder.answers.alike import comment_share
from rejoinder.answers.answer import NO_CODEBOOK, SIDES, Answer, count, quoted
from rejoinder.discussion import Discussion
from rejoinder.errors import known
from rejoinder.measure import keyness, themes
from rejoinder.stats.estimate import Estimate, share

_NO_PATTERNS = pd.DataFrame({"name": [], "pattern": []}, dtype="str")


def what_do_readers_talk_about(talk: Discussion) -> Answer:
    """Notebook 04: themes shared, only the author's, only the readers'."""
    question, notebook = "What do readers talk about?", "04_what_do_readers_talk_about"
    if _theme_book(talk).empty:
        sure = "The words that only one side uses are listed in the notebook."
        return Answer(question, f"Can't tell by theme. {_why_no_themes(talk)}", sure, notebook)
    table = theme_shares(talk)
    sides = table["side"].value_counts().reindex(["both", "author", "readers"], fill_value=0)
    short = (
        f"Of {count(len(table), 'theme')}, {sides['both']} are shared, {sides['author']} are only "
        f"the author's and {sides['readers']} only the readers'. "
    )
    for side, unit in (("readers", "comments"), ("author", "paragraphs")):
        names, estimate = leading_themes(talk, side)
        if names:
            subject = "Readers speak" if side == "readers" else "The author speaks"
            found = estimate.of(unit) if side == "readers" else estimate.counted(unit)
            below = table[[one.count < estimate.count for one in table[side]]]
            counts = [one.count for one in below[side]]
            next_ = below["name"].iloc[counts.index(max(counts))] if any(counts) else ""
            behind = f"; next, “{next_}”, {max(counts)}" if next_ else ""
            short += f"{subject} most of {quoted(names)}: {found}{behind}. "
    short += _silent(no_theme(talk))
    book = talk.codebook
    sure = f"Themes are patterns written by one coder ({book.analyst}, a {book.kind}) who knew the text."
    return Answer(question, short, sure, notebook)


def theme_presence(talk: Discussion) -> pd.DataFrame:
    """`themes.presence` of the comments; only the column `none` where there is no codebook."""
    return themes.presence(talk.comments["text"], _theme_book(talk))


def theme_shares(talk: Discussion) -> pd.DataFrame:
    """One row per theme, the readers' most frequent first: `name`, `side` (both, author, readers,
    neither), `author` (Estimate, share of paragraphs), `readers` (Estimate, share of comments).

    Empty where there is no codebook.
    """
    return _shares(talk, _theme_book(talk))


def actor_shares(talk: Discussion) -> pd.DataFrame:
    """One row per actor: who names whom, in the columns of `theme_shares`."""
    return _shares(talk, themes.from_names(talk.codebook.actors) if talk.codebook else _NO_PATTERNS)


def author_cast(talk: Discussion) -> pd.DataFrame:
    """Whom the article names, the most frequent first: `name`, `paragraphs` (a count, as text)."""
    table = actor_shares(talk)
    order = table["author"].map(lambda estimate: -estimate.count).sort_values(kind="stable").index
    named = [table["author"][i].counted("paragraphs") for i in order]
    return pd.DataFrame({"name": list(table["name"][order]), "paragraphs": named}, dtype="str")


def no_theme(talk: Discussion) -> Estimate:
    """The share of comments in which no theme was found."""
    table = theme_presence(talk)
    return comment_share(talk, table[themes.NONE])


def leading_themes(talk: Discussion, side: str) -> tuple[list[str], Estimate]:
    """The names of the most frequent themes of a side ("author" or "readers"), and their share. Raises
    NameNotKnown for another side."""
    known(side, SIDES, "side")
    table = theme_shares(talk)
    if table.empty:
        return [], share(0, 0)
    top = max(table[side], key=lambda estimate: estimate.value)
    leads = [top.count > 0 and estimate.count == top.count for estimate in table[side]]
    return list(table.loc[leads, "name"]), top


def theme_sentences(talk: Discussion) -> pd.DataFrame:
    """Every sentence that carries a theme: `theme_id`, `side` (author, readers), `text`, `source`,
    `mark` (the matched spans, for `page.quotes`). Empty where there is no codebook."""
    book = _theme_book(talk)
    body = talk.article[talk.article["role"] == "body"]
    spoken = talk.comment_sentences
    sides = (
        ("author", body, "the author, line " + body["line"].astype("str")),
        ("readers", spoken, spoken["comment_id"]),
    )
    rows = []
    for side, table, source in sides:
        found = themes.mentions(table["text"], book)
        for (i, theme), spans in found.groupby(["text_id", "theme_id"], sort=False):
            mark = [(a, b, "neutral") for a, b in zip(spans["start"], spans["end"], strict=True)]
            rows.append((theme, side, table["text"][i], source[i], mark))
    return pd.DataFrame(rows, columns=["theme_id", "side", "text", "source", "mark"])


def theme_examples(talk: Discussion) -> pd.DataFrame:
    """For each theme, in the order of `theme_shares`, the sentence of each side that speaks of it
    most (of equals the first): columns `name`, `author`, `readers`."""
    table = theme_shares(talk)[["name"]]
    found = theme_sentences(talk).assign(hits=lambda t: t["mark"].map(len))
    for side in ("author", "readers"):
        best = found[found["side"] == side].sort_values("hits", ascending=False, kind="stable")
        best = best.drop_duplicates("theme_id").set_index("theme_id")
        quoted = "“" + best["text"] + "” (" + best["source"] + ")"
        table[side] = quoted.reindex(table.index).fillna("no sentence")
    return table


def word_contrast(talk: Discussion) -> pd.DataFrame:
    """`keyness.describe` of the article's paragraphs (a) and the comments (b).

    One article is one text by one writer, however many paragraphs it has: described, not tested.
    """
    return keyness.describe(talk.paragraphs["text"], talk.comments["text"])


def unshared_words(talk: Discussion, side: str, *, at_least: int = 3) -> pd.DataFrame:
    """Words of one side ("author" or "readers") in `at_least` of its texts that the other never uses.

    Index `word`, most frequent first; the `paragraphs` or `comments` that hold it, and `times`: how
    often it stands there. Raises NameNotKnown for another side.
    """
    known(side, SIDES, "side")
    own, other = ("a", "b") if side == "author" else ("b", "a")
    unit = "paragraphs" if side == "author" else "comments"
    table = word_contrast(talk)
    table = table[(table[f"texts_{own}"] >= at_least) & (table[f"texts_{other}"] == 0)]
    table = table.rename(columns={f"texts_{own}": unit, f"count_{own}": "times"})
    return table[[unit, "times"]].sort_values([unit, "times", "word"], ascending=[False, False, True])


def silences(talk: Discussion) -> str:
    """Which themes only one side raises, and how many comments carry none, as sentences."""
    table = theme_shares(talk)
    if table.empty:
        return f"Can't tell. {_why_no_themes(talk)}"
    named = {
        side: quoted(table.loc[table["side"] == side, "name"]) or "none"
        for side in ("author", "readers", "neither")
    }
    return (
        f"Only the author raises: {named['author']}. Only readers raise: {named['readers']}. Neither: "
        f"{named['neither']}. {_silent(no_theme(talk))}"
    )


def _silent(silent: Estimate) -> str:
    if silent.count == 0:
        return "Every comment carries a theme."
    return f"No theme was found in {silent.counted('comments')}."


def _why_no_themes(talk: Discussion) -> str:
    return NO_CODEBOOK if talk.codebook is None else "The codebook names no themes."


def _theme_book(talk: Discussion) -> pd.DataFrame:
    return talk.codebook.themes if talk.codebook else _NO_PATTERNS


def _shares(talk: Discussion, book: pd.DataFrame) -> pd.DataFrame:
    theirs = themes.presence(talk.comments["text"], book)
    own = themes.presence(talk.paragraphs["text"], book)
    table = pd.DataFrame(
        {
            "name": book["name"],
            "author": [share(int(own[i].sum()), len(own)) for i in book.index],
            "readers": [comment_share(talk, theirs[i]) for i in book.index],
        }
    )
    found = pd.DataFrame({s: [e.count > 0 for e in table[s]] for s in ("author", "readers")})
    names = {(True, True): "both", (True, False): "author", (False, True): "readers"}
    table["side"] = [names.get(pair, "neither") for pair in found.itertuples(index=False, name=None)]
    order = sorted(book.index, key=lambda i: (-table["readers"][i].value, table["author"][i].value))
    return table.loc[order, ["name", "side", "author", "readers"]]
