"""What cooperations answered to the seven questions, each answer kept with who gave it and when."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from tyngdepunkt.store.schema import ANSWERS

__all__ = ["KeptAnswer", "keep_answer", "read_answers"]


@dataclass(frozen=True)
class KeptAnswer:
    """
    An answer of a cooperation to one of the seven questions.

    Parameters
    ----------
    inquiry
        The question, as `tyngdepunkt.analysis.cooperation.Inquiry` spells it.
    standing
        How they judge it themselves, as `Standing` spells it; empty where they only wrote.
    text
        In their own words.
    who, moment
        By whom and when.
    """

    inquiry: str
    standing: str
    text: str
    who: str
    moment: str


def read_answers(connection: Connection, study: str, members: Iterable[str]) -> tuple[KeptAnswer, ...]:
    """
    Read what a cooperation answered.

    Parameters
    ----------
    connection
        To the database.
    study
        Whose register.
    members
        Ids of its municipalities.

    Returns
    -------
    The latest answer to each question, oldest first.
    """
    query = (
        select(ANSWERS).where(ANSWERS.c.study == study, ANSWERS.c.members == _group(members)).order_by(ANSWERS.c.number)
    )
    latest: dict[str, KeptAnswer] = {}
    for row in connection.execute(query).mappings():
        latest.pop(row["inquiry"], None)
        latest[row["inquiry"]] = KeptAnswer(row["inquiry"], row["standing"], row["text"], row["who"], row["moment"])
    return tuple(latest.values())


def keep_answer(connection: Connection, study: str, members: Iterable[str], answer: KeptAnswer) -> None:
    """Keep an answer of a cooperation; earlier ones stay."""
    connection.execute(insert(ANSWERS).values(study=study, members=_group(members), **vars(answer)))


def _group(members: Iterable[str]) -> str:
    """Return a group as the text that it is found by."""
    return json.dumps(sorted(set(members)))
