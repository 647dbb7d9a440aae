"""
The wishes that a link keeps but the form does not offer: overrides, locked blocks, counties, positions, parts, moves.

::

    override=1571=far from all     the floor is lifted for one, with the reason; repeatable
    lock=1519,1520                 a block of their own; repeatable
    within_counties=1              no block crosses a county's border; 0 where the study's own says otherwise
    positions=ignore               positions on record count for nothing; respect where the study's own ignores them
    split_parts=1557-1             parts that may lie elsewhere; all for all
    from=NIVI 2013                 the plan of others to start from, with
    move_at_most=3                 the most that may be moved from it
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from tyngdepunkt.model import Override, Question, Start
from tyngdepunkt.texts.wording import later

if TYPE_CHECKING:
    from tyngdepunkt.study import Study

__all__ = ["BONDS", "bond_pairs", "read_bonds"]

BONDS = ("override", "lock", "within_counties", "positions", "split_parts", "from", "move_at_most")
"""Names in the query, in order."""


class Reader(Protocol):
    """What reads one field of a query and keeps what is wrong with it."""

    study: Study

    def complain(self, field: str, message: str, mend: str, **values: str) -> None:
        """Keep what is wrong with a field."""

    def municipality(self, text: str, field: str = "municipality") -> str:
        """Find a municipality by id or name; empty for none."""

    def municipalities(self, field: str, texts: Sequence[str]) -> frozenset[str]:
        """Find municipalities, each text one or several with commas between."""

    def whole(self, field: str, text: str, default: int) -> int:
        """Read a whole number, 0 or more."""


def bond_pairs(wishes: Question, first: Question) -> list[tuple[str, str]]:
    """
    Return the names and values of a query that keep these wishes.

    Parameters
    ----------
    wishes
        The question.
    first
        The study's own, which the query need not say.

    Returns
    -------
    Names and values, in the order of `BONDS`.
    """
    own = [override for override in wishes.overrides if override not in first.overrides]
    pairs = [("override", f"{override.municipality}={override.reason}") for override in own]
    pairs += [("lock", ",".join(sorted(group))) for group in wishes.locked]
    if wishes.within_counties != first.within_counties:
        pairs.append(("within_counties", str(int(wishes.within_counties))))
    if wishes.positions != first.positions:
        pairs.append(("positions", "respect" if wishes.positions else "ignore"))
    pairs += [("split_parts", each) for each in sorted(wishes.split_parts)]
    if wishes.start is not None:
        pairs += [("from", wishes.start.name), ("move_at_most", str(wishes.start.most_moved))]
    return pairs


def read_bonds(given: Mapping[str, Sequence[str]], reader: Reader, first: Question) -> dict[str, Any]:
    """
    Read these wishes from a query.

    Parameters
    ----------
    given
        Name to its values in the query.
    reader
        Keeps what is wrong.
    first
        The study's own question.

    Returns
    -------
    Fields of the question with their values.
    """
    last = {name: given[name][-1] for name in BONDS if given.get(name)}
    respect = {"respect": True, "ignore": False}.get(last.get("positions", ""))
    asked = Question(centres=1, overrides=_overrides(given.get("override", ()), reader))
    record = reader.study.with_record(asked, respect=respect)
    locked = [reader.municipalities("lock", [text]) for text in given.get("lock", ())]
    return {
        "overrides": record.overrides,
        "positions": record.positions,
        "within_counties": _within_counties(last.get("within_counties", ""), reader, first),
        "locked": tuple(dict.fromkeys(group for group in locked if group)),
        "split_parts": _parts(given.get("split_parts", ()), reader),
        "start": _start(last, reader),
    }


def _overrides(texts: Sequence[str], reader: Reader) -> tuple[Override, ...]:
    """Read municipalities with the reason that the floor is lifted."""
    found = {}
    for text in texts:
        name, _, reason = text.partition("=")
        municipality = reader.municipality(name.strip(), "override") if name.strip() else ""
        if municipality and not reason.strip():
            reader.complain(
                "override",
                later("The floor is lifted for “{given}” without a reason."),
                later("Give the reason after an equals sign."),
                given=name.strip(),
            )
        elif municipality:
            found[municipality] = Override(municipality, reason.strip())
    return tuple(found.values())


def _within_counties(text: str, reader: Reader, first: Question) -> bool:
    """Read whether blocks stay within counties, which needs the county of each municipality."""
    wanted = text in {"1", "true", "on"} if text else first.within_counties
    if wanted and not all(m.county for m in reader.study.territory.municipalities):
        reader.complain(
            "within_counties",
            later("Blocks within counties need the county of each municipality, and this study does not have it."),
            later("Leave the wish out, or fill in the column county of the table municipalities."),
        )
        return False
    return wanted


def _parts(texts: Sequence[str], reader: Reader) -> frozenset[str]:
    """Read which parts of municipalities may lie elsewhere."""
    parts = frozenset(reader.study.territory.parts)
    if "all" in texts:
        return parts
    found = reader.municipalities("split_parts", texts)
    for other in sorted(found - parts):
        reader.complain(
            "split_parts",
            later("“{given}” is no part of a municipality in this study."),
            later("Leave it out."),
            given=reader.study.territory.names[other],
        )
    return found & parts


def _start(last: Mapping[str, str], reader: Reader) -> Start | None:
    """Read the plan to start from, one of the study's, and how many may be moved."""
    if not last.get("from"):
        return None
    plans = {plan.name.casefold(): plan for plan in reader.study.reference_plans}
    plan = plans.get(last["from"].casefold())
    if plan is None:
        reader.complain(
            "from",
            later("This study has no plan called “{given}”."),
            later("Choose among {known}."),
            given=last["from"],
            known=", ".join(each.name for each in plans.values()) or "–",
        )
        return None
    most = reader.whole("move_at_most", last.get("move_at_most", ""), len(reader.study.territory))
    return Start.of(plan.name, plan.blocks, most_moved=most)
