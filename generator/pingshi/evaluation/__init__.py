"""Checking a whole repository quickly: in parts, over two processes, remembering what has not changed.

What is found is what `grading.check_repository` finds over a snapshot of everything; this
package only divides the work. Evaluating a part is a pure function of its files.
"""

from pingshi.evaluation.run import Verdict, check

__all__ = ["Verdict", "check"]
