import numpy as np
import pandas as pd
import pytest

from rejoinder.stats import combinations, explained, leave_one_out, switches

TABLE = combinations({"a": ["x", "y"], "b": ["u", "v", "w"]})
TWO = combinations({"a": ["x", "y"], "b": ["u", "v"]})
ONE = combinations({"a": ["x", "y"]})


def test_every_option_meets_every_other_and_the_first_come_first():
    assert len(TABLE) == 6 == len(TABLE.drop_duplicates())
    assert list(TABLE.iloc[0]) == ["x", "u"] and len(combinations({})) == 1


def test_the_parts_of_a_balanced_table_are_those_of_the_analysis_of_variance():
    # Main effects of 2 (a) and 1 (b), an interaction of 0.5: sums of squares 4, 1 and 0.25 per cell.
    a, b = TWO["a"].map({"x": -1, "y": 1}), TWO["b"].map({"u": -1, "v": 1})
    parts = explained(2.0 * a + b + 0.5 * a * b, TWO)
    assert parts.to_dict() == pytest.approx({"a": 4 / 5.25, "b": 1 / 5.25, "together": 0.25 / 5.25})
    assert explained(1e-9 * b, TWO)["b"] == pytest.approx(1)
    incomplete = explained(pd.Series([1.0, 1.0, 2.0, None]), TWO)
    assert incomplete["a"] == pytest.approx(1) and 0 <= incomplete["together"] < 1e-9
    for values in ([0.3, 0.3], [0.3, None], [None, None]):
        assert explained(pd.Series(values, dtype=float), ONE).isna().all()


def test_a_switch_changes_one_choice_only():
    found = switches(pd.Series(["+", "+", "-", "+", "+", "+"]), TABLE)
    assert found.loc["a"].to_dict() == {"changed": 1, "of": 3}
    assert found.loc["b"].to_dict() == {"changed": 2, "of": 6}
    assert switches(pd.Series(["+", "-"]), ONE).loc["a"].to_dict() == {"changed": 1, "of": 1}
    assert switches(pd.Series(["+", None, None]), combinations({"a": list("xyz")}))["changed"].item() == 2
    assert switches(pd.Series(["+"]), combinations({})).empty


def test_switches_are_those_counted_pair_by_pair():
    choices = combinations({name: ["x", "y", "z"] for name in "abcd"})
    findings = pd.Series(np.random.default_rng(1).choice(["+", "-", "0"], len(choices)))
    cells = choices.to_numpy()
    alone = (cells[:, None] != cells).sum(axis=2) == 1
    changed = findings.to_numpy()[:, None] != findings.to_numpy()
    for i, name in enumerate("abcd"):
        pairs = alone & (cells[:, None, i] != cells[:, i])
        counted = {"changed": (pairs & changed).sum() // 2, "of": pairs.sum() // 2}
        assert switches(findings, choices).loc[name].to_dict() == counted


def test_totals_without_each_group_are_those_of_the_others():
    units = pd.DataFrame(
        {"n": [1] * 5, "k": [1, 0, 1, 1, 2**60 + 1], "x": [0.5, 0.25, 1, 2, 4]}, list("edcba")
    )
    groups = pd.Series(["one", "two", "two", pd.NA, "one"], list("abcde"))
    found = leave_one_out(units, groups)
    assert found.to_dict("index") == {
        "one": {"n": 3, "k": 2, "x": 3.25},
        "two": {"n": 3, "k": 2**60 + 2, "x": 4.75},
    }
    assert list(found.dtypes) == list(units.dtypes)
    assert leave_one_out(units, groups[::-1].to_numpy()).equals(found)
    with pytest.raises(ValueError, match="'e'"):
        leave_one_out(units, groups.drop("e"))
    none = leave_one_out(units, [None] * 5)
    assert none.empty and list(none) == list(units)
