"""One function for each notebook's question, and the tables that the notebooks show.

A question function returns an `Answer`; everything it says is computed from the discussion, so it is
true of any seed. The tables have one row per comment, paragraph or theme.

answer   what every answer is made of
argue    01 what does the author argue?
crowd    02 who answers?
tone     03 how do readers feel?
topics   04 what do readers talk about?
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from rejoinder.answers.answer import Answer, count, place, quoted
from rejoinder.answers.argue import author_says, claim_places, what_does_the_author_argue
from rejoinder.answers.crowd import (
    lengths,
    reply_quotes,
    reply_share,
    voices,
    who_answers,
)
from rejoinder.answers.tone import (
    contradictions,
    contrary_sentences,
    extremes,
    held_sign,
    how_do_readers_feel,
    marked_comments,
    mean_tone,
    paragraph_tones,
    sentence_tones,
    tone_choices,
    tone_fit,
    tone_scores,
    tones,
    verdict,
)
from rejoinder.answers.topics import (
    actor_shares,
    author_cast,
    leading_themes,
    leading_without_each,
    no_theme,
    silences,
    theme_examples,
    theme_presence,
    theme_sentences,
    theme_shares,
    unshared_words,
    what_do_readers_talk_about,
    why_words_are_untested,
    word_contrast,
)
from rejoinder.read.discussion import Discussion

QUESTIONS: tuple[Callable[[Discussion], Answer], ...] = (
    what_does_the_author_argue,
    who_answers,
    how_do_readers_feel,
    what_do_readers_talk_about,
)


def in_a_nutshell(talk: Discussion) -> str:
    """The page's answer in two or three sentences."""
    n = len(talk.comments)
    parts = [f"{count(n, 'comment')} {'stands' if n == 1 else 'stand'} under an article"]
    if talk.codebook is not None:
        parts[0] += f" that argues: {talk.codebook.claims['text']['thesis']}"
        for subject, side, unit in (
            ("Their most frequent theme", "readers", "comments"),
            ("The author's", "author", "paragraphs"),
        ):
            names, estimate = leading_themes(talk, side)
            if names:
                found = estimate.of(unit) if side == "readers" else estimate.counted(unit)
                parts.append(f"{subject}: {quoted(names)}, {found}.")
    else:
        parts[0] += "; nobody has written down what it argues."
    return " ".join(
        [
            *parts,
            f"Whether they sound warm or cold: {verdict(mean_tone(talk))}.",
            "Whether they accept what it argues: can't tell, since it has not been coded.",
        ]
    )


def what_do_readers_say_back(talk: Discussion) -> list[Answer]:
    """Notebook 00: every answer so far, in the order of the notebooks."""
    return [question(talk) for question in QUESTIONS]


def at_a_glance(talk: Discussion) -> pd.DataFrame:
    """One row per comment: `tone`, `opening`, and True or False for each theme (by its name)."""
    names = theme_shares(talk)["name"]
    table = theme_presence(talk)[list(names.index)].rename(columns=names)
    table.insert(0, "tone", tones(talk)["tone"])
    table.insert(1, "opening", talk.comments["text"])
    return table
