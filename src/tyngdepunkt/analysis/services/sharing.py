"""Cost sharing: what all gain together, how it can be shared out, and games of a study's blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tyngdepunkt.analysis.services.staff import latest_rows, population_of
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.services import (
    Cooperation,
    GivenGame,
    KeySplit,
    Parameter,
    Participant,
    Service,
    Sharing,
    game_of_cooperation,
    payments_of,
    share_gains,
    split_by_keys,
    stated_parameters,
)
from tyngdepunkt.study import Study

__all__ = ["ShareAnswer", "cooperation_of_block", "share_values"]


@dataclass(frozen=True, eq=False)
class ShareAnswer:
    """
    How what all gain can be shared out, and what the keys used in practice would do.

    Parameters
    ----------
    sharing
        Solutions and the reader's splits, tested.
    cooperation
        The parameters that the game follows from; None where it was given by its values.
    keys
        Each cost key; empty where the game was given by its values. Those that could be computed are among the splits
        of `sharing` under the same name.
    payments
        Name of a solution or split to what each participant would pay, in all services together; empty where the game
        was given by its values.
    """

    sharing: Sharing
    cooperation: Cooperation | None
    keys: tuple[KeySplit, ...]
    payments: Mapping[str, Mapping[str, float]]

    @property
    def parameters(self) -> tuple[tuple[str, str, Parameter], ...]:
        """Service, name and value with source of every parameter that the game rests on."""
        return () if self.cooperation is None else stated_parameters(self.cooperation)


def share_values(given: GivenGame) -> ShareAnswer:
    """
    Share out what all gain, and test splits.

    Parameters
    ----------
    given
        A game by its values or by its parameters, as `read_game` reads it.

    Returns
    -------
    The answer, its solutions proven without the solver.

    Raises
    ------
    QuestionError
        Where a cost needs a figure that is not stated, or a split leaves a player out.
    """
    if given.cooperation is None:
        if given.game is None:
            raise QuestionError("There is neither a game nor a cooperation.")
        return ShareAnswer(share_gains(given.game, given.splits), None, (), {})
    keys = split_by_keys(given.cooperation)
    taken = sorted(({key.name for key in keys} | {"prenucleolus", "nucleolus", "shapley"}) & given.splits.keys())
    if taken:
        raise QuestionError(
            f"A split is called {', '.join(taken)}, as a cost key or a solution is: call it something else."
        )
    splits = {key.name: key.gains for key in keys if not key.missing}
    sharing = share_gains(game_of_cooperation(given.cooperation), splits | dict(given.splits))
    payments = {
        name: payments_of(given.cooperation, test.amounts)
        for name, test in (dict(sharing.solutions) | dict(sharing.splits)).items()
    }
    return ShareAnswer(sharing, given.cooperation, keys, payments)


def cooperation_of_block(
    study: Study,
    members: Sequence[str],
    services: Sequence[Service],
    *,
    keys: Mapping[str, Mapping[str, float]] | None = None,
    unit: str = "",
) -> Cooperation:
    """
    Make a cooperation of a block: inhabitants and staff from the study, costs from the reader.

    Parameters
    ----------
    study
        Whose municipalities.
    members
        Ids of the block, who become the participants under their ids.
    services
        The services with their costs, which the study does not know. Where one names no participants, all take part;
        where it has a norm and no full-time equivalents, those of the table staffing are taken, the latest of each.
    keys
        Mixes of cost keys, as in `Cooperation`.
    unit
        Of the costs.

    Returns
    -------
    The cooperation. What is not stated and not in the study stays unstated: the game then says what it needs.

    Raises
    ------
    QuestionError
        Where a member is not of the study.
    """
    ids = tuple(dict.fromkeys(study.territory.find(i) for i in members))
    people = population_of(study)
    staff: dict[str, dict[str, float]] = {}
    if "staffing" in study.tables and any(each.norm is not None for each in services):
        rows = latest_rows(study.tables["staffing"])
        own = rows[(rows["measure"] == "full_time_equivalents") & (rows["arrangement_id"] == "")]
        for i, service, fte in zip(own["municipality_id"], own["service"], own["fte"], strict=True):
            staff.setdefault(str(service), {})[str(i)] = float(fte)
    filled = []
    for service in services:
        taking_part = service.participants or ids
        fte = service.fte
        if fte is None and service.norm is not None:
            fte = {i: each for i, each in staff.get(service.id, {}).items() if i in taking_part}
        filled.append(replace(service, participants=taking_part, fte=fte))
    return Cooperation(tuple(Participant(i, people[i]) for i in ids), tuple(filled), keys or {}, unit)
