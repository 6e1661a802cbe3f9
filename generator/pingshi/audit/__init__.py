"""The audit: who submitted and approved what, when, by what proof, and what departs from the rules (design §8).

An audit of a history in which nothing is new needs no record: what judges by them is loaded when it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pingshi.audit.document import as_json
from pingshi.audit.grouped import Group, Occasion, Scope, Told, grouped, narrowed
from pingshi.audit.received import Received
from pingshi.audit.report import BOOTSTRAP, heading, report, times
from pingshi.audit.result import CODES, Act, Audit, Finding, Receipts, Recorded, SignatureState, TrustLevel, Version
from pingshi.audit.run import audit, uncovered
from pingshi.audit.seal import Seal
from pingshi.audit.walk import Step, Touched, Walk
from pingshi.audit.wording import LEVELS, SIGNATURES, SIGNED, person, titled_path
from pingshi.audit.words import moment, plain, short, stamp, who

if TYPE_CHECKING:
    from pingshi.audit.deadlines import Deadline, deadline
    from pingshi.audit.judgement import Context, Judgement
    from pingshi.audit.judging import MATERIAL, assessed, day_of, judge, told_path, unit_of
    from pingshi.audit.policy import Policies, Policy, group_of

#: Where the names are that need the models of records and schemes.
_LATER = {
    **dict.fromkeys(("Deadline", "deadline"), "deadlines"),
    **dict.fromkeys(("Context", "Judgement"), "judgement"),
    **dict.fromkeys(("MATERIAL", "assessed", "day_of", "judge", "told_path", "unit_of"), "judging"),
    **dict.fromkeys(("Policies", "Policy", "group_of"), "policy"),
}

__all__ = [
    "BOOTSTRAP",
    "CODES",
    "LEVELS",
    "MATERIAL",
    "SIGNATURES",
    "SIGNED",
    "Act",
    "Audit",
    "Context",
    "Deadline",
    "Finding",
    "Group",
    "Judgement",
    "Occasion",
    "Policies",
    "Policy",
    "Receipts",
    "Received",
    "Recorded",
    "Scope",
    "Seal",
    "SignatureState",
    "Step",
    "Told",
    "Touched",
    "TrustLevel",
    "Version",
    "Walk",
    "as_json",
    "assessed",
    "audit",
    "day_of",
    "deadline",
    "group_of",
    "grouped",
    "heading",
    "judge",
    "moment",
    "narrowed",
    "person",
    "plain",
    "report",
    "short",
    "stamp",
    "times",
    "titled_path",
    "told_path",
    "uncovered",
    "unit_of",
    "who",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    found = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = found
    return found
