"""What the styles of a DOCX say about text: bold, centred, heading, hidden, numbered."""

from __future__ import annotations

from dataclasses import dataclass

from vekha.intake.readers.docx_package import Element, W

VAL = f"{W}val"
P_STYLE, R_STYLE = f"{W}pStyle", f"{W}rStyle"
P_PR, R_PR = f"{W}pPr", f"{W}rPr"
BOLD, VANISH, JC = f"{W}b", f"{W}vanish", f"{W}jc"
NUM_PR, NUM_ID, ILVL, OUTLINE = f"{W}numPr", f"{W}numId", f"{W}ilvl", f"{W}outlineLvl"
_OFF = frozenset(("0", "false", "off"))
_HEADING_NAMES = ("heading", "заголовок", "title", "название")
_MAX_CHAIN = 16


@dataclass(frozen=True, slots=True)
class Style:
    """A style with everything it inherits; ``None`` means that it does not say."""

    bold: bool | None = None
    hidden: bool | None = None
    centred: bool | None = None
    heading: bool = False
    numbering: str | None = None
    level: int | None = None


PLAIN = Style()


def switched(properties: Element | None, tag: str) -> bool | None:
    """The value of an on-off property, ``None`` where it is not mentioned."""
    found = properties.find(tag) if properties is not None else None
    return None if found is None else found.get(VAL, "1") not in _OFF


def whole(element: Element | None, default: int | None = None, attribute: str = VAL) -> int | None:
    """The whole number in an element's ``w:val`` (or another attribute), the default where there is none."""
    try:
        return default if element is None else int(element.get(attribute, ""))
    except ValueError:
        return default


class Styles:
    """The styles of a document by identifier, resolved over what they are based on."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._resolved: dict[str, Style] = {}
        self.default_paragraph = PLAIN
        if root is None:
            return
        for style in root.iter(f"{W}style"):
            self._elements[style.get(f"{W}styleId", "")] = style
        for identifier, style in self._elements.items():
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self.default_paragraph = self.get(identifier)

    def get(self, identifier: str | None) -> Style:
        """The style with this identifier; one that says nothing where there is none."""
        if not identifier:
            return PLAIN
        style = self._resolved.get(identifier)
        if style is None:
            style = self._resolved[identifier] = self._resolve(identifier)
        return style

    def _resolve(self, identifier: str) -> Style:
        chain: list[Element] = []
        name: str | None = identifier
        while name and name in self._elements and len(chain) < _MAX_CHAIN:
            chain.append(self._elements[name])
            based_on = chain[-1].find(f"{W}basedOn")
            name = based_on.get(VAL) if based_on is not None else None
        style = PLAIN
        for element in reversed(chain):
            style = _over(style, element)
        return style


def _over(below: Style, element: Element) -> Style:
    paragraph, run = element.find(P_PR), element.find(R_PR)
    name = element.find(f"{W}name")
    shown_name = (name.get(VAL, "") if name is not None else "").lower()
    outline = whole(paragraph.find(OUTLINE), 9) if paragraph is not None else 9
    bold, hidden = switched(run, BOLD), switched(run, VANISH)
    alignment = paragraph.find(JC) if paragraph is not None else None
    number, level = numbering_of(paragraph)
    return Style(
        bold=below.bold if bold is None else bold,
        hidden=below.hidden if hidden is None else hidden,
        centred=below.centred if alignment is None else alignment.get(VAL) == "center",
        heading=below.heading or shown_name.startswith(_HEADING_NAMES) or (outline or 0) < 9,
        numbering=below.numbering if number is None else number,
        level=below.level if level is None else level,
    )


def numbering_of(properties: Element | None) -> tuple[str | None, int | None]:
    """The numbering identifier and the level that paragraph properties name, each ``None`` where they do not."""
    numbered = properties.find(NUM_PR) if properties is not None else None
    if numbered is None:
        return None, None
    number = numbered.find(NUM_ID)
    return number.get(VAL) if number is not None else None, whole(numbered.find(ILVL))
