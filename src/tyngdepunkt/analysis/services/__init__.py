"""
Who can do what for whom: cost sharing, hosting and capacity, of files and of a study.

sharing : what all gain together, and how it can be shared out
hosting : who could host what in a block
capacity : what services have of staff, today and pooled, against norms
sizes : the sizes of services against the sizes of municipalities
staff : what these read of a study
"""

from tyngdepunkt.analysis.services.capacity import CapacityAnswer, Finding, ReferenceService, assess_capacity
from tyngdepunkt.analysis.services.hosting import find_hosts, hosting_of_block, pooled_tasks
from tyngdepunkt.analysis.services.sharing import ShareAnswer, cooperation_of_block, share_values
from tyngdepunkt.analysis.services.sizes import (
    StructureFinding,
    compare_structures,
    printed_of_municipalities,
    structure_of_blocks,
    structure_of_municipalities,
)
from tyngdepunkt.analysis.services.staff import STAFF_MEASURES
from tyngdepunkt.services import (
    COST_KEYS,
    HOST_CHECKS,
    HOST_SECONDS,
    BlockCapacity,
    BlockSize,
    CapacityNorm,
    Comparison,
    Cooperation,
    Deviation,
    Distribution,
    Game,
    GivenGame,
    GivenHosting,
    Grade,
    HostingPlan,
    HostingProblem,
    HostModel,
    HostRelaxation,
    Judgement,
    KeySplit,
    Norm,
    Parameter,
    Participant,
    Service,
    ServiceStructure,
    ServiceUnit,
    Sharing,
    SplitTest,
    parse_game,
    parse_hosting,
    read_game,
    read_hosting,
    stated_parameters,
)

__all__ = [
    "COST_KEYS",
    "HOST_CHECKS",
    "HOST_SECONDS",
    "STAFF_MEASURES",
    "BlockCapacity",
    "BlockSize",
    "CapacityAnswer",
    "CapacityNorm",
    "Comparison",
    "Cooperation",
    "Deviation",
    "Distribution",
    "Finding",
    "Game",
    "GivenGame",
    "GivenHosting",
    "Grade",
    "HostModel",
    "HostRelaxation",
    "HostingPlan",
    "HostingProblem",
    "Judgement",
    "KeySplit",
    "Norm",
    "Parameter",
    "Participant",
    "ReferenceService",
    "Service",
    "ServiceStructure",
    "ServiceUnit",
    "ShareAnswer",
    "Sharing",
    "SplitTest",
    "StructureFinding",
    "assess_capacity",
    "compare_structures",
    "cooperation_of_block",
    "find_hosts",
    "hosting_of_block",
    "parse_game",
    "parse_hosting",
    "pooled_tasks",
    "printed_of_municipalities",
    "read_game",
    "read_hosting",
    "share_values",
    "stated_parameters",
    "structure_of_blocks",
    "structure_of_municipalities",
]
