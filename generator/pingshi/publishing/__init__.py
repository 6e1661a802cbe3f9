"""The public site: data that never held anything private, pages from it, and the build."""

from pingshi.publishing.build import SiteError, build_site
from pingshi.publishing.bundle import bundle
from pingshi.publishing.checkpoint import Checkpoint, CheckpointError, published
from pingshi.publishing.origin import Origin, RewrittenError, origin_of, roots_of
from pingshi.publishing.pages import write_pages
from pingshi.publishing.preview import Preview
from pingshi.publishing.public import PublicPeriod, PublicSite, PublicUnit, public_site
from pingshi.publishing.verification import Check, Difference, Verification, verify
from pingshi.publishing.withheld import Faults, Withheld, faults

__all__ = [
    "Check",
    "Checkpoint",
    "CheckpointError",
    "Difference",
    "Faults",
    "Origin",
    "Preview",
    "PublicPeriod",
    "PublicSite",
    "PublicUnit",
    "RewrittenError",
    "SiteError",
    "Verification",
    "Withheld",
    "build_site",
    "bundle",
    "faults",
    "origin_of",
    "public_site",
    "published",
    "roots_of",
    "verify",
    "write_pages",
]
