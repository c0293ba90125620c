"""The report of a run as one HTML page."""

from .observed import Notes, Report, Timed
from .page import page

__all__ = ["Notes", "Report", "Timed", "page"]
