import pandas as pd
import pytest

from rejoinder import sampling


def table(n):
    return pd.DataFrame({"at": range(n)}, index=[f"c{at}" for at in range(n)])


@pytest.mark.parametrize(
    ("n", "kept", "label"),
    [
        (1, 1, "n = 1 comment"),
        (40, 40, "n = 40 comments"),
        (41, 21, "a sample of 21 of n = 41 comments: every 2nd"),
        (100, 34, "a sample of 34 of n = 100 comments: every 3rd"),
        (440, 40, "a sample of 40 of n = 440 comments: every 11th"),
        (5000, 40, "a sample of 40 of n = 5,000 comments: every 125th"),
    ],
)
def test_a_sample_is_drawn_by_rule_and_says_so(n, kept, label):
    found, told = sampling.sample(table(n), "comments")
    assert (len(found), told) == (kept, label)
    assert len(set(found["at"].diff().dropna())) <= 1


def test_the_first_rows_say_by_what_they_are_first():
    found, told = sampling.first(table(90), "actors", "most often named")
    assert list(found["at"]) == list(range(40))
    assert told == "the 40 most often named of n = 90 actors"
    assert sampling.first(table(3), "actors", "most often named")[1] == "n = 3 actors"


def test_the_last_row_is_kept_with_the_first():
    found, told = sampling.first_and_last(table(90), "items")
    assert list(found["at"]) == [*range(39), 89]
    assert told == "the first 39 and the last of n = 90 items"


def test_threads_are_shown_from_their_beginning_the_largest_first():
    voices = table(100).assign(reply_to=pd.NA).astype({"reply_to": object})
    voices.loc["c51":"c60", "reply_to"] = [f"c{at}" for at in range(50, 60)]
    voices.loc["c91":"c93", "reply_to"] = "c90"
    found, told = sampling.largest_threads(voices)
    assert list(found["at"][:16]) == [*range(50, 61), *range(90, 94), 0]
    assert told == "40 of n = 100 comments, those of the largest threads"
    place = {i: at for at, i in enumerate(found.index)}
    assert all(place[above] < place[i] for i, above in found["reply_to"].dropna().items())


def test_where_nobody_answers_a_sample_is_shown():
    assert "every 3rd" in sampling.largest_threads(table(100).assign(reply_to=pd.NA))[1]


def stances(n, stance):
    return pd.DataFrame(
        {"comment_id": [f"c{at}" for at in range(n)], "stance": [stance(at) for at in range(n)]}
    )


@pytest.mark.parametrize(
    ("n", "stance", "kept", "label"),
    [
        (9, lambda at: "silent", 9, "n = 9 comments"),
        (9, lambda at: "silent" if at else "uncoded", 9, "n = 8 coded of 9 comments"),
        (
            90,
            lambda at: "silent" if at else "agree",
            1,
            "the 1 that speak to any of these; n = 90 comments",
        ),
        (
            5000,
            lambda at: "agree" if at < 60 else "silent" if at < 300 else "uncoded",
            20,
            "20 of the 60 that speak to any of these, every 3rd; n = 300 coded of 5,000 comments",
        ),
    ],
)
def test_of_many_comments_those_that_speak_are_sampled(n, stance, kept, label):
    found, told = sampling.speaking(stances(n, stance))
    assert (len(found), told) == (kept, label)


def test_of_many_comments_the_coded_ones_stand_from_cold_to_warm():
    comments = table(100).assign(
        coded_tone="uncoded", thesis="uncoded", polarity=[-at for at in range(100)]
    )
    comments.loc["c10":"c19", "thesis"] = "agree"
    found, told = sampling.coded_by_tone(comments)
    assert list(found["at"]) == list(range(19, 9, -1))
    assert told == "n = 10 coded of 100 comments"
