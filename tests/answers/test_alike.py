"""Comments of one thread, or by one author, are not counted as independent."""

import dataclasses

import pandas as pd
import pytest

from rejoinder.answers.alike import clusters, comment_mean, comment_share
from rejoinder.stats.clustered import clustered_share
from rejoinder.stats.estimate import mean, share


def flags(talk, *ids):
    return pd.Series(talk.comments.index.isin(ids), talk.comments.index)


def unanswered(talk):
    return dataclasses.replace(talk, comments=talk.comments.assign(reply_to=pd.NA))


def width(estimate):
    return estimate.high - estimate.low


def test_without_threads_it_is_the_plain_share_and_mean(talk):
    alone = unanswered(talk)
    counts = flags(talk, "c01", "c05")
    assert str(comment_share(alone, counts)) == str(share(2, 9))
    values = pd.Series([0.1, 0.5, -0.2, 0.3, 0.2, 0.9, -0.4, 0.0, 0.6], talk.comments.index)
    assert comment_mean(alone, values) == mean(values, bounds=(-1, 1))


def test_a_thread_that_says_one_thing_makes_it_less_certain(talk):
    one_thread = flags(talk, "c05", "c06", "c07")
    threads = comment_share(talk, one_thread)
    assert (threads.count, threads.n) == (3, 9)
    assert width(threads) > width(share(3, 9))
    assert width(threads) > width(comment_share(talk, flags(talk, "c01", "c02", "c03")))


def test_a_part_of_the_comments_keeps_its_threads(talk):
    part = flags(talk, "c05")[["c05", "c06", "c09"]]
    assert comment_share(talk, part) == clustered_share([1, 0, 0], ["c05", "c05", "c08"])


def test_where_authors_are_known_the_wider_interval_counts(talk):
    assert len(clusters(talk)) == 1
    authors = ["ann"] * 4 + [pd.NA] * 5
    signed = dataclasses.replace(unanswered(talk), comments=talk.comments.assign(author=authors))
    signed = dataclasses.replace(signed, comments=signed.comments.assign(reply_to=pd.NA))
    by_one = flags(talk, "c01", "c02", "c03", "c04")
    assert len(clusters(signed)) == 2
    assert width(comment_share(signed, by_one)) > width(share(4, 9))


@pytest.mark.parametrize("n", [0, 1])
def test_nothing_and_one_comment_are_estimates(talk, n):
    assert comment_share(talk, flags(talk)[:n]).n == n
    assert comment_mean(talk, pd.Series([0.5], ["c01"])[:n]).n == n
