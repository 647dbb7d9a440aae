"""What a reader does at the workbench."""

from __future__ import annotations

import time

import pytest

from tyngdepunkt.web import pages
from tyngdepunkt.web.desk import Work


def test_the_map_draws_blocks_in_colours_and_patterns_on_a_sea(bench):
    bench.open()
    colours = bench.colours()
    large = [name for name, pixels in colours.items() if pixels > 1000]
    assert "14,15,15" in colours  # the sea
    assert len(large) >= 8  # six blocks, their patterns, the sea


def test_another_number_changes_map_figures_and_tables(bench):
    bench.open()
    before = bench.colours()
    assert "18,276" in bench.page.locator(".figures").inner_text()
    bench.page.fill("#centres", "7")
    bench.page.keyboard.press("Enter")
    bench.wait_for_title("7 blocks")
    bench.drawn()
    assert "17,587" in bench.page.locator(".figures").inner_text()
    assert bench.page.locator("#panel-blocks tbody tr").count() == 7
    assert bench.page.locator("#centres-slider").input_value() == "7"
    after = bench.colours()
    changed = sum(abs(after.get(name, 0) - before.get(name, 0)) for name in before.keys() | after.keys())
    assert changed > 5000
    assert bench.page.url.endswith("/?centres=7")


def test_back_and_forward_undo_and_redo_the_question(bench):
    bench.open()
    bench.page.fill("#centres", "7")
    bench.page.keyboard.press("Enter")
    bench.wait_for_title("7 blocks")
    bench.page.check("#floor-0")
    bench.page.wait_for_url("**floor=0*")
    bench.page.go_back()
    bench.page.wait_for_function("() => document.querySelector('#floor-15000').checked")
    bench.page.go_back()
    bench.wait_for_title("6 blocks")
    assert bench.page.locator("#centres").input_value() == "6"
    bench.page.go_forward()
    bench.wait_for_title("7 blocks")
    assert bench.page.locator("#map canvas").count() == 1
    bench.page.evaluate("() => history.go(-1)")
    bench.page.evaluate("() => history.go(1)")
    bench.wait_for_title("7 blocks")


def test_the_slider_answers_on_the_map_before_it_is_let_go(bench):
    bench.open()
    bench.page.wait_for_load_state("networkidle")
    slider = bench.page.locator("#centres-slider")
    bench.page.evaluate(
        """() => {
            const slider = document.getElementById('centres-slider');
            slider.value = '2';
            slider.dispatchEvent(new Event('input', { bubbles: true }));
        }"""
    )
    bench.page.wait_for_selector('#map[data-drawn="2"]', state="attached")
    assert bench.title.startswith("6 blocks")
    slider.dispatch_event("change")
    bench.wait_for_title("2 blocks")


def test_a_click_on_the_map_opens_a_municipality(bench):
    bench.open()
    box = bench.page.locator("#map canvas").bounding_box()
    bench.page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.55)
    bench.page.wait_for_selector("#panel-title")
    bench.drawn()
    panel = bench.page.locator("#panel").inner_text()
    assert "Why" in panel
    assert "Price in another block" in panel
    assert bench.view["municipality"]


def test_everything_can_be_done_with_the_keyboard(bench):
    page = bench.page
    bench.open()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "ds-skip-link"
    assert page.locator(".ds-skip-link").bounding_box()["height"] > 20
    focus_by_tab(page, "centres-slider")
    page.keyboard.press("ArrowRight")
    bench.wait_for_title("7 blocks")
    assert page.evaluate("() => document.activeElement.id") == "centres-slider"
    page.wait_for_function("() => document.getElementById('announcer').textContent.startsWith('7 blocks')")

    # A municipality: from the list to its panel and back.
    focus_by_tab(page, lambda element: element["pick"] == "1519")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'panel-title'")
    assert page.locator("#panel-title").inner_text() == "Volda"
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel", state="detached")

    # A table, by the arrow keys.
    focus_by_tab(page, "tab-blocks")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel-frontier #chart svg")
    assert "table=frontier" in page.url

    # Where a number comes from.
    focus_by_tab(page, lambda element: element["target"].startswith("trace-frontier-objective"))
    page.keyboard.press("Enter")
    card = page.locator(":popover-open")
    assert "commuting.commuters" in card.inner_text()
    page.keyboard.press("Escape")
    assert page.locator(":popover-open").count() == 0


def test_what_is_focused_can_be_seen(bench):
    bench.open()
    for _ in range(30):
        bench.page.keyboard.press("Tab")
        seen = bench.page.evaluate(
            """() => {
                const style = getComputedStyle(document.activeElement);
                const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
                const label = document.activeElement.labels?.[0];
                const around = label && getComputedStyle(label).outlineStyle !== 'none';
                return ring || style.boxShadow !== 'none' || around || document.activeElement.className;
            }"""
        )
        assert seen is True


def test_no_plan_is_explained_and_mended_by_a_button(bench):
    bench.open("?centres=13")
    assert bench.title == "No plan with 13 blocks"
    bench.page.get_by_text("Use 12 blocks").click()
    bench.wait_for_title("12 blocks")
    assert bench.page.locator("#centres").input_value() == "12"


def test_what_is_wrong_is_said_by_the_field_and_in_a_summary(bench):
    bench.open()
    bench.page.fill("#floor_own", "many")
    bench.page.keyboard.press("Enter")
    summary = bench.page.locator("ds-error-summary")
    summary.wait_for()
    assert "“many” is not a number of people" in bench.page.locator("#error-floor_own").inner_text()
    assert bench.page.locator("#floor_own").get_attribute("aria-invalid") == "true"
    assert bench.page.locator("#floor_own").input_value() == "many"
    summary.locator("a").click()
    assert bench.page.evaluate("() => document.activeElement.id") == "floor_own"
    bench.page.fill("#floor_own", "20 000")
    bench.page.keyboard.press("Enter")
    bench.page.wait_for_function("() => !document.querySelector('ds-error-summary')")
    bench.page.wait_for_url("**floor=20000*")


def test_a_plan_of_others_is_laid_over_the_map(bench):
    bench.open()
    before = bench.colours()
    bench.page.select_option("#reference", "county governor 2016")
    bench.page.wait_for_selector("#compared")
    bench.drawn()
    assert "5 municipalities lie differently" in bench.page.locator("#compared").inner_text()
    # The outline of the other plan is the only thing of its colour.
    purple = sum(n for name, n in bench.colours().items() if name.startswith("11,0,5"))
    assert purple > sum(n for name, n in before.items() if name.startswith("11,0,5")) + 200


def test_commuting_is_drawn_as_lines_and_listed(bench):
    bench.open()
    before = bench.colours()
    bench.page.locator("#drawing > summary").click()
    bench.page.check("#commuting")
    bench.page.get_by_text("other commuting").wait_for()
    bench.drawn()
    blue = sum(n for name, n in bench.colours().items() if name in {"2,5,10", "1,4,9", "2,5,9"})
    assert blue > sum(n for name, n in before.items() if name in {"2,5,10", "1,4,9", "2,5,9"})
    bench.page.locator("#tab-commuting").click()
    assert bench.page.locator("#panel-commuting tbody tr").count() > 50


COME_ANEW = """(old) => {
    const view = document.getElementById('view');
    if (!old) view.replaceWith(view.cloneNode());
    const target = document.getElementById('centres-bars');
    document.body.dispatchEvent(new CustomEvent('htmx:afterSettle', { detail: { target } }));
}"""
"""The bars come anew, as while numbers are worked out; at the end of that the view does so too."""


@pytest.mark.parametrize("old", [True, False])
def test_what_the_reader_is_writing_stays_while_numbers_are_worked_out(bench, old):
    bench.open("?centres=6")
    bench.page.fill("#centres", "7")
    bench.page.evaluate(COME_ANEW, old)
    assert bench.page.locator("#centres").input_value() == "7"
    bench.page.keyboard.press("Enter")
    bench.wait_for_title("7 blocks")
    bench.page.go_back()
    bench.wait_for_title("6 blocks")
    bench.page.wait_for_function("() => document.getElementById('centres').value === '6'")


def test_a_question_is_answered_while_other_numbers_are_worked_out(bench, monkeypatch):
    unfinished = Work(lambda _progress: None)
    monkeypatch.setattr("tyngdepunkt.web.scene.Scene.work", unfinished)
    wait = pages.wait_for_scene
    monkeypatch.setattr(pages, "wait_for_scene", lambda scene: time.sleep(1.2) or wait(scene))
    bench.page.goto(f"{bench.address}/?centres=6")
    bench.page.fill("#centres", "7")
    with bench.page.expect_response("**/parts/bars*"):  # which is asked for again in half a second
        pass
    bench.page.keyboard.press("Enter")
    bench.wait_for_title("7 blocks")


def test_a_wish_is_added_and_taken_back(bench):
    bench.open("?centres=6")
    bench.page.locator("#wishing > summary").click()
    bench.page.select_option("#wish", "centre")
    bench.page.select_option("#wish_a", "1520")
    bench.page.get_by_role("button", name="Add the wish").click()
    bench.page.wait_for_url("**centre=1520*")
    bench.page.get_by_text("Ørsta shall be a centre").wait_for()
    bench.wait_for_title("Ørsta")
    assert "1520" in bench.view["assignment"].values()
    bench.page.get_by_role("link", name="Take back: Ørsta").click()
    bench.page.wait_for_function("() => !location.search.includes('1520')")


def test_the_page_prints_answer_map_and_tables(bench):
    bench.open("?municipality=1524")
    bench.page.emulate_media(media="print")
    for hidden in ("#question", "#languages", ".maplibregl-ctrl-zoom-in", "#panel-close"):
        assert not bench.page.locator(hidden).first.is_visible()
    for shown in ("#answer", "#map canvas", ".figures", "#panel-blocks table", "#panel-municipalities table"):
        assert bench.page.locator(shown).first.is_visible()
    box = bench.page.locator("#map canvas").bounding_box()
    assert box["width"] > 300
    assert box["height"] > 200
    assert bench.page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_axe_finds_nothing_in_any_language(bench, language):
    bench.open(f"?language={language}&municipality=1524&reference=NIVI 2013&commuting=1&together=1516,1517")
    bench.page.evaluate("() => document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert bench.page.evaluate("() => document.documentElement.lang") == language
    assert bench.violations() == []


def test_axe_finds_nothing_in_any_table(bench):
    bench.open("?reference=NIVI 2013")
    for table in ("municipalities", "frontier", "commuting", "differences", "sources"):
        bench.page.locator(f"#tab-{table}").click()
        bench.page.locator(f"#panel-{table}").wait_for()
        if table == "frontier":
            bench.page.wait_for_selector("#chart svg")
        assert (table, bench.violations(f"#panel-{table}")) == (table, [])


def test_axe_finds_nothing_where_there_is_no_plan_or_a_fault(bench):
    bench.open("?centres=13")
    assert bench.violations() == []
    bench.open("?floor=own&floor_own=many&max_minutes=x")
    assert bench.violations() == []


def test_a_narrow_screen_needs_no_scrolling_sideways_and_axe_finds_nothing(bench):
    bench.page.set_viewport_size({"width": 320, "height": 700})
    bench.open("?municipality=1524&reference=NIVI 2013&commuting=1")
    assert bench.page.evaluate("() => document.documentElement.scrollWidth") == 320
    assert bench.violations() == []


def focus_by_tab(page, wanted, limit=150):
    """Press Tab until the wanted element has the focus: its id, or what a function says of it."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        element = page.evaluate(
            """() => {
                const { id, dataset, attributes } = document.activeElement;
                return { id, pick: dataset.pick ?? '', target: attributes.popovertarget?.value ?? '' };
            }"""
        )
        if wanted(element) if callable(wanted) else element["id"] == wanted:
            return
    raise AssertionError(f"{wanted} is not reached by Tab")
