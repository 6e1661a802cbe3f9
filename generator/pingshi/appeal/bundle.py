"""The bundle of a case: one archive that a third party can read, and check with git and OpenSSH alone."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.appeal import chronicle
from pingshi.appeal.evidence import gather
from pingshi.appeal.outcome import clauses, outcome
from pingshi.appeal.readme import readme
from pingshi.appeal.signers import as_file
from pingshi.grading import judged_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pingshi.appeal.evidence import Evidence
    from pingshi.appeal.past import Proof
    from pingshi.audit import Audit, TrustLevel
    from pingshi.periods import Period
    from pingshi.records import Snapshot, UnitRecords

_SCRIPT = "核对.sh"
_MANIFEST = "git/manifest.txt"
#: The earliest time that an archive can tell: it says nothing of when the bundle was made.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN, _EXECUTABLE = 0o100644, 0o100755
_UNIX = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A bundle: the folder that it unpacks to, its files by their paths there, and what it rests on."""

    folder: str
    files: Mapping[str, bytes]
    evidence: Evidence

    def archive(self) -> bytes:
        """Return it as a ZIP archive: the same bytes for the same files."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for path, data in self.files.items():
                entry = zipfile.ZipInfo(f"{self.folder}/{path}", _NO_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = _UNIX
                entry.external_attr = (_EXECUTABLE if path == _SCRIPT else _PLAIN) << 16
                archive.writestr(entry, data)
        return made.getvalue()


def case_of(folder: Path, audit: Audit, snapshot: Snapshot, records: UnitRecords, period: Period, person: str) -> Case:
    """Return the bundle of somebody's case in a period or year.

    Args:
        folder: the repository.
        audit: its audit up to the commit that the case is to be seen from.
        snapshot: the records of that commit.
        records: those of the person's unit.
        period: the period or year.
        person: the person's id.

    """
    schemes = judged_by(records, period)
    found = gather(folder, audit, records.id, person, period, schemes)
    told = outcome(snapshot, records, period, person)
    document = {
        "unit": records.id,
        "person": person,
        "period": str(period),
        **chronicle.as_json(audit, found, records.id),
    }
    files = {
        "说明.md": readme(records, period, person, audit, found).encode(),
        _SCRIPT: (Path(__file__).parent / "check.sh").read_bytes(),
        "结果说明.txt": told.text.encode(),
        "依据条款.md": clauses(told).encode(),
        "提交清单.txt": chronicle.as_text(audit, found, records.id).encode(),
        "commits.json": (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode(),
        **dict(sorted(found.copies.items())),
        **_tables(found, audit.trust.get(records.id, "forge")),
    }
    files[_MANIFEST] = "".join(f"{_blob(data)} {path}\n" for path, data in files.items()).encode()
    return Case(f"{records.id}-{person}-{period}", files, found)


def _tables(found: Evidence, level: TrustLevel) -> dict[str, bytes]:
    """Return what the script reads: words with a blank between, paths and JSON last."""
    tables: dict[str, list[str]] = {
        "head": [found.head],
        "level": [level],
        "objects": [f"{it} {kind}" for it, kind in found.kinds.items()],
        "commits": [f"{it} {role} {by or '-'} {need}" for it, (role, by, need) in sorted(found.commits.items())],
        "chains": [" ".join(it) for it in sorted(found.chains)],
        "receipts": [_proof(it) for _, it in sorted(found.proofs.items(), key=_by_number)],
        "files": [
            f"{commit} {blob or '-'} {copy or '-'} {found.prefix}{path}"
            for commit, path, blob, copy in sorted(found.files, key=lambda it: (it[1], it[0]))
        ],
    }
    made = {f"git/{name}.txt": "".join(f"{it}\n" for it in lines).encode() for name, lines in tables.items()}
    return {**made, "git/allowed_signers": as_file(found.signers), "git/objects.pack": found.pack}


def _by_number(item: tuple[tuple[str, str], Proof]) -> tuple[int, str, str]:
    (receipt, commit), proof = item
    return proof.receipt.number, receipt, commit


def _proof(it: Proof) -> str:
    """Return a receipt's line: itself, what it covers, its time, kind, the way from what it names, and what it says."""
    says = json.dumps({"ref": it.update.ref, "old": it.update.old, "new": it.update.new}, ensure_ascii=False)
    return f"{it.receipt.commit} {it.commit} {it.receipt.time} {it.receipt.kind} {','.join(it.chain)} {says}"


def _blob(data: bytes) -> str:
    """Return the id that git gives to a file's content."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
