"""What forges and git servers need to know, generated from the one table of who writes and who approves (design §4)."""

from pingshi.forges.accounts import without_account
from pingshi.forges.files import FORGES, Forge, Generated, generated, is_ours, left_from_others

__all__ = ["FORGES", "Forge", "Generated", "generated", "is_ours", "left_from_others", "without_account"]
