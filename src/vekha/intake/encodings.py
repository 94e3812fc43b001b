"""Bytes of a text file → characters: Russian encodings recognised by what they would say, not by guesswork on the name.

UTF-8 and UTF-16 are tried first (they prove themselves); of the 8-bit encodings the one wins under which the letters
are as frequent as in Russian and the capitals stand where capitals stand. Only a sample is scored, so 50 MB take a
fraction of a second.
"""

from __future__ import annotations

import codecs
import re

from vekha.problems import Problem, Severity

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EIGHT_BIT = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso-8859-5")
_SAMPLE = 1 << 16
# Frequencies of Russian letters per thousand, as in the National Corpus.
_BY_FREQUENCY = (
    ("о", 110), ("е", 85), ("а", 80), ("и", 74), ("н", 67), ("т", 63), ("с", 55), ("р", 47), ("в", 45), ("л", 44), ("к", 35),
    ("м", 32), ("д", 30), ("п", 28), ("у", 26), ("я", 20), ("ы", 19), ("ь", 17), ("г", 17), ("з", 16), ("б", 16), ("ч", 15),
    ("й", 12), ("х", 10), ("ж", 9), ("ш", 7), ("ю", 6), ("ц", 5), ("щ", 4), ("э", 3), ("ф", 3), ("ъ", 1), ("ё", 1),
)  # fmt: skip
_FREQUENCY = dict(_BY_FREQUENCY)
_TYPOGRAPHY = frozenset("«»–—№…„“”•\xa0§°")
_NON_ASCII = re.compile(rb"[\x80-\xff]+")
_NAMES = {"cp1251": "Windows-1251", "koi8-r": "КОИ-8", "cp866": "DOS (866)", "mac-cyrillic": "Mac Cyrillic"}


def decode_text(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The characters of a text file and what was wrong with its bytes; never raises, line breaks stay as they are.

    >>> decode_text("Распоряжение".encode("koi8-r"))[0]
    'Распоряжение'
    >>> decode_text("Срок – 1 марта".encode("utf-16-le"))[0]
    'Срок – 1 марта'
    """
    encoding, problems = find_encoding(data)
    for bom, name in _BOMS:
        if name == encoding and data.startswith(bom):
            data = data[len(bom) :]
            break
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        problems += (_replaced(text.count("\ufffd"), encoding),)
    if "\0" in text:
        problems += (_nulls(text.count("\0")),)
        text = text.replace("\0", "")
    return text, problems


def find_encoding(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The Python name of the encoding a text is in, and a note when it had to be recognised by its letters."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name, ()
    wide = _wide_encoding(data[:_SAMPLE])
    if wide:
        return wide, ()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _without_proof(data)
    return "utf-8", ()


def _without_proof(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    sample = _sample(data)
    if _mostly_utf8(sample):
        return "utf-8", ()
    best = max(_EIGHT_BIT, key=lambda name: _score(sample.decode(name, "replace")))
    note = Problem(
        "encoding-guessed",
        f"Кодировка текста определена по буквам: {_NAMES.get(best, best.upper())}.",
        Severity.NOTE,
        "Если в тексте видны «кракозябры», сохраните файл в кодировке UTF-8.",
    )
    return best, (note,)


def _sample(data: bytes) -> bytes:
    """The first stretches of bytes outside ASCII with the ASCII between them, wherever in a long file they begin."""
    first = _NON_ASCII.search(data)
    start = max(first.start() - 64, 0) if first else 0
    return data[start : start + _SAMPLE]


def _mostly_utf8(sample: bytes) -> bool:
    """Whether UTF-8 with a few damaged characters explains the bytes better than any 8-bit encoding could."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    foreign = sum(len(run) for run in _NON_ASCII.findall(sample))
    return broken * 10 < foreign


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without its mark: the high bytes of Cyrillic and Latin text are nearly all 0 or 4, the low are not."""
    if len(sample) < 4:
        return None
    even, odd = sample[0::2], sample[1::2]
    even_share = (even.count(0) + even.count(4)) / len(even)
    odd_share = (odd.count(0) + odd.count(4)) / len(odd)
    if odd_share > 0.7 and even_share < 0.3:
        return "utf-16-le"
    if even_share > 0.7 and odd_share < 0.3:
        return "utf-16-be"
    return None


def _score(text: str) -> float:
    """How Russian a text looks: frequent letters count for it; capitals after small letters and odd signs against."""
    total = 0.0
    previous_small = False
    for character in text:
        if character < "\x80":
            previous_small = False
            continue
        small = character.lower()
        frequency = _FREQUENCY.get(small)
        if frequency is None:
            total += 5 if character in _TYPOGRAPHY else -60
            previous_small = False
            continue
        total += frequency
        if character != small and previous_small:
            total -= 120
        previous_small = character == small
    return total


def _replaced(count: int, encoding: str) -> Problem:
    return Problem(
        "encoding-damaged",
        f"В тексте {count} знаков не читаются в кодировке {encoding.upper()}: на их месте стоит «\ufffd».",
        Severity.WARNING,
        "Сохраните файл заново в кодировке UTF-8 и сверьте отмеченные места.",
    )


def _nulls(count: int) -> Problem:
    return Problem(
        "null-characters",
        f"Из текста убраны нулевые знаки: {count}.",
        Severity.NOTE,
        "Проверьте, не повреждён ли файл.",
    )
