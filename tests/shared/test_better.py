"""The better end of a figure, where there is one."""

import pytest

from shared.better import better


@pytest.mark.parametrize(
    ("key", "values", "expected"),
    [
        ("dividend_yield", [0.02, 0.03, None], ("highest", ["B"])),
        ("price_earnings", [20.0, 18.5, 18.5], ("lowest", ["B", "C"])),
        ("price_earnings", [-4.0, 20.0, 30.0], ("lowest", ["B"])),  # a loss is not cheap
        ("price_earnings", [-4.0, 20.0, None], None),
        ("earnings_change", [-0.1, -0.2, None], ("highest", ["A"])),
        ("price", [1.0, 2.0, 3.0], None),
        ("dividend_yield", [0.02, None, None], None),
    ],
)
def test_the_better_end(key: str, values: list[float | None], expected: tuple[str, list[str]] | None) -> None:
    assert better(key, zip("ABC", values, strict=True)) == expected
