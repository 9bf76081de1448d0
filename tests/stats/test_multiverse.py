import pandas as pd
import pytest

from rejoinder.stats.multiverse import combinations, explained, switches


def test_every_option_meets_every_other_and_the_first_come_first():
    table = combinations({"a": ["x", "y"], "b": ["u", "v", "w"]})
    assert len(table) == 6 == len(table.drop_duplicates())
    assert list(table.iloc[0]) == ["x", "u"]
    assert len(combinations({})) == 1


@pytest.mark.parametrize("options", [[], ["x", "x"]])
def test_a_choice_needs_different_options(options):
    with pytest.raises(ValueError, match="'a' needs different options"):
        combinations({"a": options})


def test_the_parts_of_a_balanced_table_are_those_of_the_analysis_of_variance():
    table = combinations({"a": ["x", "y"], "b": ["u", "v"]})
    # Main effects of 2 (a) and 1 (b), an interaction of 0.5: sums of squares 4, 1 and 0.25 per cell.
    a, b = table["a"].map({"x": -1, "y": 1}), table["b"].map({"u": -1, "v": 1})
    parts = explained(2.0 * a + b + 0.5 * a * b, table)
    assert parts.to_dict() == pytest.approx({"a": 4 / 5.25, "b": 1 / 5.25, "together": 0.25 / 5.25})


def test_where_nothing_spreads_nothing_is_explained():
    table = combinations({"a": ["x", "y"]})
    assert explained(pd.Series([0.3, 0.3]), table).isna().all()
    assert explained(pd.Series([0.3, float("nan")]), table).isna().all()


def test_missing_values_are_left_out():
    table = combinations({"a": ["x", "y"], "b": ["u", "v"]})
    parts = explained(pd.Series([1.0, 1.0, 2.0, None]), table)
    assert parts["a"] == pytest.approx(1)
    assert 0 <= parts["together"] < 1e-9


def test_a_switch_changes_one_choice_only():
    table = combinations({"a": ["x", "y"], "b": ["u", "v", "w"]})
    found = switches(pd.Series(["+", "+", "-", "+", "+", "+"]), table)
    assert found.loc["a"].to_dict() == {"changed": 1, "of": 3}
    assert found.loc["b"].to_dict() == {"changed": 2, "of": 6}


def test_a_single_choice_is_switched_too():
    table = combinations({"a": ["x", "y"]})
    assert switches(pd.Series(["+", "-"]), table).loc["a"].to_dict() == {"changed": 1, "of": 1}
    assert switches(pd.Series(["+"]), combinations({})).empty


@pytest.mark.parametrize("name", ["together", "all_else", "finding", "estimate"])
def test_names_that_the_tables_use_are_refused(name):
    with pytest.raises(ValueError, match="no choice can be called"):
        combinations({name: ["x", "y"]})


def test_a_missing_option_is_refused():
    with pytest.raises(ValueError, match="different options"):
        combinations({"a": ["x", None]})


def test_small_estimates_spread_too():
    table = combinations({"a": ["x", "y"]})
    assert explained(pd.Series([1e-9, 3e-9]), table)["a"] == pytest.approx(1)
