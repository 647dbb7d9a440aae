"""The chapters and tables on cooperation and services: what they say, and what they leave unknown."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import openpyxl
import pytest

from tyngdepunkt.analysis.cooperation import Network
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.chapters.cooperation import write_cooperation
from tyngdepunkt.report.chapters.front import write_front
from tyngdepunkt.report.chapters.services import write_services
from tyngdepunkt.report.document import Box, Bullets, Figure, Grid, Heading, Paragraph
from tyngdepunkt.report.network import describe_network, drawn_ties, network_map
from tyngdepunkt.report.sheet import tabulate
from tyngdepunkt.report.tables.arrangements import list_arrangements
from tyngdepunkt.report.tables.capacity import list_capacity, list_findings
from tyngdepunkt.report.tables.cooperation import (
    list_block_cooperation,
    list_kinds,
    list_municipal_cooperation,
    list_task_cooperation,
)
from tyngdepunkt.report.tables.structures import list_structures
from tyngdepunkt.texts import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def plain(analysis):
    """The analysis with no boundaries, and so no maps."""
    return replace(analysis, study=replace(analysis.study, boundaries=None))


@pytest.fixture(scope="module")
def briefing(plain):
    """The analysis for English readers, without maps."""
    return Briefing(plain, "en")


def lacking(analysis, *tables):
    """Return an analysis whose study lacks some tables."""
    kept = {name: table for name, table in analysis.study.tables.items() if name not in tables}
    return replace(analysis, study=replace(analysis.study, tables=kept))


def read(parts) -> str:
    """Return the running text of parts, captions and notes of tables among it."""
    said = []
    for part in parts:
        match part:
            case Heading(text) | Paragraph(text):
                said.append(text)
            case Bullets(items) | Box(_, items):
                said += items
            case Grid(table):
                said += [table.title, table.note]
            case Figure(_, alt, caption):
                said += [alt, caption]
    return " ".join(said)


def column(table, key):
    """Return the cells of a column."""
    return [row[0] for row in table.pick(key).rows]


def test_the_year_and_the_basis_are_said_and_years_are_never_added(briefing):
    said = read(write_cooperation(briefing))
    assert "The register has 310 rows" in said
    assert "never added together" in said
    assert "The picture of 2018 has each arrangement once, by its latest row: 263 arrangements" in said
    assert "208 (2013), 6 (2017) and 49 (2018)" in said
    assert "In 2013 the register has 1,262 of the 1,407 participations that another counted." in said
    assert "Of 50 tasks counted, the register tells 47 from others, and 37 of these agree exactly." in said


def test_the_tables_hold_what_the_analysis_holds(briefing, analysis):
    measure = analysis.cooperation.measure
    blocks = list_block_cooperation(briefing)
    assert column(blocks, "total") == [group.total for group in (*measure.blocks, measure.whole)]
    assert column(blocks, "criss_cross") == [group.criss_cross.share for group in (*measure.blocks, measure.whole)]
    own = list_municipal_cooperation(briefing)
    assert sum(column(own, "total")) == measure.participations
    assert sum(column(own, "control_then")) == 1407
    assert sum(column(own, "total_then")) == 1262
    kinds = dict(list_kinds(briefing).pick("kind", "block_0").rows)
    assert kinds["Local"] == 136
    capacity = list_capacity(briefing)
    assert column(capacity, "pooled") == [each.pooled_fte for each in analysis.services.capacity.blocks]


def test_a_municipality_that_nobody_counted_has_no_gap_rather_than_zero(briefing):
    gaps = column(list_municipal_cooperation(briefing), "gap")
    assert gaps.count(None) == 29
    assert 0 not in gaps


def test_tasks_that_do_not_agree_say_why(briefing):
    rows = dict(list_task_cooperation(briefing).pick("task", "verdict").rows)
    assert rows["Energi-/kraftselskap"] == "the register is not complete here"
    assert rows["Interkommunale planer"] == "the register does not tell it from others"
    assert rows["Psykisk helse"] == "differs, though all participants are named"


def test_unknown_legal_forms_stay_unknown(briefing):
    verdicts = column(list_arrangements(briefing), "verdict")
    assert (verdicts.count("can carry it"), verdicts.count("unknown"), len(verdicts)) == (6, 257, 263)
    said = read(write_cooperation(briefing))
    assert "known for 6 of 263 arrangements. None of these has a form that cannot." in said
    assert "For 251 no source of the study tells what the task needs" in said


def test_printed_sums_that_are_wrong_are_told_with_their_right_figure(briefing):
    said = read(write_services(briefing))
    assert "prints 91.7 full-time equivalents for all of them together; its own rows give 93.7." in said
    assert "prints 18.6 full-time equivalents for Vanylven; its own rows give 20.6." in said
    assert column(list_findings(briefing), "outcome").count("differs") == 3


def test_service_sizes_say_where_they_come_out_and_why_not(briefing):
    rows = dict(list_structures(briefing).pick("service", "why").rows)
    assert rows["IKT"] == "comes out, but for inhabitants of another year"
    assert rows["brann"].startswith("does not come out: 19 of 22 arrangements are of an earlier year; of 1 not all")


def test_hosts_say_what_is_assumed_and_what_would_have_to_give_way(briefing):
    parts = write_services(briefing)
    said = read(parts)
    assert "nobody loses any in net over all services" in said
    assert "no figures of their own are known for Ulstein and Hareid; they are left out of the placing" in said
    (table,) = [part.table for part in parts if isinstance(part, Grid) and part.table.key == "hosting"]
    rows = {row[0]: row[-2:] for row in table.rows}
    assert rows["Molde"] == ("No plan. It works where someone may lose 7.1 (all posts), proven to be the least.",) * 2
    assert all("proven best" in cell for cell in rows["Ulstein"])
    assert rows["Volda"] == ("nothing to place",) * 2


def test_no_figure_for_a_gain_is_made_up(briefing):
    assert "none are made up here" in read(write_services(briefing))


@pytest.mark.parametrize(
    ("tables", "named"),
    [
        (("task_needs",), "what tasks need of a legal form"),
        (("staffing",), "staffing"),
        (("capacity_norms",), "norms for staff"),
        (("travel_times",), "travel times"),
        (("control_figures",), "printed figures to check against"),
    ],
)
def test_what_needs_a_missing_table_names_it(plain, tables, named):
    from tyngdepunkt.analysis import review_services

    bare = lacking(plain, *tables)
    review = review_services(bare.study) if tables != ("task_needs",) else bare.services
    bare = Briefing(replace(bare, services=review), "en")
    said = read([*write_cooperation(bare), *write_services(bare)])
    assert re.search(rf"left out, since the study does not have (it|them): [^.]*{named}", said)


def test_a_study_without_register_and_staffing_has_neither_chapter(plain):
    bare = Briefing(replace(plain, cooperation=None, services=None), "en")
    assert write_cooperation(bare) == write_services(bare) == []
    assert "cooperation" not in read(write_front(bare))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_it_in_its_own_words(plain, language):
    briefing = Briefing(plain, language)
    said = read([*write_cooperation(briefing), *write_services(briefing)])
    words = {"nb": "legges aldri sammen", "nn": "blir aldri lagde saman", "en": "are never added together"}
    for other, word in words.items():
        assert (word in said) == (other == language)


def test_the_register_as_kept_is_told_from_the_studys_tables(plain):
    kept = replace(plain, cooperation=replace(plain.cooperation, is_kept=True))
    assert "kept and changed since" in read(write_cooperation(Briefing(kept, "en")))
    assert "kept and changed since" not in read(write_cooperation(Briefing(plain, "en")))


@pytest.fixture(scope="module")
def drawn(analysis):
    """The network of the shipped study as an XML tree."""
    network, assignment = analysis.cooperation.network, analysis.blocks.plan.assignment
    svg = network_map(analysis.study.boundaries, analysis.study.territory, network, assignment, language="en")
    return ET.fromstring(svg)  # noqa: S314 - we made it ourselves


def test_every_municipality_is_a_node_and_every_tie_of_two_or_more_is_a_line(analysis, drawn):
    nodes = [circle for circle in drawn.iter(f"{SVG}circle") if circle.get("r") == "3.2"]
    assert len(nodes) == len(analysis.study.territory)
    ties = drawn_ties(analysis.cooperation.network)
    assert all(edge.shared >= 2 for edge in ties)
    lines = [path for path in drawn.iter(f"{SVG}path") if path.get("stroke-opacity") == "0.72"]
    in_legend = 3
    assert len(lines) == len(ties) + in_legend
    widths = [float(path.get("stroke-width")) for path in lines]
    assert max(widths) == 7.0
    assert min(widths) >= 0.7


def test_every_name_is_on_the_network_and_it_is_said_in_words(analysis, drawn):
    written = {text.text for text in drawn.iter(f"{SVG}text")}
    assert set(analysis.study.territory.names.values()) <= written
    said = describe_network(analysis.study.territory, analysis.cooperation.network, language="en")
    assert said.startswith("The map ties 63 pairs of municipalities")
    assert "Hareid–Ulstein (16)" in said or "Ulstein–Hareid (16)" in said


def test_a_network_of_single_ties_is_drawn_and_an_empty_one_is_not(analysis):
    network = analysis.cooperation.network
    single = replace(network, edges=tuple(edge for edge in network.edges if edge.shared == 1))
    assert drawn_ties(single) == single.edges
    empty = Network(network.nodes, (), 0)
    bare = replace(analysis, cooperation=replace(analysis.cooperation, network=empty))
    parts = write_cooperation(Briefing(bare, "en"))
    assert not [part for part in parts if isinstance(part, Figure)]
    assert "The picture ties" not in read(parts)
    assert "The picture ties" in read(write_cooperation(Briefing(analysis, "en")))


def test_the_sheet_has_every_pair_arrangement_and_item(analysis):
    book = openpyxl.load_workbook(io.BytesIO(tabulate(analysis, language="en")), read_only=True)
    heads = 3
    counts = {name: sum(1 for _ in book[name].iter_rows()) - heads for name in book.sheetnames[1:]}
    review = analysis.cooperation
    assert counts["Who with whom"] == len(review.network.edges)
    assert counts["Arrangements"] == len(review.measure.picture)
    assert counts["Long-term cooperation"] == 7 * len(review.assessments)
    assert counts["Tasks against the count"] == len(review.counted.tasks)
    assert counts["Legal forms"] == 8
    assert counts["Staff of services"] == len(analysis.services.capacity.units)
    assert counts["Hosts"] == 14
