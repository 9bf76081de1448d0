"""Does the answer survive other choices, and the loss of any one comment or thread?"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from rejoinder.answers.answer import Answer, count, joined
from rejoinder.answers.headlines import CANT_TELL, HEADLINES, UNCERTAIN
from rejoinder.answers.other_choices import survival
from rejoinder.answers.view import View
from rejoinder.answers.without import HOLDS, NONE_LEFT, NOTHING, left_out
from rejoinder.discussion import Discussion


def does_the_answer_survive_other_choices(talk: Discussion) -> Answer:
    """Notebook 09: every headline under other choices, and without each comment or thread."""
    question = "Does the answer survive other choices?"
    notebook = "09_does_the_answer_survive_other_choices"
    table, left = survival(talk), left_out(talk)
    known = table[table["combinations"] > 0]
    left = left[left["comments"] != NOTHING]
    if known.empty:
        return Answer(question, "Nothing to tell under any choice.", "No headline has a value.", notebook)
    undecided = known["usual"].isin([CANT_TELL, UNCERTAIN])
    depends = [
        f"{row.headline} (by {joined(row.turned_by) or 'choices together'})"
        for row in known[known["answers"] > 1].itertuples()
    ]
    kinds = [kind for kind in ("comments", "threads", "authors") if kind in left]
    firm = left[kinds].isin([HOLDS, NONE_LEFT]).all(axis=1)
    short = (
        f"{int(undecided.sum())} of {count(len(known), 'headline')} cannot be told from these comments, "
        f"as the notebooks take them. {len(known) - len(depends)} of {len(known)} give the same answer "
        "under every combination of the choices that concern them"
        f"{f'; what does not: {joined(depends)}' if depends else ''}. {int(firm.sum())} of {len(left)} "
        "keep their answer and the side of their estimate whichever comment or thread is left out."
    )
    sure = (
        f"There are up to {known['combinations'].max():,} combinations for one headline, of choices "
        f"declared beforehand; not all that could be made. “{CANT_TELL.capitalize()}” survives easily "
        "where comments are few."
    )
    return Answer(question, short, sure, notebook)


def by_thread(talk: Discussion) -> pd.DataFrame:
    """What it does to take comments of one thread for alike: per headline of comments, `notebook`,
    `headline`, `as independent` and `by thread` (Estimates)."""
    apart_ = replace(talk, comments=talk.comments.assign(reply_to=pd.NA, author=pd.NA))
    rows = [
        (one.notebook, one.name, one.finding(View(apart_)).estimate, one.finding(View(talk)).estimate)
        for one in HEADLINES
        if one.notebook not in ("02", "08")  # threads themselves, and coders
    ]
    return pd.DataFrame(rows, columns=["notebook", "headline", "as independent", "by thread"])
