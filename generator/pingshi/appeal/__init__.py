"""An appeal: what bears on one person's result, with its proof, as one file that a third party can check."""

from pingshi.appeal.bundle import Case, case_of

__all__ = ["Case", "case_of"]
