"""``python -m tyngdepunkt`` is ``tyngdepunkt``."""

from tyngdepunkt.cli import main

if __name__ == "__main__":
    main()
