"""
Charts as Vega-Lite: the page draws them itself, the report gets them as SVG.

Each says with shape, dash or a written number what it says with colour, and each has a function that puts it in words.
Numbers that are read are written here, in the reader's language; the axes get the language's separators.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import altair as alt

from tyngdepunkt.analysis import BlockMeasure, Frontier, FrontierPoint, PlanMeasure, Price
from tyngdepunkt.model import NoPlan, Plan, Status
from tyngdepunkt.report.palette import BlockStyle
from tyngdepunkt.report.printable import clean
from tyngdepunkt.texts.wording import Wording

__all__ = [
    "chart_svg",
    "describe_frontier",
    "describe_populations",
    "describe_tipping",
    "frontier_chart",
    "population_chart",
    "tipping_chart",
]

DARK, RED, GREY = "#1C252D", "#B3251E", "#5F6E7A"
SERIES = ("#1F5F8B", "#A14A00")
BAR, BAR_EDGE = "#86B9F6", "#1C252D"
_LABEL_ROOM = 1.18  # the axis goes this much beyond the longest bar, so that the number beside it has room
_MOST_TICKS = 12
_LOGARITHMIC_FROM = 60  # numbers of centres beyond which each doubling has the same room
_LOG_TICKS = (1, 2, 3, 5, 10, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000)
_LOG_ROOM = 1.06
_NARROW = 0.6  # share of the greatest objective above which all lie where an axis from 0 would flatten them
_HEADROOM = 0.1  # share of the axis above the greatest objective, where the chosen number is written
_RIGHT_FROM = 0.6  # share of the axis from which a label stands left of its line
_ROW = 24  # height of a bar with its gap [px]


def frontier_chart(
    frontier: Frontier,
    with_floor: Frontier | None = None,
    *,
    language: str,
    chosen: int | None = None,
    width: int = 560,
    height: int = 280,
) -> dict[str, Any]:
    """
    Draw the best objective over the number of centres.

    Parameters
    ----------
    frontier
        One answer for each number of centres.
    with_floor
        The same with a floor, beside it; None for none.
    language
        ``nb``, ``nn`` or ``en``.
    chosen
        The number of centres to point out; None for none.
    width, height
        Of the plot, axes not counted [px].

    Returns
    -------
    Vega-Lite. Where no plan exists there is a cross on the base line, and nothing where that is not settled.
    """
    wording = Wording(language, "report")
    several = [f for f in (frontier, with_floor) if f is not None and f.points]
    names = list(dict.fromkeys(_series_name(f, wording) for f in several))
    rows = [_frontier_row(p, _series_name(f, wording), wording) for f in several for p in f.points if _is_settled(p)]
    missing = [r for r in rows if not r["found"]]
    low, most = min((r["centres"] for r in rows), default=1), max((r["centres"] for r in rows), default=1)
    bottom, top = _span([r["objective"] for r in rows if r["found"]])
    for row in missing:
        row["objective"] = bottom

    none = [wording.say("No plan exists")] if missing else []
    shapes = dict(zip([*names, *none], [*("circle", "square")[: len(names)], "cross"], strict=False))
    colours = dict(zip([*names, *none], [*SERIES[: len(names)], RED], strict=False))
    x = alt.X("centres:Q").title(wording.say("Number of centres"))
    if most > _LOGARITHMIC_FROM:
        x = x.scale(type="log", domain=[low / _LOG_ROOM, most * _LOG_ROOM], nice=False)
        x = x.axis(values=[k for k in _LOG_TICKS if low <= k <= most], format="d", grid=False)
    else:
        x = x.scale(domain=[0.5, most + 0.5], nice=False).axis(values=_ticks(most), format="d", grid=False)
    title = _objective_title(several, wording)
    lines = [title, wording.say("the axis does not begin at 0")] if bottom else title
    y = alt.Y("objective:Q").title(lines).scale(domain=[bottom, top], nice=False, zero=False)
    legend = alt.Legend(title=None, orient="top", labelLimit=400, symbolSize=70)
    colour = alt.Color("series:N").scale(domain=list(colours), range=list(colours.values())).legend(legend)
    shape = alt.Shape("series:N").scale(domain=list(shapes), range=list(shapes.values())).legend(legend)
    tooltip = [
        alt.Tooltip("centres:Q").title(wording.say("Number of centres")),
        alt.Tooltip("told:N").title(wording.say("Best objective")),
        alt.Tooltip("series:N").title(wording.say("Series")),
    ]

    base = alt.Chart(_rows([r for r in rows if r["found"]])).encode(x=x, y=y)
    dashes = alt.StrokeDash("series:N").scale(domain=names, range=[[1, 0], [6, 3]][: len(names)]).legend(None)
    layers: list[Any] = []
    if missing:
        cross = alt.Chart(_rows(missing)).mark_point(filled=True, size=60, opacity=1, angle=45)
        layers.append(cross.encode(x=x, y=y, color=colour, shape=shape, tooltip=tooltip))
    layers += [
        base.mark_line(strokeWidth=1.8).encode(color=colour, strokeDash=dashes, detail="series:N"),
        base.mark_point(filled=True, size=46, opacity=1).encode(color=colour, shape=shape, tooltip=tooltip),
        *_point_out(several, chosen, wording),
    ]
    return _finish(alt.layer(*layers).properties(width=width, height=height), wording)


def population_chart(
    measure: PlanMeasure,
    *,
    language: str,
    names: Mapping[str, str] | None = None,
    styles: Mapping[str, BlockStyle] | None = None,
    width: int = 460,
) -> dict[str, Any]:
    """
    Draw the inhabitants of each block, with the floor as a line.

    Parameters
    ----------
    measure
        The plan measured.
    language
        ``nb``, ``nn`` or ``en``.
    names
        Centre to the name of its block; the block's own name where it is missing.
    styles
        Centre to its style on the map; one colour for all where it is missing.
    width
        Of the plot, axes not counted [px].

    Returns
    -------
    Vega-Lite. Blocks below the floor say what they lack.
    """
    wording = Wording(language, "report")
    blocks = sorted(measure.blocks, key=lambda b: (-b.population, b.name))
    rows = [
        {
            "block": clean((names or {}).get(block.centre, block.name)),
            "rank": rank,
            "population": block.population,
            "end": max(block.population, block.floor if block.shortfall else 0),
            "told": _population_text(block, wording),
            "colour": styles[block.centre].colour if styles and block.centre in styles else BAR,
        }
        for rank, block in enumerate(blocks)
    ]
    floor = max((block.floor for block in blocks), default=0)
    most = max([*(block.population for block in blocks), floor, 1]) * _LABEL_ROOM
    x = alt.X("population:Q").title(wording.say("Inhabitants")).scale(domain=[0, most], nice=False).axis(tickCount=5)
    # By rank, not by name: two blocks may have the same name.
    y = alt.Y("rank:O").title(None).axis(labelExpr=_label_expression([str(r["block"]) for r in rows]), labelLimit=190)
    base = alt.Chart(_rows(rows)).encode(x=x, y=y)
    layers: list[Any] = [
        base.mark_bar(stroke=BAR_EDGE, strokeWidth=0.8, height={"band": 0.68}).encode(
            color=alt.Color("colour:N").scale(None).legend(None),
            tooltip=[alt.Tooltip("block:N").title(wording.say("Block")), alt.Tooltip("told:N").title(" ")],
        ),
        base.mark_text(align="left", dx=5, color=DARK).encode(x="end:Q", text="told:N"),
    ]
    if floor:
        told = wording.say("Floor: {count}", count=wording.count(floor))
        limit = alt.Chart(_rows([{"population": floor, "told": told}]))
        layers.append(limit.mark_rule(color=RED, strokeWidth=2, strokeDash=[6, 3]).encode(x="population:Q"))
        layers.append(
            limit.mark_text(color=RED, align="left", dx=4, dy=-8, baseline="bottom", fontWeight="bold").encode(
                x="population:Q", y=alt.value(0), text="told:N"
            )
        )
    return _finish(alt.layer(*layers).properties(width=width, height=_ROW * max(1, len(rows))), wording)


def tipping_chart(
    prices: Sequence[Price],
    *,
    names: Mapping[str, str],
    language: str,
    most: int = 12,
    unit: str = "",
    width: int = 400,
) -> dict[str, Any]:
    """
    Draw the smallest prices of having a municipality in another block.

    Parameters
    ----------
    prices
        Any order; impossible ones are left out.
    names
        Municipality id to name.
    language
        ``nb``, ``nn`` or ``en``.
    most
        How many at most; of each municipality the cheapest.
    unit
        Unit of the prices, as a reader reads it; commuters where empty.
    width
        Of the plot, axes not counted [px].

    Returns
    -------
    Vega-Lite. A price that is only known to be at least so much is drawn paler with a broken edge, and says so.
    """
    wording = Wording(language, "report")
    chosen = _smallest_prices(prices, most)
    rows = [
        {
            "rank": rank,
            "move": _move(price, names),
            "amount": price.amount,
            "told": _amount_text(price, wording),
            "known": "exact" if price.exact else "least",
        }
        for rank, price in enumerate(chosen)
    ]
    top = max([*(price.amount or 0 for price in chosen), 1]) * _LABEL_ROOM
    title = wording.say("Price of the move ({unit})", unit=unit or wording.say("commuters"))
    x = alt.X("amount:Q").title(title).scale(domain=[0, top], nice=False).axis(tickCount=6)
    labels = _label_expression([str(r["move"]) for r in rows])
    y = alt.Y("rank:O").title(None).axis(labelExpr=labels, labelLimit=260)
    base = alt.Chart(_rows(rows)).encode(x=x, y=y)
    kinds = ["exact", "least"]
    bars = base.mark_bar(stroke=BAR_EDGE, height={"band": 0.68}).encode(
        color=alt.Color("known:N").scale(domain=kinds, range=[BAR, "#FFFFFF"]).legend(None),
        strokeDash=alt.StrokeDash("known:N").scale(domain=kinds, range=[[1, 0], [3, 2]]).legend(None),
        tooltip=[alt.Tooltip("move:N").title(wording.say("Move")), alt.Tooltip("told:N").title(title)],
    )
    told = base.mark_text(align="left", dx=5, color=DARK).encode(text="told:N")
    return _finish(alt.layer(bars, told).properties(width=width, height=_ROW * max(1, len(rows))), wording)


def describe_frontier(
    frontier: Frontier, with_floor: Frontier | None = None, *, language: str, chosen: int | None = None
) -> str:
    """
    Say in words what `frontier_chart` shows.

    Parameters
    ----------
    frontier, with_floor, language, chosen
        As there.

    Returns
    -------
    Sentences with the figures that matter: the alternative text.
    """
    wording = Wording(language, "report")
    several = [f for f in (frontier, with_floor) if f is not None and f.points]
    said = [wording.say("Chart of the best objective for each number of centres.")]
    for f in several:
        series = _series_name(f, wording)
        best = f.best
        if best is None:
            said.append(wording.say("{series}: no plan exists for any number.", series=series))
            continue
        found = [p for p in f.points if isinstance(p.answer, Plan)]
        said.append(
            wording.say(
                "{series}: {objective} at best, with {best} centres; {first_objective} with {first} "
                "and {last_objective} with {last}.",
                series=series,
                best=wording.count(best.centres),
                objective=wording.count(_objective(best)),
                first=wording.count(found[0].centres),
                first_objective=wording.count(_objective(found[0])),
                last=wording.count(found[-1].centres),
                last_objective=wording.count(_objective(found[-1])),
            )
        )
        missing = [wording.count(p.centres) for p in f.points if isinstance(p.answer, NoPlan) and _is_settled(p)]
        if missing:
            said.append(wording.say("No plan exists for {numbers}.", numbers=_spans(missing, f, wording)))
    if chosen is not None:
        said.append(wording.say("Chosen: {count} centres.", count=wording.count(chosen)))
    return " ".join(said)


def describe_populations(measure: PlanMeasure, *, language: str, names: Mapping[str, str] | None = None) -> str:
    """
    Say in words what `population_chart` shows.

    Parameters
    ----------
    measure, language, names
        As there.

    Returns
    -------
    A sentence with every block's inhabitants, and the floor.
    """
    wording = Wording(language, "report")
    blocks = sorted(measure.blocks, key=lambda b: (-b.population, b.name))
    items = [
        f"{clean((names or {}).get(block.centre, block.name))} {_population_text(block, wording)}" for block in blocks
    ]
    said = [wording.say("Bar chart of the inhabitants of each block: {blocks}.", blocks=wording.join(items))]
    floor = max((block.floor for block in blocks), default=0)
    if floor:
        said.append(wording.say("The floor is {count}.", count=wording.count(floor)))
    return " ".join(said)


def describe_tipping(
    prices: Sequence[Price], *, names: Mapping[str, str], language: str, most: int = 12, unit: str = ""
) -> str:
    """
    Say in words what `tipping_chart` shows.

    Parameters
    ----------
    prices, names, language, most, unit
        As there.

    Returns
    -------
    A sentence with each move and its price.
    """
    wording = Wording(language, "report")
    items = [f"{_move(p, names)} {_amount_text(p, wording)}" for p in _smallest_prices(prices, most)]
    if not items:
        return wording.say("No municipality can be moved to another block.")
    return wording.say(
        "Bar chart of the smallest prices of moving a municipality to another block, in {unit}: {moves}.",
        unit=unit or wording.say("commuters"),
        moves=wording.join(items),
    )


def chart_svg(chart: Mapping[str, Any], *, font: str = "") -> str:
    """
    Draw a chart as SVG, without a browser.

    Parameters
    ----------
    chart
        Vega-Lite, as the functions here return it.
    font
        Font of all letters; that of the chart where empty.

    Returns
    -------
    SVG.
    """
    import vl_convert

    # Laid out in a font that vl-convert has, then given the one asked for: it need not be on this machine.
    svg: str = vl_convert.vegalite_to_svg(dict(chart))
    return re.sub(r'font-family="[^"]*"', f'font-family="{escape(font)}"', svg) if font else svg


def _series_name(frontier: Frontier, wording: Wording) -> str:
    """Return what a frontier is called: by its floor."""
    floor = frontier.points[0].answer.question.floor
    if not floor:
        return wording.say("Without a floor")
    return wording.say("At least {count} inhabitants in each block", count=wording.count(floor))


def _is_settled(point: FrontierPoint) -> bool:
    """Tell whether there is a plan, or a proof that there is none."""
    return isinstance(point.answer, Plan) or point.answer.kind != "unsettled"


def _objective(point: FrontierPoint) -> float | None:
    """Return a point's objective; None where no plan exists."""
    return point.answer.objective if isinstance(point.answer, Plan) else None


def _frontier_row(point: FrontierPoint, series: str, wording: Wording) -> dict[str, Any]:
    """Return a point as a row of data; without a plan it lies on the base line as a series of its own."""
    objective = _objective(point)
    if objective is None:
        none = wording.say("No plan exists")
        return {"centres": point.centres, "objective": 0, "series": none, "found": False, "told": f"{none}: {series}"}
    told = wording.count(objective)
    if isinstance(point.answer, Plan) and point.answer.certificate.status is not Status.OPTIMAL:
        told = wording.say("{count}, not proven best", count=told)
    return {"centres": point.centres, "objective": objective, "series": series, "found": True, "told": told}


def _objective_title(several: Sequence[Frontier], wording: Wording) -> str:
    """Return the title of the axis of objectives."""
    terms = several[0].points[0].answer.question.objective.terms if several else ("ties",)
    titles: dict[tuple[str, ...], str] = {
        ("ties",): wording.say("Commuters to and from the centre"),
        ("access",): wording.say("Person-minutes to the centre (fewer is better)"),
        ("cohesion",): wording.say("Commuters who stay within a block"),
        ("borders",): wording.say("Agency borders across blocks (fewer is better)"),
    }
    return titles.get(terms, wording.say("Weighted objective"))


def _point_out(several: Sequence[Frontier], chosen: int | None, wording: Wording) -> list[Any]:
    """Return a line at the chosen number of centres with the objective beside it; nothing where none is chosen."""
    points = [p for f in several if (p := f.at(chosen or 0)) is not None]
    if chosen is None or not points:
        return []
    values = [wording.count(value) for p in points if (value := _objective(p)) is not None]
    text = wording.say("Chosen: {count}", count=wording.count(chosen)) + (f" ({' / '.join(values)})" if values else "")
    row = alt.Chart(_rows([{"centres": chosen, "told": text}])).encode(x="centres:Q")
    numbers = [p.centres for f in several for p in f.points]
    first, last = min(numbers), max(numbers)
    is_logarithmic = last > _LOGARITHMIC_FROM
    share = math.log(chosen / first) / math.log(last / first) if is_logarithmic else chosen / last
    leftwards = share > _RIGHT_FROM
    return [
        row.mark_rule(color=DARK, strokeDash=[2, 3], strokeWidth=1.2),
        row.mark_text(
            align="right" if leftwards else "left",
            dx=-5 if leftwards else 5,
            baseline="top",
            color=DARK,
            fontWeight="bold",
        ).encode(y=alt.value(2), text="told:N"),
    ]


def _population_text(block: BlockMeasure, wording: Wording) -> str:
    """Return a block's inhabitants, and what it lacks to the floor."""
    count = wording.count(block.population)
    if not block.shortfall:
        return count
    return wording.say("{count} (lacks {shortfall})", count=count, shortfall=wording.count(block.shortfall))


def _smallest_prices(prices: Sequence[Price], most: int) -> list[Price]:
    """Return the cheapest move of each municipality, the cheapest of all first."""
    possible = [price for price in prices if price.amount is not None]
    seen: dict[str, Price] = {}
    for price in sorted(possible, key=lambda p: (p.amount, not p.exact, p.municipality, p.centre)):
        seen.setdefault(price.municipality, price)
    return list(seen.values())[: max(0, most)]


def _move(price: Price, names: Mapping[str, str]) -> str:
    """Return who moves to whom."""
    return f"{clean(names[price.municipality])} → {clean(names[price.centre])}"


def _amount_text(price: Price, wording: Wording) -> str:
    """Return a price as it is read."""
    told = wording.count(price.amount)
    return told if price.exact else wording.say("at least {count}", count=told)


def _spans(numbers: Sequence[str], frontier: Frontier, wording: Wording) -> str:
    """Return the numbers of centres without a plan: from the first to the last where they are a run, else a list."""
    without = [p.centres for p in frontier.points if isinstance(p.answer, NoPlan) and _is_settled(p)]
    if len(without) > 1 and without == list(range(without[0], without[-1] + 1)):
        return wording.say("{first} to {last}", first=numbers[0], last=numbers[-1])
    return wording.join(numbers)


def _span(objectives: Sequence[float]) -> tuple[float, float]:
    """Return where the axis of objectives begins and ends: at 0 unless all lie near one another far above it."""
    if not objectives:
        return 0.0, 1.0
    least, most = min(objectives), max(objectives)
    base = 0.0
    if least > _NARROW * most and most > least:
        step = 10.0 ** math.floor(math.log10(most - least))
        base = math.floor((least - _HEADROOM * (most - least)) / step) * step
    return base, most + _HEADROOM * ((most - base) or 1.0)


def _ticks(most: int) -> list[int]:
    """Return the numbers of centres that an axis tells: each up to a dozen, then every third with the first."""
    if most <= _MOST_TICKS:
        return list(range(1, most + 1))
    step = max(2, round(most / _MOST_TICKS))
    return [1, *range(step, most + 1, step)]


def _label_expression(labels: Sequence[str]) -> str:
    """Return a Vega expression that gives the label of each rank."""
    return f"{json.dumps(list(labels), ensure_ascii=False)}[datum.value]"


def _rows(values: list[dict[str, Any]]) -> alt.InlineData:
    """Return rows as a chart's data."""
    return alt.InlineData(values=values)


def _finish(chart: alt.LayerChart | alt.FacetChart, wording: Wording) -> dict[str, Any]:
    """Return a chart as JSON with the look and the separators that all share."""
    thousands, decimal = (",", ".") if wording.language == "en" else ("\u202f", ",")
    finished: dict[str, Any] = (
        chart.configure_view(stroke=None)
        .configure_axis(
            labelColor=DARK,
            titleColor=DARK,
            domainColor=GREY,
            tickColor=GREY,
            gridColor="#DDE3E8",
            labelFontSize=11,
            titleFontSize=12,
            titleFontWeight="normal",
            titlePadding=8,
        )
        .configure_legend(labelFontSize=11, labelColor=DARK)
        .configure_text(fontSize=11)
        .to_dict()
    )
    finished["config"]["font"] = "Arial, Helvetica, sans-serif"
    finished["config"]["locale"] = {
        "number": {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""]}
    }
    return finished
