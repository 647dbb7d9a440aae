"""What the shipped study says of itself can be read in Norwegian."""

from __future__ import annotations

from tyngdepunkt.texts.shipped import SHIPPED, given_text


def test_every_word_of_the_shipped_study_that_readers_meet_is_known(shipped):
    said = {
        shipped.title,
        *(plan.name for plan in shipped.reference_plans),
        *(plan.source for plan in shipped.reference_plans),
    }
    for resource in shipped.resources.values():
        said |= {*resource.sources, resource.licence, resource.description}
    used = {"municipalities": ("name", "population", "jobs", "employed_residents"), "commuting": ("commuters",)}
    used |= {"travel_times": ("minutes",), "functions": ("function",)}
    said |= {shipped.resources[table].columns.get(column, "") for table, columns in used.items() for column in columns}
    assert said - {""} <= SHIPPED


def test_other_studies_are_quoted_as_they_stand():
    assert given_text("Figures of our own", "nb") == "Figures of our own"
    assert given_text("county governor 2016", "nn") == "fylkesmannen 2016"
