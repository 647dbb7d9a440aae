"""Why something is as it is: what web, report and tests read alike."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Reason"]


@dataclass(frozen=True)
class Reason:
    """
    One reason for a decision, as values; the words are made at the edge.

    Parameters
    ----------
    criterion
        What is looked at, as a key of `texts` (``"floor"``, ``"ties_to_centre"``).
    value
        The value found; None where unknown.
    unit
        Unit of value and threshold (``"persons"``, ``"min"``, ``""``).
    threshold
        What the value is held against; None where it is not.
    municipalities
        The ids concerned, the one most concerned first.
    source
        Table, rule or setting that it comes from.
    alternative
        The nearest alternative, as an id, a number or a name; empty where there is none.
    """

    criterion: str
    value: float | None = None
    unit: str = ""
    threshold: float | None = None
    municipalities: tuple[str, ...] = ()
    source: str = ""
    alternative: str = ""
