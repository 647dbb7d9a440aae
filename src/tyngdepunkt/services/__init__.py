"""
Who can do what for whom so that everyone gains: capacity, hosting, cost sharing.

game, nucleolus, shapley, splits : what coalitions gain, how it can be split, and whom a split leaves worse off
costs : games and splits out of stated costs, and the cost keys used in practice
hosting, allocation : a host for each task, proven, or the least that would have to give way
capacity, service_size : staff against norms, today and pooled; services against municipalities by size
reading, hosting_file : the files that they are asked by
proof, host_checks, host_search : what is checked without the solver
"""

from tyngdepunkt.services.allocation import HOST_SECONDS, allocate_hosts
from tyngdepunkt.services.capacity import (
    INHABITANTS,
    BlockCapacity,
    CapacityNorm,
    Comparison,
    Distribution,
    Grade,
    Judgement,
    ServiceUnit,
    judge,
    pool_services,
)
from tyngdepunkt.services.costs import (
    COST_KEYS,
    Cooperation,
    KeySplit,
    Norm,
    Parameter,
    Participant,
    Service,
    game_of_cooperation,
    payments_of,
    split_by_key,
    split_by_keys,
)
from tyngdepunkt.services.game import MOST_PLAYERS, Game, make_game
from tyngdepunkt.services.host_checks import HOST_CHECKS, breaches_of_hosts
from tyngdepunkt.services.hosting import HostingPlan, HostingProblem, HostModel, HostRelaxation, Task
from tyngdepunkt.services.hosting_file import GivenHosting, read_hosting
from tyngdepunkt.services.nucleolus import Level, Nucleolus, find_least_core, find_nucleolus, find_prenucleolus
from tyngdepunkt.services.proof import PROOF_CHECKS, prove_nucleolus
from tyngdepunkt.services.reading import GivenGame, read_game
from tyngdepunkt.services.service_size import SIZE_CLASSES, ServiceStructure, structure_of_service
from tyngdepunkt.services.shapley import shapley_value
from tyngdepunkt.services.splits import CORE_TOLERANCE, Deviation, Sharing, SplitTest, check_split, share_gains

__all__ = [
    "CORE_TOLERANCE",
    "COST_KEYS",
    "HOST_CHECKS",
    "HOST_SECONDS",
    "INHABITANTS",
    "MOST_PLAYERS",
    "PROOF_CHECKS",
    "SIZE_CLASSES",
    "BlockCapacity",
    "CapacityNorm",
    "Comparison",
    "Cooperation",
    "Deviation",
    "Distribution",
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
    "Level",
    "Norm",
    "Nucleolus",
    "Parameter",
    "Participant",
    "Service",
    "ServiceStructure",
    "ServiceUnit",
    "Sharing",
    "SplitTest",
    "Task",
    "allocate_hosts",
    "breaches_of_hosts",
    "check_split",
    "find_least_core",
    "find_nucleolus",
    "find_prenucleolus",
    "game_of_cooperation",
    "judge",
    "make_game",
    "payments_of",
    "pool_services",
    "prove_nucleolus",
    "read_game",
    "read_hosting",
    "shapley_value",
    "share_gains",
    "split_by_key",
    "split_by_keys",
    "structure_of_service",
]
