from coded import coded_as

from rejoinder.tables import reliability


def test_agreement_is_counted_on_what_two_coded(talk):
    assert reliability.pairs(coded_as(talk, A=["agree"] * 9)).empty
    two = coded_as(talk, A=["agree"] * 9, B=["agree"] * 3 + ["silent"] * 2 + [None] * 4)
    assert list(reliability.pairs(two)["same"]) == [True] * 3 + [False] * 2
    same = reliability.item_agreement(two).loc["thesis", "same"]
    assert (same.count, same.n) == (3, 5)


def test_disputes_stand_side_by_side_with_both_notes(talk):
    table = reliability.disputes(talk)
    assert len(table) == (~reliability.pairs(talk)["same"]).sum()
    said = talk.codings.set_index(["comment_id", "item", "coder"])
    for _, row in table.iterrows():
        for coder in ("B", "C"):
            own = said.loc[(row["comment_id"], row["item"], coder)]
            assert row[coder].startswith(own["value"])
            assert all(own[part] in row[coder] for part in ("basis", "quote", "note"))


def test_on_what_is_stated_an_implied_stance_is_silence(talk):
    coded = coded_as(talk, A=["agree"] * 4 + ["silent"] * 5, B=["implied agree"] * 4 + ["silent"] * 5)
    either, stated = (reliability.item_agreement(coded, basis=one) for one in ("either", "stated"))
    assert (either.loc["thesis", "same"].count, stated.loc["thesis", "same"].count) == (9, 5)
