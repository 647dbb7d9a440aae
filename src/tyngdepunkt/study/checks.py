"""What must hold between tables: keys, pairs, completeness, connection; a function each, named as planners say it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np
import pandas as pd

from tyngdepunkt.errors import Fault
from tyngdepunkt.model import LinkKind, Stance
from tyngdepunkt.study.tomlfile import FILE as STUDY_TOML, Heading
from tyngdepunkt.tables import Kind, Reading
from tyngdepunkt.tables.quoting import join_words, quote

__all__ = [
    "check_connection",
    "check_coverage",
    "check_keys",
    "check_pairs_with_self",
    "check_parts",
    "check_plans_complete",
    "check_positions",
    "check_settings",
    "check_times_of_links",
    "check_years_complete",
]

Names = Mapping[str, str]

_MOST_LINKS_NAMED = 4
# Municipalities that are missing are told one by one; more than these together, and by name up to so many.
_MOST_TOLD_ALONE = 5
_MOST_NAMED = 40


def check_keys(reading: Reading, frame: pd.DataFrame, names: Names) -> Iterator[Fault]:
    """Find rows with the key of an earlier row; of a pair without direction, also the other way round."""
    table = reading.table
    key = list(table.key)
    keys = frame[key]
    if table.unordered:
        swapped = (keys[key[0]] > keys[key[1]]).to_numpy()
        low = np.where(swapped, keys[key[1]], keys[key[0]])
        high = np.where(swapped, keys[key[0]], keys[key[1]])
        keys = pd.DataFrame({key[0]: low, key[1]: high})
    told = ~frame[key].isna().any(axis=1).to_numpy()
    for name in key:
        if not table.column(name).blank and table.column(name).kind is Kind.TEXT:
            told &= (frame[name] != "").to_numpy()
    again = keys.duplicated(keep="first").to_numpy() & told
    if not again.any():
        return
    number = keys.groupby(key, sort=False, dropna=False).ngroup().to_numpy()
    first = {group: position for position, group in reversed(list(enumerate(number)))}
    same = frame.duplicated(keep="first").to_numpy()
    cells = list(zip(*(frame[name] for name in key), strict=True))
    for position in np.flatnonzero(again).tolist():
        earlier = first[number[position]]
        turned = ", the other way round" if table.unordered and cells[position][0] != cells[earlier][0] else ""
        what = ", ".join(f"{cell} {names.get(cell, '')}".strip() for cell in map(str, cells[position]) if cell)
        row = what if len(key) == 1 else f"The row of {what}"
        problem = f"{row} is there already, in row {reading.lines[earlier]}{turned}."
        mend = "Delete this row: the two are the same." if same[position] else "Delete the row that is wrong."
        yield reading.fault(position, key[0] if len(key) == 1 else "", problem, mend)


def check_pairs_with_self(reading: Reading, frame: pd.DataFrame, names: Names) -> Iterator[Fault]:
    """Find pairs of a municipality and itself in a table where that means nothing."""
    first, second = reading.table.key[:2]
    for position, (one, other) in enumerate(zip(frame[first], frame[second], strict=True)):
        if one == other != "":
            problem = f"{_called([one], names)} is paired with itself."
            yield reading.fault(position, second, problem, "Write the other municipality, or delete the row.")


def check_coverage(reading: Reading, frame: pd.DataFrame, names: Names) -> Iterator[Fault]:
    """Find municipalities that a table of pairs does not mention."""
    first, second = reading.table.key[:2]
    if frame.empty:  # told already, or a single municipality without borders
        return
    mentioned = set(frame[first]) | set(frame[second])
    missing = [municipality for municipality in names if municipality not in mentioned]
    what = "borders" if reading.table.name == "neighbours" else "commuters, those who work at home too"
    mend = f"Add the {what}, or take out of municipalities.csv what is not in the study."
    told = [[each] for each in missing] if len(missing) <= _MOST_TOLD_ALONE else [missing]
    for ids in told:
        who = join_words((_called([each], names) for each in ids), most=_MOST_NAMED)
        problem = f"{who} {'is' if len(ids) == 1 else 'are'} in no row of {reading.table.file}."
        yield Fault(reading.table.file, 0, "", problem, mend)


def check_years_complete(reading: Reading, frame: pd.DataFrame, names: Names) -> Iterator[Fault]:
    """Find years that know nothing of a municipality: another division of the land, which is no other year of this."""
    for year, rows in frame.dropna(subset=["year"]).groupby("year"):
        mentioned = set(rows["home_id"]) | set(rows["work_id"])
        missing = [municipality for municipality in names if municipality not in mentioned]
        if missing:
            who = join_words((_called([each], names) for each in missing), most=_MOST_NAMED)
            problem = f"The year {year} leaves out {who}."
            mend = "Give that year's commuters by the municipalities of the study, or take the year out."
            yield Fault(reading.table.file, 0, "year", problem, mend)


def check_connection(reading: Reading, frame: pd.DataFrame, names: Names, *, seasonal: bool) -> Iterator[Fault]:
    """Find municipalities that no link joins to the others; seasonal links count where `seasonal` is true."""
    known = frame[frame["a_id"].isin(names) & frame["b_id"].isin(names) & (frame["a_id"] != frame["b_id"])]
    linked = known["link"] != LinkKind.NONE
    open_all_year = ~known["seasonal"].fillna(value=False).astype(bool)
    counts = linked if seasonal else linked & open_all_year
    part = _parts(names, known[counts])
    mentioned = set(known["a_id"]) | set(known["b_id"])
    parts: dict[str, list[str]] = {}
    for municipality, root in part.items():
        parts.setdefault(root, []).append(municipality)
    largest = max(parts.values(), key=len, default=[])
    for members in parts.values():
        if members is largest or not mentioned.intersection(members):
            continue
        inside = set(members)
        crossing = known[known["a_id"].isin(inside) != known["b_id"].isin(inside)]
        others = len(names) - len(members)
        who = join_words((_called([each], names) for each in members), most=_MOST_NAMED)
        verb = "has" if len(members) == 1 else "have"
        kind = "link" if seasonal else "year-round link"
        problem = f"{who} {verb} no {kind} to the other {others} municipalities."
        yield Fault(reading.table.file, 0, "link", problem, _mend_connection(reading, crossing, linked, names))


def _mend_connection(reading: Reading, crossing: pd.DataFrame, linked: pd.Series, names: Names) -> str:
    """Return what would join a part to the others: a seasonal link, a border without a link, or a new row."""
    places = [
        f"{names[a]}–{names[b]} (row {reading.lines[position]})"
        for position, a, b in zip(crossing.index, crossing["a_id"], crossing["b_id"], strict=True)
    ]
    closed = [place for place, position in zip(places, crossing.index, strict=True) if linked[position]]
    if closed:
        named = join_words(closed, last="or", most=_MOST_LINKS_NAMED)
        return (
            f"Write seasonal 0 where {named} is open all year, or add the link that is; "
            "or let seasonal links count: seasonal = true below [blocks] in study.toml."
        )
    if places:
        named = join_words(places, last="or", most=_MOST_LINKS_NAMED)
        return f"Write the link across {named}, or add the row of a link that is missing: a boat is one too."
    return "Add the row of a link that joins them to the others: a boat is one too."


def _parts(names: Names, links: pd.DataFrame) -> dict[str, str]:
    """Return for each municipality one of its connected part, the same for all of the part."""
    above = {municipality: municipality for municipality in names}

    def root(municipality: str) -> str:
        while above[municipality] != municipality:
            above[municipality] = above[above[municipality]]
            municipality = above[municipality]
        return municipality

    for a, b in zip(links["a_id"], links["b_id"], strict=True):
        above[root(a)] = root(b)
    return {municipality: root(municipality) for municipality in names}


def check_times_of_links(
    neighbours: pd.DataFrame, times: Reading, frame: pd.DataFrame, names: Names
) -> Iterator[Fault]:
    """Find neighbours with a link between them and no travel time."""
    timed = {frozenset(pair) for pair in zip(frame["from_id"], frame["to_id"], strict=True)}
    linked = neighbours[(neighbours["link"] != LinkKind.NONE) & (neighbours["link"] != "")]
    for a, b in zip(linked["a_id"], linked["b_id"], strict=True):
        if a in names and b in names and a != b and frozenset((a, b)) not in timed:
            problem = f"{_called([a, b], names)} are linked in neighbours.csv and have no travel time."
            yield Fault(
                times.table.file, 0, "minutes", problem, f"Add a row {a},{b} with the minutes between their centres."
            )


def check_plans_complete(
    reading: Reading, frame: pd.DataFrame, names: Names, *, parts: Collection[str] = ()
) -> Iterator[Fault]:
    """Find municipalities that a reference plan leaves out; parts that it leaves out lie with their municipality."""
    for plan, rows in frame.groupby("plan", sort=False):
        told = {*rows["municipality_id"], *parts}
        missing = [municipality for municipality in names if municipality not in told]
        if missing and plan:
            who = join_words((_called([each], names) for each in missing), most=_MOST_NAMED)
            problem = f"The plan {quote(str(plan))} leaves out {who}."
            mend = "Add a row for each, with the block that the plan puts it in; a block of its own if it stays alone."
            yield Fault(reading.table.file, 0, "municipality_id", problem, mend)


def check_parts(reading: Reading, frame: pd.DataFrame, names: Names) -> Iterator[Fault]:
    """Find parts of themselves, and parts of what is itself a part: a part is of a whole municipality."""
    whole_of = dict(zip(frame["municipality_id"], frame["part_of"], strict=True))
    for position, (part, whole) in enumerate(zip(frame["municipality_id"], frame["part_of"], strict=True)):
        if not whole or whole not in names:  # an id that is not there is told already
            continue
        if part == whole:
            problem = f"{_called([part], names)} is a part of itself."
            yield reading.fault(position, "part_of", problem, "Leave it blank where the row is a municipality.")
        elif above := whole_of.get(whole):
            problem = f"{_called([part], names)} is part of {_called([whole], names)}, which is itself a part."
            mend = "Write the municipality that both are parts of." if above != part else "Leave one of the two blank."
            yield reading.fault(position, "part_of", problem, mend)


def check_positions(reading: Reading, frame: pd.DataFrame, names: Names) -> Iterator[Fault]:
    """Find positions that lack the other municipality or have one too many, and two that say the opposite."""
    said: dict[tuple[str, str], tuple[int, str]] = {}
    rows = zip(frame["municipality_id"], frame["position"], frame["other_id"], strict=True)
    for position, (municipality, stance, other) in enumerate(rows):
        if stance == Stance.ALONE and other:
            problem = f"{_called([municipality], names)} stays alone, and yet names {_called([other], names)}."
            yield reading.fault(position, "other_id", problem, "Leave it blank, or write not_with as position.")
        elif stance in {Stance.WITH, Stance.NOT_WITH} and not other:
            problem = f"The position of {_called([municipality], names)} is {stance} nobody."
            yield reading.fault(position, "other_id", problem, "Write the id of the other municipality.")
        elif other == municipality:
            problem = f"{_called([municipality], names)} is paired with itself."
            yield reading.fault(position, "other_id", problem, "Write the other municipality.")
        elif other and stance in {Stance.WITH, Stance.NOT_WITH}:
            earlier, before = said.setdefault((municipality, other), (position, stance))
            if before != stance:
                problem = (
                    f"{_called([municipality], names)} is {stance} {_called([other], names)} here, and {before} in row "
                    f"{reading.lines[earlier]}."
                )
                yield reading.fault(position, "position", problem, "Keep the decision that stands.")


def check_settings(heading: Heading, names: Names, functions: frozenset[str] | None) -> Iterator[Fault]:
    """Find settings that the study's tables cannot meet."""
    for place, centres in (
        ("blocks.centres", heading.settings.blocks_centres),
        ("centres_of_gravity.centres", heading.settings.gravity_centres),
    ):
        if centres is not None and names and centres > len(names):
            problem = f"{centres} centres are more than the {len(names)} municipalities."
            yield Fault(STUDY_TOML, heading.line(place), place, problem, f"Write 1 to {len(names)}.")
    place = "centres_of_gravity.functions"
    if functions is not None and heading.line(place):
        for function in heading.settings.gravity_functions:
            if function not in functions:
                problem = f"No municipality has the function {quote(function)} in functions.csv."
                mend = f"Write one of {join_words(sorted(functions), last='or')}, or add it to functions.csv."
                yield Fault(STUDY_TOML, heading.line(place), place, problem, mend)


def _called(ids: list[str], names: Names) -> str:
    """Return ids with their names, as ``1504 Ålesund and 1531 Sula``."""
    return join_words(f"{each} {names[each]}".strip() if each in names else each for each in ids if each)
