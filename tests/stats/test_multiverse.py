from itertools import product

import pandas as pd

from rejoinder.stats import leave_one_out, switches


def combinations(options):
    return pd.DataFrame(list(product(*options.values())), columns=list(options), dtype=object)


TABLE = combinations({"a": ["x", "y"], "b": ["u", "v", "w"]})
ONE = combinations({"a": ["x", "y"]})


def test_a_switch_changes_one_choice_only():
    found = switches(pd.Series(["+", "+", "-", "+", "+", "+"]), TABLE)
    assert found.loc["a"].to_dict() == {"changed": 1, "of": 3}
    assert found.loc["b"].to_dict() == {"changed": 2, "of": 6}
    assert switches(pd.Series(["+", "-"]), ONE).loc["a"].to_dict() == {"changed": 1, "of": 1}
    assert switches(pd.Series(["+", None, None]), combinations({"a": list("xyz")}))["changed"].item() == 2
    assert switches(pd.Series(["+"]), combinations({})).empty


def test_totals_without_each_group_are_those_of_the_others():
    units = pd.DataFrame({"n": [1] * 5, "k": [1, 0, 1, 1, 1], "x": [0.5, 0.25, 1, 2, 4]}, list("edcba"))
    groups = pd.Series(["one", "two", "two", pd.NA, "one"], list("abcde"))
    found = leave_one_out(units, groups)
    assert found.to_dict("index") == {
        "one": {"n": 3, "k": 2, "x": 3.25},
        "two": {"n": 3, "k": 2, "x": 4.75},
    }
    assert leave_one_out(units, groups[::-1].to_numpy()).equals(found)
    assert leave_one_out(units, groups.drop("a"))["n"].to_dict() == {"one": 4, "two": 3}
    none = leave_one_out(units, pd.Index([None] * 5))
    assert none.empty and list(none) == list(units)
