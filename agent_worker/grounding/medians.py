"""Which numbers of a sentence are the peers' median, and which count companies."""

from agent_worker.grounding.mentions import Line, Mention
from agent_worker.grounding.numerals import Numeral
from agent_worker.grounding.phrases import word_set

BREAKS = word_set(", ; while but whereas und während aber and sowie | ) :")
PREPOSITIONS = word_set("of for in among at des für bei von zum im under with on per to vs against the")
ARTICLES = word_set("the its their a an his der die das ein eine sein ihr")
FORWARD_STOPS = word_set("; while but whereas während aber und and with at mit than als")
BACK = word_set(
    "that show shows have has for the ( is as of its , a at among in being bei im der die das ist für den dem sind - – s ’ ' what was would be"
    " beim median an to auf one"
)


HAVE = word_set("shows show has have trades trade hat haben zeigt zeigen weist kommt comes hits posts")
THAN = word_set("than als")
COPULAS = word_set(
    "is are was were sits stands comes lies slightly somewhat much far even a little bit ist sind war liegt etwas deutlich"
)
GRADED = word_set(
    "lower higher smaller greater bigger cheaper dearer pricier richer niedriger höher tiefer kleiner größer günstiger teurer"
)
VERSUS = word_set("vs versus against gegenüber / gegen")
"""What sets a figure against the median; where it does so once it does so in the whole sentence."""


def medians(line: Line) -> set[int]:
    """The places, among the numbers, of those that the sentence calls the peers' median."""
    found: set[int] = set()
    for mention in (*line.tags.get("median", ()), *line.tags.get("peers", ())):
        ahead = next(
            (i for i, n in enumerate(line.numbers) if n.start >= mention.end and not counts(line, n)), None
        )
        if ahead is not None and _leads(line, mention, line.numbers[ahead]):
            found.add(ahead)
            if mention.value.endswith(("medians", "mediane")):
                found.update(range(ahead, len(line.numbers)))
            continue
        if (
            ahead is not None
            and not mention.value.startswith("median")
            and any(
                mention.end <= other.start < line.numbers[ahead].start
                for other in line.tags.get("median", ())
            )
        ):
            continue
        back = next(
            (
                i
                for i in reversed(range(len(line.numbers)))
                if line.numbers[i].end <= mention.start and not counts(line, line.numbers[i])
            ),
            None,
        )
        if back is not None and BACK.issuperset(_without_labels(line, line.numbers[back].end, mention.start)):
            found.add(back)
    before = [line.between(0, line.numbers[place].start)[-1:] for place in found]
    signs = {words[0] for words in before if words}
    for place, number in enumerate(line.numbers):
        versus = VERSUS.intersection(line.between(0, number.start)[-1:])
        if versus and versus <= signs:
            found.add(place)
    return found or _against(line)


def _against(line: Line) -> set[int]:
    """ "dearer than its peers: 27.36 versus 25.43": the second of two that are set against each other."""
    if not line.has("median", "peers") or len({m.value for m in line.companies}) > 1:
        return set()
    return {
        place
        for place, number in enumerate(line.numbers)
        if place and _is_against(line, number) and line.numbers[place - 1].kind == number.kind
    }


def _is_against(line: Line, number: Numeral) -> bool:
    before = line.between(max(0, number.start - 16), number.start)
    return bool(VERSUS.intersection(before[-1:])) or before[-2:] in (["compared", "with"], ["compared", "to"])


def _leads(line: Line, mention: Mention, number: Numeral) -> bool:
    """Whether the words from "median" to the number keep to the median."""
    if any(mention.end <= c.start < number.start for c in line.companies):
        return False
    crossed = [n for n in line.numbers if mention.end <= n.start < number.start]
    if any(not counts(line, n) for n in crossed):
        return False
    between = line.between(mention.end, number.start)
    held = THAN.intersection(line.between(max(0, mention.start - 16), mention.start)[-3:])
    if ":" in between and held:
        return False
    following = next((n for n in line.numbers if n.start >= number.end), None)
    if (held or "," in between) and following is not None and _is_against(line, following):
        return False
    if "median" in between and not mention.value.startswith("median"):
        return False
    for place, word in enumerate(between):
        last = place == len(between) - 1
        if word in FORWARD_STOPS and not last:
            return False
        if word == "," and not last and between[place + 1] not in ("at", "which"):
            return False
        if (
            word in ARTICLES
            and (place == 0 or between[place - 1] not in (PREPOSITIONS | HAVE))
            and _metric_follows(line, mention, place)
        ):
            return False
    return len(between) <= 12 and not any(
        mention.end <= each.start < number.start and not _is_said_of(line, mention, each)
        for tag in ("above", "below", "up", "down", "own")
        for each in line.tags.get(tag, ())
    )


def _is_said_of(line: Line, mention: Mention, word: Mention) -> bool:
    """ "the median is lower at 25.43": the comparison is the median's own."""
    if word.value not in GRADED or word.value in THAN:
        return False
    return COPULAS.issuperset(line.between(mention.end, word.start))


def _metric_follows(line: Line, mention: Mention, place: int) -> bool:
    ahead = [token for token in line.words if token.start >= mention.end]
    follows = ahead[place + 1].start if place + 1 < len(ahead) else -1
    return any(m.start == follows and not m.loose for m in line.metrics)


def _without_labels(line: Line, start: int, end: int) -> list[str]:
    """The words between two places, without metrics, peers and how many they are."""
    labels = [*line.metrics, *line.tags.get("peers", ()), *line.tags.get("median", ())]
    return [
        token.word
        for token in line.words
        if start <= token.start
        and token.end <= end
        and not token.word.isdigit()
        and not any(m.start <= token.start < m.end for m in labels)
    ]


def counts(line: Line, number: Numeral) -> bool:
    """Whether a bare whole number counts companies: "16 profitable companies", "(n = 16)", "20 in Food"."""
    if not number.whole:
        return False
    if line.between(0, number.start)[-2:] in (["n", "="], ["n", ":"]):
        return True
    for mention in line.tags.get("counted", ()):
        if mention.start >= number.end:
            between = line.between(number.end, mention.start)
            return (
                len(between) <= 3
                and not line.crosses(number.end, mention.start)
                and not BREAKS.intersection(between)
            )
    return any(
        mention.start >= number.end
        and line.between(number.end, mention.start) in ([], ["in"], ["aus"], ["of", "the"], ["from"])
        for mention in line.tags.get("peers", ())
    )
