"""The audit: who submitted and approved what, when, by what proof, and what departs from the rules (design §8)."""

from pingshi.audit.document import as_json
from pingshi.audit.judge import BEIJING, Context, Judgement, Received, day_of, judge, unit_of
from pingshi.audit.policy import Policies, Policy, group_of
from pingshi.audit.result import CODES, Act, Audit, Finding, Receipts, Recorded, SignatureState, TrustLevel, Version
from pingshi.audit.run import audit
from pingshi.audit.seal import Seal
from pingshi.audit.walk import Step, Touched, Walk
from pingshi.audit.words import moment, plain, short, stamp

__all__ = [
    "BEIJING",
    "CODES",
    "Act",
    "Audit",
    "Context",
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
    "audit",
    "day_of",
    "group_of",
    "judge",
    "moment",
    "plain",
    "short",
    "stamp",
    "unit_of",
]
