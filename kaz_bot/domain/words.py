"""How words are compared: without case, without umlauts, without invisible marks."""

import unicodedata

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def folded(word: str) -> str:
    """Lower case, umlauts as two letters, other accents dropped: `Übernehmen` → `uebernehmen`."""
    spelled = unicodedata.normalize("NFC", word).casefold().translate(_UMLAUTS)
    decomposed = unicodedata.normalize("NFKD", spelled)
    return "".join(
        char
        for char in decomposed
        if not unicodedata.combining(char) and unicodedata.category(char) not in {"Cf", "Cc"}
    )


def bare(word: str) -> str:
    """Like `folded`, but umlauts lose their dots, as foreign keyboards write them."""
    decomposed = unicodedata.normalize("NFKD", word.casefold().replace("ß", "ss"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
