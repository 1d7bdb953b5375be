"""One spelling for one word: case, umlauts, quotes, dashes and contractions."""

import unicodedata

_FOLDED = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "’": "'",
        "‘": "'",
        "´": "'",
        "`": "'",
        "‐": "-",
        "‑": "-",
        "–": "-",
        "—": "-",
        "−": "-",
        "÷": "/",
    }
)
_ASKING = frozenset({"what", "who", "how", "where", "when", "that", "it", "there", "why", "which"})
_CONTRACTED = (
    {"can't": "can not", "won't": "will not", "shan't": "shall not", "ain't": "is not"}
    | {f"{word}s": f"{word} is" for word in ("what", "how", "where", "who", "when", "that", "there", "why")}
    | {
        f"{word}nt": f"{word} not"
        for word in ("is", "are", "was", "does", "did", "do", "has", "would", "should")
    }
)


def fold(text: str) -> str:
    """Lower case without accents, in compatibility form; umlauts as two letters, as they are often typed."""
    text = unicodedata.normalize("NFC", text).lower().translate(_FOLDED)
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


def split_contraction(word: str) -> list[str]:
    """ "isn't" is "is", "not"; "KO's" is "ko"; "they'll" is "they", "will"."""
    if word in _CONTRACTED:
        return _CONTRACTED[word].split()
    stem, apostrophe, ending = word.rpartition("'")
    if not apostrophe:
        return [word]
    if ending == "t" and stem.endswith("n"):
        return [stem[:-1], "not"]
    if ending == "s" and stem in _ASKING:
        return [stem, "is"]
    if ending == "ll":
        return [stem, "will"]
    return [stem] if ending in ("s", "re", "ve", "d", "m", "") else [stem, ending]
