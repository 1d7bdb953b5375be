"""The lines between the ratings, and how a rating holds on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.analysis import Rating
from shared.points_rule import rate, turning_points

RATINGS: tuple[Rating, ...] = ("sell", "hold", "buy")
scores = st.integers(min_value=0, max_value=1000).map(lambda tenths: tenths / 10)


@pytest.mark.parametrize(
    ("score", "previous", "expected"),
    [
        (60.0, None, "buy"), (59.9, None, "hold"), (40.0, None, "hold"), (39.9, None, "sell"),
        (61.9, "hold", "hold"), (62.0, "hold", "buy"), (38.1, "hold", "hold"), (38.0, "hold", "sell"),
        (58.1, "buy", "buy"), (58.0, "buy", "hold"), (38.0, "buy", "sell"),
        (41.9, "sell", "sell"), (42.0, "sell", "hold"), (62.0, "sell", "buy"),
    ],
)  # fmt: skip
def test_lines(score: float, previous: Rating | None, expected: Rating) -> None:
    assert rate(score, previous) == expected


@settings(deadline=None)
@given(scores, st.sampled_from(RATINGS))
def test_a_rating_lies_between_the_plain_one_and_the_one_before(score: float, previous: Rating) -> None:
    kept, plain, before = (RATINGS.index(each) for each in (rate(score, previous), rate(score), previous))
    assert min(plain, before) <= kept <= max(plain, before)


@settings(deadline=None)
@given(scores, st.sampled_from(RATINGS))
def test_a_rating_once_given_stays_at_the_same_score(score: float, previous: Rating) -> None:
    kept = rate(score, previous)
    assert rate(score, kept) == kept


@settings(deadline=None)
@given(scores, scores, st.sampled_from(RATINGS))
def test_more_points_never_make_a_worse_rating(one: float, other: float, previous: Rating) -> None:
    low, high = sorted((one, other))
    assert RATINGS.index(rate(low, previous)) <= RATINGS.index(rate(high, previous))


@pytest.mark.parametrize("rating", RATINGS)
def test_turning_points_are_where_the_rating_turns(rating: Rating) -> None:
    for other, score in turning_points(rating):
        assert rate(score, rating) == other
        inside = score - 0.1 if RATINGS.index(other) > RATINGS.index(rating) else score + 0.1
        assert rate(inside, rating) == rating
