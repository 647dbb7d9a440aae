"""What the program is made of, as a key: two that say the same version may still be two programs."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

__all__ = ["sources_key"]

_ROOT = Path(__file__).parent


@cache
def sources_key(*parts: str) -> str:
    """
    Return a key that stands for what the program's source files say.

    Parameters
    ----------
    *parts
        Packages or modules that count, by their path below the program (``"structure"``, ``"model/plan"``); all of the
        program by default.

    Returns
    -------
    SHA-256 over name and text of each ``.py`` file, as 64 hexadecimal digits. Line ends do not count, nor does where
    the program lies or when it was installed.

    Raises
    ------
    FileNotFoundError
        Where there is no such part.

    Examples
    --------
    >>> sources_key("errors") == sources_key("errors")
    True
    >>> sources_key("errors") == sources_key("highs")
    False
    """
    return key_of_folder(_ROOT, parts)


def key_of_folder(root: Path, parts: tuple[str, ...] = ()) -> str:
    """Return the key of the source files in a folder, or of those of its parts."""
    files: set[Path] = set()
    for part in parts or (".",):
        module = root / f"{part}.py"
        found = {module} if module.is_file() else set((root / part).rglob("*.py"))
        if not found:
            raise FileNotFoundError(f"The program has no part {part!r}.")
        files |= found
    key = hashlib.sha256()
    for path in sorted(files):
        for text in (path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")):
            raw = text.encode()
            key.update(len(raw).to_bytes(8, "big"))
            key.update(raw)
    return key.hexdigest()
