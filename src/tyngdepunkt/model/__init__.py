"""
The words of the domain; frozen values, no files, no solver.

Municipality, Link, Division, Territory : what there is
Objective, Question : what is asked
Arrangement, Register, Picture, FormNeeds : who cooperates with whom on what, and what a legal form must carry
Plan, Partition, Certificate, NoPlan, Relaxation, Status : what is answered
Reason : why
Step, Progress : where a long piece of work is
"""

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
from tyngdepunkt.model.plan import Certificate, NoPlan, Partition, Plan, Relaxation, Status
from tyngdepunkt.model.progress import Progress, Step, silent
from tyngdepunkt.model.question import Objective, Question, Sense
from tyngdepunkt.model.reason import Reason
from tyngdepunkt.model.territory import Division, Link, LinkKind, Municipality, Territory

__all__ = [
    "Act",
    "Arrangement",
    "Basis",
    "Certificate",
    "ControlTotal",
    "Division",
    "FormNeeds",
    "LegalForm",
    "Level",
    "Link",
    "LinkKind",
    "Municipality",
    "NoPlan",
    "Objective",
    "Outside",
    "Participation",
    "Partition",
    "Picture",
    "Plan",
    "Progress",
    "Question",
    "Reason",
    "Register",
    "RegisteredForm",
    "Relaxation",
    "Sense",
    "Status",
    "Step",
    "TaskCount",
    "Territory",
    "silent",
]
