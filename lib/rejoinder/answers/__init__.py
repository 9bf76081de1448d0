"""One function for each notebook's question, and the tables that the notebooks show.

    answers.in_a_nutshell(talk)             # the discussion in two or three sentences
    answers.what_do_readers_say_back(talk)  # every question, answered
    answers.how_do_readers_feel(talk)       # one of them; the others are named below

A question function returns an `Answer`; everything it says is computed from the discussion, so it is
true of any seed. The tables have one row per comment, paragraph or theme. The rooms, by question:

answer        what every answer is made of
argue         01 what does the author argue?
crowd         02 who answers?
tone          03 how do readers feel?
topics        04 what do readers talk about?
whom          05 whom is the feeling about?
accept        06 do readers accept the thesis?
feeling       07 does feeling tell agreement?
reliability   08 would another reader code it the same?
survive       09 does the answer survive other choices?
alike         shares and means of comments of which some are alike
coded         what the codings say together, for 06 to 08
passages      where claims, themes and actors stand, for the reading room
stances       stance to the thesis and to each claim, as coded
machine       what can be said of stance where nobody has read
once          tables that take seconds and are asked for again
view          a discussion under one set of choices
headlines     what each notebook comes to, so that it can be taken again
without       the headlines without each comment, thread, author
other_choices the headlines under other choices
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from rejoinder.answers.accept import (
    claims_met,
    do_readers_accept_the_thesis,
    enough_to_code,
    how_many_to_code,
    kinds_apart,
    rest_of,
    thesis_by_choice,
)
from rejoinder.answers.accept import verdict as stance_verdict
from rejoinder.answers.answer import Answer, count, quoted
from rejoinder.answers.argue import (
    author_says,
    claim_places,
    thesis_guessed,
    thesis_guesses,
    what_does_the_author_argue,
)
from rejoinder.answers.coded import coders, offered_sheet, settled, who_coded
from rejoinder.answers.crowd import (
    lengths,
    reply_quotes,
    reply_share,
    voices,
    who_answers,
)
from rejoinder.answers.feeling import (
    does_feeling_tell_agreement,
    feeling_choices,
    misread_comments,
    mistaken,
    parted_comments,
    sides,
    sides_sure,
    tone_beside_stance,
    tone_methods,
)
from rejoinder.answers.headlines import HEADLINES
from rejoinder.answers.machine import nearest_claims, nearest_right
from rejoinder.answers.other_choices import choices, spread_shares, survival, survives, universes
from rejoinder.answers.reliability import (
    alpha_choices,
    dispute_kinds,
    disputed_comments,
    disputes,
    item_agreement,
    same_kind,
    so_few,
    would_another_reader_code_it_the_same,
)
from rejoinder.answers.stances import (
    claim_stances,
    has_stances,
    kind_stances,
    stance_cells,
    telling_words,
    thesis_stances,
)
from rejoinder.answers.survive import by_thread, does_the_answer_survive_other_choices
from rejoinder.answers.tone import (
    article_tone,
    beside_article,
    cold_as_read,
    contradictions,
    contrary_sentences,
    extremes,
    how_do_readers_feel,
    marked_comments,
    mean_tone,
    paragraph_tones,
    sentence_tones,
    tone_choices,
    tones,
    verdict,
)
from rejoinder.answers.topics import (
    actor_shares,
    author_cast,
    leading_themes,
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
from rejoinder.answers.whom import (
    actor_sentences,
    actor_tones,
    false_leanings,
    masking_effect,
    scored_mentions,
    toned_mentions,
    whom_is_the_feeling_about,
)
from rejoinder.answers.without import firmness, held, left_out, without_each
from rejoinder.discussion import Discussion
from rejoinder.progress import progress

QUESTIONS: tuple[Callable[[Discussion], Answer], ...] = (
    what_does_the_author_argue,
    who_answers,
    how_do_readers_feel,
    what_do_readers_talk_about,
    whom_is_the_feeling_about,
    do_readers_accept_the_thesis,
    does_feeling_tell_agreement,
    would_another_reader_code_it_the_same,
    does_the_answer_survive_other_choices,
)


def __dir__() -> list[str]:
    return __all__


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
            _acceptance(talk),
        ]
    )


def _acceptance(talk: Discussion) -> str:
    if not has_stances(talk):
        return "Whether they accept what it argues: can't tell, since it has not been coded."
    thesis = thesis_stances(talk)
    taken = [f"{(thesis == side).sum()} {side}" for side in ("agree", "disagree")]
    told = f"{', '.join(taken)}{rest_of(thesis)}"
    return f"Whether they accept what it argues: {stance_verdict(talk)} ({told})."


def what_do_readers_say_back(talk: Discussion) -> list[Answer]:
    """Notebook 00: every answer so far, in the order of the notebooks."""
    return [question(talk) for question in progress(QUESTIONS, "questions")]


def at_a_glance(talk: Discussion) -> pd.DataFrame:
    """One row per comment: `tone`, `opening`, and True or False for each theme (by its name)."""
    names = theme_shares(talk)["name"]
    table = theme_presence(talk)[list(names.index)].rename(columns=names)
    table.insert(0, "tone", tones(talk)["tone"])
    table.insert(1, "opening", talk.comments["text"])
    return table


# What is made in these rooms, but for the words that sentences are put together with.
__all__ = ["HEADLINES", "QUESTIONS", "Answer"] + [
    name
    for name, made in globals().items()
    if getattr(made, "__module__", "").startswith(__name__)
    and made.__module__ != Answer.__module__
    and not name.startswith("_")
]
