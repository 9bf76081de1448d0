import math

import numpy as np
import pandas as pd
import pytest
from simulations.harness import width

from rejoinder.stats import corrected_share, sample_size, share


def labelled(n, *, wrong=0.1, p=0.4, seed=0):
    """Reader and machine on n texts; the machine is wrong on the share `wrong` of them."""
    rng = np.random.default_rng(seed)
    reader = (rng.random(n) < p).astype(int)
    return reader, np.where(rng.random(n) < wrong, 1 - reader, reader)


READER, MACHINE = labelled(500)
CODED = READER[:60], MACHINE[:60], MACHINE[60:]


def bounds(estimate):
    return estimate.value, estimate.low, estimate.high


def test_a_good_machine_narrows_the_interval_and_says_so():
    estimate = corrected_share(*CODED)
    assert width(estimate) < width(estimate.alone) and estimate.alone == share(int(CODED[0].sum()), 60)
    assert estimate.gain == pytest.approx(1 - width(estimate) / width(estimate.alone))
    more, fewer = (corrected_share([0, 1] * 20, [0, 1] * 20, [x] * 9 + [0, 1]) for x in (1, 0))
    assert fewer.value < 0.5 < more.value
    assert f"{100 * estimate.gain:.0f} %" in str(estimate) and str(estimate.alone) in str(estimate)


@pytest.mark.parametrize(("reader", "machine", "rest"), [
    ([0, 1] * 10, [0.3] * 20, [0.3] * 99),  # a constant machine
    ([0] * 20, [0, 1] * 10, [0, 1] * 50),  # none counts
    ([1] * 20, [0, 1] * 10, [0, 1] * 50),  # all count
    ([1] * 15, [1] * 15, [0, 1] * 50),  # all count, and the machine says so
    ([0] * 49, [0] * 49, [0, 1] * 500), ([1] * 15, [0.1] * 15, [0.1] * 50),
    ([0, 1] * 10, [1, 0] * 10, [0, 1] * 50),  # it says the contrary
    ([0, 0, 1, 1] * 5, [0, 1, 0, 1] * 5, [0, 1] * 50),  # nothing in common
    ([0, 1] * 20, [0.1, 0.3] * 20, [1] * 900),  # unlike all labels of the coded
    ([0, 1] * 20, [0.1, 0.3] * 20, [0] * 900),
    ([0, 1] * 10, [0, 1] * 10, []),  # all coded
    ([0, 1, 1, 0, 1], [0, 1, 1, 0, 1], [0, 1] * 50),  # too few coded
    ([1], [1], [0, 1] * 50), ([], [], [0, 1] * 50), ([], [], [])
])  # fmt: skip
def test_without_help_it_is_exactly_the_share_of_the_coded(reader, machine, rest):
    estimate, plain = corrected_share(reader, machine, rest), share(sum(reader), len(reader))
    assert estimate.gain == 0 and repr(estimate) == repr(plain)
    assert bounds(estimate) == pytest.approx(bounds(plain), nan_ok=True)


def test_a_perfect_machine_gives_nearly_the_share_of_all_but_not_if_it_was_right_on_a_few():
    reader, _ = labelled(20_000)
    many, everyone = corrected_share(*[reader[:2_000]] * 2, reader[2_000:]), share(reader.sum(), 20_000)
    assert many.value == pytest.approx(everyone.value, abs=0.0005)
    assert width(everyone) < width(many) < 1.02 * width(everyone)
    few = corrected_share([0, 1] * 8, [0, 1] * 8, [0, 1] * 2_500)
    assert 0.3 < few.gain < 0.6  # of a machine taken for perfect, above 0.9


def test_swapping_0_and_1_mirrors_the_interval():
    one, other = corrected_share(*CODED), corrected_share(*(1 - labels for labels in CODED))
    assert bounds(other) == pytest.approx((1 - one.value, 1 - one.high, 1 - one.low))
    assert one.gain == pytest.approx(other.gain) and one.gain > 0
    rescaled = [CODED[0], *(0.4 + labels / 10 for labels in CODED[1:])]
    assert bounds(corrected_share(*rescaled)) == pytest.approx(bounds(one))


@pytest.mark.parametrize(("arguments", "named_in_the_error"), [
    (([1, None], [0, 1], [1]), r"coded\[1\]"), (([1, 0.5], [0, 1], [1]), r"coded\[1\] is 0.5"),
    (([1, 0], [0, math.nan], [1]), r"machine_on_coded\[1\]"),
    (([1, 0], [0, 1.2], [1]), r"machine_on_coded\[1\] is 1.2"),
    (([1, 0], [0, 1], [1, 0, pd.NA]), r"machine_on_rest\[2\]"),
    (([1, 0], [0, 1], [-0.1]), r"machine_on_rest\[0\] is -0.1"),
    (([1, 0], [0], [1]), "2 codings"), (([1, "x"], [0, 1], [1]), "x")
])  # fmt: skip
def test_bad_input_is_refused_by_its_place(arguments, named_in_the_error):
    with pytest.raises((ValueError, TypeError), match=named_in_the_error):
        corrected_share(*arguments)


@pytest.mark.parametrize("p", [0.5, 0.1])
@pytest.mark.parametrize("wanted", [0.02, 0.05, 0.1, 0.2])
def test_the_sample_size_is_the_smallest_and_near_the_closed_form(wanted, p):
    n = sample_size(wanted, share=p)
    assert n == pytest.approx(4 * 1.96**2 * p * (1 - p) / wanted**2, abs=3 / wanted)  # Wald's
    if p * n == int(p * n):
        assert width(share(int(p * n), n)) <= wanted
    half = [[0, 1] * (n // 2), [0, 1] * (n // 2 - 2)]
    assert p != 0.5 or [width(share(sum(one), len(one))) <= wanted for one in half] == [n % 2 == 0, False]


def test_a_machine_and_few_texts_need_fewer():
    assert sample_size(0.1) > sample_size(0.1, r=0.5) > sample_size(0.1, r=0.9)
    # Cochran's (1 - r²) n, and a few more for the pretended text.
    assert sample_size(0.02, r=0.8) == pytest.approx(0.36 * sample_size(0.02), rel=0.01)
    assert sample_size(0.1, total=100) == 100 and sample_size(0.1, total=402) == 402
    # The labels tell nothing more of texts that are all coded.
    assert sample_size(0.1, r=0.8) < sample_size(0.1, r=0.8, total=1_000) < sample_size(0.1)
    reader, machine = np.array([0, 1] * 100), np.array([0, 1] * 90 + [1, 0] * 10)
    found = corrected_share(reader, machine, np.resize(machine, 800))
    r = np.corrcoef(reader, machine)[0, 1]
    assert sample_size(width(found), r=r, total=1_000) == pytest.approx(200, abs=1)


@pytest.mark.parametrize("wrong", [{"width": 0}, {"width": 1}, {"r": 1}, {"share": 0}, {"total": 0}])
def test_a_sample_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="no sample"):
        sample_size(**{"width": 0.1, **wrong})
