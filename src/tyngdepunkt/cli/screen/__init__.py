"""
The answers in sentences and tables, for reading on a screen.

plans : plans, why there is none, every number of centres, and two plans side by side
prices : what moves cost, and why a municipality lies where it does
fronts : the plans between two objectives
runs : the layers held against one another, and a whole analysis in short
services : gains shared, hosts found, and what services have of staff
cooperation : the register of cooperation, its measures, the assessment of a group and legal form
ensembles : stability, sensitivity and standing
divisions : divisions drawn at random, the one with fewest cut edges, and why there is none
"""

from tyngdepunkt.cli.screen.cooperation import (
    advice_text,
    arrangement_row,
    assessment_rows,
    assessment_text,
    change_row,
    measure_row,
    measure_text,
    preview_rows,
    preview_text,
)
from tyngdepunkt.cli.screen.divisions import bounds_text, division_text, no_division_text, sample_text
from tyngdepunkt.cli.screen.ensembles import (
    place_text,
    sensitivity_text,
    stability_rows,
    stability_text,
    variation_rows,
)
from tyngdepunkt.cli.screen.fronts import front_header, front_rows, front_text
from tyngdepunkt.cli.screen.plans import (
    assignment_rows,
    comparison_text,
    difference_header,
    difference_rows,
    frontier_rows,
    frontier_text,
    no_plan_text,
    plan_parts,
    plan_text,
    voice,
)
from tyngdepunkt.cli.screen.prices import cheapest, explanation_text, price_rows, price_sentence, prices_text
from tyngdepunkt.cli.screen.runs import layer_head, layer_rows, nesting_text, run_text
from tyngdepunkt.cli.screen.services import (
    capacity_rows,
    capacity_text,
    host_rows,
    hosting_text,
    sharing_text,
    split_rows,
    structure_rows,
    structure_text,
)

__all__ = [
    "advice_text",
    "arrangement_row",
    "assessment_rows",
    "assessment_text",
    "assignment_rows",
    "bounds_text",
    "capacity_rows",
    "capacity_text",
    "change_row",
    "cheapest",
    "comparison_text",
    "difference_header",
    "difference_rows",
    "division_text",
    "explanation_text",
    "front_header",
    "front_rows",
    "front_text",
    "frontier_rows",
    "frontier_text",
    "host_rows",
    "hosting_text",
    "layer_head",
    "layer_rows",
    "measure_row",
    "measure_text",
    "nesting_text",
    "no_division_text",
    "no_plan_text",
    "place_text",
    "plan_parts",
    "plan_text",
    "preview_rows",
    "preview_text",
    "price_rows",
    "price_sentence",
    "prices_text",
    "run_text",
    "sample_text",
    "sensitivity_text",
    "sharing_text",
    "split_rows",
    "stability_rows",
    "stability_text",
    "structure_rows",
    "structure_text",
    "variation_rows",
    "voice",
]
