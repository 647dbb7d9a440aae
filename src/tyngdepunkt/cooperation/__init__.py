"""
Cooperation: what the register says of it, and what it takes to make it last.

placing : inside a group, or across its border
partners : partner sets, how they cross, who hosts
measures : of a municipality, of a group, task by task
network : the same as a network and as matrices
legal : which form can carry a task
assessment : how near a group is to long-term strategic cooperation
"""

from tyngdepunkt.cooperation.assessment import (
    IN_THE_ACT,
    ITEM_OF,
    MOST_IMPORTANT,
    Answer,
    Assessment,
    Evidence,
    Inquiry,
    Item,
    ItemAssessment,
    Standing,
    Step,
    Thresholds,
    assess_group,
)
from tyngdepunkt.cooperation.legal import (
    MEANT_FOR,
    PROVISIONS,
    RULES,
    FormAdvice,
    FormCheck,
    FormVerdict,
    Rule,
    Verdict,
    act_of,
    advise_form,
    check_forms,
    forms_of,
)
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
    "IN_THE_ACT",
    "ITEM_OF",
    "MEANT_FOR",
    "MOST_IMPORTANT",
    "PROVISIONS",
    "RULES",
    "Answer",
    "Assessment",
    "CrissCross",
    "Edge",
    "Evidence",
    "FormAdvice",
    "FormCheck",
    "FormVerdict",
    "GroupCooperation",
    "Hosts",
    "Inquiry",
    "Item",
    "ItemAssessment",
    "Matrix",
    "MunicipalityCooperation",
    "Network",
    "Place",
    "Placing",
    "Rule",
    "Standing",
    "Step",
    "TaskCooperation",
    "Thresholds",
    "Verdict",
    "act_of",
    "advise_form",
    "assess_group",
    "check_forms",
    "count_hosts",
    "count_partner_sets",
    "draw_network",
    "forms_of",
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
