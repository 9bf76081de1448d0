"""The numbers of the notebooks, against those that were kept. A change in one of them needs a reason."""

import numpy as np
import pandas as pd
import pytest

from golden.quantities import HERE, discussions, quantities

KEYS = ["table", "row", "column"]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return {name: quantities(talk) for name, talk in discussions(tmp_path_factory.mktemp("seeds"))}


@pytest.mark.parametrize("name", ["first_seed", "page_without_codebook", "seed_of_attacks"])
def test_numbers_are_those_that_were_kept(found, name):
    kept = pd.read_csv(HERE / f"{name}.csv", keep_default_na=False, dtype={key: str for key in KEYS})
    kept["value"] = pd.to_numeric(kept["value"])  # an empty value is NaN
    now = found[name].astype({key: str for key in KEYS})
    pd.testing.assert_frame_equal(now[KEYS], kept[KEYS])
    off = ~np.isclose(now["value"], kept["value"], rtol=1e-7, atol=1e-9, equal_nan=True)
    assert not off.any(), now[off].assign(kept=kept["value"][off]).head(20).to_string()
