"""The register of cooperation: arrangements, who takes part, what others counted, the staff of a service, and norms."""

from __future__ import annotations

from tyngdepunkt.tables.columns import Number, Schema, Text, Whole, YesNo, column

__all__ = [
    "ArrangementControls",
    "Arrangements",
    "CapacityNorms",
    "ControlFigures",
    "Participants",
    "ReferenceStaffing",
    "Staffing",
    "TaskNeeds",
    "TaskParticipation",
]

_REGISTER = "survey of the municipalities, or their own register"
_RECORD = "the study's own record"
_NORM = "report, committee or law that sets it"


class Arrangements(Schema):
    """
    Arrangements of cooperation as they were in the year of each row.

    Rows of different snapshots describe the same arrangement at different times: never add snapshots together.
    """

    arrangement_id: Text = column(
        "Id of the row, unique over all snapshots",
        source=_RECORD,
        example="S18_15",
        text=True,
        also=("id",),
    )
    name: Text = column(
        "Name of the arrangement", source=_REGISTER, example="Søre Sunnmøre Barneverntjeneste", text=True
    )
    service_area: Text = column(
        "Service that it is about", source=_REGISTER, example="barnevern", text=True, also=("service", "task")
    )
    legal_form: Text = column(
        "Legal form: IKS, AS, SA; of the act of 1992 P27 (section 27 board), VK28b and VK28c (host, without and with "
        "a joint board); of the act of 2018 IPR (political council), KO (task community), VK20 and VK20_board (host, "
        "without and with a joint board); agreement, other; blank where not told",
        source=_REGISTER,
        example="VK28b",
        blank=True,
        allowed=(
            "IKS",
            "AS",
            "SA",
            "P27",
            "VK28b",
            "VK28c",
            "IPR",
            "KO",
            "VK20",
            "VK20_board",
            "agreement",
            "other",
        ),
    )
    form_basis: Text = column(
        "How the legal form is known: stated, by the name, by both, or by a list of another year",
        source=_RECORD,
        example="stated",
        blank=True,
        allowed=("stated", "name", "name_and_stated", "list_2011", "list_2013"),
    )
    host_id: Text = column(
        "Municipality that hosts it", source=_REGISTER, example="1519", blank=True, also=("host", "vertskommune")
    )
    year_start: Whole = column(
        "Year it began",
        unit="year",
        source=_REGISTER,
        example="2014",
        blank=True,
        least=1800,
        most=2200,
    )
    year_end: Whole = column(
        "Last year that it was in force; blank while it lasts",
        unit="year",
        source=_REGISTER,
        example="2019",
        blank=True,
        least=1800,
        most=2200,
    )
    level: Text = column(
        "How wide it reaches",
        source=_REGISTER,
        example="subregional",
        blank=True,
        allowed=("local", "subregional", "regional", "higher"),
    )
    level_basis: Text = column(
        "How the level is known: stated by the source, or derived from who takes part",
        source=_RECORD,
        example="stated",
        blank=True,
        allowed=("stated", "derived"),
    )
    snapshot: Whole = column(
        "Year that the row describes", unit="year", source=_REGISTER, example="2018", least=1800, most=2200
    )
    replaces: Text = column(
        "Ids of earlier rows about the same arrangement, with | between several",
        source=_RECORD,
        example="N13_SOS_13",
        blank=True,
    )
    later_id: Text = column(
        "Id of the latest later row about the same arrangement", source=_RECORD, example="S18_15", blank=True
    )
    participants_basis: Text = column(
        "How the participants are known: stated, derived from statements, from a list of another year, only some "
        "named (partial), or not told anywhere (unknown)",
        source=_RECORD,
        example="stated",
        blank=True,
        allowed=("stated", "derived", "list_2011", "list_2018", "partial", "unknown"),
    )
    outside: Text = column(
        "Participants that are not municipalities of the study", source=_REGISTER, example="Selje, Vågsøy", blank=True
    )
    outside_kind: Text = column(
        "Whether those outside are municipalities, others (a county, a company), or both; blank where not told",
        source=_RECORD,
        example="municipalities",
        blank=True,
        allowed=("municipalities", "others", "both"),
    )
    governing_body: Text = column(
        "Body that steers it", source=_REGISTER, example="council of mayors", blank=True, also=("styringsorgan",)
    )
    fte: Number = column(
        "Full-time equivalents of the arrangement as a whole",
        unit="full-time equivalents",
        source=_REGISTER,
        example="12.5",
        blank=True,
        least=0,
        also=("årsverk",),
    )
    cost_nok: Number = column(
        "Cost in a year, all participants together",
        unit="NOK",
        source=_REGISTER,
        example="9500000",
        blank=True,
        least=0,
        also=("kostnad",),
    )
    note: Text = column("What else one should know", source=_RECORD, example="8 participants not named", blank=True)
    source: Text = column(
        "Where the row was read", source=_RECORD, example="NIVI 2018:1 table 3.2 no. 15, p. 17", blank=True
    )


class Participants(Schema):
    """Municipalities of the study that take part in an arrangement."""

    arrangement_id: Text = column("Arrangement", source=_REGISTER, example="S18_15", text=True, also=("id",))
    municipality_id: Text = column(
        "Municipality that takes part",
        source=_REGISTER,
        example="1519",
        text=True,
        also=("code", "kommunenummer", "kommunenr"),
    )
    basis: Text = column(
        "How it is known that it takes part: as in participants_basis of arrangements, or uncertain",
        source=_RECORD,
        example="stated",
        blank=True,
        allowed=("stated", "derived", "list_2011", "list_2018", "partial", "uncertain"),
    )


class ArrangementControls(Schema):
    """
    How many arrangements each municipality takes part in by another's count, to hold the register against.

    The count of all levels is a row of its own, and need not be the sum of the others: it is what the source says.
    """

    municipality_id: Text = column(
        "Municipality",
        source="whoever counted",
        example="1502",
        text=True,
        also=("code", "kommunenummer", "kommunenr"),
    )
    year: Whole = column("Year of the count", unit="year", source=_RECORD, example="2013", least=1800, most=2200)
    level: Text = column(
        "Level that is counted, or all",
        source="whoever counted",
        example="all",
        allowed=("all", "local", "subregional", "regional", "higher"),
    )
    arrangements: Whole = column(
        "How many arrangements the municipality takes part in",
        unit="arrangements",
        source="whoever counted",
        example="55",
        least=0,
    )
    source: Text = column("Where the count was read", source=_RECORD, example="NIVI 2013:3 table 2.3", blank=True)


class TaskParticipation(Schema):
    """How many municipalities cooperate on each task by another's count, and what of the register it is about."""

    task: Text = column("Task, as the source calls it", source="whoever counted", example="Legevakt", text=True)
    year: Whole = column("Year of the count", unit="year", source=_RECORD, example="2013", least=1800, most=2200)
    municipalities: Whole = column(
        "How many municipalities of the study cooperate on it",
        unit="municipalities",
        source="whoever counted",
        example="29",
        least=0,
    )
    percent: Number = column(
        "The same as per cent of all its municipalities, as printed",
        unit="%",
        source="whoever counted",
        example="81",
        blank=True,
        least=0,
        most=100,
    )
    percent_elsewhere: Number = column(
        "Per cent of the municipalities of the area compared with",
        unit="%",
        source="whoever counted",
        example="96",
        blank=True,
        least=0,
        most=100,
    )
    elsewhere: Text = column("Area compared with", source="whoever counted", example="Sør-Trøndelag", blank=True)
    service_areas: Text = column(
        "Service areas of the register that the task is, with | between several; blank where the register does not "
        "tell it from others",
        source=_RECORD,
        example="legevakt",
        blank=True,
    )
    source: Text = column("Where the count was read", source=_RECORD, example="NIVI 2013:3 table 2.17", blank=True)


class TaskNeeds(Schema):
    """What a task needs of a legal form, where a source tells; a blank cell is unknown, and is not judged."""

    service_area: Text = column(
        "Service area, as the register calls it", source=_RECORD, example="arkiv", text=True, also=("task",)
    )
    statutory: YesNo = column("Whether law makes it a duty", source="law, or a guide to it", example="1", blank=True)
    individual_decisions: YesNo = column(
        "Whether whoever does it must make individual decisions about persons",
        source="law, or a guide to it",
        example="0",
        blank=True,
    )
    matters_of_principle: YesNo = column(
        "Whether these include matters of principle", source="law, or a guide to it", example="0", blank=True
    )
    service_production: YesNo = column(
        "Whether it is the production of a service", source="law, or a guide to it", example="1", blank=True
    )
    source: Text = column(
        "Where that was read", source=_RECORD, example="the ministry's guide to cooperation, chapter 6", text=True
    )


class Staffing(Schema):
    """Staff of a service; that of a shared service stands on its host."""

    municipality_id: Text = column(
        "Municipality that employs them",
        source=_REGISTER,
        example="1519",
        text=True,
        also=("code", "kommunenummer", "kommunenr"),
    )
    service: Text = column("Service", source=_REGISTER, example="barnevern", text=True, also=("tjeneste", "task"))
    measure: Text = column(
        "What is counted: full-time equivalents, all posts, professional posts without clerical ones, or persons",
        source=_RECORD,
        example="posts_all",
        allowed=("full_time_equivalents", "posts_all", "posts_professional", "persons"),
    )
    year: Whole = column("Year", unit="year", source=_REGISTER, example="2017", least=1800, most=2200, also=("år",))
    fte: Number = column(
        "How many, in the unit that the column measure names",
        unit="see measure",
        source=_REGISTER,
        example="32.0",
        least=0,
        also=("årsverk", "staff", "posts"),
    )
    arrangement_id: Text = column("Arrangement that shares the service", source=_RECORD, example="B17_02", blank=True)
    source: Text = column(
        "Where the figure was read", source=_RECORD, example="NIVI 2018:1 figure 3.5 p. 20", blank=True
    )
    note: Text = column("What else one should know", source=_RECORD, example="planned", blank=True, also=("merknad",))


class CapacityNorms(Schema):
    """What a service needs to be sustainable, and who says so; between the limits there is no grade."""

    service: Text = column(
        "Service, as the table staffing names it; blank for any service",
        source=_NORM,
        example="barnevern",
        blank=True,
        also=("tjeneste", "task"),
    )
    measure: Text = column(
        "What is counted: as in the table staffing, or the inhabitants served",
        source=_NORM,
        example="full_time_equivalents",
        allowed=("full_time_equivalents", "posts_all", "posts_professional", "persons", "inhabitants"),
    )
    very_vulnerable_below: Number = column(
        "Below which a service is very vulnerable", unit="see measure", source=_NORM, example="3", blank=True, least=0
    )
    vulnerable_below: Number = column(
        "Below which a service is vulnerable", unit="see measure", source=_NORM, example="5", blank=True, least=0
    )
    sufficient_from: Number = column(
        "From which a service is sufficient", unit="see measure", source=_NORM, example="6", blank=True, least=0
    )
    full_from: Number = column(
        "From which a service can be whole, with specialists",
        unit="see measure",
        source=_NORM,
        example="10",
        blank=True,
        least=0,
    )
    source: Text = column("Where the norm was read", source=_RECORD, example="NIVI 2010:1; NIVI 2018:5", text=True)
    note: Text = column("How the source puts it", source=_RECORD, example="5 to 6, then 10 to 20", blank=True)


class ReferenceStaffing(Schema):
    """Staff of services elsewhere, to compare with; municipalities here need not be of the study."""

    area: Text = column("Area that it is from", source=_REGISTER, example="Fosen", text=True)
    arrangement: Text = column("Name of the arrangement", source=_REGISTER, example="Fosen IKT", text=True)
    measure: Text = column(
        "What is counted, as in the table staffing",
        source=_RECORD,
        example="full_time_equivalents",
        allowed=("full_time_equivalents", "posts_all", "posts_professional", "persons"),
    )
    year: Whole = column("Year", unit="year", source=_REGISTER, example="2017", least=1800, most=2200, also=("år",))
    fte: Number = column(
        "How many, in the unit that the column measure names",
        unit="see measure",
        source=_REGISTER,
        example="8",
        least=0,
        also=("årsverk", "staff", "posts"),
    )
    host: Text = column(
        "Number and name of the municipality that hosts it", source=_REGISTER, example="1624 Rissa", blank=True
    )
    participants: Text = column(
        "Numbers of the municipalities that take part, with | between several; blank where not told",
        source=_REGISTER,
        example="1624|1627",
        blank=True,
    )
    source: Text = column(
        "Where the figure was read", source=_RECORD, example="NIVI 2017:1 table 2.2 p. 14", blank=True
    )
    note: Text = column("What else one should know", source=_RECORD, example="Ørland has left", blank=True)


class ControlFigures(Schema):
    """Figures that a source prints and the tables give as well, to hold the one against the other."""

    about: Text = column(
        "What the figure is about: staffing and reference_staffing, the sum of the rows from a source; "
        "service_structure, services against municipalities",
        source=_RECORD,
        example="staffing",
        allowed=("staffing", "reference_staffing", "service_structure"),
    )
    subject: Text = column(
        "Which rows: the beginning of their source, or the service",
        source=_RECORD,
        example="NIVI 2018:1 table 3.4",
        text=True,
    )
    municipality_id: Text = column(
        "Municipality whose rows alone are meant; blank for all", source=_RECORD, example="1511", blank=True
    )
    quantity: Text = column("What of them", source=_RECORD, example="total", text=True)
    value: Number = column("The figure as printed", unit="see quantity", source=_RECORD, example="18.6")
    unit: Text = column("Unit of the figure", source=_RECORD, example="full-time equivalents", blank=True)
    source: Text = column("Where it is printed", source=_RECORD, example="NIVI 2018:1 table 3.4 p. 19", text=True)
    note: Text = column("What else one should know", source=_RECORD, example="without the NAV of the state", blank=True)
