"""DOCX packages written by hand: the XML of the body, and whatever parts a test needs beside it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W_NAMESPACE}" xmlns:r="{R_NAMESPACE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
_STRICT = {
    W_NAMESPACE: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    R_NAMESPACE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOTS = {
    "numbering": "numbering",
    "styles": "styles",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header": "hdr",
}


def word(
    body: str,
    parts: Mapping[str, str] | None = None,
    *,
    strict: bool = False,
    macros: bool = False,
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """A package with the XML of ``w:body`` and of other parts by kind («numbering», «styles», «footnotes», «header»).

    The header part has the relation «rIdheader»; ``extra`` are members added as they are.
    """
    parts = parts or {}
    members = {"word/document.xml": _root("document", f"<w:body>{body}</w:body>")}
    relations = ""
    for kind, xml in parts.items():
        members[f"word/{kind}.xml"] = _root(_ROOTS[kind], xml)
        relations += f'<Relationship Id="rId{kind}" Type="{R_NAMESPACE}/{kind}" Target="{kind}.xml"/>'
    main_type = _MACRO_TYPE if macros else _MAIN_TYPE
    members["[Content_Types].xml"] = (
        f'{_DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>'
    )
    members["_rels/.rels"] = _relations(
        f'<Relationship Id="rId1" Type="{R_NAMESPACE}/officeDocument" Target="word/document.xml"/>'
    )
    members["word/_rels/document.xml.rels"] = _relations(relations)
    if strict:
        for usual, name in _STRICT.items():
            members = {member: text.replace(usual, name) for member, text in members.items()}
    encoded = {name: text.encode() for name, text in members.items()}
    if macros:
        encoded["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 not a macro"
    return packed({**encoded, **(extra or {})})


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip file with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in members.items():
            pack.writestr(name, data)
    return buffer.getvalue()


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>{text_of(text)}</w:r></w:p>"


def text_of(text: str) -> str:
    """A run's text element."""
    return f'<w:t xml:space="preserve">{text}</w:t>'


def run(text: str, properties: str = "") -> str:
    """A run with text."""
    return f"<w:r><w:rPr>{properties}</w:rPr>{text_of(text)}</w:r>"


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    """A paragraph with automatic numbering."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(content: str = "", *, span: int = 1, down: str = "", properties: str = "") -> str:
    """A cell of paragraphs given as XML, or of one paragraph given as text; ``down`` is "restart" or "continue"."""
    merged = f'<w:vMerge w:val="{down}"/>' if down else ""
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    inner = content if content.startswith("<w:") else paragraph(content)
    return f"<w:tc><w:tcPr>{wide}{merged}{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells; plain texts become cells."""
    inner = "".join(item if item.startswith("<w:") else cell(item) for item in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table of rows."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def level(index: int, style: str, text: str, start: int = 1, more: str = "") -> str:
    """A level of a list definition."""
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def list_definition(identifier: int, *levels: str) -> str:
    """An abstract numbering."""
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(levels)}</w:abstractNum>'


def list_use(identifier: int, definition: int, overrides: str = "") -> str:
    """A numbering instance."""
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def _root(tag: str, inner: str) -> str:
    return f"{_DECLARATION}<w:{tag} {_NAMESPACES}>{inner}</w:{tag}>"


def _relations(inner: str) -> str:
    return f'{_DECLARATION}<Relationships xmlns="{_RELATIONSHIPS}">{inner}</Relationships>'
