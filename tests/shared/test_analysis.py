"""Analyses of our own come back as they went; those of others as far as they can be read."""

import msgspec

from shared.analysis import Metric, RationaleItem, read_metrics, read_rationale


def test_our_own_shape_comes_back_whole() -> None:
    metrics = [Metric("price", "Price", 91.1, "usd")]
    rationale = [RationaleItem("dividend", "Dividend yield", -4.0, -4, 10, "It takes away 4.0 points.")]
    assert read_metrics(msgspec.json.encode(metrics)) == metrics
    assert read_rationale(msgspec.json.encode(rationale)) == rationale


def test_a_plain_object_of_figures_is_read_by_its_names() -> None:
    price, note = read_metrics('{"pe_ratio": 27.4, "sector": "Beverages"}')
    assert (price.label, price.value) == ("pe_ratio", 27.4)
    assert (note.label, note.value, note.note) == ("sector", None, "Beverages")


def test_reasons_in_plain_words_stay_words_and_count_nothing() -> None:
    [item] = read_rationale('["The dividend is safe."]')
    assert (item.sentence, item.counted) == ("The dividend is safe.", False)
    [named] = read_rationale('{"dividend": "It is safe."}')
    assert (named.label, named.sentence) == ("dividend", "It is safe.")


def test_anything_that_is_json_is_shown_rather_than_refused() -> None:
    for stored in ("null", "true", '"words"', "[[1]]", '[{"a": null}]', "{}"):
        read_metrics(stored)
        read_rationale(stored)
