"""Names that stand where a company stands, but that nobody knows: "Foobar's P/E", "compare KO with Foobar"."""

from collections.abc import Collection

from agent_worker.analysis.naming.candidates import Mention
from agent_worker.analysis.naming.data import CommonWords
from agent_worker.analysis.naming.places import LEGAL_ENDS, STOCK_WORDS, Sentence, figure_words
from agent_worker.analysis.naming.words import Word

LONGEST = 4


def find_strangers(
    sentence: Sentence, mentions: Collection[Mention], words: CommonWords, groups: Collection[str]
) -> list[str]:
    """The unknown names, as written. `groups` are the words of sectors and industries, which are no companies."""
    taken = {place for mention in mentions for place in range(mention.start, mention.end)}
    found: list[str] = []
    place = 0
    while place < len(sentence.words):
        end = _proper_end(sentence, place, taken, words, groups)
        if end > place and _stands(sentence, place, end, mentions):
            found.append(_written(sentence.words[place:end]))
        place = max(end, place + 1)
    return list(dict.fromkeys(found))


def _proper_end(
    sentence: Sentence, start: int, taken: Collection[int], words: CommonWords, groups: Collection[str]
) -> int:
    """Where the run of proper nouns that begins at `start` ends; `start` itself if none does."""
    end = start
    while end < min(start + LONGEST, len(sentence.words)) and end not in taken:
        word = sentence.words[end]
        if end > start and (word.starts or not word.before.isspace() or sentence.words[end - 1].stem):
            break
        legal = end > start and word.whole in LEGAL_ENDS
        if not legal and not _proper(word, words, groups, sentence):
            break
        end += 1
    return end


def _proper(word: Word, words: CommonWords, groups: Collection[str], sentence: Sentence) -> bool:
    key = word.whole
    return (
        sentence.cased
        and word.capital
        and len(key) > 1
        and key[0].isalpha()
        and "/" not in key
        and not words.hold(key)
        and key not in groups
        and key not in figure_words()
    )


def _stands(sentence: Sentence, start: int, end: int, mentions: Collection[Mention]) -> bool:
    """Whether only a company can stand there. German writes every noun with a capital, so it needs more."""
    if sentence.words[end - 1].whole in LEGAL_ENDS and end - start > 1:
        return True
    if sentence.marked(start, end):
        return True
    if sentence.determined(start):
        return False
    if sentence.german:
        return _figure_before(sentence, start) and sentence.asked_for(start, end)
    if sentence.owns_figure(end) or _share_follows(sentence, end):
        return True
    if sentence.asked_for(start, end) and not _time_before(sentence, start):
        return True
    return any(
        sentence.joined(mention.end, start) or sentence.joined(end, mention.start) for mention in mentions
    )


def _share_follows(sentence: Sentence, end: int) -> bool:
    after = sentence.after(end)
    return after is not None and (after.key in STOCK_WORDS or after.key in figure_words())


def _figure_before(sentence: Sentence, start: int) -> bool:
    """ "das KGV von …", "die Aktie von …"."""
    if start < 2:
        return False
    named = sentence.words[start - 2].key
    return named in figure_words() or named in STOCK_WORDS


def _time_before(sentence: Sentence, start: int) -> bool:
    before = sentence.before(start)
    return before is not None and before.key in ("is", "are", "was", "like", "do", "does", "did", "has")


def _written(words: list[Word]) -> str:
    text = "".join(word.before + word.text for word in words).strip(" $(")
    last = words[-1]
    return text[: len(text) - 2] if last.stem is not None and text[-1:] in "sS" else text.rstrip("'’`´")
