"""The parts of a DOCX package as XML trees: parsed without entities, network or patience for huge trees.

Documents of the «strict» kind have other names for everything; they are brought to the usual names before parsing, so
that the readers know only one vocabulary.
"""

from __future__ import annotations

import posixpath

from lxml import etree

from vekha.intake.archive import Archive
from vekha.intake.limits import damaged, ensure_table_fits

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
_HEAD = 8192


def parse_xml(data: bytes, name: str) -> Element:
    """The root of an XML part; raises ``damaged`` when it is not well-formed or defines entities of its own."""
    head = data[:_HEAD]
    if b"purl.oclc.org/ooxml" in head:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(f"Часть «{name}» документа повреждена: в ней нарушена разметка XML.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise damaged(f"В части «{name}» объявлены собственные сущности XML: в документах Office так не бывает.")
    return root


class WordPackage:
    """The parts of a word-processing package, found by their relations and not by their usual names."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.main_name = self._find_main()
        self._relations = self._read_relations(self.main_name)

    def main(self) -> Element:
        """The root of the main document part; raises ``over-limits`` before parsing when it has too many rows."""
        data = self._archive.read(self.main_name)
        ensure_table_fits(data.count(b"</w:tr>"), 0)
        return parse_xml(data, self.main_name)

    def related(self, kind: str) -> Element | None:
        """The root of the part related as ``kind`` («styles», «numbering» …), ``None`` where there is none."""
        for relation_kind, target in self._relations.values():
            if relation_kind == kind:
                return self._parse(target)
        return None

    def by_id(self, identifier: str | None) -> Element | None:
        """The root of the part with this relation identifier, ``None`` where there is none."""
        relation = self._relations.get(identifier or "")
        return self._parse(relation[1]) if relation else None

    def _parse(self, name: str) -> Element | None:
        return parse_xml(self._archive.read(name), name) if name in self._archive else None

    def _find_main(self) -> str:
        for kind, target in self._read_relations("").values():
            if kind == "officeDocument" and target in self._archive:
                return target
        if "word/document.xml" in self._archive:
            return "word/document.xml"
        raise damaged("В файле DOCX нет основной части с текстом документа.")

    def _read_relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Identifier → kind and member name of the relations inside the package; those to outside are left out."""
        folder, base = posixpath.split(name)
        relations_name = posixpath.join(folder, "_rels", f"{base}.rels")
        if relations_name not in self._archive:
            return {}
        found = {}
        for relation in parse_xml(self._archive.read(relations_name), relations_name).iter(_RELATIONSHIP):
            if relation.get("TargetMode") != "External":
                kind = relation.get("Type", "").rpartition("/")[2]
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                found[relation.get("Id", "")] = (kind, target)
        return found
