"""The office's own site: who submitted and approved each record, what is missing, what departs from the rules."""

from pingshi.publishing.office.pages import INTERNAL, SETTINGS, write_office_pages
from pingshi.publishing.office.site import office_site

__all__ = ["INTERNAL", "SETTINGS", "office_site", "write_office_pages"]
