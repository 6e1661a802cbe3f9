"""Git, as far as it is needed yet: the files of a commit. The audit comes on top of this."""

from pingshi.history.tree import NoRepositoryError, UnknownRevisionError, read_commit

__all__ = ["NoRepositoryError", "UnknownRevisionError", "read_commit"]
