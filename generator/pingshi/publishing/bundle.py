"""What comes with the program beside its code: the site's sources, the schemes, `mkdocs.yml`."""

from __future__ import annotations

from pathlib import Path


def bundle() -> Path:
    """Return the folder with the `site/`, `schemes/` and `mkdocs.yml` that come with the program.

    In an installed package they are inside it; in a checkout, at its top.
    """
    package = Path(__file__).parent.parent
    checkout = package.parent.parent
    inside = package / "bundle"
    return checkout if (checkout / "pyproject.toml").is_file() and not inside.is_dir() else inside
