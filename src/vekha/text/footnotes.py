"""Marks of footnotes: gone from the text, while true powers and starred numbers stay.

A mark is removed only at the end of something a footnote can hang on: a word of three letters or more, a closing quote or
bracket, an abbreviation's dot after a letter, or a year. Kept on purpose: «м²», «10³», «5*», «2**», «№ 1», «п. [1]»,
«(*)», and «* по согласованию», where the star begins the text of a footnote.
"""

from __future__ import annotations

import re

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_SUPERSCRIPT = str.maketrans("0123456789", _SUPERSCRIPTS)
_SUP_TAG = re.compile(r"<sup(?:\s[^<>]*)?>[^\S\n]{0,9}([0-9*]{1,3})\)?[^\S\n]{0,9}</sup>", re.IGNORECASE)
# After these a footnote may hang: a word of three letters, a short word's closing mark, a year.
_HOOK = r"(?:(?<=[^\W\d_]{3})|(?<=[»”\"')\]])|(?<=[^\W\d_]\.)|(?<=\b(?:19|20)\d\d))"
_END = r"(?=[\s.,;:!?)»”\"']|\Z)"
_STARS = re.compile(rf"(?=\*){_HOOK}\*{{1,3}}(?!\*){_END}")
_STARS_WITH_BRACKET = re.compile(rf"(?=\*){_HOOK}\*{{1,3}}\)")
_POWERS = re.compile(
    rf"(?=[ \u00a0]?[{_SUPERSCRIPTS}]){_HOOK}(?<!кв\.)(?<!куб\.)[ \u00a0]?[{_SUPERSCRIPTS}]{{1,3}}⁾?(?![{_SUPERSCRIPTS}]){_END}"
)
_BRACKETS = re.compile(rf"(?:(?<=[^\W\d_]{{3}})|(?<=[»”)]))[ \u00a0]?\[(?:\d{{1,2}}|\*{{1,3}})\]{_END}")


def strip_footnote_marks(text: str) -> str:
    """The text without stars, superscript numbers and bracketed numbers that refer to footnotes.

    >>> strip_footnote_marks("10 ноября 2020* года, мероприятия¹, учреждений<sup>1</sup> и организации [1]")
    '10 ноября 2020 года, мероприятия, учреждений и организации'
    >>> strip_footnote_marks("площадь 60 м², 5*, 2**, № 1")
    'площадь 60 м², 5*, 2**, № 1'
    """
    text = raise_superscripts(text)
    if "*" in text:
        if text.count(")") > text.count("("):
            text = _STARS_WITH_BRACKET.sub("", text)
        text = _STARS.sub("", text)
    if any(power in text for power in _SUPERSCRIPTS):
        text = _POWERS.sub("", text)
    if "[" in text:
        text = _BRACKETS.sub("", text)
    return text


def raise_superscripts(text: str) -> str:
    """``<sup>2</sup>`` as the one character people see, so that «м²» survives when the tags go.

    >>> raise_superscripts("60 м<sup>2</sup>")
    '60 м²'
    """
    if "<" not in text:
        return text
    return _SUP_TAG.sub(lambda match: match.group(1).translate(_TO_SUPERSCRIPT), text)
