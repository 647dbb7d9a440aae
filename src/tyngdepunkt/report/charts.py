"""
The chart of the best objective over the number of centres as Vega-Lite: the page draws it, the report gets it as SVG.

Shape, dash or a written number say what colour says; `tyngdepunkt.report.chart_words` puts the chart in words.
Numbers that are read are written here, in the reader's language; the axes get the language's separators.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import altair as alt

from tyngdepunkt.analysis import Frontier, FrontierPoint
from tyngdepunkt.model import Plan, Status
from tyngdepunkt.report.chart_words import (
    is_settled,
    objective_of,
    series_name,
)
from tyngdepunkt.texts.wording import Wording

__all__ = [
    "chart_svg",
    "frontier_chart",
]

DARK, RED, GREY = "#1C252D", "#B3251E", "#5F6E7A"
SERIES = ("#1F5F8B", "#A14A00")
_MOST_TICKS = 12
_LOGARITHMIC_FROM = 60  # numbers of centres beyond which each doubling has the same room
_LOG_TICKS = (1, 2, 3, 5, 10, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000)
_LOG_ROOM = 1.06
_NARROW = 0.6  # share of the greatest objective above which all lie where an axis from 0 would flatten them
_HEADROOM = 0.1  # share of the axis above the greatest objective, where the chosen number is written
_RIGHT_FROM = 0.6  # share of the axis from which a label stands left of its line


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
    names = list(dict.fromkeys(series_name(f, wording) for f in several))
    rows = [_frontier_row(p, series_name(f, wording), wording) for f in several for p in f.points if is_settled(p)]
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


def _frontier_row(point: FrontierPoint, series: str, wording: Wording) -> dict[str, Any]:
    """Return a point as a row of data; without a plan it lies on the base line as a series of its own."""
    objective = objective_of(point)
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
    values = [wording.count(value) for p in points if (value := objective_of(p)) is not None]
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
