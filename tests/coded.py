"""Discussions with codings made up for a test."""

import dataclasses

import pandas as pd

from rejoinder.corpus.codings import no_codings, text_sha


def coded_as(talk, *, item="thesis", **coders):
    """`talk` with codings of one item only: for each coder a value per comment, None for no coding."""
    rows = [
        (coder, "person", i, item, value, "", 1.0, text_sha(talk.comments.loc[i, "text"]))
        for coder, values in coders.items()
        for i, value in zip(talk.comments.index, values, strict=True)
        if value
    ]
    return dataclasses.replace(talk, codings=pd.DataFrame(rows, columns=no_codings().columns))


def lacking(talk, ids):
    """The discussion as if these comments had never been written."""
    return dataclasses.replace(
        talk,
        comments=talk.comments.drop(ids),
        codings=talk.codings[~talk.codings["comment_id"].isin(ids)],
    )
