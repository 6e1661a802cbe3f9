"""The server's side: the gate before a push is accepted, the registry after it, and how both are installed.

A receipt is entered without any record being read, so the gate is loaded when it is asked for.
"""

from typing import TYPE_CHECKING, Any

from pingshi.server.install import InstallError, install
from pingshi.server.registry import RegistryError, is_simulated, post_receive, repair
from pingshi.server.result import Pusher, Refusal

if TYPE_CHECKING:
    from pingshi.server.gate import pre_receive

__all__ = [
    "InstallError",
    "Pusher",
    "Refusal",
    "RegistryError",
    "install",
    "is_simulated",
    "post_receive",
    "pre_receive",
    "repair",
]


def __getattr__(name: str) -> Any:
    if name != "pre_receive":
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from pingshi.server.gate import pre_receive  # noqa: PLC0415 -- as said above

    return pre_receive
