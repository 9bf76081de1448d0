import numpy as np
import pytest

from rejoinder import wording


@pytest.mark.parametrize(("k", "n", "word"), [
    (0, 9, "no"), (0, 0, "no"), (9, 9, "all"), (1, 9, "few"), (1, 5, "few"), (3, 10, "some"),
    (4, 10, "about half of the"), (6, 10, "about half of the"), (61, 100, "most"), (89, 100, "most"),
    (9, 10, "nearly all"), (999, 1_000, "nearly all"),
])  # fmt: skip
def test_amounts_and_their_bounds(k, n, word):
    assert wording.amount(k, n) == word


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3)])
def test_more_than_all_is_no_amount(k, n):
    with pytest.raises(ValueError, match=str(k)):
        wording.amount(k, n)


def test_sides_closer_than_three_to_two_are_divided():
    shares = [0, 0.39, 0.4, 0.5, 0.6, 0.61, 1, np.nan]
    found = wording.side(shares, above="agree", below="reject")
    assert list(found) == ["reject"] * 2 + ["divided"] * 3 + ["agree"] * 2 + ["no answer"]


def test_a_sign_needs_the_band():
    words = {"above": "warm", "below": "cold", "between": "neutral", "nobody": "none"}
    found = wording.sign([-0.1, -0.05, 0.0, 0.05, np.nan], band=0.05, **words)
    assert list(found) == ["cold", "cold", "neutral", "warm", "none"]


def test_lists_name_so_many_and_count_the_rest():
    assert wording.listed([]) == ""
    assert wording.listed("ab", quote=True) == "“a” and “b”"
    assert wording.listed("abcdef", most=2) == "a, b and 4 more"
    assert [wording.counted(n, "comment") for n in (0, 1, 1_000)] == [
        "no comments",
        "1 comment",
        "1,000 comments",
    ]
