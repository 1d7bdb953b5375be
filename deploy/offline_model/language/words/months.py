"""Names of months, folded."""

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jaenner",
            "february feb februar",
            "march mar maerz mrz",
            "april apr",
            "may mai",
            "june jun juni",
            "july jul juli",
            "august aug",
            "september sep sept",
            "october oct oktober okt",
            "november nov",
            "december dec dezember dez",
        ),
        1,
    )
    for name in names.split()
}
"""By name or short name."""

ALSO_WORDS = frozenset({"may", "march", "mar", "jan", "mai"})
"""Months only beside a day, a year or a word that asks for one."""
