"""The public site: data that never held anything private, pages from it, and the build."""

from pingshi.publishing.build import SiteError, build_site
from pingshi.publishing.bundle import bundle
from pingshi.publishing.pages import write_pages
from pingshi.publishing.preview import Preview
from pingshi.publishing.public import PublicPeriod, PublicSite, PublicUnit, public_site
from pingshi.publishing.withheld import Faults, Withheld, faults

__all__ = [
    "Faults",
    "Preview",
    "PublicPeriod",
    "PublicSite",
    "PublicUnit",
    "SiteError",
    "Withheld",
    "build_site",
    "bundle",
    "faults",
    "public_site",
    "write_pages",
]
