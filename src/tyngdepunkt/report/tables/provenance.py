"""Where the figures come from and how good the answers are: sources, certificates, checks, settings."""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt.analysis import Layer
from tyngdepunkt.model import NoPlan, Plan
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.printable import clean
from tyngdepunkt.report.table import Cell, Column, Kind, Table
from tyngdepunkt.texts import words

__all__ = ["checks_of", "list_certificates", "list_settings", "list_sources", "list_wishes"]


def list_sources(briefing: Briefing, *, tables: Sequence[str] | None = None) -> Table:
    """
    List the study's tables with their sources, and its boundaries.

    Parameters
    ----------
    briefing
        The analysis and the language.
    tables
        Only these, in this order, as far as the study has them; every one where None.

    Returns
    -------
    One row a table that the study has, with the checksum of what was read.
    """
    say, study = briefing.wording.say, briefing.analysis.study
    columns = (
        Column("table", say("Table"), Kind.TEXT, meaning=say("A table of the study.")),
        Column("rows", say("Rows"), Kind.COUNT, say("number"), meaning=say("Rows of the table.")),
        Column("source", say("Source"), Kind.TEXT, meaning=say("Who published the figures.")),
        Column("year", say("Year"), Kind.TEXT, meaning=say("What the figures describe.")),
        Column("licence", say("Licence"), Kind.TEXT, meaning=say("On what terms they may be used.")),
        Column("checksum", say("Checksum (SHA-256)"), Kind.TEXT, meaning=say("Of the table as it was read."), empty=""),
    )
    unstated = say("not stated")
    rows: list[tuple[Cell, ...]] = []
    counts = {table: len(frame) for table, frame in study.tables.items()}
    if study.boundaries:
        counts["boundaries"] = len(study.boundaries["features"])
    for table in counts if tables is None else tables:
        if table not in counts:
            continue
        resource = study.resources.get(table)
        rows.append(
            (
                words.table_word(table, briefing.language),
                counts[table],
                briefing.sources(table),
                (clean(resource.year) if resource else "") or unstated,
                briefing.given(resource.licence if resource else "not stated"),
                briefing.analysis.checksums.get(table) or study.checksums.get(table),
            )
        )
    return Table("sources", say("The study's tables and their sources"), columns, tuple(rows))


def list_certificates(briefing: Briefing) -> Table:
    """
    List what is known of each answer, and who says so.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a layer.
    """
    say, analysis = briefing.wording.say, briefing.analysis
    own, unit = briefing.own_source(), briefing.objective_unit
    none = "–"
    columns = (
        Column("layer", say("Layer"), Kind.TEXT, "", own, say("Blocks or centres of gravity.")),
        Column("centres", say("Number"), Kind.COUNT, "", own, say("Number of blocks or areas.")),
        Column("status", say("Status"), Kind.TEXT, "", own, say("How good the plan is known to be.")),
        Column(
            "objective", say("Result"), Kind.COUNT, unit, own, say("What the plan has of the objective."), empty=none
        ),
        Column(
            "bound",
            say("Proven bound"),
            Kind.COUNT,
            unit,
            own,
            say("No plan that keeps the conditions is better than this."),
            empty=none,
        ),
        Column(
            "heuristic",
            say("Independent search"),
            Kind.COUNT,
            unit,
            own,
            say("The best that a search by chance, independent of the solver, found."),
            empty=say("found none"),
        ),
        Column("solver", say("Solver"), Kind.TEXT, "", own, say("Name and version."), empty=none),
        Column("seed", say("Seed"), Kind.TEXT, "", own, say("Of the independent search."), empty=none),
        Column("seconds", say("Seconds"), Kind.COUNT, "s", own, say("Time to find and prove the answer."), empty=none),
    )
    rows: list[tuple[Cell, ...]] = []
    for name, layer in ((say("blocks"), analysis.blocks), (say("centres of gravity"), analysis.gravity)):
        answer = layer.plan
        head = (name, answer.question.centres, briefing.say_status(answer))
        if isinstance(answer, NoPlan):
            rows.append((*head, None, None, None, None, None, round(answer.seconds, 1)))
        else:
            proof = answer.certificate
            rows.append(
                (
                    *head,
                    answer.objective,
                    proof.bound,
                    proof.heuristic_objective,
                    proof.solver,
                    str(proof.seed),
                    round(proof.seconds, 1),
                )
            )
    return Table("certificates", say("What is known of each answer"), columns, tuple(rows))


def list_settings(briefing: Briefing) -> Table:
    """
    List the choices behind the answers, each with its value and what it means.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a choice.
    """
    wording, analysis = briefing.wording, briefing.analysis
    say = wording.say
    columns = (
        Column("choice", say("Choice"), Kind.TEXT, meaning=say("What can be chosen.")),
        Column("value", say("Here"), Kind.TEXT, meaning=say("What was chosen in this study.")),
        Column("meaning", say("What it means"), Kind.TEXT, meaning=say("What the choice does.")),
    )
    floor = say("{count} inhabitants", count=wording.count(briefing.floor))
    gravity_floor = say("{count} inhabitants", count=wording.count(briefing.gravity_floor))
    rows: list[tuple[Cell, ...]] = [
        (
            say("What makes a plan good"),
            words.objective_word(briefing.objective, briefing.language),
            say("The best plan has {meaning}.", meaning=words.objective_meaning(briefing.objective, briefing.language)),
        ),
        (
            say("Least population of a block"),
            floor if briefing.floor else say("none"),
            say(
                "A guiding size for services. It is soft: the chapter on every number of blocks shows the result"
                " without it too."
            ),
        ),
        (
            say("Number of blocks"),
            _number_asked(briefing, analysis.blocks)
            or (
                say("the best of those worked out")
                if _is_chosen(analysis.blocks, "chosen_best_of_some")
                else say("the best of all")
            ),
            say("Where no number is set, the one with the best result is taken."),
        ),
        (
            say("Least population of a centre of gravity"),
            gravity_floor if briefing.gravity_floor else say("none"),
            say("The size for regional policy."),
        ),
        (
            say("Functions of a centre of gravity"),
            briefing.functions(briefing.gravity_functions) or say("none"),
            say("Each area shall have them within its borders."),
        ),
        (
            say("Number of centres of gravity"),
            _number_asked(briefing, analysis.gravity)
            or (
                say("the most that a plan was found for")
                if _is_chosen(analysis.gravity, "chosen_most_found")
                else say("the most possible")
            ),
            say("Where no number is set, the largest for which a plan exists is taken."),
        ),
        (
            say("Roads closed in winter"),
            say("hold a block together") if briefing.question.seasonal else say("do not hold a block together"),
            say("A block must hang together over roads and ferries that count."),
        ),
        *((wish, asked or say("none"), meaning) for wish, asked, meaning in list_wishes(briefing)),
    ]
    return Table("settings", say("The choices behind the answers"), columns, tuple(rows))


def _number_asked(briefing: Briefing, layer: Layer) -> str:
    """Write the number of centres that was asked for; empty where the number was left open."""
    asked = _is_chosen(layer, "chosen_by_reader")
    return briefing.wording.count(layer.plan.question.centres) if asked else ""


def _is_chosen(layer: Layer, criterion: str) -> bool:
    """Return whether the number of a layer was chosen for a reason."""
    return any(reason.criterion == criterion for reason in layer.reasons)


def list_wishes(briefing: Briefing) -> tuple[tuple[str, str, str], ...]:
    """
    List what was asked of the chosen blocks besides number and least population.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    Each wish with what was asked, empty where nothing was, and with what it means.
    """
    say, question = briefing.wording.say, briefing.question
    minutes = "" if question.max_minutes is None else briefing.wording.minutes(question.max_minutes)
    functions = briefing.functions(sorted(question.functions))
    together, apart, locked = (
        "; ".join(briefing.name_all(sorted(group)) for group in groups)
        for groups in (question.together, question.apart, question.locked)
    )
    overrides = "; ".join(f"{briefing.name(o.municipality)}: {briefing.given(o.reason)}" for o in question.overrides)
    start = question.start
    moved = (
        ""
        if start is None
        else say(
            "at most {count} from {plan}",
            count=briefing.wording.count(start.most_moved),
            plan=briefing.plan_name(start.name),
        )
    )
    return (
        (say("Longest time to the centre"), minutes, say("No municipality is farther from its centre.")),
        (say("Functions of each block"), functions, say("Each block has them within its borders.")),
        (say("Shall lie together"), together, say("Each group lies in one block.")),
        (say("Shall lie apart"), apart, say("No two of a group lie in one block.")),
        (say("Shall be centres"), briefing.name_all(sorted(question.centre)), say("Each of them is a centre.")),
        (say("Shall not be centres"), briefing.name_all(sorted(question.not_centre)), say("None of them is a centre.")),
        (say("Least population lifted for"), overrides, say("The block of each may have fewer inhabitants.")),
        (say("Shall be a block of their own"), locked, say("Each group is a block, with nobody else in it.")),
        (
            say("Borders of counties"),
            say("no block crosses them") if question.within_counties else "",
            say("A block lies within one county."),
        ),
        (
            say("Recorded positions"),
            briefing.wording.count(len(question.positions)) if question.positions else "",
            say("No plan goes against what a council has recorded."),
        ),
        (say("Moved from a plan"), moved, say("All others stay with those they lie with there.")),
        (
            say("Parts of municipalities that may lie elsewhere"),
            briefing.name_all(sorted(question.split_parts)),
            say("They need not lie with the rest of their municipality."),
        ),
    )


def checks_of(answer: Plan | NoPlan, language: str) -> tuple[str, ...]:
    """
    Return what was verified of an answer outside the solver, one sentence each.

    Parameters
    ----------
    answer
        The answer.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    The sentences; none where there is no plan.
    """
    if isinstance(answer, NoPlan):
        return ()
    return tuple(words.check_sentence(check, language) for check in answer.certificate.checks)
