"""The command line: parses, calls, prints. Everything that is imported is imported late."""

from pingshi.cli.main import main

__all__ = ["main"]
