"""HTML pages that need nothing else: what they are made of, and how they become files."""

from .files import PageError, refuse_unwritable, write_page
from .parts import cell, document, figure, table

__all__ = ["PageError", "cell", "document", "figure", "refuse_unwritable", "table", "write_page"]
