import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t
from simulations.populations import long

from rejoinder.stats import alt_test

AGREED = ["yes"] * 30


def outcome(*coders):
    """The test of the last coder against those before: 0, 1, 2, …, each a list of a value per comment."""
    codings = long(np.array(coders, dtype=object).T)
    names = list(dict.fromkeys(codings["coder"]))
    return alt_test(codings, names[-1], names[:-1])


def test_the_p_is_that_of_a_computation_by_hand():
    # Behind on 3 of 30 comments: mean 0.1, variance 0.1 x 0.9 x 30/29; p of three: times 1 + 1/2 + 1/3.
    found = outcome(AGREED, AGREED, AGREED, ["no"] * 3 + AGREED[3:])
    p = t.cdf((0.1 - 0.15) / math.sqrt(0.09 / 29), 29) * 11 / 6
    assert found["p"].to_numpy() == pytest.approx([p] * 3) and not found["replaces"].any()
    assert {*found["n"]} == {30} and {*found["machine"]} == {0.9} and {*found["person"]} == {1}


def test_who_agrees_always_replaces_everybody_and_who_never_does_nobody():
    assert outcome(AGREED, AGREED, AGREED, AGREED)["replaces"].all()
    assert not outcome(AGREED, AGREED, AGREED, ["failed"] * 30)["replaces"].any()
    odd = ["no"] * 30  # the machine agrees with the others more often than the odd person does
    assert list(outcome(odd, AGREED, AGREED, AGREED)["replaces"]) == [True] * 3


def test_less_than_three_people_with_thirty_comments_are_insufficient():
    assert outcome(AGREED, AGREED, AGREED).empty
    assert outcome(AGREED[:29], AGREED[:29], AGREED[:29], AGREED[:29]).empty
    assert outcome(AGREED, AGREED, [*AGREED[:29], None], AGREED).empty


def test_items_of_a_comment_are_one_unit():
    codings = long(np.array([AGREED] * 4, dtype=object).T)
    both = pd.concat([codings.assign(item="k1"), codings.assign(item="k2")])
    names = list(dict.fromkeys(codings["coder"]))
    assert {*alt_test(both, names[-1], names[:-1])["n"]} == {30}
