"""What changed between two analyses: it adds up, and it is said in words."""

import re
from itertools import pairwise

import pytest
from msgspec.structs import replace

from deploy.sample.analyses import Made, by_ticker
from shared.changes import changes
from tests.deploy.sample.conftest import Find


def test_differences_add_up_to_the_scores_for_every_pair(made: Made) -> None:
    for history in by_ticker(made.analyses).values():
        for old, new in pairwise(history):
            found = changes(old, new)
            assert round(sum(item.difference for item in found.items), 1) == round(new.score - old.score, 1)
            weights = [abs(item.difference) for item in found.items]
            assert weights == sorted(weights, reverse=True)
            assert not any(re.search(r"[−+]0\.0+(?!\d)", words) for words in found.sentences)


def test_a_week_of_coca_cola(find: Find) -> None:
    found = changes(find("KO", "08-15"), find("KO", "08-22"))
    assert found.rating == ("hold", "hold")
    assert found.headline == (
        "From the snapshot of 15 Aug to that of 22 Aug the score rose by 1.5 points to 57.9 (from 56.4);"
        " the rating is still hold. The price went from $87.71 to $91.10 (+3.9 %)."
    )
    assert found.items[0].sentence == (
        "Place in the 52-week range: +1.2 points (+4.5 → +5.7): from 87.45 % to 97.10 % (+9.65 pp)."
    )
    assert "Dividend yield (−4.0; from 2.43 % to 2.34 % (−0.09 pp))" in found.unchanged


def test_a_change_of_rating_is_said(made: Made) -> None:
    pair = next(
        (old, new)
        for history in by_ticker(made.analyses).values()
        for old, new in pairwise(history)
        if (old.rating, new.rating) == ("hold", "buy")
    )
    assert "the rating went from hold to buy" in changes(*pair).headline


def test_prices_across_a_split_are_not_compared(find: Find) -> None:
    headline = changes(find("MNST", "08-08"), find("MNST", "08-15")).headline
    assert "from $90.36 to $46.82 (2-for-1 split" in headline
    assert "%" not in headline


def test_an_item_that_is_not_counted_any_more_is_named_with_the_reason(find: Find) -> None:
    ko = find("KO", "08-22")
    skipped = replace(
        ko.rationale[6], counted=False, points=0.0, without=None, sentence="It could not be counted: why."
    )
    later = replace(ko, score=61.9, rationale=[*ko.rationale[:6], skipped, *ko.rationale[7:]])
    gone = changes(ko, later)
    assert [item.sentence for item in gone.items] == [
        "Dividend yield: not counted any more; it was −4.0 points. It could not be counted: why."
    ]
    back = changes(later, ko)
    assert back.items[0].sentence.startswith("Dividend yield: counted now, −4.0 points. The dividend yield")


def test_nothing_changed(find: Find) -> None:
    ko = find("KO", "08-22")
    same = changes(ko, ko)
    assert same.items == []
    assert "the score stayed at 57.9" in same.headline
    assert len(same.unchanged) == 10


def test_two_companies_are_not_compared(find: Find) -> None:
    with pytest.raises(ValueError, match="KO and JPM are two companies"):
        changes(find("KO", "08-22"), find("JPM", "08-22"))


def test_figures_that_are_shown_otherwise_are_listed(find: Find) -> None:
    old, new = find("KO", "08-15"), find("KO", "08-22")
    figures = {figure.key: figure for figure in changes(old, new).figures}
    assert (figures["price"].before, figures["price"].after, figures["price"].unit) == (87.71, 91.1, "usd")
    assert changes(new, new).figures == []
    without = replace(new, metrics=[metric for metric in new.metrics if metric.key != "price"])
    [gone] = changes(new, without).figures
    assert (gone.key, gone.before, gone.after) == ("price", 91.1, None)
    unseen = [replace(m, value=m.value + 1e-6) if m.key == "price" and m.value else m for m in new.metrics]
    assert changes(new, replace(new, metrics=unseen)).figures == []


def test_points_of_what_is_not_counted_are_none(find: Find) -> None:
    ko = find("KO", "08-22")
    skipped = replace(ko.rationale[6], counted=False, points=0.0, without=None, sentence="Why.")
    [item] = changes(ko, replace(ko, rationale=[*ko.rationale[:6], skipped, *ko.rationale[7:]])).items
    assert (item.before, item.after, item.difference) == (-4.0, None, 4.0)
