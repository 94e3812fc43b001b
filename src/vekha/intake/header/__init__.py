"""The order's own data: what stands around the tables of a document.

Letterhead, requisites, title, items, signature, stamps and lists are read from lines, as DOCX, PDF, OCR and plain text give
them, wrapped or whole. Nothing of the tables themselves is read here, and nothing is filled in that the document does not say.
"""

from vekha.intake.header.model import AnnexDeclaration, AnnexHeading, AnnexKind, OrderData
from vekha.intake.header.read import read_order_data

__all__ = ["AnnexDeclaration", "AnnexHeading", "AnnexKind", "OrderData", "read_order_data"]
