"""The print maps: every name on them, nothing by colour alone, nothing fetched, words for those who do not see."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from tyngdepunkt.report.cartography import draw_scale_bar
from tyngdepunkt.report.drawing import KM_PER_DEGREE, Projection
from tyngdepunkt.report.maps import Panel, county_map, describe_map, small_multiple_maps

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def assignment(shipped):
    """The shipped study in three blocks, by district."""
    centres = {"Sunnmøre": "1504", "Romsdal": "1502", "Nordmøre": "1505"}
    return {m.id: centres[m.district] for m in shipped.territory.municipalities}


@pytest.fixture(scope="module")
def drawn(shipped, assignment):
    """The map of the three blocks."""
    return county_map(shipped.boundaries, shipped.territory, assignment, language="nb")


@pytest.fixture(scope="module")
def plain(drawn):
    """The same as an XML tree."""
    return parse(drawn)


def parse(svg: str) -> ET.Element:
    """Return SVG as an XML tree."""
    return ET.fromstring(svg)  # noqa: S314 - we made it ourselves


def texts(tree: ET.Element) -> list[str]:
    """Return every text that is read, rims left out."""
    return [t.text or "" for t in tree.iter(f"{SVG}text") if t.get("aria-hidden") != "true"]


def test_every_municipality_is_named_once_and_blocks_again_in_the_legend(shipped, plain):
    written = texts(plain)

    for municipality in shipped.territory.municipalities:
        expected = 2 if municipality.id in {"1504", "1502", "1505"} else 1
        assert written.count(municipality.name) == expected


def test_indicative_borders_are_dashed_and_real_ones_are_not(plain):
    dashed = [p for p in plain.iter(f"{SVG}path") if p.get("stroke-dasharray") == "3.2 2.4"]
    unbroken = [p for p in plain.iter(f"{SVG}path") if p.get("stroke") and not p.get("stroke-dasharray")]

    assert any(p.get("d", "").count("M") >= 8 for p in dashed)  # 17 borders that we drew, some at sea's edge
    assert any(p.get("stroke-width") == "2.2" for p in unbroken)


def test_without_indicative_borders_nothing_is_dashed_and_nothing_said(shipped, assignment):
    features = [f for f in shipped.boundaries["features"] if f["properties"]["kind"] == "municipality"]
    drawn = county_map({"features": features}, shipped.territory, assignment, language="en")

    assert "stroke-dasharray" not in drawn
    assert "indicative" not in drawn.lower()


def test_a_block_is_told_by_pattern_as_well_as_colour(plain):
    fills = {p.get("fill") for p in plain.iter(f"{SVG}path") if p.get("fill-rule") == "evenodd"}
    patterns = {f"url(#{p.get('id')})" for p in plain.iter(f"{SVG}pattern")}

    assert len(fills) == 3
    assert {fill for fill in fills if fill.startswith("url")} == patterns
    assert len(patterns) == 2  # the largest is plain


def test_the_picture_has_a_title_and_words_that_name_every_municipality(shipped, plain):
    title, description = plain.find(f"{SVG}title"), plain.find(f"{SVG}desc")

    assert plain.get("role") == "img"
    assert plain.get("aria-labelledby", "").split() == [title.get("id"), description.get("id")]
    assert all(m.name in description.text for m in shipped.territory.municipalities)


def test_nothing_is_fetched(shipped, assignment):
    drawn = county_map(shipped.boundaries, shipped.territory, assignment, language="nb", flows=5)

    assert not re.search(r"<(image|use|script|style|foreignObject|a)\b|href|@import", drawn)
    assert all(match.startswith("#") for match in re.findall(r"url\(([^)]*)\)", drawn))
    assert re.findall(r"https?://[^\s\"<]*", drawn) == ["http://www.w3.org/2000/svg"]


def test_whoever_made_the_outlines_is_credited(plain):
    assert any("Kartverket" in text and "CC BY 4.0" in text for text in texts(plain))


def test_the_same_map_comes_out_each_time_whatever_the_order_of_the_assignment(shipped, assignment, drawn):
    shuffled = dict(sorted(assignment.items(), reverse=True))

    assert county_map(shipped.boundaries, shipped.territory, shuffled, language="nb") == drawn


def test_a_centre_has_one_fill_whatever_the_number_of_centres(shipped, assignment):
    every = {i: i for i in shipped.territory.ids}
    few, many = (county_map(shipped.boundaries, shipped.territory, a, language="nb") for a in (assignment, every))
    patterns = [set(re.findall(r'<pattern id="([^"]*)"', drawn)) for drawn in (few, many)]

    assert patterns[0] < patterns[1]
    assert len(patterns[1]) + len(re.findall(r'fill="#[0-9A-F]{6}" fill-rule="evenodd"', many)) == 36


def test_of_the_flows_the_largest_are_drawn_and_explained(shipped, assignment):
    bare = county_map(shipped.boundaries, shipped.territory, assignment, language="en")
    drawn = county_map(shipped.boundaries, shipped.territory, assignment, language="en", flows=4)

    assert drawn.count('r="2.2"') - bare.count('r="2.2"') == 4
    assert "commuters to and from the centre" in drawn
    assert "commuters to and from the centre" not in bare


def test_another_plan_s_borders_are_laid_over_and_named(shipped, assignment):
    other = shipped.reference_plans[0]
    drawn = county_map(
        shipped.boundaries,
        shipped.territory,
        assignment,
        language="en",
        overlay=other.blocks,
        overlay_name=other.name,
    )

    assert drawn.count("#C2006B") == 2  # on the map and in the legend
    assert any(other.name in text for text in texts(parse(drawn)))


def test_notes_stand_in_the_legend_in_the_order_given(shipped, assignment):
    notes = {"1505": "third", "1504": "first", "1502": "second"}
    written = texts(parse(county_map(shipped.boundaries, shipped.territory, assignment, language="en", notes=notes)))

    assert [text for text in written if text in notes.values()] == ["third", "first", "second"]


def test_municipalities_in_no_block_are_shown_as_such(shipped, assignment):
    part = {i: c for i, c in assignment.items() if c != "1505"}
    drawn = county_map(shipped.boundaries, shipped.territory, part, language="en")

    assert "In no block" in drawn
    assert county_map(shipped.boundaries, shipped.territory, {}, language="en").count("<title") == 1


def test_names_cannot_break_the_picture(shipped, assignment):
    nasty = ("<b>&amp;</b>", '"quoted"', "A" * 300, "line\nend\x07", "</svg>")
    renamed = tuple(
        replace(m, name=nasty[i]) if i < len(nasty) else m for i, m in enumerate(shipped.territory.municipalities)
    )
    territory = replace(shipped.territory, municipalities=renamed)
    tree = parse(county_map(shipped.boundaries, territory, assignment, language="nb", title="<&>"))

    assert "<b>&amp;</b>" in texts(tree)
    assert tree.find(f"{SVG}title").text == "<&>"


def test_municipalities_without_a_known_centre_are_drawn_without_a_mark(shipped, assignment):
    placeless = tuple(replace(m, latitude=None, longitude=None) for m in shipped.territory.municipalities)
    territory = replace(shipped.territory, municipalities=placeless)
    drawn = county_map(shipped.boundaries, territory, assignment, language="nb", flows=9)

    assert drawn.count('r="5.4"') == 0
    assert "Senter i en blokk" not in drawn
    assert "Smøla" in drawn


def test_small_maps_stand_side_by_side_with_headings_notes_and_one_title(shipped, assignment):
    panels = [Panel("To", assignment, "notat"), Panel("Tre", assignment), Panel("Fire", assignment)]
    tree = parse(small_multiple_maps(shipped.boundaries, shipped.territory, panels, language="nb", columns=3))
    written = texts(tree)

    assert [text for text in written if text in {"To", "Tre", "Fire", "notat"}] == ["To", "notat", "Tre", "Fire"]
    assert written.count("Molde") == 3
    assert len(tree.findall(f"{SVG}title")) == 1
    assert len(list(tree.iter(f"{SVG}pattern"))) == 2


@pytest.mark.parametrize(("language", "said"), [("nb", "36 kommuner"), ("nn", "36 kommunar"), ("en", "36 munic")])
def test_a_map_is_put_in_words_in_every_language(shipped, assignment, language, said):
    described = describe_map(shipped.territory, assignment, language=language)

    assert said in described
    assert "Ålesund: " in described


def test_words_name_blocks_as_the_legend_does(shipped, assignment):
    described = describe_map(shipped.territory, assignment, language="en", names={"1504": "Nye Ålesund"})

    assert "Nye Ålesund: " in described


@pytest.mark.parametrize("pixels_per_km", [3.0, 0.6, 0.2])
def test_the_labels_of_the_scale_bar_do_not_meet(pixels_per_km):
    projection = Projection(5.0, 65.0, 63.0, pixels_per_km * KM_PER_DEGREE, 0.0, 0.0)
    bar = parse(f'<svg xmlns="http://www.w3.org/2000/svg">{draw_scale_bar((200.0, 20.0), projection)}</svg>')
    labels = {float(text.get("x")): "".join(text.itertext()) for text in bar.iter(f"{SVG}text")}
    start, middle, end = sorted(labels)
    assert labels[start] == "0"
    assert min(middle - start, end - middle) >= 30
    kilometres = int(labels[end].split()[0])
    assert end - start == pytest.approx(kilometres * pixels_per_km, abs=0.2)


@pytest.mark.parametrize("most", [800, 420])
def test_a_map_with_its_legend_is_no_higher_than_a_page_has_room_for(shipped, most):
    alone = {i: i for i in shipped.territory.ids}  # so many blocks that the legend stands below
    tree = parse(county_map(shipped.boundaries, shipped.territory, alone, language="nb", most_height=most))

    assert float(tree.get("height")) <= most
    assert tree.get("width") == "760"
