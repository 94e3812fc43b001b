"""The text of one DOCX paragraph: runs, fields, tracked changes read as accepted, hidden text and footnote marks left
out.

Automatic numbering stands before the text. Text boxes are found here and handed on: they are texts of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from vekha.intake.readers.docx_numbering import Numbering
from vekha.intake.readers.docx_package import MC, Element, W
from vekha.intake.readers.docx_styles import (
    BOLD,
    JC,
    P_PR,
    P_STYLE,
    R_PR,
    R_STYLE,
    VAL,
    VANISH,
    Style,
    Styles,
    numbering_of,
    switched,
)

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_EMBEDDED = "{urn:schemas-microsoft-com:office:office}OLEObject"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
RUN, TEXT = f"{W}r", f"{W}t"
TEXT_BOX = f"{W}txbxContent"
CHOICE, FALLBACK, ALTERNATE = f"{MC}Choice", f"{MC}Fallback", f"{MC}AlternateContent"
SDT, SDT_CONTENT, SDT_PR = f"{W}sdt", f"{W}sdtContent", f"{W}sdtPr"
DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
ACCEPTED = frozenset((f"{W}ins", f"{W}moveTo"))
TRANSPARENT = ACCEPTED | {f"{W}{name}" for name in ("customXml", "smartTag", "hyperlink", "dir", "bdo", "fldSimple")}
_BREAKS = {"page": " ", "column": " "}
_SPACES = str.maketrans({"\n": " ", "\r": " ", "\t": " "})
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SHORT_NUMBER = re.compile(r"[0-9]{1,2}")
_LINE_EDGES = re.compile(r"[ \t\xa0]*\n[ \t\xa0]*")
# Signs of the symbol fonts that carry meaning in orders; every other private sign is a bullet.
_SYMBOLS = {
    "symbol": {0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB9: "≠", 0xBB: "≈", 0x2D: "–", 0xD7: "·"},
    "wingdings": {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0xFD: "☒", 0xE0: "→", 0xE8: "→", 0x22: "✂"},
}


@dataclass(slots=True)
class ParagraphText:
    """What one paragraph says; ``joins_next`` where its end was deleted in tracked changes: its text goes on."""

    text: str
    heading: bool
    boxes: list[Element]
    joins_next: bool
    notes: list[str]


@dataclass(slots=True)
class _Collected:
    """The pieces of the paragraph that is being read."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bold: bool = True
    seen: bool = False


class TextReader:
    """Reads paragraphs one after the other: fields and numbering go on from one to the next.

    ``noticed`` counts what the caller may tell the user: hidden text, accepted changes, pictures, diagrams.
    """

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.noticed: Counter[str] = Counter()
        self._styles = styles
        self._numbering = numbering
        self._fields: list[bool] = []  # of every open field: whether its result has begun
        self._now = _Collected()
        self._style = Style()
        self._handlers: dict[str, Callable[[Element], None]] = {
            f"{W}br": self._break,
            f"{W}cr": lambda _: self._add("\n"),
            f"{W}tab": lambda _: self._add(" "),
            f"{W}ptab": lambda _: self._add(" "),
            f"{W}noBreakHyphen": lambda _: self._add("-"),
            f"{W}sym": self._symbol,
            f"{W}fldChar": self._field,
            f"{W}drawing": self._drawing,
            f"{W}pict": self._drawing,
            f"{W}object": self._drawing,
            f"{W}ruby": self._ruby,
            ALTERNATE: self._alternate_in_run,
        }

    def read(self, paragraph: Element, begun: str = "") -> ParagraphText:
        """The paragraph's text with its number; its heading flag; what is anchored in it.

        ``begun`` is the text of the paragraph before, whose end was deleted.
        """
        properties = paragraph.find(P_PR)
        styled = properties.find(P_STYLE) if properties is not None else None
        self._style = self._styles.get(styled.get(VAL)) if styled is not None else self._styles.default_paragraph
        self._now = _Collected(pieces=[begun] if begun else [])
        self._inline(paragraph)
        if not all(self._fields):
            self._fields = [True] * len(self._fields)  # an instruction never spans paragraphs: the file is damaged
        now = self._now
        text = "".join(now.pieces)
        joins_next = properties is not None and self._end_is_deleted(properties)
        if not joins_next:
            text = self._numbered(properties, _tidy(text))
        centred = _is_centred(properties)
        heading = self._style.heading or (
            now.seen and now.bold and (self._style.centred if centred is None else centred)
        )
        return ParagraphText(text, bool(heading and text), now.boxes, joins_next, now.notes)

    def forget_fields(self) -> None:
        """Close every open field: the text that follows belongs to another story (a footnote, a header)."""
        self._fields.clear()

    def _numbered(self, properties: Element | None, text: str) -> str:
        number, level = numbering_of(properties)
        if number is None:
            number = self._style.numbering
        if number is None or number == "0":
            return text
        mark = self._numbering.mark(number, self._style.level if level is None else level)
        if not text:
            mark = mark.strip()
            return "" if mark == "–" else mark
        return mark + text

    def _end_is_deleted(self, properties: Element) -> bool:
        mark = properties.find(R_PR)
        return mark is not None and any(mark.find(tag) is not None for tag in DELETED)

    def _inline(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == RUN:
                self._run(child)
            elif tag in TRANSPARENT:
                if tag in ACCEPTED:
                    self.noticed["changes"] += 1
                self._inline(child)
            elif tag in DELETED:
                self.noticed["changes"] += 1
            elif tag == SDT:
                self._control(child)
            elif tag == ALTERNATE:
                branch = chosen_branch(child)
                if branch is not None:
                    self._inline(branch)
            elif tag.startswith(_M):
                self._formula(child)

    def _control(self, control: Element) -> None:
        content = shown_content(control)
        if content is not None:
            self._inline(content)

    def _formula(self, formula: Element) -> None:
        text = "".join(item.text or "" for item in formula.iter(f"{_M}t"))
        if text:
            self._add(text)

    def _run(self, run: Element) -> None:
        properties = run.find(R_PR)
        hidden = raised = False
        if properties is not None and len(properties):
            hidden, raised = self._look(run, properties)
        elif self._now.bold and self._style.bold is not True and _has_text(run):
            self._now.bold = False
        if hidden or self._style.hidden:
            self._hide(run)
        else:
            self._run_content(run, raised=raised)

    def _run_content(self, run: Element, *, raised: bool) -> None:
        skip_text = False
        for child in run:
            tag = child.tag
            if tag == TEXT:
                text = child.text
                if text and not skip_text:
                    self._add(_raise_digits(text) if raised else text.translate(_SPACES))
                    self._now.seen = True
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._reference(child)
                skip_text = True  # a mark of the author's own follows in the same run
            else:
                handler = self._handlers.get(tag)
                if handler is not None:
                    handler(child)

    def _look(self, run: Element, properties: Element) -> tuple[bool, bool]:
        """Whether the run is hidden and whether it is raised; remembers whether everything so far is bold."""
        named = properties.find(R_STYLE)
        style = self._styles.get(named.get(VAL)) if named is not None else None
        bold, hidden = switched(properties, BOLD), switched(properties, VANISH)
        if style is not None:
            bold = style.bold if bold is None else bold
            hidden = style.hidden if hidden is None else hidden
        if self._now.bold and not (self._style.bold if bold is None else bold) and _has_text(run):
            self._now.bold = False
        position = properties.find(f"{W}vertAlign")
        return bool(hidden), position is not None and position.get(VAL) == "superscript"

    def _hide(self, run: Element) -> None:
        """Leave out hidden text, but follow the fields that begin or end in it."""
        if _has_text(run):
            self.noticed["hidden"] += 1
        for child in run.iterchildren(f"{W}fldChar"):
            self._field(child)

    def _add(self, text: str) -> None:
        if not self._fields or all(self._fields):
            self._now.pieces.append(text)

    def _break(self, element: Element) -> None:
        self._add(_BREAKS.get(element.get(f"{W}type", ""), "\n"))

    def _field(self, element: Element) -> None:
        match element.get(f"{W}fldCharType"):
            case "begin":
                self._fields.append(False)
            case "separate" if self._fields:
                self._fields[-1] = True
            case "end" if self._fields:
                self._fields.pop()

    def _reference(self, element: Element) -> None:
        kind = "f" if element.tag == f"{W}footnoteReference" else "e"
        self._now.notes.append(kind + element.get(f"{W}id", ""))

    def _symbol(self, element: Element) -> None:
        try:
            code = int(element.get(f"{W}char", ""), 16)
        except ValueError:
            return
        if 0xF000 <= code <= 0xF0FF:
            known = _SYMBOLS.get(element.get(f"{W}font", "").lower().split(" ")[0], {})
            self._add(known.get(code & 0xFF, "•"))
        elif 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD:
            self._add(chr(code))

    def _ruby(self, element: Element) -> None:
        base = element.find(f"{W}rubyBase")
        if base is not None:
            self._inline(base)

    def _alternate_in_run(self, element: Element) -> None:
        branch = chosen_branch(element)
        if branch is not None:
            self._run_content(branch, raised=False)

    def _drawing(self, element: Element) -> None:
        boxes = [box for box in element.iter(TEXT_BOX) if not _is_inside(box, element)]
        self._now.boxes.extend(boxes)
        if element.find(f".//{_DIAGRAM}") is not None or element.find(f".//{_CHART}") is not None:
            self.noticed["diagrams"] += 1
        if element.find(_EMBEDDED) is not None:
            self.noticed["objects"] += 1
        elif any(True for _ in element.iter(f"{_A}blip", f"{_V}imagedata")):
            self.noticed["pictures"] += 1


def chosen_branch(alternate: Element) -> Element | None:
    """The one branch of alternative content that is read: the first choice with content, else the fallback."""
    for branch in alternate:
        if branch.tag in (CHOICE, FALLBACK) and len(branch):
            return branch
    return None


def shown_content(control: Element) -> Element | None:
    """The content of a content control, ``None`` while it only shows its prompt («Место для ввода текста»)."""
    properties = control.find(SDT_PR)
    if properties is not None and switched(properties, f"{W}showingPlcHdr"):
        return None
    return control.find(SDT_CONTENT)


def _is_inside(box: Element, drawing: Element) -> bool:
    """Whether a text box stands in another box of the same drawing, or in a branch that is not the chosen one."""
    for ancestor in box.iterancestors():
        if ancestor is drawing:
            return False
        if ancestor.tag == TEXT_BOX:
            return True
        parent = ancestor.getparent()
        if parent is not None and parent.tag == ALTERNATE and chosen_branch(parent) is not ancestor:
            return True
    return False


def _is_centred(properties: Element | None) -> bool | None:
    alignment = properties.find(JC) if properties is not None else None
    return None if alignment is None else alignment.get(VAL) == "center"


def _has_text(run: Element) -> bool:
    return any(item.text and not item.text.isspace() for item in run.iterchildren(TEXT))


def _raise_digits(text: str) -> str:
    """A raised number becomes a raised sign («м²», a note's mark «¹»): as plain digits it would grow onto the word."""
    plain = text.translate(_SPACES)
    return plain.translate(_SUPERSCRIPT) if _SHORT_NUMBER.fullmatch(plain.strip()) else plain


def _tidy(text: str) -> str:
    """Lines without blanks at their ends, no empty lines, no soft hyphens."""
    if "\xad" in text:
        text = text.replace("\xad", "")
    if "\n" in text:
        text = re.sub(r"\n+", "\n", _LINE_EDGES.sub("\n", text)).strip("\n")
    return text.strip()
