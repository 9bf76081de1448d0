import re
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.measure import claim_matching

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
    return claim_matching.similarity([comment], [claim])[0, 0]


def test_comment_is_nearest_to_the_claim_it_restates():
    found = claim_matching.similarity(COMMENTS, CLAIMS)
    assert found.shape == (4, 6)
    assert list(found.argmax(axis=1)) == RIGHT


@pytest.mark.parametrize(
    ("comment", "claim"),
    [
        ("Bullies leave you alone when everyone wears the same uniform", 0),  # bullying, uniforms
        ("That costs poor families a lot, the expense is not small", 1),  # expensive
        ("A child ought to be free after class, without home work", 2),  # homework, children's
        ("A pay-rise: more money for those who are teaching", 3),  # teachers
        ("Nobody learned anything after such a long holiday", 4),  # learn, holidays
        ("I was distracted by my smartphone all day", 5),  # distract, phones
    ],
)
def test_other_forms_of_the_words_are_recognised(comment, claim):
    found = claim_matching.similarity([*COMMENTS, comment], CLAIMS)[-1]
    assert found.argmax() == claim
    assert found[claim] > 0.3


def test_word_in_many_comments_counts_less_than_a_rare_one():
    fog = [f"Fog at sea {when}, and rain" for when in ("today", "again", "tomorrow", "at night")]
    claims = ["rain and snow", "fog at sea", "wind at noon"]
    found = claim_matching.similarity(["rain", "snow", *fog], claims)[:, 0]
    assert found[1] > found[0] > 0


def test_likeness_to_every_claim_is_discounted():
    """A word of the subject likens a comment to all claims; one of them must not win by it."""
    claims = ["tax hurts trade", "tax helps schools", "tax feeds crime", "tax builds roads"]
    subject, single = claim_matching.similarity(["tax!", "roads!"], claims)
    assert single.max() > 1.5 * subject.max()


def test_figures_do_not_depend_on_order_or_labels():
    found = claim_matching.similarity(COMMENTS, CLAIMS)
    labelled = claim_matching.similarity(
        pd.Series(COMMENTS, index=["d", "d", "b", "a"]), pd.Series(CLAIMS, index=range(9, 3, -1))
    )
    assert np.array_equal(found, labelled)
    turned = claim_matching.similarity(COMMENTS[::-1], CLAIMS[::-1])
    assert turned[::-1, ::-1] == pytest.approx(found, abs=1e-12)
    assert np.array_equal(found, claim_matching.similarity(tuple(COMMENTS), np.array(CLAIMS)))


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("It's the children's homework", "It’s the children’s homework"),
        ('"No" to homework', "“No” to homework"),
        ("homework takes time", "HOMEWORK Takes Time"),
        ("well-paid teachers", "well‑paid teachers"),
        ("teachers earn money", "  teachers\u00a0 earn\t money\n"),
        ("Teachers. Money.", "Teachers! “Money?”"),
    ],
)
def test_typography_and_case_change_nothing(plain, other):
    assert claim_matching.similarity([plain], CLAIMS).sum() > 0
    assert np.array_equal(
        claim_matching.similarity([plain], CLAIMS), claim_matching.similarity([other], CLAIMS)
    )


@pytest.mark.parametrize("nothing", ["", "  \n", "!!! 👏", None, np.nan, pd.NA])
def test_text_without_a_word_is_nan(nothing):
    found = claim_matching.similarity([COMMENTS[0], nothing, COMMENTS[1]], CLAIMS)
    assert np.isnan(found[1]).all()
    assert np.array_equal(found[[0, 2]], claim_matching.similarity(COMMENTS[:2], CLAIMS))
    found = claim_matching.similarity(COMMENTS, [CLAIMS[0], nothing])
    assert np.isnan(found[:, 1]).all()
    assert np.array_equal(found[:, :1], claim_matching.similarity(COMMENTS, CLAIMS[:1]))
    assert np.isnan(claim_matching.similarity([nothing], [nothing])).all()


@pytest.mark.parametrize(("comments", "claims"), [([], CLAIMS), (COMMENTS, []), ([], [])])
def test_no_comments_or_no_claims_give_an_empty_array(comments, claims):
    expected = (len(comments), len(claims))
    assert claim_matching.similarity(comments, claims).shape == expected
    assert claim_matching.similarity(pd.Series(comments, dtype=str), claims).shape == expected


def test_one_comment_and_one_claim_can_be_compared():
    assert one(COMMENTS[0], CLAIMS[0]) > one(COMMENTS[0], CLAIMS[2]) >= 0
    assert one(CLAIMS[0], CLAIMS[0]) > claim_matching.LEAST > one("xyz", "abc") == 0


def test_function_words_do_not_count():
    assert one("Who is it?", "Who is it?") == 0
    assert one(f"They should be so: {CLAIMS[0]}", CLAIMS[0]) == one(CLAIMS[0], CLAIMS[0])
    assert (claim_matching.similarity([*COMMENTS, "They should have had more"], CLAIMS)[-1] == 0).all()


def test_equal_texts_get_equal_figures():
    found = claim_matching.similarity([CLAIMS[0], COMMENTS[0], CLAIMS[0]], [*CLAIMS, CLAIMS[0]])
    assert np.array_equal(found[0], found[2])
    assert found[:, 0] == pytest.approx(found[:, -1])
    assert found[0, 0] > found[0, 1:-1].max()


def test_comment_in_company_is_nearer_than_one_alone():
    """What others say beside a claim's words tells that a comment without them speaks of it too."""
    others = [
        f"Uniforms reduce bullying, none is mocked {when}" for when in ("today", "at school", "now")
    ]
    said = "None is mocked"
    alone = claim_matching.similarity([said, *COMMENTS], CLAIMS)[0]
    in_company = claim_matching.similarity([said, *COMMENTS, *others], CLAIMS)[0]
    assert alone[0] == 0
    assert in_company.argmax() == 0


def test_without_rivals_a_claim_is_not_taken_for_the_subject():
    """What every comment shares with the only claim does not tell that they speak of it."""
    comments = [f"School uniforms {word}" for word in ("pinch", "itch", "fade", "shrink", "tear", "bore")]
    found = claim_matching.similarity([*comments, COMMENTS[0]], CLAIMS[:1])[:, 0]
    assert found[-1] == found.max()
    assert (found[:-1] < 0.5).all()


def test_figures_lie_between_0_and_1():
    found = claim_matching.similarity([*CLAIMS, *COMMENTS, OFF_TOPIC, "a", "7"], [*CLAIMS, "a", "the"])
    assert ((found >= 0) & (found <= 1)).all()


@pytest.mark.parametrize("before", [0, 4, 8])
def test_one_sentence_on_the_claim_is_found_in_a_long_comment(before):
    others = [
        "The weather was bad all week and I stayed in.",
        "My neighbour bought a new car, a red one of course.",
        "Nobody asked me, but the music in the park is too loud.",
        "I remember when bread was cheap and the trains came early.",
        "What a strange summer we have had by the lake this year.",
        "The editor should look at the photograph again.",
        "Yesterday the bus did not come, and nobody said why.",
        "We walked along the river until it was dark.",
    ]
    long = " ".join([*others[:before], COMMENTS[0], *others[before:]])
    assert claim_matching.linked(claim_matching.similarity([long, *COMMENTS], CLAIMS))[0] == 0
    assert (
        claim_matching.linked(claim_matching.similarity([" ".join(others), *COMMENTS], CLAIMS))[0]
        == "none"
    )


def test_comment_on_two_claims_is_near_to_both():
    both = claim_matching.similarity([*COMMENTS, f"{COMMENTS[0]} {COMMENTS[2]}"], CLAIMS)[-1]
    assert set(np.argsort(both)[-2:]) == {0, 3}
    assert np.sort(both)[-2] > claim_matching.LEAST


@pytest.mark.parametrize("end", [" ", ". "])
def test_a_hundred_thousand_words_are_read_in_seconds(end):
    rng = np.random.default_rng(1)
    words = rng.choice(" ".join([*COMMENTS, OFF_TOPIC]).split(), size=100_000)
    start = time.perf_counter()
    found = claim_matching.similarity([end.join(words), COMMENTS[0]], CLAIMS)
    assert time.perf_counter() - start < 5
    assert np.isfinite(found).all()


@pytest.mark.parametrize("wrong", [3, b"text", ["text"], 0.5])
def test_what_is_not_text_is_refused_by_its_place(wrong):
    with pytest.raises(TypeError, match="place 1"):
        claim_matching.similarity([COMMENTS[0], wrong], CLAIMS)
    with pytest.raises(TypeError, match="place 0"):
        claim_matching.similarity(COMMENTS, [wrong])


@pytest.mark.parametrize("wrong", ["one bare text", None, {"a": "text"}, pd.DataFrame({"a": ["x"]})])
def test_what_is_no_list_of_texts_is_refused(wrong):
    with pytest.raises(TypeError, match="Series or list"):
        claim_matching.similarity(wrong, CLAIMS)
    with pytest.raises(TypeError, match="Series or list"):
        claim_matching.similarity(COMMENTS, wrong)


def test_arguments_are_left_as_they_were():
    comments, claims = pd.Series([*COMMENTS, None]), list(CLAIMS)
    claim_matching.similarity(comments, claims)
    assert list(comments[:-1]) == COMMENTS
    assert comments.isna().iloc[-1]
    assert claims == CLAIMS


def test_comment_on_another_subject_is_linked_to_none():
    comments = pd.Series([*COMMENTS, OFF_TOPIC], index=list("abcde"))
    table = pd.DataFrame(
        claim_matching.similarity(comments, CLAIMS), index=comments.index, columns=list("uvwxyz")
    )
    assert claim_matching.linked(table).to_dict() == {"a": "u", "b": "v", "c": "x", "d": "z", "e": "none"}


def test_best_claim_below_the_least_is_none():
    table = [[0.1, 0.5], [0.2, 0.1], [0.0, 0.0]]
    assert list(claim_matching.linked(np.array(table), least=0.2)) == [1, 0, "none"]
    assert list(claim_matching.linked(np.array(table), least=0.25)) == [1, "none", "none"]
    assert list(claim_matching.linked(np.array(table), least=0)) == [1, 0, 0]
    assert list(claim_matching.linked(np.array(table))) == [1, "none", "none"]


def test_first_of_equally_near_claims_is_taken():
    assert list(claim_matching.linked(np.array([[0.1, 0.5, 0.5]]))) == [1]


def test_what_cannot_be_told_is_na_and_not_none():
    answer = claim_matching.linked(np.array([[np.nan, np.nan], [np.nan, 0.5], [np.nan, 0.0]]))
    assert answer[0] is pd.NA
    assert list(answer[1:]) == [1, "none"]


def test_without_claims_every_comment_speaks_of_none():
    assert list(claim_matching.linked(claim_matching.similarity(COMMENTS, []))) == ["none"] * 4
    assert claim_matching.linked(claim_matching.similarity([], CLAIMS)).empty


@pytest.mark.parametrize(
    ("table", "least", "message"),
    [
        (np.array([0.1, 0.2]), 0.1, "dimensions"),
        (np.array([[1.2]]), 0.1, "between 0 and 1"),
        (np.array([[-0.1]]), 0.1, "between 0 and 1"),
        (np.array([[0.1]]), 2, "between 0 and 1"),
        (np.array([[0.1]]), np.nan, "between 0 and 1"),
        (pd.DataFrame({"none": [0.1]}), 0.1, "none"),
    ],
)
def test_table_that_is_no_similarity_is_refused(table, least, message):
    with pytest.raises(ValueError, match=message):
        claim_matching.linked(table, least=least)


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
    found = claim_matching.similarity(comments, claims, names=NAMES)
    again = claim_matching.similarity(renamed(comments, other), renamed(claims, other), names=NAMES)
    assert np.array_equal(found, again, equal_nan=True)


def test_without_names_renaming_moves_figures():
    comments, claims = (
        ["Trump wins again", "Xi lost the war"],
        ["Trump triumphs", "Xi wins"],
    )
    other = [
        [t.replace("Trump", "Bo").replace("Xi", "Al") for t in texts] for texts in (comments, claims)
    ]
    found = claim_matching.similarity(comments, claims)
    assert np.array_equal(found, claim_matching.similarity(comments, claims, names=["", "Merkel"]))
    assert not np.array_equal(found, claim_matching.similarity(*other))


def test_name_is_a_word_of_its_own():
    claims = ["Trump wins", "Putin wins", "Xi wins"]
    names = ["Trump", "Putin", "Xi"]
    assert claim_matching.similarity(["Trump’s fault", "Xi!"], claims, names=names).argmax(
        axis=1
    ).tolist() == [
        0,
        2,
    ]
    assert claim_matching.similarity(["trumpet"], claims)[0, 0] > 0
    assert (claim_matching.similarity(["trumpet", "trump"], claims, names=names) == 0).all()
    # A function word to others.
    us = ["US wins", "China wins"]
    assert claim_matching.similarity(["The US!"], us, names=["US"]).argmax() == 0
    assert (claim_matching.similarity(["The US!"], us) == 0).all()


def test_names_that_are_none_are_refused():
    with pytest.raises(TypeError, match="one text"):
        claim_matching.similarity(COMMENTS, CLAIMS, names="Trump")
    with pytest.raises(ValueError, match="letters"):
        claim_matching.similarity(COMMENTS, CLAIMS, names=[str(i) for i in range(10_000)])


def test_name_weighs_as_much_as_another_word():
    plain = claim_matching.similarity(["Putin"], ["Putin wins", "Trump lost"])
    named = claim_matching.similarity(["Putin"], ["Putin wins", "Trump lost"], names=["Putin", "Trump"])
    assert named[0, 0] > 0.9 * plain[0, 0]


def test_longer_of_two_names_is_taken_with_or_without_s():
    claims = ["Xi Jinping wins", "Xi lost"]
    found = claim_matching.similarity(["Xi Jinping's"], claims, names=["Xi", "Xi Jinping"])
    assert found[0, 0] > found[0, 1] == 0
    assert np.array_equal(
        found, claim_matching.similarity(["Xi Jinping"], claims, names=["Xi", "Xi Jinping"])
    )


def test_comment_keeps_no_company_with_itself():
    once, twice = (claim_matching.similarity(["bullying"] * n, CLAIMS)[0, 0] for n in (1, 2))
    assert twice > once + 0.1


def test_a_name_in_capitals_is_the_same_name():
    claims = ["Ann is wrong.", "The tram is late."]
    names = ["Ann", "the Reds"]
    plain = claim_matching.similarity(
        ["Ann is a fool.", "Trams are late, and the Reds are silent."], claims, names=names
    )
    loud = claim_matching.similarity(
        ["ANN IS A FOOL.", "TRAMS ARE LATE, AND THE REDS ARE SILENT."], claims, names=names
    )
    assert plain.tolist() == loud.tolist()


def test_names_that_differ_in_their_capitals_stay_apart():
    claims = ["Western aid helps.", "A western is a film."]
    first = claim_matching.similarity(["Western, they say."], claims, names=["Western", "western"])
    other = claim_matching.similarity(
        ["Ann, they say."], ["Ann aid helps.", "A western is a film."], names=["Ann", "western"]
    )
    assert first.tolist() == other.tolist()


def test_a_name_is_one_word_whatever_space_is_within_it():
    claims, names = ["New York pays.", "The tram is late."], ["New  York"]
    said = ["New York pays too.", "New\nYork pays too.", "New \u00a0York pays too."]
    found = [claim_matching.similarity([text], claims, names=names).tolist() for text in said]
    assert found[0] == found[1] == found[2]
