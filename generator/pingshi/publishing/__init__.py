"""The public site: data that never held anything private, pages from it, and the build."""

from pingshi.publishing.build import SiteError, build_site
from pingshi.publishing.bundle import bundle
from pingshi.publishing.pages import write_pages
from pingshi.publishing.preview import Preview
from pingshi.publishing.public import PublicPeriod, PublicSite, PublicUnit, public_site

__all__ = [
    "Preview",
    "PublicPeriod",
    "PublicSite",
    "PublicUnit",
    "SiteError",
    "build_site",
    "bundle",
    "public_site",
    "write_pages",
]
