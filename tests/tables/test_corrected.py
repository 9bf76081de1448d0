"""Shares of all comments, from people's codings of a sample and a language model's of all."""

import dataclasses

import pandas as pd
import pytest
from coded import by_models, coded_as

import rejoinder
from rejoinder import stats
from rejoinder.tables import reliability, stance

N, CODED = 80, 40
PEOPLE = ["agree", "silent"] * (CODED // 2) + [None] * (N - CODED)
MODEL = ["agree", "silent"] * 19 + ["silent", "agree"] + ["agree"] * 30 + ["silent"] * 10


@pytest.fixture
def page(tmp_path, talk):
    rows = pd.DataFrame({"id": range(N), "text": [f"Comment {n} is here." for n in range(N)]})
    rows.to_csv(tmp_path / "page.csv", index=False)
    return dataclasses.replace(rejoinder.load(tmp_path / "page.csv"), codebook=talk.codebook)


def test_peoples_share_is_corrected_by_what_the_model_says_of_all(page):
    table = stance.corrected(by_models(coded_as(page, A=PEOPLE, M=MODEL), "M"))
    (row,) = table.itertuples(index=False)
    assert (row.statement_id, row.model) == ("thesis", "M")
    labels = [value == "agree" for value in MODEL]
    expected = stats.corrected_share([True, False] * 20, labels[:CODED], labels[CODED:])
    assert row.share == expected and row.share.gain > 0.1
    assert 0.5 == row.share.alone.value < row.share.value < sum(labels) / N


def test_without_a_sample_by_people_or_labels_for_all_nothing_is_corrected(page):
    def rows(people, model):
        return len(stance.corrected(by_models(coded_as(page, A=people, M=model), "M")))

    assert rows(PEOPLE, MODEL) == 1
    assert rows([None] * N, MODEL) == 0  # the model alone
    assert rows(MODEL, MODEL) == 0  # people coded all
    assert rows(PEOPLE, [*MODEL[:-1], None]) == 0
    assert len(stance.corrected(coded_as(page, A=PEOPLE, M=MODEL))) == 0  # both are people


def test_what_the_model_could_not_decide_is_a_label(page, monkeypatch):
    (silent,) = stance.corrected(by_models(coded_as(page, A=PEOPLE, M=MODEL), "M"))["share"]
    coded = by_models(coded_as(page, A=PEOPLE, M=[*MODEL[:-1], None]), "M")
    lost = pd.DataFrame([("M", page.comments.index[-1], "thesis", "failed")])
    lost.columns = ["coder", "comment_id", "item", "reason"]
    monkeypatch.setattr(reliability.language_model, "undecided", lambda _: lost)
    assert list(stance.corrected(coded)["share"]) == [silent]
