"""
The words of the domain; frozen values, no files, no solver.

Municipality, Link, Division, Territory : what there is
Objective, Question : what is asked
Plan, Partition, Certificate, NoPlan, Relaxation, Status : what is answered
Reason : why
Step, Progress : where a long piece of work is
content_key : what a value holds, as a key
"""

from tyngdepunkt.model.content import content_key
from tyngdepunkt.model.plan import Certificate, NoPlan, Partition, Plan, Relaxation, Status
from tyngdepunkt.model.progress import Progress, Step, silent
from tyngdepunkt.model.question import Objective, Question, Sense
from tyngdepunkt.model.reason import Reason
from tyngdepunkt.model.territory import Division, Link, LinkKind, Municipality, Territory

__all__ = [
    "Certificate",
    "Division",
    "Link",
    "LinkKind",
    "Municipality",
    "NoPlan",
    "Objective",
    "Partition",
    "Plan",
    "Progress",
    "Question",
    "Reason",
    "Relaxation",
    "Sense",
    "Status",
    "Step",
    "Territory",
    "content_key",
    "silent",
]
