"""A fuzz target over everything that reads files: `source`, the models of the records and of the schemes.

Not part of the tests: it runs as long as it is let. With an environment of its own, since
atheris is no dependency of the project:

    python3 -m venv build/fuzz/venv
    build/fuzz/venv/bin/pip install atheris .
    build/fuzz/venv/bin/python tests/fuzz/reading.py -max_total_time=3600

The first byte of an input picks the kind of record (or one of a scheme's two files), the rest
is the file. It is read with `take`, and what is wrong with it is rendered; that must not raise,
take longer than 2 seconds of the processor's time or more than 50 MB. An input that does ends the run and is written to
the working directory (`-artifact_prefix=DIR/` for another place). The two seconds are the processor's,
so a busy machine proves nothing; only what never ends is stopped by the clock. To see an input again:

    build/fuzz/venv/bin/python tests/fuzz/reading.py crash-…

The corpus grows in build/fuzz/corpus and begins with the files of records/ and schemes/; the
words of YAML and of the models are in the dictionary beside it. All other options are libFuzzer's.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["pingshi"]):
    from pingshi.diagnostics import as_github, as_text
    from pingshi.layout import KINDS, RECORDS, SCHEMES, Kind, Location, locate
    from pingshi.periods import Period
    from pingshi.records import Blob, json_schemas, take

ROOT = Path(__file__).parents[2]
HOME = ROOT / "build" / "fuzz"
SECONDS = 2.0
KILOBYTES = 50 * 1024
#: A period for each scope that a kind may stand in.
PERIODS = {"unit": None, "year": "2026", "cycle": "2026-Q1", "month": "2026-01"}
#: What YAML itself is written with.
TOKENS = (
    *"-?:,[]{}#&*!|>'\"%@`~=\t\n",
    "- ",
    "? ",
    ": ",
    "\n  ",
    "\n- ",
    "\n  - ",
    ": |\n  ",
    ": >-\n  ",
    "---\n",
    "...\n",
    "<<: *a",
    "&a ",
    "!!str ",
    "%YAML 1.1\n",
    "\\x00",
    "\\u202e",
    "\ufeff",
    "\r\n",
    "\u2028",
    "：",
    "“",
    "null",
    "true",
    "false",
    "是",
    "[[[[[[[[",
    "{a: {a: {a: ",
    "- - - - - ",
    "2026-03-31",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "2026-Q1",
    "2026-H1",
    "2026-W02",
    "0.5",
    "-1",
    "1e400",
    "99999999999999999999",
    "９",
    "好",
)


class TooSlow(Exception):  # noqa: N818 -- it says what is the matter
    """A file took longer than it may."""


class TooLarge(Exception):  # noqa: N818 -- as above
    """A file took more memory than it may."""


def path_of(kind: Kind) -> str:
    """Return a path where such a record may stand."""
    written = PERIODS[kind.scopes[0]]
    period = None if written is None else Period.parse(written)
    return Location("u", kind.name, period, None if kind.person is None else "wang-fang").path


PATHS = (*(path_of(kind) for kind in KINDS), f"{SCHEMES}/s/scheme.yml", f"{SCHEMES}/s/clauses.yml")


def read_one(data: bytes) -> None:
    """Read one input as a file; raises what must not be raised."""
    if not data:
        return
    blob = Blob(PATHS[data[0] % len(PATHS)], data[1:])
    before, began = _peak(), time.process_time()
    snapshot = take([blob])
    as_text(snapshot.problems, snapshot.line)
    as_github(snapshot.problems)
    seconds, kilobytes = time.process_time() - began, _peak() - before
    if seconds > SECONDS:
        message = f"{blob.path}: {seconds:.1f} s"
        raise TooSlow(message)
    if kilobytes > KILOBYTES:
        message = f"{blob.path}: {kilobytes} KiB"
        raise TooLarge(message)


def _peak() -> int:
    """Return the most memory that this process ever had, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def seed(corpus: Path) -> None:
    """Begin the corpus with every file of the sample units and the schemes, each under its kind's byte."""
    corpus.mkdir(parents=True, exist_ok=True)
    numbers = {path: index for index, path in enumerate(PATHS)}
    kinds = {kind.name: numbers[path_of(kind)] for kind in KINDS}
    for file in sorted(ROOT.glob(f"{RECORDS}/**/*.yml")):
        number = kinds[locate(file.relative_to(ROOT).as_posix()).kind]
        _write(corpus, bytes([number]) + file.read_bytes())
    for file in sorted(ROOT.glob(f"{SCHEMES}/*/*.yml")):
        _write(corpus, bytes([numbers[f"{SCHEMES}/s/{file.name}"]]) + file.read_bytes())


def _write(corpus: Path, data: bytes) -> None:
    (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def dictionary(file: Path) -> None:
    """Write the words of YAML and every key and choice of the models, in libFuzzer's form."""
    words = {*TOKENS}
    _words(json_schemas(), words)
    lines = ("".join(_character(it) for it in word.encode()) for word in sorted(words) if word)
    file.write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")


def _character(byte: int) -> str:
    plain = 32 <= byte < 127 and chr(byte) not in '"\\'
    return chr(byte) if plain else f"\\x{byte:02X}"


def _words(schema: Any, words: set[str]) -> None:
    if isinstance(schema, dict):
        words |= {f"{key}: " for key in schema.get("properties", ())}
        words |= {str(it) for it in schema.get("enum", ())}
        for item in schema.values():
            _words(item, words)
    elif isinstance(schema, list):
        for item in schema:
            _words(item, words)


def main() -> None:
    """Run until stopped, over the given corpus or the project's own."""
    given = sys.argv[1:]
    HOME.mkdir(parents=True, exist_ok=True)
    dictionary(HOME / "yaml.dict")
    usual = ["-timeout=600", "-max_len=65536", f"-dict={HOME / 'yaml.dict'}"]
    if all(it.startswith("-") for it in given):
        seed(HOME / "corpus")
        usual.append(str(HOME / "corpus"))
    sys.stderr.write(json.dumps({"kinds": len(PATHS), "peak_before_kib": _peak()}) + "\n")
    atheris.Setup([sys.argv[0], *given, *usual], read_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
