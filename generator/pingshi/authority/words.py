"""Roles as the scheme itself calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.layout import BY_NAME
from pingshi.schemes import APPROVER_ROLES, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pingshi.schemes import Scheme


#: What is written of those about whom there is a file: 单位 is nothing that anybody could fill in.
_GENERAL: Mapping[str, str] = {"unit": "单位资料", "people": "人员资料"}


def record_title(kind: str) -> str:
    """Return what a kind of record is called in a sentence about who writes it."""
    return _GENERAL.get(kind) or BY_NAME[kind].title


def role_title(scheme: Scheme | None, role: str) -> str:
    """Return a role's name in the scheme's words, or the general one where no scheme is in force."""
    general = APPROVER_ROLES.get(role) or ROLES[role]
    if scheme is None or role == "direct_leader":
        return general
    return scheme.terms.office if role == "personnel_office" else scheme.role_title(role)


def roles_title(scheme: Scheme | None, roles: Iterable[str]) -> str:
    """Join roles of which any one will do."""
    return "或".join(role_title(scheme, role) for role in roles)
