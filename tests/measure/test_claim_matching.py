import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.measure.claim_matching import similarity

CLAIMS = [
    "School uniforms reduce bullying",
    "School uniforms are expensive for families",
    "Homework takes children's free time",
    "Teachers should earn more money",
    "Long holidays harm what pupils learn",
    "Phones distract pupils from lessons",
]
COMMENTS = [
    "Uniforms reduce bullying in the school, I have seen it.",
    "My family cannot pay for another expensive school uniform!",
    "Teachers earn too little money.",
    "Why do pupils have their phones out in every lesson?",
]
RIGHT = [0, 1, 3, 5]
OFF_TOPIC = "The second goal was clearly offside, and the referee saw nothing."


def one(comment, claim):
    return similarity([comment], [claim])[0, 0]


@pytest.mark.parametrize(
    ("comment", "claim"),
    [
        *zip(COMMENTS, RIGHT, strict=True),
        ("Bullies leave you alone when everyone wears the same uniform", 0),  # bullying, uniforms
        ("That costs poor families a lot, the expense is not small", 1),  # expensive
        ("A child ought to be free after class, without home work", 2),  # homework, children's
        ("A pay-rise: more money for those who are teaching", 3),  # teachers
        ("Nobody learned anything after such a long holiday", 4),  # learn, holidays
        ("I was distracted by my smartphone all day", 5),  # distract, phones
    ],
)
def test_comment_is_nearest_to_the_claim_it_restates_in_other_forms_of_its_words(comment, claim):
    found = similarity([*COMMENTS, comment], CLAIMS)[-1]
    assert found.argmax() == claim
    assert found[claim] > 0.3


def test_word_in_many_comments_counts_less_than_a_rare_one():
    fog = [f"Fog at sea {when}, and rain" for when in ("today", "again", "tomorrow", "at night")]
    claims = ["rain and snow", "fog at sea", "wind at noon"]
    found = similarity(["rain", "snow", *fog], claims)[:, 0]
    assert found[1] > found[0] > 0


@pytest.mark.parametrize(("plain", "other"), [
    ("It's the children's homework", "It’s the children’s homework"),
    ('"No" to homework', "“No” to homework"), ("homework takes time", "HOMEWORK Takes Time"),
    ("well-paid teachers", "well‑paid teachers"),
    ("teachers earn money", "  teachers\u00a0 earn\t money\n"),
    ("Teachers. Money.", "Teachers! “Money?”"),
])  # fmt: skip
def test_typography_and_case_change_nothing(plain, other):
    assert similarity([plain], CLAIMS).sum() > 0
    assert np.array_equal(similarity([plain], CLAIMS), similarity([other], CLAIMS))


@pytest.mark.parametrize("nothing", ["", "  \n", "!!! 👏", None, np.nan, pd.NA])
def test_text_without_a_word_is_nan(nothing):
    found = similarity([COMMENTS[0], nothing, COMMENTS[1]], CLAIMS)
    assert np.isnan(found[1]).all()
    assert np.array_equal(found[[0, 2]], similarity(COMMENTS[:2], CLAIMS))
    found = similarity(COMMENTS, [CLAIMS[0], nothing])
    assert np.isnan(found[:, 1]).all()
    assert np.array_equal(found[:, :1], similarity(COMMENTS, CLAIMS[:1]))
    assert np.isnan(similarity([nothing], [nothing])).all()


@pytest.mark.parametrize(("comments", "claims"), [([], CLAIMS), (COMMENTS, []), ([], [])])
def test_no_comments_or_no_claims_give_an_empty_array(comments, claims):
    expected = (len(comments), len(claims))
    assert similarity(comments, claims).shape == expected
    assert similarity(pd.Series(comments, dtype=str), claims).shape == expected


def test_function_words_do_not_count():
    assert one("Who is it?", "Who is it?") == 0
    assert one(f"They should be so: {CLAIMS[0]}", CLAIMS[0]) == one(CLAIMS[0], CLAIMS[0])
    assert (similarity([*COMMENTS, "They should have had more"], CLAIMS)[-1] == 0).all()


def test_comment_like_those_on_a_claim_is_nearer_to_it():
    others = [
        f"Uniforms reduce bullying, none is mocked {when}" for when in ("today", "at school", "now")
    ]
    said = "None is mocked"
    alone = similarity([said, *COMMENTS], CLAIMS)[0]
    among_others = similarity([said, *COMMENTS, *others], CLAIMS)[0]
    assert alone[0] == 0
    assert among_others.argmax() == 0


@pytest.mark.parametrize("before", [0, 2, 4])
def test_one_sentence_on_the_claim_is_found_in_a_long_comment(before):
    others = [
        "The weather was bad all week and I stayed in.",
        "My neighbour bought a new car, a red one of course.",
        "Nobody asked me, but the music in the park is too loud.",
        "We walked along the river until it was dark.",
    ]
    long = " ".join([*others[:before], COMMENTS[0], *others[before:]])
    assert similarity([long, *COMMENTS], CLAIMS)[0].argmax() == 0
    assert similarity([" ".join(others), *COMMENTS], CLAIMS)[0].max() < 0.5


NAMES = ["Trump", "Xi Jinping", "US", "Vladimir V. Putin", "X", "Joe Biden's"]


def renamed(texts, other):
    """Each text with every name replaced by the one in its place among the others."""
    letters = dict(zip(NAMES, "①②③④⑤⑥", strict=True))
    for name in sorted(NAMES, key=len, reverse=True):
        texts = [re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", letters[name], text) for text in texts]
    table = str.maketrans({letters[name]: new for name, new in zip(NAMES, other, strict=True)})
    return [text.translate(table) for text in texts]


WORDS = st.sampled_from(
    [*NAMES, "Trump's", "trumps", "wins", "the war", "taxes", "hurt", "us", "Why? No."]
)
TEXTS = st.lists(st.lists(WORDS, max_size=8).map(" ".join), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS, st.permutations(NAMES))
def test_renaming_actors_moves_no_figure(comments, claims, other):
    found = similarity(comments, claims, names=NAMES)
    again = similarity(renamed(comments, other), renamed(claims, other), names=NAMES)
    assert np.array_equal(found, again, equal_nan=True)


def test_name_is_a_word_of_its_own():
    claims = ["Trump wins", "Putin wins", "Xi wins"]
    names = ["Trump", "Putin", "Xi"]
    found = similarity(["Trump’s fault", "Xi!"], claims, names=names)
    assert found.argmax(axis=1).tolist() == [0, 2]
    assert similarity(["trumpet"], claims)[0, 0] > 0
    assert (similarity(["trumpet", "trump"], claims, names=names) == 0).all()
    us = ["US wins", "China wins"]
    assert similarity(["The US!"], us, names=["US"]).argmax() == 0
    assert (similarity(["The US!"], us) == 0).all()


def test_figures_do_not_depend_on_order_or_labels_and_lie_between_0_and_1():
    comments, claims = [*COMMENTS, *CLAIMS, OFF_TOPIC, "a", "7"], [*CLAIMS, "a", "the"]
    found = similarity(comments, claims)
    assert ((found >= 0) & (found <= 1)).all()
    labelled = similarity(pd.Series(comments, index=["d"] * len(comments)), np.array(claims))
    assert np.array_equal(found, labelled)
    assert similarity(comments[::-1], claims[::-1])[::-1, ::-1] == pytest.approx(found, abs=1e-12)


@pytest.mark.parametrize(("comments", "claims", "names", "error"), [
    ([COMMENTS[0], 3], CLAIMS, (), TypeError), (COMMENTS, [b"text"], (), TypeError),
    ("one bare text", CLAIMS, (), TypeError), (COMMENTS, None, (), TypeError),
    (COMMENTS, CLAIMS, "Trump", TypeError),
])  # fmt: skip
def test_what_is_no_list_of_texts_or_names_is_refused(comments, claims, names, error):
    with pytest.raises(error):
        similarity(comments, claims, names=names)


@pytest.mark.parametrize("names", [(), ["Phones"]])
def test_addresses_change_nothing(names):
    linked_text = f"{COMMENTS[0]} https://phones.example/Phones?homework=teachers @teachers"
    plain, other = (
        similarity([one, *COMMENTS], CLAIMS, names=names) for one in (COMMENTS[0], linked_text)
    )
    assert np.array_equal(plain, other)
