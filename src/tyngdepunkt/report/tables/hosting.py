"""Hosts as tables: what each model of host roles gives in each block, who hosts what, and the jobs before and after."""

from __future__ import annotations

from tyngdepunkt.analysis import BlockHosting
from tyngdepunkt.analysis.services import (
    HostingPlan,
    HostModel,
    HostRelaxation,
)
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.printable import clean
from tyngdepunkt.report.table import Cell, Table
from tyngdepunkt.report.tables.capacity import measure_word
from tyngdepunkt.report.tables.columns import from_analysis
from tyngdepunkt.texts.wording import later

__all__ = ["list_hosting", "list_hosts", "list_jobs", "say_relaxation"]

MODELS = {
    HostModel.CENTRAL: later("A: one large host"),
    HostModel.BALANCED: later("B: roles are spread"),
}
"""The two models of host and partner roles."""


def list_hosting(briefing: Briefing) -> Table:
    """
    List what each block could run together, and what each model of host roles gives.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a block.
    """
    say, review = briefing.wording.say, briefing.analysis.services
    own = from_analysis(briefing, "staffing", "travel_times")
    columns = (
        *own.block(),
        own.count("tasks", later("Services"), later("Services that two members or more have staff for.")),
        own.text("measure", later("Counted"), later("What is counted."), empty="–"),
        own.text("taking_part", later("Taking part"), later("Members with staff of their own."), empty="–"),
        own.text("central", MODELS[HostModel.CENTRAL], later("The outcome of type A.")),
        own.text("balanced", MODELS[HostModel.BALANCED], later("The outcome of type B.")),
    )
    rows = tuple(
        (
            each.block,
            briefing.name(each.block),
            len(next(iter(each.plans.values())).problem.tasks) if each.plans else 0,
            measure_word(briefing, each.measure) if each.measure else None,
            ", ".join(briefing.name(i) for i in each.taking_part) or None,
            _outcome(briefing, each, HostModel.CENTRAL),
            _outcome(briefing, each, HostModel.BALANCED),
        )
        for each in (() if review is None else review.hosting)
    )
    return Table("hosting", say("Hosts in each block, both models side by side"), columns, rows)


def list_hosts(briefing: Briefing, *blocks: BlockHosting) -> Table:
    """
    List the host of each service, by both models side by side.

    Parameters
    ----------
    briefing
        The analysis and the language.
    *blocks
        Of which.

    Returns
    -------
    One row a block and service for which either model has a plan.
    """
    say, own = briefing.wording.say, from_analysis(briefing, "staffing", "travel_times")
    columns = (
        own.text("block", later("Block"), later("The block, by the name of its centre.")),
        own.text("service", later("Service"), later("As the study calls it.")),
        own.decimal("staff", later("Staff"), later("Staff of all who take part, kept."), unit=later("as counted")),
        own.text("central", MODELS[HostModel.CENTRAL], later("Its host in type A."), empty="–"),
        own.minutes("central_minutes", later("Way there, A"), later("To the host, of all who take part."), empty="–"),
        own.text("balanced", MODELS[HostModel.BALANCED], later("Its host in type B."), empty="–"),
        own.minutes("balanced_minutes", later("Way there, B"), later("To the host, of all who take part."), empty="–"),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in blocks:
        if not any(plan.hosts for plan in each.plans.values()):
            continue
        central, balanced = each.plans[HostModel.CENTRAL], each.plans[HostModel.BALANCED]
        for task in central.problem.tasks:
            cells: list[Cell] = [briefing.name(each.block), clean(task.id), task.fte_after]
            for plan in (central, balanced):
                host = plan.hosts.get(task.id)
                cells += [
                    None if host is None else briefing.name(host),
                    None if host is None else plan.problem.total_time(task, host),
                ]
            rows.append(tuple(cells))
    return Table("hosts", say("A host for each service"), columns, tuple(rows))


def list_jobs(briefing: Briefing, *blocks: BlockHosting) -> Table:
    """
    List the jobs that each who takes part has before and after, by both models.

    Parameters
    ----------
    briefing
        The analysis and the language.
    *blocks
        Of which.

    Returns
    -------
    One row a block and municipality where either model has a plan.
    """
    say, own = briefing.wording.say, from_analysis(briefing, "staffing", "travel_times")
    unit = later("as counted")
    columns = (
        own.text("block", later("Block"), later("The block, by the name of its centre.")),
        own.ident("municipality_id", later("Municipality id"), later("Who takes part.")),
        own.text("municipality", later("Municipality"), later("Who takes part.")),
        own.decimal("before", later("Jobs today"), later("Over all the services."), unit=unit),
        own.decimal("central", later("With type A"), later("Over all the services."), unit=unit, empty="–"),
        own.decimal("balanced", later("With type B"), later("Over all the services."), unit=unit, empty="–"),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in blocks:
        if not any(plan.hosts for plan in each.plans.values()):
            continue
        central, balanced = each.plans[HostModel.CENTRAL], each.plans[HostModel.BALANCED]
        rows += [
            (
                briefing.name(each.block),
                i,
                briefing.name(i),
                central.jobs_before[i],
                central.jobs_after.get(i),
                balanced.jobs_after.get(i),
            )
            for i in each.taking_part
        ]
    return Table("jobs", say("Jobs before and after"), columns, tuple(rows))


def say_relaxation(briefing: Briefing, relaxation: HostRelaxation, measure: str) -> str:
    """
    Say what would have to give way for hosts to be found.

    Parameters
    ----------
    briefing
        The analysis and the language.
    relaxation
        The least that works.
    measure
        What is counted.

    Returns
    -------
    A sentence.
    """
    wording = briefing.wording
    if relaxation.constraint == "reach":
        return wording.say(
            "{service}: a way to each possible host is unknown, and no limit would do.", service=clean(relaxation.task)
        )
    if relaxation.task:
        return wording.say(
            "{service}: the longest way to the host would have to be {minutes}.",
            service=clean(relaxation.task),
            minutes=wording.minutes(relaxation.works),
        )
    values = {"works": wording.decimal(relaxation.works), "measure": measure_word(briefing, measure)}
    if relaxation.proven:
        return wording.say("It works where someone may lose {works} ({measure}), proven to be the least.", **values)
    return wording.say(
        "It works where someone may lose {works} ({measure}); whether less will do is not known.", **values
    )


def _outcome(briefing: Briefing, block: BlockHosting, model: HostModel) -> str:
    """Return what a model gives, in a few words."""
    wording = briefing.wording
    if not block.plans:
        return wording.say("nothing to place")
    plan: HostingPlan = block.plans[model]
    if plan.hosts:
        hosts = wording.say_many("{count} host", "{count} hosts", plan.distinct_hosts or 0)
        told = {"hosts": hosts, "minutes": wording.minutes(plan.total_minutes)}
        if plan.status == "optimal":
            return wording.say("{hosts}, {minutes} in all: proven best", **told)
        return wording.say("{hosts}, {minutes} in all: not proven best", **told)
    said = [say_relaxation(briefing, each, block.measure) for each in plan.relaxations]
    head = wording.say("No plan.") if plan.is_settled else wording.say("No plan found in the time given.")
    return " ".join((head, *said))
