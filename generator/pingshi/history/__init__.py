"""Git, as far as it is needed yet: the files of a commit, what a branch changes. The audit comes on top of this."""

from pingshi.history.changes import Change, Changes, What, changes_between
from pingshi.history.repository import NoRepositoryError, UnknownRevisionError
from pingshi.history.tree import read_commit

__all__ = ["Change", "Changes", "NoRepositoryError", "UnknownRevisionError", "What", "changes_between", "read_commit"]
