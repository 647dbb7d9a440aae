"""The command that divides by commuting alone: regions by published rules, from a bare table of flows or a study."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt import __version__
from tyngdepunkt.cli.guard import NO_PLAN, tell
from tyngdepunkt.cli.layout import Row, emit, table_text
from tyngdepunkt.cli.options import Layout, command
from tyngdepunkt.cli.waiting import ProgressLine
from tyngdepunkt.errors import QuestionError

if TYPE_CHECKING:
    from tyngdepunkt.analysis.regions import CommutingRegions, Flows, Hierarchy, LabourMarketAreas
    from tyngdepunkt.model import Reason
    from tyngdepunkt.study import Study

__all__ = ["register"]

_REGIONS = """
Divide zones into commuting regions by a published rule.

FLOWS is a CSV file with the columns home, work and persons, in any order, or whatever its first three columns are
called, in that order; ids are text. Without it the study's commuters are taken. Rules: lma, the labour market areas
of Coombes and Bond as ISTAT and Eurostat use them; norwegian, the official Norwegian rule of 2019, with the study's
travel times; hierarchy, the closest two joined until so many are left.

Example: tyngdepunkt regions flows.csv --rule lma --min-size 1000 --target-size 10000
"""

_STEPS = {
    1: "centre",
    2: "commutes to the centre",
    4: "commutes with the centre",
    5: "commutes with each other",
    6: "near the centre",
    7: "near each other",
    8: "close to the centre",
    9: "close to each other",
    10: "other transport to the centre",
    11: "between parts of the region",
    12: "own region",
}


_NAMES_SHOWN = 8
"""Members of a region that its line in the table names."""


class Rule(StrEnum):
    """The rules that there are."""

    LMA = "lma"
    NORWEGIAN = "norwegian"
    HIERARCHY = "hierarchy"


def register(app: typer.Typer) -> None:
    """Add the command to an application."""
    command(app, name="regions", help=_REGIONS)(divide_zones)


def divide_zones(
    *,
    table: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FLOWS]",
            help="CSV file of home, work and persons; may end in .gz. Default: the study's commuters.",
            show_default=False,
        ),
    ] = None,
    rule: Annotated[Rule, typer.Option("--rule", help="By which rule.")] = Rule.LMA,
    min_size: Annotated[
        float | None,
        typer.Option(
            "--min-size",
            metavar="PERSONS",
            help="lma: employed residents of the smallest area [persons]. Default: 1000.",
        ),
    ] = None,
    min_self_containment: Annotated[
        float | None,
        typer.Option(
            "--min-self-containment",
            metavar="SHARE",
            help="lma: what share of residents and jobs an area of the target size keeps to itself [0 to 1]. "
            "Default: 0.6667.",
        ),
    ] = None,
    target_size: Annotated[
        float | None,
        typer.Option(
            "--target-size",
            metavar="PERSONS",
            help="lma: employed residents from which on that share is enough [persons]. Default: 10000.",
        ),
    ] = None,
    target_self_containment: Annotated[
        float | None,
        typer.Option(
            "--target-self-containment",
            metavar="SHARE",
            help="lma: what share the smallest area keeps [0 to 1]. Default: 0.75.",
        ),
    ] = None,
    areas: Annotated[
        int | None,
        typer.Option("--areas", metavar="N", min=1, help="hierarchy: how many regions are left. Default: 2."),
    ] = None,
    study: Annotated[
        str,
        typer.Option(
            "--study",
            metavar="DIR",
            help="Folder of a study, or the name of one that ships. Default where one is needed: more-og-romsdal-2017.",
            show_default=False,
        ),
    ] = "",
    layout: Layout,
) -> None:
    """Print the regions of a rule."""
    from tyngdepunkt.analysis import regions

    figures = {
        "min_size": min_size,
        "min_self_containment": min_self_containment,
        "target_size": target_size,
        "target_self_containment": target_self_containment,
    }
    given = {name: figure for name, figure in figures.items() if figure is not None}
    _refuse_unread(rule, {Rule.LMA: list(given), Rule.HIERARCHY: [] if areas is None else ["areas"]})
    limits = regions.LmaRule(**given)
    with ProgressLine("regions") as progress:
        flows = None if table is None else regions.read_flows(table)
        opened = _open_study(study) if flows is None or study or rule is Rule.NORWEGIAN else None
        territory = opened.territory if opened is not None else None
        about = _About(
            rule=rule,
            source=table.name if table is not None else opened.name if opened is not None else "",
            names=territory.names if territory is not None else {},
        )
        if opened is not None and rule is Rule.NORWEGIAN:
            if flows is not None:
                _refuse_none_crossing(flows, about)
            evidence = regions.evidence_of_study(opened, flows=flows)
            answer = _norwegian_answer(
                regions.find_commuting_regions(evidence), about, has_minutes=opened.territory.minutes is not None
            )
        else:
            if flows is None:
                flows = regions.flows_of_study(opened or _open_study(study))
            _refuse_none_crossing(flows, about)
            if rule is Rule.HIERARCHY:
                hierarchy = regions.build_hierarchy(flows, progress=progress)
                answer = _hierarchy_answer(hierarchy, flows, areas or min(2, len(flows)), about)
            else:
                answer = _lma_answer(regions.find_labour_market_areas(flows, limits, progress=progress), about)
    emit(layout.form, shape=lambda: answer.shape, rows=lambda: answer.rows, text=lambda: answer.text)
    if answer.is_empty:
        tell("No area meets the rule: lower the sizes or the self-containment.")
        raise typer.Exit(NO_PLAN)


def _refuse_unread(rule: Rule, given: Mapping[Rule, Sequence[str]]) -> None:
    """Refuse options that a rule does not read, all of them at once."""
    unread = []
    for of, names in given.items():
        options = ", ".join(f"--{name.replace('_', '-')}" for name in names)
        if names and of is not rule:
            unread.append(f"{options} {'goes' if len(names) == 1 else 'go'} with --rule {of}")
    if unread:
        raise QuestionError(f"{'; '.join(unread)}. The rule {rule} reads no such option: leave it out.")


def _refuse_none_crossing(flows: Flows, about: _About) -> None:
    """Refuse a table in which nobody commutes from one zone to another."""
    if not flows.crossing:
        raise QuestionError(
            f"Nobody in {about.source} commutes from one zone to another: every row has its home for work as well, "
            "so no rule has anything to join. Give a table with the commuters between zones."
        )


@dataclass(frozen=True)
class _About:
    """What every answer says of itself, and what its zones are called."""

    rule: Rule
    source: str
    names: Mapping[str, str]

    def name(self, zone: str) -> str:
        """Return a zone's name, or its id where it has none."""
        return self.names.get(zone, zone)

    def shape(self, labels: Mapping[str, str], internal_share: float | None, **more: object) -> dict[str, object]:
        """Return what the JSON of every rule has, and more."""
        return {
            "rule": str(self.rule),
            "source": self.source,
            "labels": labels,
            **more,
            "internal_share": internal_share,
            "version": __version__,
        }


@dataclass(frozen=True)
class _Answer:
    """An answer in three forms, and whether it has no region at all."""

    shape: Mapping[str, object]
    rows: Sequence[Row]
    text: str
    is_empty: bool = False


def _open_study(study: str) -> Study:
    """Return a study; the one that ships where none is named."""
    from tyngdepunkt.study import load_study, shipped_studies

    return load_study(study or shipped_studies()[0])


def _lma_answer(found: LabourMarketAreas, about: _About) -> _Answer:
    """Return labour market areas in their three forms."""
    reserve = {entry.zone: entry for entry in found.reserve}
    count = _count(len(found.areas), "labour market area")
    listed = _count(len(reserve), "zone")
    share = _percent(found.internal_share)
    parts = [
        f"{about.source}: {count}, {share} of the commuters within them, {listed} on the reserve list\n",
        table_text(
            [
                {
                    "area": area.label,
                    "centre": about.name(area.centre),
                    "zones": len(area.zones),
                    "residents": area.residents,
                    "jobs": area.jobs,
                    "self-contained [%]": 100 * area.self_containment,
                    "validity": f"{area.validity:.3f}",
                    "members": _list([about.name(zone) for zone in area.zones]),
                }
                for area in found.areas
            ]
        ),
    ]
    if found.without_area:
        names = [f"{about.name(zone)} ({why.replace('_', ' ')})" for zone, why in found.without_area.items()]
        parts.append(f"Without an area: {_list(names)}.\n")
    return _Answer(
        shape=about.shape(
            found.labels,
            found.internal_share,
            areas=found.areas,
            reserve=list(reserve),
            reserve_cases={zone: entry.case for zone, entry in reserve.items()},
            without_area=found.without_area,
            parameters=dataclasses.asdict(found.rule),
            moves=found.moves,
        ),
        rows=[
            {"zone": zone, "area": found.labels.get(zone), "on_reserve_list": zone in reserve}
            for zone in (*found.labels, *found.without_area)
        ],
        text="\n".join(parts),
        is_empty=not found.areas,
    )


def _norwegian_answer(found: CommutingRegions, about: _About, *, has_minutes: bool) -> _Answer:
    """Return the regions of the Norwegian rule in their three forms."""
    places = {place.municipality: place for place in found.placements}
    count = _count(len(found.regions), "commuting region")
    parts = [
        f"{about.source}: {count}, {_percent(found.internal_share)} of the commuters within them\n",
        table_text(
            [
                {
                    "region": about.name(region.label),
                    "municipality": about.name(i),
                    "step": places[i].step,
                    "by": _STEPS[places[i].step],
                    "commuters [%]": _figure(places[i].reasons, "commuters_", 100),
                    "minutes": _figure(places[i].reasons, "minutes_to_centre", 1),
                }
                for region in found.regions
                for i in (region.label, *(i for i in region.members if i != region.label))
            ]
        ),
    ]
    if not has_minutes:
        parts.insert(
            1,
            "The study has no table travel_times, and by this rule nobody joins anybody without minutes: add "
            "travel_times.csv before this division is used.\n",
        )
    if "working_age" in found.estimated:
        parts.append("The shares are over an estimated working-age population.\n")
    if found.undecided:
        names = ", ".join(about.name(i) for i in found.undecided)
        parts.append(f"Might lie elsewhere, if an unknown travel time is short enough: {names}.\n")
    return _Answer(
        shape=about.shape(
            found.labels,
            found.internal_share,
            areas=[
                {"label": each.label, "name": about.name(each.label), "centre": each.centre, "zones": each.members}
                for each in found.regions
            ],
            reserve=[],
            placements=found.placements,
            undecided=found.undecided,
            estimated=found.estimated,
            parameters=dataclasses.asdict(found.rule),
        ),
        rows=[
            {
                "zone": place.municipality,
                "name": about.name(place.municipality),
                "area": place.region,
                "step": place.step,
                "undecided": bool(place.undecided),
            }
            for place in found.placements
        ],
        text="\n".join(parts),
    )


def _hierarchy_answer(found: Hierarchy, flows: Flows, areas: int, about: _About) -> _Answer:
    """Return one level of a hierarchy in its three forms."""
    labels = found.labels_at(areas)
    share = flows.internal_share(labels)
    members: dict[str, list[str]] = {}
    for zone, label in labels.items():
        members.setdefault(label, []).append(zone)
    count = _count(len(members), "region")
    title = f"{about.source}: {count} of {len(found.zones):,} zones, {_percent(share)} of the commuters within them"
    table = table_text(
        [
            {"region": about.name(label), "zones": len(zones), "members": _list([about.name(zone) for zone in zones])}
            for label, zones in members.items()
        ]
    )
    return _Answer(
        shape=about.shape(
            labels,
            share,
            areas=[
                {"label": label, "name": about.name(label), "centre": label, "zones": zones}
                for label, zones in members.items()
            ],
            reserve=[],
            merges=found.merges,
        ),
        rows=[{"zone": zone, "area": label} for zone, label in labels.items()],
        text=f"{title}\n\n{table}",
    )


def _list(names: Sequence[str]) -> str:
    """Return names with commas, the first of them where they are many."""
    more = len(names) - _NAMES_SHOWN
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:_NAMES_SHOWN])} and {more:,} more"


def _count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


def _percent(share: float | None) -> str:
    """Return a share as a person reads it."""
    return "–" if share is None else f"{100 * share:.3f} %"


def _figure(reasons: Iterable[Reason], criterion: str, times: float) -> float | None:
    """Return the value of the last reason of a kind that is a share or minutes; None where there is none."""
    found = [each.value for each in reasons if each.criterion.startswith(criterion) and each.unit != "persons"]
    return times * found[-1] if found and found[-1] is not None else None
