"""The audit: who submitted and approved what, when, by what proof, and what departs from the rules (design §8)."""

from pingshi.audit.deadlines import Deadline, deadline
from pingshi.audit.document import as_json
from pingshi.audit.judge import (
    BEIJING,
    MATERIAL,
    Context,
    Judgement,
    Received,
    assessed,
    day_of,
    judge,
    told_path,
    unit_of,
)
from pingshi.audit.policy import Policies, Policy, group_of
from pingshi.audit.result import CODES, Act, Audit, Finding, Receipts, Recorded, SignatureState, TrustLevel, Version
from pingshi.audit.run import audit, uncovered
from pingshi.audit.seal import Seal
from pingshi.audit.walk import Step, Touched, Walk
from pingshi.audit.words import moment, plain, short, stamp, who

__all__ = [
    "BEIJING",
    "CODES",
    "MATERIAL",
    "Act",
    "Audit",
    "Context",
    "Deadline",
    "Finding",
    "Judgement",
    "Policies",
    "Policy",
    "Receipts",
    "Received",
    "Recorded",
    "Seal",
    "SignatureState",
    "Step",
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
    "judge",
    "moment",
    "plain",
    "short",
    "stamp",
    "told_path",
    "uncovered",
    "unit_of",
    "who",
]
