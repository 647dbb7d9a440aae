"""
The words that the program's keys stand for: statuses, checks, constraints, functions, links, objectives.

Each key has one English text here and its translations in ``common.po``. A key that is not known, such as
a function that only one study has, is shown as it stands.
"""

from __future__ import annotations

import re

from tyngdepunkt.texts.wording import Wording, later

__all__ = [
    "check_sentence",
    "constraint_word",
    "function_word",
    "link_word",
    "objective_meaning",
    "objective_terms",
    "objective_word",
    "status_word",
    "table_word",
    "task_word",
    "unit_word",
]

_STATUSES = {
    "optimal": later("proven best"),
    "gap": later("within a gap of a bound"),
    "heuristic": later("found by search, not proven"),
    "infeasible": later("no plan exists"),
}

_CHECKS = {
    "each_once": later("Each municipality lies in exactly one block."),
    "centres_in_own_block": later("Each centre lies in its own block."),
    "connected": later("Each block hangs together over the transport links that count."),
    "number_of_centres": later("There are as many centres as were asked for."),
    "floor": later("Each block has at least the inhabitants that were asked for."),
    "floor_or_override": later(
        "Each block has at least the inhabitants that were asked for, or holds a municipality for which that is lifted."
    ),
    "max_minutes": later("No municipality is farther from its centre than was asked for."),
    "together": later("Municipalities that should lie together do."),
    "apart": later("Municipalities that should lie apart do."),
    "centre": later("Municipalities that should be centres are."),
    "not_centre": later("Municipalities that should not be centres are not."),
    "functions": later("Each block has the functions that were asked for."),
    "thresholds": later("It reaches what was asked of other objectives."),
    "within_counties": later("No block crosses the border of a county."),
    "locked": later("Those who should be a block of their own are."),
    "positions": later("Nobody lies against a recorded position."),
    "parts": later("Parts of municipalities lie with the rest, but those that may lie elsewhere."),
    "most_moved": later("No more municipalities are moved from the plan to start from than was asked for."),
    "objective": later("The objective, added up again from the tables, is the same."),
    "bound": later("The objective is no better than the proven bound."),
    "heuristic": later("An independent search found nothing better."),
}

_CONSTRAINTS = {
    "centres": later("number of centres"),
    "floor": later("least population of a block"),
    "max_minutes": later("longest time to the centre"),
    "together": later("municipalities that shall lie together"),
    "apart": later("municipalities that shall lie apart"),
    "centre": later("municipalities that shall be centres"),
    "not_centre": later("municipalities that shall not be centres"),
    "functions": later("functions of each block"),
    "seasonal": later("roads closed in winter"),
    "thresholds": later("what the plan reaches of other objectives"),
    "overrides": later("municipalities for which the least population is lifted"),
    "within_counties": later("blocks within counties"),
    "locked": later("municipalities that shall be a block of their own"),
    "positions": later("recorded positions"),
    "parts": later("parts that stay with their municipality"),
    "most_moved": later("most municipalities moved"),
}

_FUNCTIONS = {
    "airport": later("airport"),
    "hospital": later("hospital"),
    "college": later("college"),
}

_LINKS = {
    "land": later("road on land"),
    "bridge_tunnel": later("bridge or tunnel"),
    "ferry": later("car ferry"),
    "boat": later("passenger boat"),
    "none": later("no link"),
}

_UNITS = {
    "persons": later("persons"),
    "commuters": later("commuters"),
    "min": later("min"),
    "person-minutes": later("person-minutes"),
    "points": later("points"),
    "borders": later("agency borders"),
    "share": later("per cent"),
    "%": later("per cent"),
    "blocks": later("blocks"),
    "municipalities": later("municipalities"),
}

_OBJECTIVES = {
    ("ties",): later("ties to the centre"),
    ("access",): later("travel to the centre"),
    ("cohesion",): later("commuting within the blocks"),
    ("borders",): later("agency borders across blocks"),
}

_MEANINGS = {
    ("ties",): later("the most commuters between the municipalities and their centre, both ways"),
    ("access",): later("the fewest person-minutes from the inhabitants to their centre"),
    ("cohesion",): later("the most commuters who work in another municipality of the same block"),
    ("borders",): later("the fewest borders of state agencies cut across blocks"),
    ("ties", "access"): later("the best balance of commuters and person-minutes to the centre ({weights})"),
}

_TABLES = {
    "municipalities": later("municipalities"),
    "neighbours": later("neighbours"),
    "commuting": later("commuting"),
    "commuting_other_years": later("commuting in other years"),
    "travel_times": later("travel times"),
    "functions": later("functions"),
    "agencies": later("agencies"),
    "divisions": later("divisions of state agencies"),
    "reference_plans": later("plans of others"),
    "arrangements": later("cooperation arrangements"),
    "participants": later("participants in the arrangements"),
    "arrangement_controls": later("arrangements by another's count"),
    "task_participation": later("cooperation task by task, by another's count"),
    "task_needs": later("what tasks need of a legal form"),
    "staffing": later("staffing"),
    "positions": later("recorded positions"),
    "overrides": later("municipalities for which the least population is lifted"),
    "capacity_norms": later("norms for staff"),
    "reference_staffing": later("staff elsewhere"),
    "control_figures": later("printed figures to check against"),
    "boundaries": later("boundaries"),
}

_TASKS = {
    "compile": later("getting ready, the first time only"),
    "plan": later("Finding the plan"),
    "sweep": later("Every number of centres"),
    "frontier": later("Every number of centres"),
    "frontier_with_floor": later("Every number of centres, with least population"),
    "tipping": later("Tipping prices"),
    "pareto": later("Plans between two objectives"),
    "references": later("The plans of others"),
    "stability": later("Commuting tables drawn anew"),
    "sensitivity": later("Variations of the settings"),
    "count": later("Counting divisions"),
    "sample": later("Drawing divisions"),
    "gravity": later("Centres of gravity"),
    "cooperation": later("Cooperation in the blocks"),
    "services": later("Services in the blocks"),
    "share": later("Sharing the gain"),
    "hosting": later("Hosts for tasks"),
    "capacity": later("Staff of services"),
    "study": later("Making the study"),
    "report": later("Writing the report"),
    "sheet": later("Writing the spreadsheet"),
    "divide": later("Raising the bound on cut edges"),
    "regions": later("Regions by rule"),
    "bench": later("Benchmarks"),
}


def status_word(status: str, language: str) -> str:
    """
    Name the status of an answer.

    Parameters
    ----------
    status
        ``optimal``, ``gap``, ``heuristic`` or ``infeasible``.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A few words (``proven best``).
    """
    return _say(_STATUSES, status, language)


def check_sentence(check: str, language: str) -> str:
    """
    Say what a check outside the solver has verified.

    Parameters
    ----------
    check
        Key of the check (``each_once``).
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A sentence.
    """
    return _say(_CHECKS, check, language)


def constraint_word(constraint: str, language: str) -> str:
    """
    Name a constraint of a question.

    Parameters
    ----------
    constraint
        Its field in `tyngdepunkt.model.Question` (``floor``).
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A few words.
    """
    return _say(_CONSTRAINTS, constraint, language)


def function_word(function: str, language: str) -> str:
    """
    Name a function that a municipality has.

    Parameters
    ----------
    function
        Its key in the study's table (``airport``).
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A word.
    """
    return _say(_FUNCTIONS, function, language)


def link_word(kind: str, language: str) -> str:
    """
    Name a kind of transport link.

    Parameters
    ----------
    kind
        As in `tyngdepunkt.model.LinkKind`.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A few words.
    """
    return _say(_LINKS, kind, language)


def unit_word(unit: str, language: str) -> str:
    """
    Name a unit.

    Parameters
    ----------
    unit
        Its key (``persons``); empty where there is none.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A word, or nothing.
    """
    return _say(_UNITS, unit, language) if unit else ""


def table_word(table: str, language: str) -> str:
    """
    Name a table of a study.

    Parameters
    ----------
    table
        Its name (``travel_times``).
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A few words.
    """
    return _say(_TABLES, table, language)


def task_word(task: str, language: str) -> str:
    """
    Name a long piece of work.

    Parameters
    ----------
    task
        As in `tyngdepunkt.model.Step`.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A few words.
    """
    return _say(_TASKS, task, language)


def objective_word(objective: str, language: str) -> str:
    """
    Name an objective in a few words, as a table's header needs it.

    Parameters
    ----------
    objective
        As `tyngdepunkt.model.Objective` is written: a term (``ties``) or a weighting of several.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A few words.
    """
    wording = Wording(language)
    terms = objective_terms(objective)
    if terms in _OBJECTIVES:
        return wording.say(_OBJECTIVES[terms])
    return wording.say("weighted objective ({weights})", weights=objective)


def objective_meaning(objective: str, language: str) -> str:
    """
    Say what an objective counts.

    Parameters
    ----------
    objective
        As `tyngdepunkt.model.Objective` is written.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    Words that complete “the best plan has …”.
    """
    wording = Wording(language)
    terms = objective_terms(objective)
    if terms in _MEANINGS:
        return wording.say(_MEANINGS[terms], weights=objective)
    return wording.say("the best balance of several terms ({weights})", weights=objective)


def objective_terms(objective: str) -> tuple[str, ...]:
    """
    Return the names of an objective's terms.

    Parameters
    ----------
    objective
        As `tyngdepunkt.model.Objective` is written: ``borders[local]``, ``ties=1,access=0.002``.

    Returns
    -------
    The names, in order, without weights and agencies.
    """
    parts = re.sub(r"\[[^\]]*\]", "", objective).split(",")
    return tuple(part.partition("=")[0].strip() for part in parts)


def _say(words: dict[str, str], key: str, language: str) -> str:
    """Look a key up and translate it; a key that is not there is shown as it stands."""
    return Wording(language).say(words[key]) if key in words else key
