"""stub"""

import pandas as pd


def scores():
    return pd.DataFrame(columns=["measure", "method", "dataset", "n", "metric", "value", "low", "high"])


def headline(m):
    return pd.DataFrame(columns=["dataset", "metric", "value", "low", "high", "n"])


def likeness(t, m):
    return pd.DataFrame()
