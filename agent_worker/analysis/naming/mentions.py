"""Finds the companies that a text names. Precision first: what may be an ordinary word is none without evidence."""

from collections.abc import Iterator, Sequence

from agent_worker.analysis.naming.candidates import Candidate, Mention
from agent_worker.analysis.naming.data import common_words, place_words
from agent_worker.analysis.naming.index import AMPERSANDS, Care, CompanyIndex, Form, Listed, join
from agent_worker.analysis.naming.places import JOINTS, Sentence
from agent_worker.analysis.naming.typing_errors import Corrector
from agent_worker.analysis.naming.words import Word

SMALL = AMPERSANDS | {"of", "the", "for", "de"}
"""Words of a name that are written small."""

STRESSED = place_words("said with stress")
PARTS = place_words("after a word that is no company")

LONGEST = 8
"""Words of the longest name that is looked for."""


def find_mentions(sentence: Sentence, index: CompanyIndex, corrector: Corrector) -> list[Mention]:
    """The companies named, in order. They do not overlap."""
    candidates = list(_candidates(sentence, index, corrector))
    taken = [each.certain or _nothing_else(sentence, candidates) for each in candidates]
    changed = True
    while changed:
        changed = False
        for place, candidate in enumerate(candidates):
            if taken[place] or not candidate.listable:
                continue
            beside = [
                other for other in (place - 1, place + 1) if 0 <= other < len(candidates) and taken[other]
            ]
            if any(_in_list(sentence, candidates[other].mention, candidate.mention) for other in beside):
                taken[place] = changed = True
    return [candidate.mention for candidate, is_taken in zip(candidates, taken, strict=True) if is_taken]


def _nothing_else(sentence: Sentence, candidates: Sequence[Candidate]) -> bool:
    """Whether the whole text is a list of names: "apple and target"."""
    ends = [0, *(each.mention.end for each in candidates)]
    starts = [*(each.mention.start for each in candidates), len(sentence.words)]
    between = [sentence.words[end:start] for end, start in zip(ends, starts, strict=True)]
    return len(candidates) > 1 and all(word.key in JOINTS for words in between for word in words)


def _in_list(sentence: Sentence, one: Mention, other: Mention) -> bool:
    first, second = sorted((one, other))
    return sentence.joined(first.end, second.start)


def _candidates(sentence: Sentence, index: CompanyIndex, corrector: Corrector) -> Iterator[Candidate]:
    place = 0
    while place < len(sentence.words):
        symbol, name = _symbol(sentence, index, place), _named(sentence, index, place)
        if symbol and name:
            longer = name.mention.end > symbol.mention.end and name.certain
            found: Candidate | None = name if longer or not symbol.certain else symbol
        else:
            found = symbol or name or corrector.candidate(sentence, place)
        if found is None:
            place += 1
            continue
        yield found
        place = found.mention.end


def _symbol(sentence: Sentence, index: CompanyIndex, place: int) -> Candidate | None:
    """The symbol at `place`: "KO", "$ko", "BRK.B"."""
    word = sentence.words[place]
    for end in (place + 2, place + 1):
        key = "".join(each.whole for each in sentence.words[place:end])
        company = index.symbols.get(key) if end <= len(sentence.words) else None
        if company is None or (end > place + 1 and not _class_of_share(company, sentence.words[place + 1])):
            continue
        mention = Mention(place, end, (company,))
        upper = all(each.upper for each in sentence.words[place:end])
        if sentence.marked(place, end) and (upper or word.before.endswith("$") or len(key) > 1):
            return Candidate(mention, certain=True, listable=True)
        if not company.ticker and not upper:
            return None
        if index.words.hold(key) or len(key) == 1:
            return _wordlike(sentence, mention, upper=upper)
        if upper and not sentence.shouted:
            return Candidate(mention, certain=True, listable=True)
        certain = len(key) > 3 or _stands_as_company(sentence, place, end) or sentence.alone(place, end)
        return Candidate(mention, certain and not sentence.determined(place), listable=True)
    return None


def _class_of_share(company: Listed, word: Word) -> bool:
    """Whether `word` is the B of BRK.B."""
    if company.ticker.isalnum():
        return False
    return len(word.whole) == 1 and (word.before in (".", "-", "/") or (word.before == " " and word.upper))


def _wordlike(sentence: Sentence, mention: Mention, *, upper: bool) -> Candidate | None:
    """A symbol that is a word as well: only in capitals among small letters, and in a company's place."""
    start, end = mention.start, mention.end
    key = "".join(word.whole for word in sentence.words[start:end])
    if not upper or not sentence.cased or sentence.determined(start):
        return None
    certain = (
        sentence.owns_figure(end)
        or (len(key) > 2 and _no_emphasis(sentence, start, end))
        or (
            sentence.asked_for(start, end)
            and not sentence.words[start].starts
            and not _stressed(sentence, start, end)
        )
        or (len(key) > 2 and sentence.taken_up(start, end) and not sentence.words[0].upper)
    )
    if key not in ("a", "i"):  # "T yield?", "ALL dividend yield"
        certain |= sentence.asks_in_short(start, end)
    return Candidate(mention, certain, listable=True)


def _stressed(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the capitals may only raise the voice: "what should I do NOW"."""
    key, before = sentence.words[start].whole, sentence.before(start)
    ends = (
        sentence.after(end) is None
        and before is not None
        and before.key in ("do", "does", "did", "is", "are")
    )
    return key in STRESSED and ends


def _no_emphasis(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the capitals are a symbol's: a word of another language, or a thing that nobody raises the voice for."""
    after = sentence.after(end)
    if after is not None and after.key in PARTS:  # "the KEY figures"
        return False
    key = sentence.words[start].whole
    words = common_words()
    if key in words.german and key not in words.english:
        return not sentence.german
    return key not in STRESSED and not sentence.words[start].starts


def _named(sentence: Sentence, index: CompanyIndex, place: int) -> Candidate | None:
    """The longest name that begins at `place`."""
    best: tuple[int, Form] | None = None
    keys: list[str] = []
    first = sentence.words[place]
    if first.key in AMPERSANDS or (not first.text.isascii() and first.text.lower() in index.words.accented):
        return None
    for end in range(place + 1, min(len(sentence.words), place + LONGEST) + 1):
        word = sentence.words[end - 1]
        if end > place + 1 and not _goes_on(sentence.words[end - 2], word):
            break
        for ending in _endings(word, sentence):
            form = index.forms.get(join([*keys, ending])) or index.forms.get("".join((*keys, ending)))
            if form is not None and word.key not in AMPERSANDS and _same_words(sentence, place, end, form):
                best = end, form
                break
        keys.append(word.key)
        if join(keys) not in index.prefixes and "".join(keys) not in index.prefixes:
            break
    if best is None:
        return None
    end, form = best
    return _judged(sentence, Mention(place, end, form.companies), form)


def _endings(word: Word, sentence: Sentence) -> Iterator[str]:
    """The word as it may end a name: as it is, without a possessive, without a German genitive -s."""
    yield word.key
    if word.stem is not None:
        yield word.stem
    elif (
        word.key.endswith("s")
        and len(word.key) > 3
        and ((word.capital and sentence.cased) or not common_words().hold(word.key))
    ):
        yield word.key[:-1]


def _goes_on(last: Word, word: Word) -> bool:
    """Whether `word` may belong to the same name as the word before it."""
    if "," in word.before:
        return word.key in ("inc", "corp", "ltd", "co", "llc", "class")
    if last.stem is not None and last.stem != last.key and last.text[-1] in "sS":
        return last.key.endswith("s") and not word.starts  # "Dick's Sporting Goods"
    return (
        not word.starts
        and len(word.before) <= 3
        and not set(word.before.removesuffix("(")) & set('()[]"?!$:;\n')
    )


def _same_words(sentence: Sentence, start: int, end: int, form: Form) -> bool:
    """Letters that only together are a name are one if they are as many words, or written as a name."""
    words = sentence.words[start:end]
    if len(words) == 1 or len(words) in form.words or not any(" " in word.before for word in words[1:]):
        return True
    return words[0].capital and all(len(word.whole) > 1 for word in words)


def _judged(sentence: Sentence, mention: Mention, form: Form) -> Candidate | None:
    """Whether the words of `mention` are meant as the name that they are."""
    start, end = mention.start, mention.end
    words = sentence.words[start:end]
    if words[0].before.endswith("$"):
        return None
    if sentence.legal_end(end):
        return Candidate(mention._replace(end=end + 1), certain=True, listable=True)
    if form.care is Care.FREE or sentence.marked(start, end):
        return Candidate(mention, certain=True, listable=True)
    if sentence.determined(start):
        meant = form.care < Care.PLACE and words[0].capital and sentence.figure_follows(end)
        return Candidate(mention, certain=True, listable=True) if meant else None
    if form.care is Care.PHRASE:
        return Candidate(mention, certain=True, listable=True)
    certain = (
        _written_as_name(sentence, words, form)
        or _stands_as_company(sentence, start, end, figure=form.care is Care.CAPITAL)
        or sentence.alone(start, end)
        or sentence.asks_in_short(start, end)
    )
    return Candidate(mention, certain, listable=True)


def _written_as_name(sentence: Sentence, words: Sequence[Word], form: Form) -> bool:
    """Whether the capitals of `words` tell that they are a name. In German they do not: every noun has one."""
    if sentence.shouted or not all(word.capital for word in words if word.key not in SMALL):
        return False
    if form.care is Care.CAPITAL:
        return True
    upper = words[0].upper and len(words[0].whole) > 1
    inner = not words[0].starts or len(words) > 1 or upper
    return inner and sentence.cased and not sentence.german


def _stands_as_company(sentence: Sentence, start: int, end: int, *, figure: bool = True) -> bool:
    if sentence.determined(start):
        return False
    return (
        sentence.owns_figure(end)
        or sentence.asked_for(start, end)
        or sentence.held_against(start, end)
        or (figure and sentence.taken_up(start, end))
        or (figure and sentence.figure_follows(end))
        or (sentence.words[start].capital and sentence.acts(start, end))
    )
