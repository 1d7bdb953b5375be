"""The table of metric words is plain data that others build on: whole, in lower case, and without a double meaning."""

from deploy.sample.metrics import METRICS
from shared.metric_words import METRIC_WORDS, synonyms


def test_every_metric_of_the_rule_is_there_with_its_unit() -> None:
    stored = {key: unit for key, _, unit in METRICS}
    assert {key: words.unit for key, words in METRIC_WORDS.items() if key in stored} == stored
    assert set(METRIC_WORDS) - set(stored) == {"score", "rating"}


def test_the_label_of_the_rule_is_a_name_of_the_metric() -> None:
    for key, label, _ in METRICS:
        assert label.lower() in synonyms(METRIC_WORDS[key])


def test_a_name_means_one_metric() -> None:
    owners: dict[str, str] = {}
    for key, words in METRIC_WORDS.items():
        for name in synonyms(words, loose=True):
            assert owners.setdefault(name, key) == key, f"{name} is {owners[name]} and {key}"
            assert name == name.lower()
            assert name == " ".join(name.split())


def test_longer_names_come_first() -> None:
    names = synonyms(METRIC_WORDS["price_earnings"])
    assert names.index("p/e ratio") < names.index("p/e")
