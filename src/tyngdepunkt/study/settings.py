"""
What a study sets for itself: the judgements that are in no table, each with its range and source.

They stand in ``study.toml``; what is not there has its default.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Objective

__all__ = ["SETTINGS", "Setting", "Settings", "read_numbers"]

# Far above any country's figure; a larger number is a slip of the finger.
_MOST_INHABITANTS = 100_000_000
_MOST_CENTRES = 100_000
_LARGEST_SEED = 2**32 - 1
_NUMBERS = re.compile(r"\s*(\d{1,6})\s*(?:-\s*(\d{1,6})\s*)?")
# What is drawn anew where the study says nothing, and up to how many municipalities.
_RESAMPLES = 200
_QUICK = 100
# Beyond this the last figure of a share no longer says anything about the world.
_MOST_RESAMPLES = 100_000


@dataclass(frozen=True)
class Setting:
    """
    What one setting means.

    Parameters
    ----------
    name
        Name of the field of `Settings`.
    section, key
        Where it stands in ``study.toml``.
    meaning
        What it decides, as a sentence.
    unit
        Unit of the value; empty where it has none.
    range
        The values that it may have, in words.
    source
        Where the default comes from.
    default
        Its value where the study does not set it.
    check
        Return what a value must be, or the empty text where it is so.
    """

    name: str
    section: str
    key: str
    meaning: str
    unit: str
    range: str
    source: str
    default: Any
    check: Callable[[object], str]

    @property
    def place(self) -> str:
        """Section and key, as ``blocks.floor``."""
        return f"{self.section}.{self.key}"


def _setting(
    place: str,
    *,
    default: object,
    meaning: str,
    range: str,  # noqa: A002 - the word for it
    source: str,
    check: Callable[[object], str],
    unit: str = "",
) -> Any:  # noqa: ANN401 - a dataclass field, whatever its type
    """Declare a setting."""
    said = {"place": place, "meaning": meaning, "unit": unit, "range": range, "source": source, "check": check}
    return dataclasses.field(default=default, metadata=said)


def _whole(least: int, most: int) -> Callable[[object], str]:
    """Return a check for whole numbers within bounds."""

    def check(value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            return f"a whole number from {least} to {most}, without quotation marks and separators"
        return ""

    return check


def _centres(value: object) -> str:
    """Check a number of centres, or None for the study's best."""
    return "" if value is None else _whole(1, _MOST_CENTRES)(value)


def read_numbers(text: str) -> tuple[int, ...]:
    """
    Read numbers of centres.

    Parameters
    ----------
    text
        Numbers and ranges, separated by commas: ``"2-8,19,46"``.

    Returns
    -------
    The numbers, ascending, each once; none where the text is something else.
    """
    numbers: set[int] = set()
    for part in text.split(","):
        read = _NUMBERS.fullmatch(part)
        if read is None:
            return ()
        first, last = read.groups()
        numbers.update(range(int(first), int(last or first) + 1))
    return tuple(sorted(numbers))


def _numbers(value: object) -> str:
    """Check numbers of centres as `read_numbers` reads them; empty for none chosen."""
    if value == "" or (isinstance(value, str) and min(read_numbers(value), default=0) > 0):
        return ""
    return 'numbers and ranges separated by commas, such as "2-8,19,46"'


def _resamples(value: object) -> str:
    """Check a number of resamples, or None where the size of the study decides."""
    return "" if value is None else _whole(0, _MOST_RESAMPLES)(value)


def _yes_no(value: object) -> str:
    """Check a yes or no."""
    return "" if isinstance(value, bool) else "true or false"


def _share(value: object) -> str:
    """Check a share of 0 or more."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < float("inf"):
        return "a number of 0 or more, such as 0.1"
    return ""


def _words(value: object) -> str:
    """Check a list of words, each once."""
    wanted = 'a list of names, each once, such as ["airport", "hospital"]'
    if not isinstance(value, tuple) or not all(isinstance(word, str) and word.strip() for word in value):
        return wanted
    return "" if len(set(value)) == len(value) else wanted


def _objective(value: object) -> str:
    """Check an objective as `Objective.from_text` reads it."""
    try:
        Objective.from_text(value if isinstance(value, str) else "")
    except QuestionError:
        return '"ties", "access", "cohesion", "borders", or a weighting such as "ties=1,access=0.002"'
    return ""


@dataclass(frozen=True)
class Settings:
    """
    The settings of a study; each is described by its `Setting` in `SETTINGS`.

    Parameters
    ----------
    blocks_floor
        Least population of a block [persons].
    blocks_centres
        Number of blocks; None for the best of all numbers.
    blocks_numbers
        Numbers of blocks that are compared, as `read_numbers` reads them; empty for all, in a country a ladder of them.
    objective
        What the best plan has most or least of, as `Objective.from_text` reads it.
    seasonal
        Whether links closed for part of the year hold a block together.
    within_counties
        Whether no block, and no area of a centre of gravity, crosses the border of a county.
    respect_positions
        Whether no plan goes against a recorded position.
    gravity_floor
        Least population of the area of a centre of gravity [persons].
    gravity_functions
        Functions of which each such area has at least one.
    gravity_centres
        Number of centres of gravity; None for the most for which a plan exists.
    tipping_cap_share
        Share of the best plan's result above which a price is given as "at least".
    stability_resamples
        Commuting tables drawn anew in the whole analysis; None for 200 where that is quick.
    seed
        Seed of everything that draws at random.

    Raises
    ------
    QuestionError
        Where a value is out of its range.
    """

    blocks_floor: int = _setting(
        "blocks.floor",
        default=15_000,
        meaning="Least population of a block.",
        unit="persons",
        range="0 or more; 0 for none",
        source="15,000 to 20,000: the government's expert committee of 2014; NIVI report 2018:1, section 5.3",
        check=_whole(0, _MOST_INHABITANTS),
    )
    blocks_centres: int | None = _setting(
        "blocks.centres",
        default=None,
        meaning="Number of blocks; left out, the best of all numbers.",
        unit="centres",
        range="1 to the number of municipalities",
        source="left to the answer",
        check=_centres,
    )
    blocks_numbers: str = _setting(
        "blocks.numbers",
        default="",
        meaning="Numbers of blocks that are worked out and compared; left out, every number, and from 150 "
        "municipalities on a ladder of numbers, each an eighth more than the one before.",
        unit="centres",
        range='numbers and ranges separated by commas, such as "2-8,19,46"',
        source="left to the answer",
        check=_numbers,
    )
    objective: str = _setting(
        "blocks.objective",
        default="ties",
        meaning="What the best plan has most of (ties, commuters to and from the centre; cohesion, commuters who stay "
        "within a block) or least of (access, person-minutes to the centre; borders, agency borders across blocks).",
        range='"ties", "access", "cohesion", "borders", or a weighting such as "ties=1,access=0.002"',
        source="the study's own choice",
        check=_objective,
    )
    seasonal: bool = _setting(
        "blocks.seasonal",
        default=False,
        meaning="Whether links that are closed for part of the year hold a block together.",
        range="true or false",
        source="the study's own choice",
        check=_yes_no,
    )
    within_counties: bool = _setting(
        "blocks.within_counties",
        default=False,
        meaning="Whether no block, nor area of a centre of gravity, crosses the border of a county; the column county "
        "must be filled in.",
        range="true or false",
        source="the study's own choice",
        check=_yes_no,
    )
    respect_positions: bool = _setting(
        "blocks.respect_positions",
        default=True,
        meaning="Whether no plan goes against a position in the table positions.",
        range="true or false",
        source="compulsion is off unless the reader turns it on",
        check=_yes_no,
    )
    gravity_floor: int = _setting(
        "centres_of_gravity.floor",
        default=50_000,
        meaning="Least population of the area of a centre of gravity.",
        unit="persons",
        range="0 or more; 0 for none",
        source="NIVI report 2018:1, section 5.3",
        check=_whole(0, _MOST_INHABITANTS),
    )
    gravity_functions: tuple[str, ...] = _setting(
        "centres_of_gravity.functions",
        default=("airport", "hospital", "college"),
        meaning="Functions of which the area of each centre of gravity has at least one, as the table functions "
        "names them.",
        range='a list of names, such as ["airport", "hospital"]; [] for none',
        source="NIVI report 2018:1, section 5.3",
        check=_words,
    )
    gravity_centres: int | None = _setting(
        "centres_of_gravity.centres",
        default=None,
        meaning="Number of centres of gravity; left out, the most for which a plan exists.",
        unit="centres",
        range="1 to the number of municipalities",
        source="left to the answer",
        check=_centres,
    )
    tipping_cap_share: float = _setting(
        "tipping.cap_share",
        default=0.1,
        meaning="Share of the best plan's result above which the price of a tipping municipality need not be known "
        "exactly, and is given as at least so much.",
        range="0 or more; 1e9 for every price exactly",
        source="the study's own choice: who would cost so much does not tip",
        check=_share,
    )
    stability_resamples: int | None = _setting(
        "stability.resamples",
        default=None,
        meaning="Commuting tables that are drawn anew to see how often each municipality keeps its block; left out, "
        "200 in a study of at most 100 municipalities, where that is a matter of seconds, and none in a larger one.",
        unit="tables",
        range="0 or more; 0 for none",
        source="the study's own choice: 200 tables know a share to within 7 percentage points",
        check=_resamples,
    )
    seed: int = _setting(
        "random.seed",
        default=2017,
        meaning="Seed of everything that draws at random; the same seed gives the same answer.",
        range="0 or more",
        source="any number will do",
        check=_whole(0, _LARGEST_SEED),
    )

    def resamples(self, municipalities: int) -> int:
        """Return how many commuting tables are drawn anew in a study of so many municipalities."""
        if self.stability_resamples is not None:
            return self.stability_resamples
        return _RESAMPLES if municipalities <= _QUICK else 0

    def __post_init__(self) -> None:
        """Refuse values out of range."""
        wrong = [
            f"The setting {setting.place} must be {wanted}."
            for setting in SETTINGS
            if (wanted := setting.check(getattr(self, setting.name)))
        ]
        if wrong:
            raise QuestionError(" ".join(wrong))


def _describe(field: dataclasses.Field[Any]) -> Setting:
    """Read a field's description back."""
    said = dict(field.metadata)
    section, _, key = said.pop("place").partition(".")
    return Setting(name=field.name, section=section, key=key, default=field.default, **said)


SETTINGS: tuple[Setting, ...] = tuple(_describe(field) for field in dataclasses.fields(Settings))
