"""What the bundle says of itself: what is in it, who may read it, how to check it, what it can't prove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.appeal.chronicle import findings, title

if TYPE_CHECKING:
    from pingshi.appeal.evidence import Evidence
    from pingshi.audit import Audit
    from pingshi.periods import Period
    from pingshi.records import UnitRecords


def readme(records: UnitRecords, period: Period, person: str, audit: Audit, found: Evidence) -> str:
    """Return the text of 说明.md."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 -- 60 ms, when a case is exported

    templates = Environment(  # noqa: S701 -- Markdown to be read as text, no HTML
        loader=PackageLoader("pingshi.appeal", ""),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return templates.get_template("readme.md.j2").render(
        name=records.name_of(person),
        person=person,
        unit=records.unit.name,
        unit_id=records.id,
        period=period,
        head=found.head,
        level=audit.trust.get(records.id, "forge"),
        records=[(title(path), path) for path, versions in found.bearing.items() if versions[-1].stands],
        simulated=any(it.receipt.simulated for it in found.proofs.values()),
        findings=findings(audit, found),
    )
