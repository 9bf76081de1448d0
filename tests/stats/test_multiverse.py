from itertools import product

import pandas as pd

from rejoinder.stats import switches


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
