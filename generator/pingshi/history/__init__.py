"""Git: the files of a commit, what a branch changes, the whole history in one stream, receipts and signatures.

What history means is for the audit to say.
"""

from pingshi.history.changes import Change, Changes, What, changes_between
from pingshi.history.checkout import OddTreeError, lay_out
from pingshi.history.log import LINK, SUBMODULE, Commit, Entry, Identity, read_log
from pingshi.history.objects import Objects
from pingshi.history.packing import Collection
from pingshi.history.plumbing import Git, GitError, folder_of, opened_git, prefix_of
from pingshi.history.receipts import (
    MAIN,
    RECEIPTS,
    SUBMISSIONS,
    Entered,
    Receipt,
    Update,
    append,
    last_receipt,
    read_receipts,
)
from pingshi.history.repository import NoRepositoryError, ShallowError, UnknownRevisionError
from pingshi.history.signatures import Signature, fingerprint, signatures_of
from pingshi.history.standing import (
    Standing,
    follows,
    is_bare,
    is_shallow,
    main_of,
    receipts_of,
    standing_at,
    standing_of_files,
)
from pingshi.history.tree import read_commit

__all__ = [
    "LINK",
    "MAIN",
    "RECEIPTS",
    "SUBMISSIONS",
    "SUBMODULE",
    "Change",
    "Changes",
    "Collection",
    "Commit",
    "Entered",
    "Entry",
    "Git",
    "GitError",
    "Identity",
    "NoRepositoryError",
    "Objects",
    "OddTreeError",
    "Receipt",
    "ShallowError",
    "Signature",
    "Standing",
    "UnknownRevisionError",
    "Update",
    "What",
    "append",
    "changes_between",
    "fingerprint",
    "folder_of",
    "follows",
    "is_bare",
    "is_shallow",
    "last_receipt",
    "lay_out",
    "main_of",
    "opened_git",
    "prefix_of",
    "read_commit",
    "read_log",
    "read_receipts",
    "receipts_of",
    "signatures_of",
    "standing_at",
    "standing_of_files",
]
