"""
Cooperation: what the register says of it, and what it takes to make it last.

placing : inside a group, or across its border
partners : partner sets, how they cross, who hosts
measures : of a municipality, of a group, task by task
network : the same as a network and as matrices
"""

from tyngdepunkt.cooperation.measures import (
    GroupCooperation,
    MunicipalityCooperation,
    TaskCooperation,
    measure_group,
    measure_municipality,
    measure_tasks,
)
from tyngdepunkt.cooperation.network import Edge, Matrix, Network, draw_network, tabulate_partners, tabulate_tasks
from tyngdepunkt.cooperation.partners import CrissCross, Hosts, count_hosts, count_partner_sets, measure_criss_cross
from tyngdepunkt.cooperation.placing import Place, Placing, place, place_all, place_in_blocks

__all__ = [
    "CrissCross",
    "Edge",
    "GroupCooperation",
    "Hosts",
    "Matrix",
    "MunicipalityCooperation",
    "Network",
    "Place",
    "Placing",
    "TaskCooperation",
    "count_hosts",
    "count_partner_sets",
    "draw_network",
    "measure_criss_cross",
    "measure_group",
    "measure_municipality",
    "measure_tasks",
    "place",
    "place_all",
    "place_in_blocks",
    "tabulate_partners",
    "tabulate_tasks",
]
