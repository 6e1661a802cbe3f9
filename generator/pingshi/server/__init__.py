"""The server's side: the gate before a push is accepted, the registry after it, and how both are installed."""

from pingshi.server.gate import pre_receive
from pingshi.server.install import InstallError, install
from pingshi.server.registry import RegistryError, is_simulated, post_receive, repair
from pingshi.server.result import Pusher, Refusal

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
