"""What a reader does at the pages on cooperation."""

from __future__ import annotations

import pytest

PAGES = (
    "cooperation?plan=county governor 2016",
    "cooperation/register",
    "cooperation/arrangement/edit?id=S18_15",
    "cooperation/assess?member=1519&member=1520",
    "cooperation/legal-form?statutory=yes",
    "services/hosting?member=1514&member=1515",
)


def open_page(bench, path):
    """Open a page and wait until nothing is being worked out."""
    bench.page.goto(f"{bench.address}/{path}")
    bench.page.wait_for_load_state("networkidle")
    bench.page.wait_for_function("() => !document.querySelector('[hx-trigger^=load]')")


def press_until(page, key, test):
    """Press a key until what has the focus passes a test."""
    for _ in range(200):
        page.keyboard.press(key)
        if page.evaluate(test):
            return
    pytest.fail("The keyboard does not come there.")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_a_phone_shows_the_page_without_scrolling_sideways(bench, path):
    open_page(bench, path)
    assert bench.violations() == []
    bench.page.set_viewport_size({"width": 360, "height": 740})
    assert bench.page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_an_arrangement_is_added_and_undone_with_the_keyboard_alone(bench):
    page = bench.page
    open_page(bench, "cooperation/register")
    press_until(page, "Tab", "() => document.activeElement.textContent === 'Add an arrangement'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cooperation/arrangement/edit*")
    press_until(page, "Tab", "() => document.activeElement.id === 'name'")
    page.keyboard.type("Felles arkiv")
    press_until(page, "Tab", "() => document.activeElement.textContent === 'Write it to the register'")
    page.keyboard.press("Enter")

    # Two fields lack something: the summary is read first, and its links lead to the fields.
    page.wait_for_function("() => document.activeElement.id === 'complaints'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => location.hash") == "#service_area"
    assert page.locator("#name").input_value() == "Felles arkiv"
    page.locator("#service_area").focus()
    page.keyboard.type("arkiv")
    press_until(page, "Tab", "() => document.activeElement.id === 'participant-1519'")
    page.keyboard.press("Space")
    press_until(page, "Tab", "() => document.activeElement.id === 'who'")
    page.keyboard.type("Anne")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Felles arkiv')")
    assert "It is written." in page.locator("main").inner_text()

    press_until(page, "Tab", "() => document.activeElement.textContent.startsWith('Undo')")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=The change is undone.")
    assert "This arrangement was removed." in page.locator("main").inner_text()


def test_the_second_of_two_who_edit_at_once_sees_the_first_beside_their_own(bench):
    page = bench.page
    other = page.context.new_page()
    path = "cooperation/arrangement/edit?id=S18_16"
    open_page(bench, path)
    other.goto(f"{bench.address}/{path}")
    other.fill("#name", "Theirs")
    other.fill("#who", "Bo")
    other.click("text=Write it to the register")
    other.wait_for_url("**done=saved*")
    page.fill("#name", "Mine")
    page.fill("#who", "Anne")
    page.click("text=Write it to the register")
    page.wait_for_selector("h1:has-text('Somebody changed it meanwhile')")
    assert bench.violations() == []
    page.check("#pick-name-mine")
    page.click("text=Write it to the register")
    page.wait_for_selector("h1:has-text('Mine')")
    assert "Theirs → Mine" in page.locator(".history").inner_text()


def test_from_the_blocks_one_comes_to_cooperation_held_against_them(bench):
    bench.open("?centres=7")
    bench.page.click("#sections >> text=Cooperation")
    bench.page.wait_for_url("**/cooperation?centres=7&plan=view")
    bench.page.wait_for_selector("#blocks")
    assert bench.page.locator("#blocks tbody tr").count() == 8  # seven blocks and the study
    bench.page.click("#sections >> text=Blocks")
    bench.wait_for_title("7 blocks")
