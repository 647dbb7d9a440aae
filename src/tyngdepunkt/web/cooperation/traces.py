"""Where each number on cooperation comes from: its rule in words, and the tables that it is made of."""

from __future__ import annotations

from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.trace import Trace

__all__ = ["TRACES"]

_ROWS = "arrangements.arrangement_id"
_PARTS = "participants.municipality_id"

TRACES = {
    "arrangements": Trace(
        later("Arrangements"),
        later(
            "Arrangements of the year that the municipality is known to take part in, each once, by the latest row "
            "that is not later than the year."
        ),
        columns=(_ROWS, "arrangements.snapshot", _PARTS),
    ),
    "level": Trace(
        later("Level"),
        later("How wide the arrangement reaches, as the register has it; where it is not told it is counted apart."),
        columns=("arrangements.level",),
    ),
    "control": Trace(
        later("Another's count"),
        later("How many arrangements the municipality has by another's count of the same year, as printed."),
        columns=("arrangement_controls.arrangements",),
    ),
    "gap": Trace(
        later("Gap"),
        later("The other's count less the register's: what the register lacks; below 0 where it holds more."),
        columns=("arrangement_controls.arrangements", _ROWS, _PARTS),
    ),
    "hosted": Trace(
        later("Hosts"),
        later("Arrangements that the municipality is known to host. Of many the host is not told."),
        columns=("arrangements.host_id",),
    ),
    "partner_sets": Trace(
        later("Partner sets"),
        later("Different sets of participants, among the arrangements whose participants are all known."),
        columns=(_PARTS, "arrangements.participants_basis"),
    ),
    "criss_cross": Trace(
        later("Criss-cross"),
        later(
            "Of all pairs of arrangements, the share whose sets of participants overlap while neither lies within the "
            "other. Only arrangements whose participants are all known count."
        ),
        columns=(_PARTS, "arrangements.participants_basis"),
    ),
    "inside": Trace(
        later("Inside the block"),
        later("Share of the arrangements that lie within the block, of those of which that is known."),
        columns=(_PARTS, "arrangements.outside_kind"),
    ),
    "crossing": Trace(
        later("Across the border"),
        later("Arrangements in which someone outside the block is known to take part."),
        columns=(_PARTS, "arrangements.outside_kind"),
    ),
    "task_count": Trace(
        later("Printed"),
        later("How many of the study's municipalities cooperate on the task, as the source prints it."),
        columns=("task_participation.municipalities",),
    ),
    "task_register": Trace(
        later("By the register"),
        later("How many different municipalities are known to take part in an arrangement on the task."),
        columns=(_PARTS, "arrangements.service_area"),
    ),
    "shared": Trace(
        later("Shared arrangements"),
        later("Arrangements of the year that both municipalities are known to take part in."),
        columns=(_ROWS, _PARTS),
    ),
    "fte": Trace(
        later("Full-time equivalents"),
        later("As the source of each row tells; of a block those of its members added up, measures never mixed."),
        columns=("staffing.fte",),
    ),
    "norm": Trace(
        later("Norm"),
        later("What report, committee or law asks for, with its source; where no norm is known nothing is judged."),
        columns=("capacity_norms.sufficient_from",),
    ),
}
"""Key of each number that is explained to its trace."""
