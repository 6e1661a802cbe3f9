"""A demonstration: the samples' year as real history, through the real gate, alike each time and on every machine."""

from pingshi.demo.folder import FaultySamplesError, Made, NoSamplesError, OccupiedError, make
from pingshi.demo.handing_in import NobodyError
from pingshi.demo.plan import Approval, Plan, Repair, Submission
from pingshi.demo.replay import replay
from pingshi.demo.run import RefusedError, Server
from pingshi.demo.versions import StoryError

__all__ = [
    "Approval",
    "FaultySamplesError",
    "Made",
    "NoSamplesError",
    "NobodyError",
    "OccupiedError",
    "Plan",
    "RefusedError",
    "Repair",
    "Server",
    "StoryError",
    "Submission",
    "make",
    "replay",
]
