"""Discussions with codings made up for a test."""

import dataclasses

import pandas as pd

from rejoinder.corpus.codings import SIDES, no_codings, statement_sha, text_sha


def coded_as(talk, *, item="thesis", **coders):
    """`talk` with codings of one item only: for each coder a value per comment, None for no coding; a
    stance is stated, unless its value is "implied agree" or the like."""
    rows = []
    for coder, values in coders.items():
        for i, given in zip(talk.comments.index, values, strict=True):
            *implied, value = (given or "none").split()
            basis = "implied" if implied else "stated" if value in SIDES else ""
            sha = text_sha(talk.comments.loc[i, "text"])
            wording = statement_sha(talk.codebook, item)
            rows += [(coder, "person", i, item, value, basis, "", "", 1.0, sha, wording, ())] * bool(
                given
            )
    return dataclasses.replace(talk, codings=pd.DataFrame(rows, columns=no_codings().columns))


def by_models(talk, *coders):
    """`talk` with these coders as language models."""
    kinds = talk.codings["kind"].mask(talk.codings["coder"].isin(coders), "language model")
    return dataclasses.replace(talk, codings=talk.codings.assign(kind=kinds))


def lacking(talk, ids):
    """The discussion as if these comments had never been written."""
    return dataclasses.replace(
        talk,
        comments=talk.comments.drop(ids),
        codings=talk.codings[~talk.codings["comment_id"].isin(ids)],
    )
