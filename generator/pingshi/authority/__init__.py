"""Who may write a path and who must approve it, by term of office and the scheme's procedure (design §4)."""

from pingshi.authority.access import access
from pingshi.authority.result import Access, Considered, Manner
from pingshi.authority.table import TABLE, Row
from pingshi.authority.terms import Span, terms_of_approval

__all__ = ["TABLE", "Access", "Considered", "Manner", "Row", "Span", "access", "terms_of_approval"]
