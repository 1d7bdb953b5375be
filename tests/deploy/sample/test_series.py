"""Every oddity of the figures, on the rows in which it was seen."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy.sample.beliefs import CARRY, STAND, believe
from deploy.sample.figures import Figures, Row
from deploy.sample.series import Series
from deploy.sample.splits import Split, find_splits

Make = Callable[[str], Series]
On = Callable[[str], int]
Raw = Callable[[str, str], Row]


@pytest.mark.parametrize(
    ("ticker", "day", "ratio", "words"),
    [
        ("KLAC", "06-13", 10, "10-for-1 split"),
        ("CRWD", "07-03", 4, "4-for-1 split"),
        ("MNST", "08-12", 2, "2-for-1 split"),
        ("DD", "06-25", 1 / 3, "1-for-3 reverse split"),
    ],
)
def test_splits_are_found_on_their_day(
    series: Make, on: On, ticker: str, day: str, ratio: float, words: str
) -> None:
    [split] = series(ticker).splits
    assert split == Split(on(day), ratio)
    assert split.words == words


def test_no_other_jump_is_taken_for_a_split(figures: Figures) -> None:
    split = {ticker for ticker, rows in figures.rows.items() if find_splits(rows)}
    assert split == {"KLAC", "CRWD", "MNST", "DD"}


def test_a_rise_of_177_percent_is_a_rise(series: Make, on: On) -> None:
    prices = series("MRNA").price
    before, after = prices[on("08-19")], prices[on("08-20")]
    assert before is not None
    assert after is not None
    assert after / before == pytest.approx(2.77, abs=0.01)


def test_prices_go_through_a_split_without_a_jump(series: Make, on: On, raw: Raw) -> None:
    klac = series("KLAC")
    assert raw("KLAC", "06-11").price == 2135.64
    assert klac.price[on("06-11")] == pytest.approx(213.564)
    assert klac.price[on("06-13")] == 254.54


def test_half_adjusted_snapshots_are_not_used(series: Make, on: On, raw: Raw) -> None:
    assert raw("KLAC", "06-12").market_cap == 3150265450496.0  # ten times too much
    cap = series("KLAC").figures["market_cap"][on("06-12")]
    assert cap is not None
    assert (cap.value, cap.index, cap.doubt) == (278973349888.0, on("06-11"), "missing")


def test_a_share_at_one_price_for_five_sessions_is_not_traded(series: Make, on: On) -> None:
    ea = series("EA")
    first = on("08-05")
    assert ea.traded[first : first + 6] == [True, True, True, True, False, False]
    assert ea.quiet_since == first
    assert series("BK").quiet_since == on("05-21")
    assert not any(series("CTRA").traded[4:])
    assert not any(series("HOLX").traded[4:])


def test_another_company_under_the_symbol_is_refused(series: Make, raw: Raw) -> None:
    assert raw("PARA", "08-22").market_cap == 4616249.0
    assert not any(series("PARA").traded)


@pytest.mark.parametrize("ticker", ["PFG", "PSA"])
def test_a_slip_of_the_decimal_point_is_not_believed(series: Make, on: On, raw: Raw, ticker: str) -> None:
    slip, before = raw(ticker, "07-17").dividend_yield, raw(ticker, "07-16").dividend_yield
    assert slip is not None
    assert before is not None
    assert before / slip > 90
    belief = series(ticker).figures["dividend_yield"][on("07-17")]
    assert belief is not None
    assert (belief.value, belief.index, belief.doubt) == (before, on("07-16"), "slip")


def test_a_slip_by_a_hundred_is_never_believed_however_long_it_stands(series: Make, on: On) -> None:
    yields = series("EA").figures["dividend_yield"]
    assert {belief.value for belief in yields[on("08-18") :] if belief} == {0.0036}


def test_a_yield_of_half_the_price_is_not_believed(series: Make, on: On, raw: Raw) -> None:
    assert raw("MDT", "06-05").dividend_yield == 0.4988
    belief = series("MDT").figures["dividend_yield"][on("06-05")]
    assert belief is not None
    assert (belief.value, belief.doubt) == (0.0385, "step")


def test_a_rise_that_stands_is_kept(series: Make, on: On, raw: Raw) -> None:
    assert (raw("NVDA", "05-23").dividend_yield, raw("NVDA", "05-27").dividend_yield) == (0.0002, 0.0047)
    yields = series("NVDA").figures["dividend_yield"]
    believed = [belief.value for belief in yields[on("05-23") : on("06-03")] if belief]
    assert believed == [0.0002] * 5 + [raw("NVDA", "06-02").dividend_yield]


def test_vanished_yields_are_carried_with_their_date(figures: Figures, series: Make, on: On) -> None:
    gone = [
        ticker
        for ticker, rows in figures.rows.items()
        if rows[on("06-17")].dividend_yield and not rows[on("06-18")].dividend_yield
    ]
    assert len(gone) == 114
    for ticker in gone:
        belief = series(ticker).figures["dividend_yield"][on("06-19")]
        assert belief is not None
        assert (belief.index, belief.doubt) == (on("06-17"), "missing")


def test_a_missing_market_cap_is_carried(series: Make, on: On, raw: Raw) -> None:
    for ticker in ("HD", "CRM", "MU", "LOW", "TGT"):
        assert raw(ticker, "08-22").market_cap is None
        belief = series(ticker).figures["market_cap"][on("08-22")]
        assert belief is not None
        assert 0 < on("08-22") - belief.index <= CARRY


def test_a_step_of_the_share_count_is_believed_once_it_has_stood(series: Make, on: On, raw: Raw) -> None:
    caps = series("HON").figures["market_cap"]
    halved = on("06-27")
    assert [caps[i].doubt for i in range(halved, halved + STAND)] == ["step"] * (STAND - 1) + [None]  # type: ignore[union-attr]
    on_again = [caps[on(day)] for day in ("08-05", "08-08")]
    assert all(belief is not None for belief in on_again)
    passing = series("ON").figures["market_cap"]
    assert raw("ON", "08-08").market_cap == 19289978880.0  # four snapshots at 61 % of the shares
    assert {belief.value for belief in passing[on("08-05") : on("08-11")] if belief} == {31290523648.0}
    back = passing[on("08-11")]
    assert back is not None
    assert back.doubt is None


def test_a_quarters_earnings_do_not_pass_for_a_years(series: Make, on: On, raw: Raw) -> None:
    assert (raw("HWM", "08-18").earnings_per_share, raw("HWM", "08-15").earnings_per_share) == (0.17, 4.64)
    hwm = series("HWM")
    assert hwm.eps[on("08-18")] == pytest.approx(4.64, abs=0.05)
    ratio = hwm.figures["price_earnings"][on("08-18")]
    assert raw("HWM", "08-18").price_earnings == pytest.approx(1700.7, abs=0.1)
    assert ratio is not None
    assert (ratio.doubt, ratio.value < 100) == ("earnings", True)


figure = st.one_of(st.none(), st.floats(min_value=-1e6, max_value=1e6, allow_nan=False).filter(bool))


@settings(deadline=None)
@given(st.lists(figure, max_size=60))
def test_a_belief_is_never_from_the_future_nor_too_old_nor_made_up(values: list[float | None]) -> None:
    beliefs = believe(values, [1.0] * len(values), 1.5)
    for index, belief in enumerate(beliefs):
        if belief is not None:
            assert belief.index <= index <= belief.index + CARRY
            assert belief.value == values[belief.index]
            assert (belief.doubt is None) == (belief.index == index)


@settings(deadline=None)
@given(st.lists(figure, max_size=60), st.integers(min_value=0, max_value=60))
def test_what_is_believed_of_a_day_does_not_depend_on_later_days(
    values: list[float | None], length: int
) -> None:
    everything = believe(values, [1.0] * len(values), 1.5)
    early = values[:length]
    assert believe(early, [1.0] * len(early), 1.5) == everything[:length]
