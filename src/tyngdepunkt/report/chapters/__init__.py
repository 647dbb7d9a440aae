"""
The chapters of the report, each a function from a briefing to parts.

front : the question and the answer in brief
data : what the figures are and where they end
blocks : the map, the table and a portrait of each block
frontier : every number of blocks
gravity : centres of gravity
tipping : the municipalities that tip
references : the plans of others
cooperation : the register in figures, how near to long-term cooperation, legal form
services : staff today and pooled, how large services are, who could host what
choices : what was chosen, and what was left out
method : formula, proof, verification
sources : where the figures come from
"""

from __future__ import annotations

from collections.abc import Callable

from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.chapters.blocks import write_blocks
from tyngdepunkt.report.chapters.choices import write_choices
from tyngdepunkt.report.chapters.cooperation import write_cooperation
from tyngdepunkt.report.chapters.data import write_data
from tyngdepunkt.report.chapters.front import write_front
from tyngdepunkt.report.chapters.frontier import write_frontier
from tyngdepunkt.report.chapters.gravity import write_gravity
from tyngdepunkt.report.chapters.method import write_method
from tyngdepunkt.report.chapters.references import write_references
from tyngdepunkt.report.chapters.services import write_services
from tyngdepunkt.report.chapters.sources import write_sources
from tyngdepunkt.report.chapters.tipping import write_tipping
from tyngdepunkt.report.document import Part

__all__ = ["CHAPTERS", "write_front"]

CHAPTERS: tuple[Callable[[Briefing], list[Part]], ...] = (
    write_data,
    write_blocks,
    write_frontier,
    write_gravity,
    write_tipping,
    write_references,
    write_cooperation,
    write_services,
    write_choices,
    write_method,
    write_sources,
)
"""In the order of the report, after the front page."""
