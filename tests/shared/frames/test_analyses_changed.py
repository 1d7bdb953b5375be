"""What an import publishes, and what is read of it."""

import datetime as dt

import pytest

from shared.frames.analyses_changed import MOST_TICKERS, AnalysesChanged

DAY, NEXT = dt.date(2026, 8, 22), dt.date(2026, 8, 29)
ALL = [f"T{number}" for number in range(MOST_TICKERS + 1)]


def test_it_names_each_company_once_and_the_newest_date() -> None:
    changed = AnalysesChanged.of([("PEP", DAY), ("BF.B", NEXT), ("PEP", NEXT)])
    assert changed is not None
    assert changed.write() == "2026-08-29 BF.B,PEP"
    assert AnalysesChanged.of([]) is None


def test_of_many_companies_it_names_none() -> None:
    most, many = (AnalysesChanged.of((ticker, DAY) for ticker in tickers) for tickers in (ALL[1:], ALL))
    assert most is not None
    assert most.tickers == sorted(ALL[1:])
    assert many is not None
    assert many.write() == "2026-08-22 many"


@pytest.mark.parametrize(
    "changed",
    [AnalysesChanged(DAY, ["KO"]), AnalysesChanged(DAY, ["BF.B", "KO"]), AnalysesChanged(DAY, None)],
)
def test_it_is_read_as_it_was_written(changed: AnalysesChanged) -> None:
    assert AnalysesChanged.read(changed.write().encode()) == changed


def test_spaces_part_the_companies_as_well_and_too_many_are_many() -> None:
    assert AnalysesChanged.read(b"2026-08-22 PEP  KO, MSFT\n").tickers == ["KO", "MSFT", "PEP"]
    assert AnalysesChanged.read(f"2026-08-22 {' '.join(ALL)}".encode()).tickers is None


@pytest.mark.parametrize("payload", [b"", b"2026-08-22", b"2026-08-22 ,", b"KO", b"22.8. KO", b"\xff\xfe KO"])
def test_what_is_no_such_message_is_refused(payload: bytes) -> None:
    with pytest.raises(ValueError):
        AnalysesChanged.read(payload)


def test_two_are_joined_to_one() -> None:
    first, second = AnalysesChanged(NEXT, ["KO"]), AnalysesChanged(DAY, ["KO", "PEP"])
    assert first.joined(second) == AnalysesChanged(NEXT, ["KO", "PEP"])
    assert first.joined(AnalysesChanged(DAY, None)).tickers is None
    assert AnalysesChanged(DAY, ALL[1:]).joined(AnalysesChanged(DAY, ALL[:1])).tickers is None
