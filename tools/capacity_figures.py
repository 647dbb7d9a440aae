"""What the study that ships says of capacity beyond the collected tables: norms with their sources, printed figures."""

from __future__ import annotations

N18_5 = "NIVI 2018:5"
TABLE_3_4 = "NIVI 2018:1 table 3.4 p. 19"
FTE, PROFESSIONAL, PERSONS, INHABITANTS = "full_time_equivalents", "posts_professional", "persons", "inhabitants"

# service, measure, very vulnerable below, vulnerable below, sufficient from, full from, source, note
NORMS = (
    (
        "barnevern",
        FTE,
        "",
        5,
        6,
        10,
        "NIVI 2010:1; NIVI 2018:5",
        "below 5 to 6 vulnerable; 10 to 20 for a full regional service with specialists",
    ),
    ("barnevern", PROFESSIONAL, "", 5, 5, "", "Barnevernpanelet 2011 (NIVI 2018:5)", "at least 5 professional posts"),
    (
        "areal- og samfunnsplan",
        PERSONS,
        "",
        2,
        2,
        "",
        "NIVI 2014:1",
        "a professional environment is two persons or more",
    ),
    (
        "areal- og samfunnsplan",
        FTE,
        "",
        "",
        2,
        6,
        "NIVI 2014:1; NIVI 2012:3",
        "2 to 3 as a basis, 1 to 2 in a small municipality with formal cooperation; 6 to 10 for a whole environment",
    ),
    ("landbruk", PERSONS, "", "", 2, "", "NIVI 2012:3", "good experience with 2 to 3 persons locally"),
    ("landbruk", FTE, "", "", "", 6, "NIVI 2012:3", "6 to 10 for a whole environment"),
    ("miljø", PERSONS, "", "", 2, "", "NIVI 2012:3", "good experience with 2 to 3 persons locally"),
    ("miljø", FTE, "", "", "", 6, "NIVI 2012:3", "6 to 10 for a whole environment"),
    ("beredskap", FTE, "", "", 1, "", "NIVI 2017:5", "1 to 2 or more can be read as a professional environment"),
    (
        "",
        INHABITANTS,
        "",
        3000,
        15000,
        20000,
        "Expert committee 2014 (15,000 to 20,000); NIVI 2018:5 (3,000)",
        "15,000 to 20,000 for the statutory tasks as a whole; services below 3,000 counted as vulnerable",
    ),
    ("videregående skole", INHABITANTS, "", "", 100000, "", "Expert committee 2014", "for tasks that counties have"),
    (
        "kollektivtransport",
        INHABITANTS,
        "",
        "",
        100000,
        "",
        "Expert committee 2014; Prop. 91 L (2016-2017)",
        "with a functional area and a market",
    ),
)
NORM_COLUMNS = (
    "service",
    "measure",
    "very_vulnerable_below",
    "vulnerable_below",
    "sufficient_from",
    "full_from",
    "source",
    "note",
)

_STRUCTURE = (
    "services",
    "alone",
    "shared",
    "cooperating_share",
    "mean",
    "median",
    "most",
    "least",
    "below_3000",
    "from_3000",
    "from_5000",
    "from_15000",
)
_UNITS = (
    "services",
    "services",
    "services",
    "percent",
    "persons",
    "persons",
    "persons",
    "persons",
    "percent",
    "percent",
    "percent",
    "percent",
)
_PRINTED = {
    "IKT": (7, 3, 4, 92, 38122, 46572, 84158, 972, 14.3, 14.3, 14.3, 57.1),
    "barnevern": (19, 12, 7, 67, 14045, 9131, 48773, 2172, 10.5, 15.8, 52.6, 21.1),
    "legevakt": (18, 9, 9, 75, 14825, 14445, 70666, 2946, 5.6, 11.1, 66.7, 16.7),
    "PPT": (18, 9, 9, 75, 14825, 9238, 51103, 1263, 5.6, 5.6, 61.1, 27.8),
    "landbruk": (23, 16, 7, 56, 11602, 5978, 64560, 1571, 26.1, 17.4, 26.1, 30.4),
    "brann": (33, 31, 2, 14, 8087, 4680, 47510, 972, 30.3, 21.2, 39.4, 9.1),
}

# about, subject, municipality, quantity, value, unit, source, note
CONTROLS = (
    ("staffing", TABLE_3_4, "1515", "total", 56.6, "full-time equivalents", TABLE_3_4, ""),
    ("staffing", TABLE_3_4, "1514", "total", 16.5, "full-time equivalents", TABLE_3_4, ""),
    ("staffing", TABLE_3_4, "1511", "total", 18.6, "full-time equivalents", TABLE_3_4, ""),
    ("staffing", TABLE_3_4, "", "total", 91.7, "full-time equivalents", TABLE_3_4, "the sum of the three printed sums"),
    (
        "staffing",
        "NIVI 2018:1 figure 3.5",
        "",
        "total",
        260,
        "posts",
        "NIVI 2018:1 p. 20",
        "given in round figures in the text",
    ),
    (
        "reference_staffing",
        "NIVI 2017:1 table 2.2",
        "",
        "total",
        107.85,
        "full-time equivalents",
        "NIVI 2017:1 table 2.2 p. 14",
        "",
    ),
    *(
        (
            "service_structure",
            service,
            "",
            quantity,
            value,
            unit,
            N18_5,
            "of 1 January 2018, 266,856 inhabitants" if quantity == "mean" else "",
        )
        for service, values in _PRINTED.items()
        for quantity, value, unit in zip(_STRUCTURE, values, _UNITS, strict=True)
    ),
    *(
        ("service_structure", "municipalities", "", quantity, value, "percent", N18_5, "")
        for quantity, value in zip(_STRUCTURE[8:], (30.6, 19.4, 41.7, 8.3), strict=True)
    ),
)
CONTROL_COLUMNS = ("about", "subject", "municipality_id", "quantity", "value", "unit", "source", "note")

REFERENCE_NOTES = {
    "": "",
    "Ørland has left": "Ørland has left",
    "Osen left in 2011": "Osen left in 2011",
    "4 of the municipalities take part (not named)": "four take part, not named",
}
