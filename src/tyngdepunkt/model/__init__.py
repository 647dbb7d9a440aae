"""
The words of the domain; frozen values, no files, no solver.

Municipality, Link, Division, Territory : what there is
Objective, Question, Threshold, Override, Position, Stance, Start : what is asked
Plan, Partition, Certificate, NoPlan, Relaxation, Status : what is answered
Reason : why
Step, Progress : where a long piece of work is
"""

from tyngdepunkt.model.plan import Certificate, NoPlan, Partition, Plan, Relaxation, Status
from tyngdepunkt.model.progress import Progress, Step, silent
from tyngdepunkt.model.question import TERMS, Objective, Question, Sense, Threshold
from tyngdepunkt.model.reason import Reason
from tyngdepunkt.model.territory import Division, Link, LinkKind, Municipality, Territory
from tyngdepunkt.model.wishes import Override, Position, Stance, Start

__all__ = [
    "TERMS",
    "Certificate",
    "Division",
    "Link",
    "LinkKind",
    "Municipality",
    "NoPlan",
    "Objective",
    "Override",
    "Partition",
    "Plan",
    "Position",
    "Progress",
    "Question",
    "Reason",
    "Relaxation",
    "Sense",
    "Stance",
    "Start",
    "Status",
    "Step",
    "Territory",
    "Threshold",
    "silent",
]
