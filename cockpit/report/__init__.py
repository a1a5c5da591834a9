"""A shop's answers without a screen: as JSON documents, and as text on one page."""

from cockpit.report.documents import (
    answer_document,
    check_document,
    dumps,
    kpi_document,
    panel_document,
    report_document,
)
from cockpit.report.pages import check_page, panel_page, report_page, strip_page
from cockpit.report.strip import strip_frame

__all__ = [
    "answer_document",
    "check_document",
    "check_page",
    "dumps",
    "kpi_document",
    "panel_document",
    "panel_page",
    "report_document",
    "report_page",
    "strip_frame",
    "strip_page",
]
