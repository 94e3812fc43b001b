"""How values add up: over the quarters of a year, over centres, and what is missing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vekha.indicators.totals import (
    MixedValues,
    Total,
    falling_periods,
    over_centres,
    over_time,
    region_total,
    shortfall,
)
from vekha.indicators.values import Share, number_of
from vekha.orders.addition import OverCentres, OverTime

QUARTERS = ("2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4")
counts = st.integers(0, 10**6).map(Decimal)
shares = st.integers(0, 500).flatmap(lambda whole: st.integers(0, whole).map(lambda part: Share(part, whole)))


def year(*values: int | None) -> dict[str, Decimal | Share | None]:
    known = [None if value is None else Decimal(value) for value in values]
    return dict(zip(QUARTERS, known, strict=False))


def test_people_a_year_are_not_summed_over_quarters() -> None:
    assert over_time(year(200, 450, 450, 760), OverTime.LAST) == Total(Decimal(760), ("2027-Q4",), ())


def test_events_are_summed_over_quarters() -> None:
    assert over_time(year(3, 4, 0, 9), OverTime.SUM).value == Decimal(16)


def test_a_later_cumulative_value_covers_an_earlier_gap_but_not_a_later_one() -> None:
    assert over_time(year(200, None, 450, None), OverTime.LAST) == Total(Decimal(450), ("2027-Q3",), ("2027-Q4",))


def test_a_sum_says_which_quarter_it_lacks() -> None:
    total = over_time(year(3, None, 5), OverTime.SUM)
    assert (total.value, total.missing, total.is_complete) == (Decimal(8), ("2027-Q2",), False)


@pytest.mark.parametrize("rule", OverTime)
def test_an_absent_report_is_not_a_zero(rule: OverTime) -> None:
    assert over_time(year(None, None), rule) == Total(None, (), ("2027-Q1", "2027-Q2"))
    assert over_time({}, rule) == Total(None, (), ())
    assert over_time(year(0), rule).value == Decimal(0)


def test_a_share_of_a_region_is_not_the_mean_of_shares() -> None:
    total = over_centres({"a": Share(1, 2), "b": Share(18, 18)}, OverCentres.SHARE)
    assert total.value == Share(19, 20)
    assert number_of(Share(19, 20)) == Decimal(95)


def test_a_centre_without_staff_changes_no_share() -> None:
    total = over_centres({"a": Share(0, 0), "b": Share(3, 4)}, OverCentres.SHARE)
    assert number_of(total.value or Share(0, 0)) == Decimal(75)
    assert number_of(Share(0, 0)) is None


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"a": Decimal(50)}, OverCentres.SHARE),
        ({"a": Share(1, 2)}, OverCentres.SUM),
        ({"a": Share(1, 2), "b": Decimal(1)}, OverCentres.SHARE),
    ],
)
def test_values_that_do_not_fit_their_rule_are_a_mistake_of_the_caller(values, rule: OverCentres) -> None:
    with pytest.raises(MixedValues):
        over_centres(values, rule)


def test_counts_and_shares_do_not_mix_over_time() -> None:
    with pytest.raises(MixedValues):
        over_time({"2027-Q1": Decimal(1), "2027-Q2": Share(1, 2)}, OverTime.SUM)


@pytest.mark.parametrize(("part", "whole"), [(3, 2), (-1, 2), (0, -1)])
def test_a_share_lies_between_nothing_and_the_whole(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="a share of"):
        Share(part, whole)


def test_a_region_adds_time_first_and_centres_second() -> None:
    values = {"a": year(100, 300), "b": year(50, None), "c": year(None, None)}
    total, by_centre = region_total(values, time=OverTime.LAST, centres=OverCentres.SUM)
    assert total == Total(Decimal(350), ("a", "b"), ("c",))
    assert by_centre["b"].missing == ("2027-Q2",)


@pytest.mark.parametrize(
    ("value", "minimum", "expected"),
    [
        (Decimal(749), 750, Decimal(1)),
        (Decimal(750), 750, Decimal(0)),
        (Decimal(9000), 750, Decimal(0)),
        (Decimal(0), 0, Decimal(0)),
        (Share(9, 10), 100, Decimal(10)),
        (Share(0, 0), 100, None),
        (Decimal(5), None, None),
        (None, 5, None),
        (Decimal("0.2"), 0.3, Decimal("0.1")),
    ],
)
def test_shortfall(value, minimum, expected) -> None:
    assert shortfall(value, minimum) == expected


def test_a_count_of_the_year_that_falls_is_found() -> None:
    assert falling_periods(year(100, 90, 95, 110)) == ("2027-Q2", "2027-Q3")
    assert falling_periods(year(100, None, 100)) == ()


@given(st.dictionaries(st.text(max_size=3), counts))
def test_counts_over_centres_make_their_sum_in_any_order(values) -> None:
    backwards = dict(reversed(values.items()))
    assert over_centres(values, OverCentres.SUM).value == over_centres(backwards, OverCentres.SUM).value
    assert (over_centres(values, OverCentres.SUM).value or 0) == sum(values.values())


@given(st.dictionaries(st.text(max_size=3), shares, min_size=1))
def test_a_joint_share_lies_between_the_smallest_and_the_largest(values) -> None:
    joint = over_centres(values, OverCentres.SHARE).value
    assert isinstance(joint, Share)
    percents = [share.percent for share in values.values() if share.percent is not None]
    if joint.percent is None:
        assert not percents
    else:
        rounding = Decimal("1e-20")
        assert min(percents) - rounding <= joint.percent <= max(percents) + rounding
