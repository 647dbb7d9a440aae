"""Places for names: on their own land where there is room, and never over one another."""

from __future__ import annotations

import itertools

from tyngdepunkt.report.labels import Box, Name, place_names, survey_ground, text_width


def rectangle(left: float, top: float, right: float, bottom: float) -> list[list[tuple[tuple[float, float], ...]]]:
    """Return one polygon of one ring [px]."""
    return [[((left, top), (right, top), (right, bottom), (left, bottom), (left, top))]]


def test_a_name_stands_in_the_middle_of_land_with_room():
    ground = survey_ground({"1504": rectangle(60, 60, 240, 160)}, 300, 220)
    (placed,) = place_names([Name("1504", "Ålesund", 12)], ground, blocks={})

    assert abs(placed.x - 150) < 12
    assert abs(placed.y - 110) < 12
    assert placed.leader is None


def test_a_name_does_not_cover_a_mark():
    ground = survey_ground({"1504": rectangle(60, 60, 240, 160)}, 300, 220)
    mark = Box(150, 110, 15, 15)
    (placed,) = place_names([Name("1504", "Ålesund", 12)], ground, blocks={}, taken=[mark])

    apart = abs(placed.x - mark.x) > (placed.name.width + 15) / 2 or abs(placed.y - mark.y) > (12 + 15) / 2
    assert apart


def test_a_name_without_room_stands_in_the_sea_with_a_line_to_its_land():
    # A small island among larger land, wide sea to the left.
    lands = {"a": rectangle(150, 100, 160, 110), "b": rectangle(162, 20, 400, 280)}
    ground = survey_ground(lands, 420, 300)
    placed = {
        p.name.owner: p for p in place_names([Name("a", "Sandøysund", 12), Name("b", "B", 12)], ground, blocks={})
    }

    assert placed["a"].x + placed["a"].name.width / 2 < 166
    assert placed["a"].leader is not None
    assert placed["a"].leader[1] == ground.middles["a"]


def test_names_do_not_cover_one_another():
    lands = {f"{i}": rectangle(40 + 30 * i, 40 + 15 * i, 70 + 30 * i, 70 + 15 * i) for i in range(8)}
    ground = survey_ground(lands, 400, 300)
    placed = place_names([Name(i, "Kristiansund", 11) for i in lands], ground, blocks={})

    for one, other in itertools.combinations(placed, 2):
        beside = abs(one.x - other.x) > (one.name.width + other.name.width) / 2 - 1
        assert beside or abs(one.y - other.y) > 11


def test_wide_letters_need_more_room_than_narrow_ones():
    assert text_width("mmm", 10) > text_width("iii", 10)
    assert text_width("Molde", 10, bold=True) > text_width("Molde", 10)


def test_land_smaller_than_a_square_of_the_grid_has_a_middle():
    ground = survey_ground({"a": rectangle(10.1, 10.1, 10.4, 10.4)}, 60, 60)

    assert abs(ground.middles["a"][0] - 10.25) < 1
