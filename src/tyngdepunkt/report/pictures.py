"""The report's pictures, each with its alternative text and its caption."""

from __future__ import annotations

from typing import Any

from tyngdepunkt.analysis import Layer
from tyngdepunkt.model import Plan
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.chart_words import describe_frontier
from tyngdepunkt.report.charts import chart_svg, frontier_chart
from tyngdepunkt.report.country import country_map
from tyngdepunkt.report.document import Figure, Part
from tyngdepunkt.report.maps import county_map, describe_map
from tyngdepunkt.report.network import describe_network, network_map
from tyngdepunkt.report.printable import drawable

__all__ = ["FONT", "picture_blocks", "picture_frontier", "picture_gravity", "picture_network"]

FONT = "Libertinus Serif"
"""The font of letters in pictures: that of the report, which comes with typst."""


_MAP_WIDTH = 620.0  # as wide as lets the smallest letters be read on paper [px]
_MAP_HEIGHT = 840.0  # and as high as lets the caption stand on the same page [px]
_CHART_SHARE = 0.8


def picture_blocks(briefing: Briefing) -> list[Part]:
    """
    Draw the chosen blocks on a map.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The picture; nothing where the study has no boundaries or no plan exists.
    """
    caption = (
        briefing.wording.say("The blocks by their numbers in the table, crowded parts again at a larger scale.")
        if briefing.is_country
        else briefing.wording.say("The blocks, each with its centre and its inhabitants.")
    )
    return _map(briefing, briefing.analysis.blocks, caption, key="blocks")


def picture_gravity(briefing: Briefing) -> list[Part]:
    """
    Draw the centres of gravity on a map.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The picture; nothing where the study has no boundaries or no plan exists.
    """
    caption = (
        briefing.wording.say("The centres of gravity by their numbers in the table, crowded parts at a larger scale.")
        if briefing.is_country
        else briefing.wording.say("The centres of gravity, each with its inhabitants.")
    )
    return _map(briefing, briefing.analysis.gravity, caption, key="gravity", of_areas=True)


def picture_frontier(briefing: Briefing) -> list[Part]:
    """
    Draw the result for every number of blocks, with the least population and without.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The picture; nothing where there are no answers.
    """
    analysis, language = briefing.analysis, briefing.language
    if not analysis.frontier.points:
        return []
    floored = analysis.frontier_with_floor if briefing.floor and analysis.frontier_with_floor.points else None
    chosen = analysis.blocks.plan.question.centres
    chart = frontier_chart(analysis.frontier, floored, language=language, chosen=chosen)
    alt = describe_frontier(analysis.frontier, floored, language=language, chosen=chosen)
    caption = briefing.wording.say("The result of the best plan for every number of blocks.")
    return [Figure(drawable(chart_svg(chart, font=FONT)), alt, caption, width=_CHART_SHARE)]


def picture_network(briefing: Briefing) -> list[Part]:
    """
    Draw who shares arrangements with whom on a map.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The picture; nothing where the study has no boundaries, no register, or nobody shares anything.
    """
    boundaries, review = briefing.analysis.study.boundaries, briefing.analysis.cooperation
    if not boundaries or review is None or not review.network.edges:
        return []
    plan = briefing.analysis.blocks.plan
    svg = network_map(
        boundaries,
        briefing.territory,
        review.network,
        plan.assignment if isinstance(plan, Plan) else {},
        language=briefing.language,
        font=FONT,
        width=_MAP_WIDTH,
    )
    alt = describe_network(briefing.territory, review.network, language=briefing.language)
    caption = briefing.wording.say(
        "Municipalities tied by the arrangements that they share, {year}; the table has the figures.",
        year=str(review.year),
    )
    return [Figure(drawable(svg), alt, caption)]


def _map(briefing: Briefing, layer: Layer, caption: str, *, key: str, of_areas: bool = False) -> list[Part]:
    """Return a map of one layer."""
    boundaries = briefing.analysis.study.boundaries
    if not boundaries or not isinstance(layer.plan, Plan) or layer.measure is None:
        return []
    assignment = layer.plan.assignment
    inhabitants = {block.centre: briefing.wording.count(block.population) for block in layer.measure.blocks}
    shared: dict[str, Any] = {
        "language": briefing.language,
        "font": FONT,
        "width": _MAP_WIDTH,
        "most_height": _MAP_HEIGHT,
        "key": key,
        "of_areas": of_areas,
    }
    if briefing.is_country:
        svg = country_map(boundaries, briefing.territory, assignment, **shared)
    else:
        svg = county_map(boundaries, briefing.territory, assignment, notes=inhabitants, **shared)
    alt = describe_map(briefing.territory, assignment, language=briefing.language, of_areas=of_areas)
    return [Figure(drawable(svg), alt, caption, floats=briefing.is_country)]
