"""The JSON Schemas as files, for editors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pingshi.records import json_schemas
from pingshi.schemes import language_schemas
from pingshi.starting.wanted import CannotStartError

if TYPE_CHECKING:
    from pathlib import Path

#: Left in every file, so that the program dares to replace it the next time.
_OURS = "由 pingshi schema --out 生成；程序升级后重新生成，不要手工修改"


def write_schemas(folder: Path) -> list[str]:
    """Write one file for each kind of record and of a scheme; returns their names.

    CannotStartError, with nothing written, where a file of that name is somebody else's.
    """
    schemas = {f"{name}.json": schema for name, schema in {**json_schemas(), **language_schemas()}.items()}
    foreign = [name for name in schemas if not _may_replace(folder / name)]
    if foreign:
        raise CannotStartError(
            f"{folder} 里的 {'、'.join(foreign)} 不是程序生成的，不敢覆盖；换一个文件夹，或先把它移走"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas.items():
        text = json.dumps({"$comment": _OURS, **schema}, ensure_ascii=False, indent=2) + "\n"
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return list(schemas)


def _may_replace(file: Path) -> bool:
    if not file.exists() and not file.is_symlink():
        return True
    try:
        found: Any = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("$comment") == _OURS
