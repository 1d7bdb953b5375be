"""What companies are called: the short form of a registered name, and a few names of everyday use."""

import re

SUFFIX = re.compile(
    r"[, ]+(?:\((?:The|Class [A-C])\)|Inc\.?|Incorporated|Corp\.?|Corporation|Company|Companies|Co\.|plc|PLC|Ltd\.?|N\.V\.|S\.A\.|AG|& Co\.?"
    r"|and Company|& Company)$"
)
EVERYDAY = {
    "KO": ("Coke",), "PEP": ("Pepsi",), "JNJ": ("J&J",), "PG": ("P&G",), "MCD": ("McDonald's",), "XOM": ("Exxon",),
    "BAC": ("BofA",), "DIS": ("Disney",), "HD": ("Home Depot",), "INTC": ("Intel",), "CSCO": ("Cisco",),
    "T": ("AT&T",), "DAL": ("Delta",), "LUV": ("Southwest",), "HON": ("Honeywell",), "CAT": ("Caterpillar",),
}  # fmt: skip


def short_name(name: str) -> str:
    """ "Coca-Cola Company (The)" is "Coca-Cola"."""
    while (shorter := SUFFIX.sub("", name)) != name:
        name = shorter
    return name.removeprefix("The ").strip(" ,&")


def possessive(name: str) -> str:
    """ "Coca-Cola's", "Ross Stores'", "Moody's"."""
    return name if name.endswith("'s") else f"{name}'" if name.endswith("s") else f"{name}'s"
