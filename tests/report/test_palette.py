"""Colours and patterns: each its own, the same for ever, apart for every eye, and letters on them can be read."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.counties import make_random, relabelled
from tyngdepunkt.model import Link, LinkKind, Municipality, Territory
from tyngdepunkt.report import palette
from tyngdepunkt.report.palette import (
    COLOURS,
    PATTERNS,
    TILE,
    UNASSIGNED,
    block_style,
    contrast,
    plan_styles,
    territory_styles,
)

# Machado, Oliveira and Fernandes 2009, full severity; what an eye without one kind of cone makes of linear RGB.
SIGHTS = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def to_oklab(colour: str, sight: np.ndarray) -> np.ndarray:
    """Return a colour in OKLab (Ottosson 2020) as an eye sees it."""
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    opponents = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return opponents @ np.cbrt(np.clip(cones @ np.clip(sight @ linear, 0, 1), 0, None))


def test_black_on_white_has_the_greatest_contrast_and_like_on_like_none():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
    assert contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.01)  # the lightest grey that WCAG takes


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 400))
def test_no_two_of_any_number_of_ids_share_colour_and_pattern(number):
    ids = [f"{i:04}" for i in range(number)]
    styles = [block_style(i, ids) for i in ids]

    assert len({(style.colour, style.pattern) for style in styles}) == number


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 90), st.randoms(use_true_random=False))
def test_a_territory_s_styles_differ_and_the_order_of_rows_does_not_matter(seed, size, chance):
    territory = make_random(seed, size)
    order = list(range(size))
    chance.shuffle(order)
    styles = territory_styles(territory)

    assert set(styles) == set(territory.ids)
    assert len({(style.colour, style.pattern) for style in styles.values()}) == size
    assert territory_styles(relabelled(territory, order)) == styles


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 150))
def test_letters_can_be_read_on_every_fill_and_on_its_pattern(seed, size):
    for style in {*territory_styles(make_random(seed, size)).values(), UNASSIGNED}:
        assert contrast(style.ink, style.colour) >= 4.5
        assert contrast(style.ink, style.pattern_colour) >= 4.5


def test_a_pattern_is_seen_against_its_fill(shipped):
    for style in territory_styles(shipped.territory).values():
        assert contrast(style.colour, style.pattern_colour) >= 1.7


@pytest.mark.parametrize("sight", SIGHTS)
def test_every_eye_tells_any_two_colours_apart(sight):
    seen = [to_oklab(colour, SIGHTS[sight]) for colour in COLOURS]
    nearest = min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2))

    # 0.02 is about where two fields side by side can just be told apart.
    assert nearest > 0.05


def test_an_id_keeps_its_style_when_others_are_centres_too(shipped):
    ids = shipped.territory.ids

    assert block_style("1504", ids) == block_style("1504", list(ids))
    assert territory_styles(shipped.territory) is territory_styles(shipped.territory)


def test_an_id_that_is_not_in_the_list_is_refused():
    with pytest.raises(ValueError, match="not in"):
        block_style("9999", ["0301"])


def test_neighbours_of_the_shipped_study_share_neither_colour_nor_pattern(shipped):
    styles = territory_styles(shipped.territory)

    for link in shipped.territory.links:
        assert styles[link.a].colour != styles[link.b].colour
        assert styles[link.a].pattern != styles[link.b].pattern


def test_the_nine_largest_of_the_shipped_study_share_no_colour(shipped):
    styles = territory_styles(shipped.territory)
    largest = sorted(shipped.territory.municipalities, key=lambda m: -m.population)[: len(COLOURS)]

    assert len({styles[m.id].colour for m in largest}) == len(COLOURS)


def test_every_pattern_but_solid_has_strokes_that_fit_its_tile():
    assert [name for name, pattern in PATTERNS.items() if not pattern.path] == ["solid"]
    for name, pattern in PATTERNS.items():
        assert pattern.name == name
        assert pattern.width < TILE / 2


def test_blocks_side_by_side_in_a_country_never_share_both_colour_and_pattern():
    county = _grid(20)
    styles = territory_styles(county)
    hue = {style.colour: place for place, style in enumerate(styles.values())}
    assert len(hue) > len(COLOURS)
    centres = [m.id for m in county.municipalities][::4]
    rows = {m.id: m.id[:2] for m in county.municipalities}
    assignment = {i: min(centres, key=lambda c, i=i: (rows[c] != rows[i], abs(int(c[2:]) - int(i[2:])))) for i in rows}
    found = plan_styles(county, assignment)
    assert set(found) == set(centres)
    assert len(set(found.values())) == len(found)
    beside = {(assignment[link.a], assignment[link.b]) for link in county.links}
    base = {_paler(colour, tier): colour for colour in COLOURS for tier in range(12)}
    both = [
        (a, b)
        for a, b in beside
        if a != b and found[a].pattern == found[b].pattern and base[found[a].colour] == base[found[b].colour]
    ]
    assert both == []


def test_a_plan_of_a_county_has_the_styles_of_its_municipalities(shipped):
    styles = territory_styles(shipped.territory)
    assignment = dict.fromkeys(shipped.territory.ids, "1504")
    assert plan_styles(shipped.territory, assignment) == {"1504": styles["1504"]}


def _grid(side):
    """A country of side² municipalities in rows and columns."""
    ids = [f"{row:02}{column:02}" for row in range(side) for column in range(side)]
    links = [Link(f"{r:02}{c:02}", f"{r:02}{c + 1:02}", LinkKind.LAND) for r in range(side) for c in range(side - 1)]
    links += [Link(f"{r:02}{c:02}", f"{r + 1:02}{c:02}", LinkKind.LAND) for r in range(side - 1) for c in range(side)]
    people = tuple(Municipality(i, i, 1000 + 7 * place % 13) for place, i in enumerate(ids))
    return Territory(people, tuple(links), np.zeros((len(ids), len(ids)), dtype=np.int64))


def _paler(colour, tier):
    """A colour as the palette makes it paler, tier by tier."""
    return palette._mix(colour, "#FFFFFF", 1 - (1 - palette._PALER) ** tier)
