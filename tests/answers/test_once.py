import dataclasses
import gc
import weakref

import pandas as pd

from rejoinder.answers.once import once


def test_a_table_is_made_once_for_each_discussion_and_may_be_changed(talk, bare):
    made = []

    @once
    def table(discussion):
        """Its own words."""
        made.append(discussion.seed)
        return pd.DataFrame({"n": [len(discussion.comments)]})

    first = table(talk)
    first["n"] = 0
    assert table(talk)["n"].iloc[0] == len(talk.comments)
    assert table(bare)["n"].iloc[0] == len(bare.comments)
    assert made == [talk.seed, bare.seed]
    assert table.__doc__ == "Its own words."


def test_a_discussion_that_is_gone_is_not_kept(talk):
    table = once(lambda discussion: pd.DataFrame())
    other = dataclasses.replace(talk)
    gone = weakref.ref(other)
    table(other)
    del other
    gc.collect()
    assert gone() is None
