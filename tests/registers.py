"""Small registers of cooperation for tests, drawn as text."""

from __future__ import annotations

from tyngdepunkt.model import Arrangement, Basis, Level, Outside, Participation, Register, RegisteredForm

__all__ = ["SMALL", "draw_register"]

SMALL = """
    fire     2013  A*B     VK28b      local     stated
    ikt      2013  A*BCD   VK28b      regional  stated
    waste    2013  ABC     IKS        regional  derived
    audit    2013  BCDE    IKS        regional  list
    lawyer   2013  A*C     agreement  local     partial
    energy   2013  -       AS         unknown   unknown
    roads    2013  AB      AS         local     stated    +municipalities
    power    2013  AB      AS         local     stated    +others
    council  2013  ABCDE   IPR        higher    stated
    port     2013  D*E     unknown    local     stated    +untold
"""
"""
Ten arrangements of five municipalities. Each line: task (and id), year, who takes part with ``*`` after the host, form,
level, how the participants are known, and after ``+`` who else takes part.
"""


def draw_register(picture: str = SMALL, **more: object) -> Register:
    """Read a register from lines as in `SMALL`; ``<id`` names a row that came before, ``until=2015`` the last year."""
    rows = []
    for line in picture.strip().splitlines():
        words = line.split()
        task, year, who, form, level, basis = words[:6]
        extra = words[6:]
        members = [each for each in who if each.isalpha()]
        host = who[who.index("*") - 1] if "*" in who else ""
        outside = next((each[1:] for each in extra if each.startswith("+")), "none")
        until = next((int(each.removeprefix("until=")) for each in extra if each.startswith("until=")), None)
        rows.append(
            Arrangement(
                id=task,
                name=task.capitalize(),
                task=task.partition("-")[0],
                snapshot=int(year),
                participants=tuple(Participation(each, Basis(basis)) for each in members),
                basis=Basis(basis),
                form=RegisteredForm(form),
                host=host,
                level=Level(level),
                outside=Outside(outside),
                outside_text="" if outside == "none" else "somebody",
                year_end=until,
                replaces=tuple(each[1:] for each in extra if each.startswith("<")),
            )
        )
    return Register(tuple(rows), **more)
