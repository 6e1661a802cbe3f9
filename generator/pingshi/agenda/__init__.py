"""What is due: who must do what by when, under which clause."""

from pingshi.agenda.duty import Duty, Someone

__all__ = ["Duty", "Someone"]
