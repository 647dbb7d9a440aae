"""The sizes of services against the sizes of municipalities as a table, as computed and as printed."""

from __future__ import annotations

from collections.abc import Mapping

from tyngdepunkt.analysis.services import (
    ServiceStructure,
    StructureFinding,
)
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.printable import clean
from tyngdepunkt.report.table import Cell, Column, Table
from tyngdepunkt.report.tables.columns import from_analysis, from_column
from tyngdepunkt.texts.wording import later

__all__ = ["list_structures"]

_QUANTITIES = (
    ("services", later("Services"), later("How many services there are.")),
    ("alone", later("Alone"), later("Services of one municipality.")),
    ("shared", later("Shared"), later("Services of several municipalities.")),
    ("cooperating_share", later("Cooperate"), later("Municipalities that share the service.")),
    ("mean", later("Mean"), later("Inhabitants served by one service, the mean.")),
    ("median", later("Median"), later("Inhabitants served by one service, the median.")),
    ("most", later("Most"), later("Inhabitants served by the largest service.")),
    ("least", later("Least"), later("Inhabitants served by the smallest service.")),
    ("below_3000", later("Below 3,000"), later("Services that serve so many inhabitants.")),
    ("from_3000", later("3,000 to 4,999"), later("Services that serve so many inhabitants.")),
    ("from_5000", later("5,000 to 14,999"), later("Services that serve so many inhabitants.")),
    ("from_15000", later("15,000 or more"), later("Services that serve so many inhabitants.")),
)


_COUNTS = ("services", "alone", "shared")


_PERSONS = ("mean", "median", "most", "least")


def list_structures(briefing: Briefing) -> Table:
    """
    List the sizes of services against the sizes of municipalities, as computed and as printed.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The municipalities themselves first, then one row a service.
    """
    say, review = briefing.wording.say, briefing.analysis.services
    own = from_analysis(briefing, "arrangements", "participants", "municipalities")
    printed = from_column(briefing, "control_figures.value")

    def column(key: str, name: str, meaning: str, *, is_printed: bool) -> Column:
        origin, key_shown = (printed, f"{key}_printed") if is_printed else (own, key)
        name = say("{name}, printed", name=name) if is_printed else name
        if key in (*_COUNTS, *_PERSONS):
            unit = later("persons") if key in _PERSONS else ""
            return origin.count(key_shown, name, meaning, unit=unit, empty="–")
        return origin.share(key_shown, name, meaning, empty="–")

    columns = (
        own.text("service", later("Service"), later("As the register calls it.")),
        *(
            column(key, say(name), say(meaning), is_printed=is_printed)
            for key, name, meaning in _QUANTITIES
            for is_printed in (False, True)
        ),
        own.count("arrangements", later("Arrangements"), later("Arrangements on it."), empty="–"),
        own.count("older", later("Of an earlier year"), later("Of those, rows carried over."), empty="–"),
        own.count(
            "incomplete",
            later("Partners not all known"),
            later("Of those, arrangements of which not all participants are known."),
            empty="–",
        ),
        own.text("why", later("Against the printed figures"), later("Whether it comes out, and if not, why.")),
    )
    rows: list[tuple[Cell, ...]] = []
    if review is not None and review.structures:
        own_row = _structure_cells(review.municipalities, review.municipalities_printed)
        rows.append((say("The municipalities themselves"), *own_row, None, None, None, "–"))
        rows += [_structure_row(briefing, each) for each in review.structures]
    year = str(review.year) if review is not None and review.year is not None else ""
    return Table("structures", say("How large services are, {year}", year=year), columns, tuple(rows))


def _structure_cells(structure: ServiceStructure, printed: Mapping[str, float]) -> list[Cell]:
    """Return the quantities of a structure, computed and printed by turns; shares from 0 to 1."""
    computed: dict[str, float] = {
        "services": structure.services,
        "alone": structure.alone,
        "shared": structure.shared,
        "cooperating_share": structure.cooperating_share,
        "mean": round(structure.mean),
        "median": round(structure.median),
        "most": structure.most,
        "least": structure.least,
        **dict(
            zip(("below_3000", "from_3000", "from_5000", "from_15000"), structure.size_shares, strict=True),
        ),
    }
    cells: list[Cell] = []
    for key, _, _ in _QUANTITIES:
        scale = 1 if key in (*_COUNTS, *_PERSONS) else 100
        cells += [computed[key], round(printed[key] / scale, 6) if key in printed else None]
    return cells


def _structure_row(briefing: Briefing, each: StructureFinding) -> tuple[Cell, ...]:
    """Return a service's size as a row."""
    return (
        clean(each.structure.service),
        *_structure_cells(each.structure, each.printed),
        len(each.arrangements),
        len(each.older),
        len(each.incomplete),
        _compare(briefing, each),
    )


def _compare(briefing: Briefing, each: StructureFinding) -> str:
    """Say whether a service comes out as printed, and if not, what is known of why."""
    wording = briefing.wording
    if not each.printed:
        return wording.say("nothing is printed")
    if all(each.printed[key] == each.computed[key] for key in _COUNTS if key in each.printed):
        if each.population_printed is not None and each.population_printed != each.population_total:
            return wording.say("comes out, but for inhabitants of another year")
        return wording.say("comes out")
    reasons = []
    if each.older:
        reasons.append(
            wording.say_many(
                "{count} of {all} arrangements is of an earlier year",
                "{count} of {all} arrangements are of an earlier year",
                len(each.older),
                all=wording.count(len(each.arrangements)),
            )
        )
    if each.incomplete:
        reasons.append(
            wording.say_many(
                "of {count} not all participants are known",
                "of {count} not all participants are known",
                len(each.incomplete),
            )
        )
    return wording.say("does not come out: {reasons}", reasons="; ".join(reasons) or wording.say("why is not known"))
