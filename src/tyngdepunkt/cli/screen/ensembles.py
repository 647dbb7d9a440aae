"""Stability, sensitivity and standing, as rows and text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.cli.layout import Row, percent, table_text
from tyngdepunkt.shapes.ensembles import share_shape
from tyngdepunkt.shapes.plans import unit_of

if TYPE_CHECKING:
    from tyngdepunkt.analysis import Place, Sensitivity, Stability
    from tyngdepunkt.study import Study

__all__ = ["place_text", "sensitivity_text", "stability_rows", "stability_text", "variation_rows"]


_SHOWN = 12
"""Municipalities that a table shows where they are many."""


def stability_rows(study: Study, found: Stability, ids: tuple[str, ...]) -> list[Row]:
    """Return municipalities with how often they keep their block, and where else they lie most."""
    names, plan = study.territory.names, found.plan
    rows: list[Row] = []
    for i in ids:
        own, keeps = plan.assignment[i], found.keeps(i)
        others = [(found.lies_with(i, c).count, c) for c in plan.centres if c != own]
        count, other = max(others, key=lambda each: (each[0], each[1]), default=(0, ""))
        apart = found.lies_apart(i)
        rows.append(
            {
                "municipality_id": i,
                "municipality": names[i],
                "block": names[own],
                "keeps block [%]": percent(keeps.share),
                "from [%]": percent(keeps.low),
                "to [%]": percent(keeps.high),
                "else most with": names[other] if count else None,
                "so often [%]": percent(count / found.solved) if count else None,
                "new block [%]": percent(apart.share),
                "centre [%]": percent(found.is_centre(i).share),
            }
        )
    return rows


def stability_text(study: Study, found: Stability) -> str:
    """Return stability for reading."""
    names = study.territory.names
    head = (
        f"{found.solved:,} commuting tables drawn anew ({found.method.value}, seed {found.seed}), each answered "
        f"exactly for {len(found.plan.centres)} blocks.\n"
        f"In {_spoken_share(share_shape(found.whole))} every municipality keeps its block.\n"
    )
    if found.unsettled:
        head += f"{found.unsettled:,} more were not settled in the time allowed, and are left out.\n"
    moving = tuple(i for i in found.least_stable if found.keeps(i).count < found.solved)
    shown = moving[:_SHOWN]
    parts = [head]
    if shown:
        parts.append(table_text(stability_rows(study, found, shown)))
        if len(moving) > len(shown):
            parts.append(f"The other {len(moving) - len(shown)} that ever move: --format csv or --format json.\n")
    always = len(found.ids) - len(moving)
    if always:
        least = percent(found.keeps(found.least_stable[-1]).low)
        parts.append(
            f"{always} of {len(found.ids)} municipalities keep theirs in every table, so in {least} % or more.\n"
        )
    if found.numbers:
        settled = sum(found.numbers.values())
        best = ", ".join(f"{k} in {percent(count / settled)} %" for k, count in found.numbers.items())
        parts.append(f"Best number of centres: {best}.\n")
    for year in found.years:
        moved = [names[i] for i, kept in zip(found.ids, year.kept, strict=True) if not kept]
        parts.append(f"With the table of {year.year}, {', '.join(moved) if moved else 'nobody'} would lie elsewhere.\n")
    return "\n".join(parts)


def variation_rows(study: Study, found: Sensitivity) -> list[Row]:
    """Return variations as rows."""
    names, old = study.territory.names, set(found.plan.centres)
    return [
        {
            "setting": each.variation.setting,
            "value": each.variation.value,
            "status": each.status or "unsettled",
            "objective": each.objective,
            "unit": unit_of(each.variation.question.objective),
            "blocks": len(each.centres) or None,
            "keep block [%]": percent(each.kept),
            "inhabitants that do [%]": percent(each.kept_people),
            "new centres": [names[c] for c in each.centres if c not in old],
            "centres no more": [names[c] for c in found.plan.centres if each.centres and c not in each.centres],
            "moved": [names[i] for i in each.moved],
        }
        for each in found.variations
    ]


def sensitivity_text(study: Study, found: Sensitivity) -> str:
    """Return sensitivity for reading."""
    names = study.territory.names
    rows = variation_rows(study, found)
    shown = [
        {key: value for key, value in row.items() if key not in {"unit", "inhabitants that do [%]"}} for row in rows
    ]
    counts = sorted((found.keeps(i), i) for i in found.plan.assignment)
    restless = [f"{names[i]} {kept} of {total}" for (kept, total), i in counts if kept < total]
    parts = [table_text(shown)]
    if restless:
        parts.append(f"Keep their block in fewest variations: {', '.join(restless[:_SHOWN])}.\n")
    return "\n".join(parts)


def place_text(study: Study, place: Place) -> str:
    """Return a plan's standing for reading."""
    unit, standing = unit_of(place.question.objective), place.standing
    floor = f" of {place.question.floor:,} inhabitants or more" if place.question.floor else ""
    known = "" if place.count is None else f" of the {place.count:,} there are"
    blocks = "1 block" if place.question.centres == 1 else f"{place.question.centres} blocks"
    named = blocks if place.name == blocks else f"{place.name}, {blocks}"
    lines = [
        f"{study.title}: {named}, {place.objective:,.0f} {unit}.",
        f"Compared with {place.draws:,} divisions{known} into connected blocks{floor}"
        + (", every one." if place.exhaustive else f", drawn by the method {place.method.value}, seed {place.seed}."),
        f"It beats {100 * standing.below:.7g} % of them; {100 * standing.equal:.4g} % are as good, "
        f"{100 * standing.above:.4g} % are better"
        + (
            "."
            if place.exhaustive
            else f" (95 % interval {100 * place.better_low:.2g} to {100 * place.better_high:.2g} %)."
        ),
    ]
    if place.ranks is not None:
        first, last = place.ranks
        rank = f"{first:,}" if first == last else f"between {first:,} and {last:,}"
        lines.append(f"Its rank, from the best: {rank}.")
    if not place.in_space:
        lines.append("The plan itself is none of these: a block of it does not hang together, or is below the floor.")
    if not place.exhaustive and place.count is None:
        lines.append(
            f"R-hat {place.diagnosis.rhat:.3f}, {place.diagnosis.effective:,.0f} effective draws: "
            + (
                "the chains have mixed."
                if place.mixed
                else "THE CHAINS HAVE NOT MIXED, so do not rely on these figures; give more --draws."
            )
        )
    rows = [
        {"share of the divisions [%]": round(100 * q), f"have at most [{unit}]": round(value)}
        for q, value in place.quantiles.items()
    ]
    return "\n".join(lines) + "\n\n" + table_text(rows)


def _spoken_share(shape: dict[str, object]) -> str:
    """Return a share with its interval in words."""
    share, low, high = (100 * float(str(shape[key])) for key in ("share", "low", "high"))
    return f"{share:.1f} % of them ({low:.1f} to {high:.1f} % at 95 % confidence)"
