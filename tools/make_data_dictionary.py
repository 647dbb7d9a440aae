"""
Write the data dictionary of the documentation out of the schemas.

    python tools/make_data_dictionary.py [--check]

With ``--check`` nothing is written; the exit code is 1 where the page is not what the schemas say.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tyngdepunkt.study.guide import write_data_dictionary

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "data-dictionary.md"


def main(arguments: list[str]) -> int:
    """Write the page, or check it."""
    text = write_data_dictionary()
    if arguments == ["--check"]:
        stale = not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text
        if stale:
            print(f"{PAGE.name} is stale: run python tools/make_data_dictionary.py.", file=sys.stderr)
        return int(stale)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
