"""
The words of the domain; frozen values, no files, no solver.

Municipality, Link, Division, Territory : what there is
Objective, Question, Threshold, Override, Position, Stance, Start : what is asked
Arrangement, Register, Picture, FormNeeds : who cooperates with whom on what, and what a legal form must carry
Plan, Partition, Certificate, NoPlan, Relaxation, Status : what is answered
Reason : why
Step, Progress : where a long piece of work is
content_key : what a value holds, as a key
"""

from tyngdepunkt.model.content import content_key
from tyngdepunkt.model.cooperation import (
    Act,
    Arrangement,
    Basis,
    ControlTotal,
    FormNeeds,
    LegalForm,
    Level,
    Outside,
    Participation,
    Picture,
    Register,
    RegisteredForm,
    TaskCount,
)
from tyngdepunkt.model.plan import Certificate, Interrupted, NoPlan, Partition, Plan, Relaxation, Status
from tyngdepunkt.model.progress import Progress, Step, silent
from tyngdepunkt.model.question import TERMS, Objective, Question, Sense, Threshold
from tyngdepunkt.model.reason import Reason
from tyngdepunkt.model.territory import Division, Link, LinkKind, Municipality, Territory
from tyngdepunkt.model.wishes import Override, Position, Stance, Start

__all__ = [
    "TERMS",
    "Act",
    "Arrangement",
    "Basis",
    "Certificate",
    "ControlTotal",
    "Division",
    "FormNeeds",
    "Interrupted",
    "LegalForm",
    "Level",
    "Link",
    "LinkKind",
    "Municipality",
    "NoPlan",
    "Objective",
    "Outside",
    "Override",
    "Participation",
    "Partition",
    "Picture",
    "Plan",
    "Position",
    "Progress",
    "Question",
    "Reason",
    "Register",
    "RegisteredForm",
    "Relaxation",
    "Sense",
    "Stance",
    "Start",
    "Status",
    "Step",
    "TaskCount",
    "Territory",
    "Threshold",
    "content_key",
    "silent",
]
