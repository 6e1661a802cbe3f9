"""A comparison as one JSON document, with all that the comment tells and without its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pingshi.agenda import Duty
    from pingshi.comparison.result import Approval, Comparison, Places


def as_json(it: Comparison) -> dict[str, Any]:
    """Return a comparison's form for other programs."""
    return {
        "base": it.base,
        "head": it.head,
        "on": it.on.isoformat(),
        "files": [
            {"path": f.path, "change": f.what, "title": f.title, "writer": f.writer, "own": f.own} for f in it.files
        ],
        "grades": [
            {
                "unit": g.unit,
                "period": str(g.period),
                "person": g.person,
                "name": g.name,
                "which": g.which,
                "before": g.before,
                "after": g.after,
                "clause": g.clause,
            }
            for g in it.grades
        ],
        "annual": [
            {
                "unit": a.unit,
                "year": str(a.year),
                "person": a.person,
                "name": a.name,
                "before": None if a.before is None else list(a.before),
                "after": None if a.after is None else list(a.after),
                "clauses": list(a.clauses),
            }
            for a in it.annual
        ],
        "quotas": [
            {
                "unit": p.unit,
                "period": str(p.period),
                "grade": p.grade,
                "pool": p.pool or None,
                "clause": p.clause,
                "before": _places(p.before),
                "after": _places(p.after),
            }
            for p in it.pools
        ],
        "fulfilled": [_duty(d) for d in it.fulfilled],
        "approvals": [_approval(a) for a in it.approvals],
        "unknown": list(it.unknown),
        "problems": {"new": [p.as_json() for p in it.new], "gone": [p.as_json() for p in it.gone]},
    }


def _places(it: Places | None) -> dict[str, int] | None:
    return None if it is None else {"base": it.base, "limit": it.limit, "used": it.used, "left": it.left}


def _duty(it: Duty) -> dict[str, Any]:
    return {
        "unit": it.unit,
        "period": str(it.period),
        "kind": it.kind,
        "task": it.task,
        "role": it.role,
        "who": [someone.id for someone in it.who],
        "about": it.about.id if it.about else None,
        "path": it.path,
        "clause": it.clause,
    }


def _approval(it: Approval) -> dict[str, Any]:
    return {
        "role": it.role,
        "people": list(it.people),
        "manner": it.manner,
        "clause": it.clause,
        "paths": list(it.paths),
        "why": it.why,
    }
