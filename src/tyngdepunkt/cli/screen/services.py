"""Gains shared, hosts found, and what services have of staff, as rows and text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tyngdepunkt.cli.layout import Row, fit_table, spoken, table_text
from tyngdepunkt.shapes.plans import UNSETTLED
from tyngdepunkt.shapes.services import hosting_status

if TYPE_CHECKING:
    from tyngdepunkt.analysis.services import (
        BlockCapacity,
        BlockSize,
        CapacityAnswer,
        HostingPlan,
        HostModel,
        Judgement,
        ServiceStructure,
        ServiceUnit,
        ShareAnswer,
        SplitTest,
        StructureFinding,
    )
    from tyngdepunkt.study import Study

__all__ = [
    "capacity_rows",
    "capacity_text",
    "host_rows",
    "hosting_text",
    "sharing_text",
    "split_rows",
    "structure_rows",
    "structure_text",
]


_MEASURES = {
    "full_time_equivalents": "full-time equivalents",
    "posts_all": "all posts",
    "posts_professional": "professional posts",
    "persons": "persons",
    "inhabitants": "inhabitants",
}
_BALANCED = "balanced"
_WITHOUT_DECIMALS = 1_000
"""Amount from which decimals say nothing."""
_TOO_FEW_TO_RANK = 3
"""Services among which a rank says nothing."""


def split_rows(answer: ShareAnswer) -> list[Row]:
    """Return a line for each solution and split, and each player."""
    return [
        {
            "split": name,
            "player": player,
            "amount": amount,
            "alone": float(alone),
            "worse_off_by": test.worse_off.get(player),
            "pays": answer.payments.get(name, {}).get(player),
            "split_in_core": test.in_core,
        }
        for name, test in _tests(answer).items()
        for (player, amount), alone in zip(test.amounts.items(), answer.sharing.game.alone, strict=True)
    ]


def sharing_text(answer: ShareAnswer) -> str:
    """Return a sharing for reading."""
    sharing = answer.sharing
    game = sharing.game
    times = " ×" if game.unit[:1].isdigit() else ""
    unit = f"{times} {game.unit}" if game.unit else ""
    head = f"{len(game)} players gain {spoken(game.total)}{unit} together."
    if sharing.least_core_epsilon is None:
        head += " There is nobody to share with."
    elif sharing.core_empty:
        head += (
            f" The core is empty: every split leaves some group at least {_amount(sharing.least_core_epsilon)} worse "
            "off than it would be by itself."
        )
    elif sharing.least_core_epsilon < 0:
        head += (
            f" In the best split every group has at least {_amount(-sharing.least_core_epsilon)} more than it would "
            "have by itself."
        )
    else:
        head += " There are splits in which no group would be better off by itself, with nothing to spare."
    tests = _tests(answer)
    amounts = table_text(
        [
            {
                "player": player,
                "alone": _amount(float(alone)),
                **{n: _amount(t.amounts[player]) for n, t in tests.items()},
            }
            for player, alone in zip(game.players, game.alone, strict=True)
        ]
    )
    verdicts = table_text([{"split": name, **_verdict(test)} for name, test in tests.items()])
    parts = [head, amounts, verdicts]
    if answer.payments:
        paid = table_text(
            [
                {"what each pays": player, **{name: _amount(each[player]) for name, each in answer.payments.items()}}
                for player in game.players
            ]
        )
        parts.append(paid)
    parts += [f"The key {key.name} needs {'; '.join(key.missing)}." for key in answer.keys if key.missing]
    own = [f"{service} {name}" for service, name, each in answer.parameters if not each.source]
    if own:
        parts.append(f"Figures of the reader's own, without a source: {', '.join(own)}.")
    if sharing.nucleolus is None:
        parts.append("All together gain less than the sum of what each has alone: there is no nucleolus.")
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def host_rows(plans: Mapping[HostModel, HostingPlan]) -> list[Row]:
    """Return a line for each task of each model."""
    return [
        {
            "model": str(model),
            "task": task.id,
            "host": plan.hosts[task.id],
            "fte_after": task.fte_after,
            "minutes": plan.problem.total_time(task, plan.hosts[task.id]),
        }
        for model, plan in plans.items()
        for task in plan.problem.tasks
        if plan.hosts
    ]


def hosting_text(plans: Mapping[HostModel, HostingPlan]) -> str:
    """Return hosts for reading, one model after the other."""
    return "\n".join(_plan_text(str(model), plan) for model, plan in plans.items())


def capacity_rows(study: Study, answer: CapacityAnswer) -> list[Row]:
    """Return a line for each service as it is, or for each service in each block where there are blocks."""
    names = study.territory.names
    if answer.sizes:
        return [_block_row(block) for block in answer.blocks]
    return [
        {
            "service": unit.service,
            "measure": unit.measure,
            "year": unit.year,
            "host": unit.host,
            "host_name": names[unit.host],
            "members": unit.members,
            "fte": unit.fte,
            "population": unit.population,
            "grade": _staff_grade(unit.judgements),
            "source": unit.source,
            "note": unit.note,
        }
        for unit in answer.units
    ]


def capacity_text(study: Study, answer: CapacityAnswer, *, wide: bool) -> str:
    """Return capacity for reading."""
    names = study.territory.names
    parts = []
    if answer.sizes:
        for size in answer.sizes:
            own = [each for each in answer.blocks if each.block == size.block]
            parts.append(f"{size.block}: {spoken(size.population)} inhabitants\n{_size_text(size)}")
            parts.append(
                fit_table([_pooled_row(each) for each in own], wide=wide, essential=("service", "pooled", "against"))
                or "No service with figures."
            )
    else:
        parts.append(
            fit_table(
                [_unit_row(unit, names) for unit in answer.units],
                wide=wide,
                essential=("service", "host", "staff", "against"),
            )
        )
    wrong = [finding for finding in answer.findings if not finding.agrees]
    parts += [
        f"{finding.source} prints {finding.printed:g} {finding.unit} in all"
        f"{f' for {names[finding.municipality]}' if finding.municipality else ''}; its rows give {finding.computed:g}."
        for finding in wrong
    ]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def structure_rows(
    found: Iterable[StructureFinding], own: ServiceStructure, pooled: ServiceStructure | None
) -> list[Row]:
    """Return a line for each quantity of each service, and of the municipalities and the blocks where there are any."""
    classes = ("below_3000", "from_3000", "from_5000", "from_15000")
    rows: list[Row] = [
        {"service": name, "quantity": quantity, "computed": 100 * share, "printed": None}
        for name, structure in (("municipalities", own), ("blocks", pooled))
        if structure is not None
        for quantity, share in zip(classes, structure.size_shares, strict=True)
    ]
    rows += [
        {
            "service": each.structure.service,
            "quantity": quantity,
            "computed": computed,
            "printed": each.printed.get(quantity),
        }
        for each in found
        for quantity, computed in each.computed.items()
    ]
    return rows


def structure_text(
    study: Study,
    found: Sequence[StructureFinding],
    own: ServiceStructure,
    pooled: ServiceStructure | None,
    *,
    wide: bool,
) -> str:
    """Return the size of services for reading, the printed figures in brackets, and why they may differ."""
    rows = [_structure_row("municipalities", {}, own)]
    rows += [_structure_row("blocks", {}, pooled)] if pooled else []
    rows += [_structure_row(each.structure.service, each.printed, each.structure) for each in found]
    parts = ["In brackets what is printed, where that differs.", fit_table(rows, wide=wide)]
    for each in found:
        why = []
        if each.older:
            count = "1 arrangement is" if len(each.older) == 1 else f"{len(each.older)} arrangements are"
            why.append(f"{count} known from an earlier year only")
        if each.incomplete:
            why.append(f"the participants of {', '.join(each.incomplete)} are not all known")
        if each.population_printed is not None and each.printed:
            why.append(
                f"{spoken(each.population_total)} inhabitants here, {spoken(each.population_printed)} in the source"
            )
        if why and any(abs(each.computed[name] - value) >= 1 for name, value in each.printed.items()):
            parts.append(f"{each.structure.service}: {'; '.join(why)}.")
    sources = ", ".join(dict.fromkeys(each.source for each in found if each.printed))
    if sources:
        parts.append(f"Printed: {sources}. Study: {study.name}.")
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _tests(answer: ShareAnswer) -> dict[str, SplitTest]:
    """Return solutions, then splits, by what they are called in a table."""
    sharing = answer.sharing
    clash = sharing.solutions.keys() & sharing.splits.keys()
    return dict(sharing.solutions) | {
        f"{name} (given)" if name in clash else name: test for name, test in sharing.splits.items()
    }


def _verdict(test: SplitTest) -> dict[str, object]:
    """Return what a split does to whom."""
    worse = ", ".join(f"{player} by {_amount(less)}" for player, less in test.worse_off.items())
    deviation = test.best_deviation
    leaves = "" if deviation is None else f"{' + '.join(deviation.coalition)} by {_amount(deviation.gain)}"
    sums = "yes" if test.efficient else f"off by {_amount(test.off_by)}"
    return {
        "sums to the whole": sums,
        "in the core": test.in_core,
        "worse off than alone": worse or "nobody",
        "better off leaving": leaves or "nobody",
    }


def _amount(value: float) -> str:
    """Return an amount as a person reads it: two decimals below a thousand."""
    if abs(value) >= _WITHOUT_DECIMALS or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.4g}"


def _plan_text(model: str, plan: HostingPlan) -> str:
    """Return one model's answer for reading."""
    if not plan.hosts:
        what = "time ran out before a plan was found" if hosting_status(plan) == UNSETTLED else "no plan exists"
        lines = [f"{model}: {what}."]
        for each in plan.relaxations:
            offices = f" Or it has offices in {', '.join(each.offices)}." if each.offices else ""
            if each.constraint == "reach":
                lines.append(f"  {each.task}: a way to each possible host is unknown, so no limit would do.{offices}")
            elif each.task:
                lines.append(
                    f"  {each.task} works from max_minutes {each.works:g}, in place of {each.asked:g}.{offices}"
                )
            else:
                sure = (
                    "nothing less does" if each.proven else f"whether less does is not known; {each.bound:.4g} is least"
                )
                lines.append(f"  job_tolerance {each.works:g} in place of {each.asked:g} works; {sure}.")
        return "\n".join(lines) + "\n"
    how = "most" if model == _BALANCED else "fewest"
    head = (
        f"{model}: {plan.distinct_hosts} hosts ({how} possible: {plan.distinct_bound}), "
        f"{spoken(plan.total_minutes)} minutes (bound {spoken(plan.bound)}), {plan.status}"
    )
    problem = plan.problem
    tasks = table_text(
        [
            {
                "task": task.id,
                "host": plan.hosts[task.id],
                "FTE": spoken(task.fte_after),
                "minutes to it": problem.total_time(task, plan.hosts[task.id]),
            }
            for task in problem.tasks
        ]
    )
    jobs = table_text(
        [
            {
                "participant": each,
                "FTE before": f"{plan.jobs_before[each]:.2f}",
                "FTE after": f"{plan.jobs_after[each]:.2f}",
                "change": f"{plan.jobs_after[each] - plan.jobs_before[each]:+.2f}",
            }
            for each in problem.participants
        ]
    )
    proof = f"{plan.solver}, {plan.seconds:.1f} s; checked again without the solver ({len(plan.checks)} checks).\n"
    return "\n".join([f"{head}\n", tasks, jobs, proof])


def _block_row(block: BlockCapacity) -> Row:
    """Return a service in a block as a line of CSV."""
    return {
        "block": block.block,
        "service": block.service,
        "measure": block.measure,
        "year": block.year,
        "services_today": len(block.today),
        "largest_today": block.today[0].fte,
        "smallest_today": block.today[-1].fte,
        "pooled_fte": block.pooled_fte,
        "is_whole": block.is_whole,
        "grade": _staff_grade(block.judgements),
        "percentile": block.distribution.percentile,
        "crossing": [unit.arrangement for unit in block.crossing],
        "unknown": block.unknown,
    }


def _pooled_row(block: BlockCapacity) -> Row:
    """Return a service in a block as a line to be read."""
    pooled = "–" if block.pooled_fte is None else f"{block.pooled_fte:.4g}"
    if block.pooled_fte is not None and not block.is_whole:
        pooled = f"at least {pooled}"
    percentile = block.distribution.percentile
    against = _grade_text(block.judgements)
    if not against and percentile is not None and block.distribution.units > _TOO_FEW_TO_RANK:
        against = f"no norm; more than {percentile:.0f} % of {block.distribution.units} services"
    return {
        "service": block.service,
        "counted": f"{_MEASURES[block.measure]}, {block.year}",
        "today": " + ".join(f"{unit.fte:.4g}" for unit in block.today if unit not in block.crossing) or "–",
        "shared across the border": ", ".join(unit.arrangement for unit in block.crossing) or "–",
        "pooled": pooled,
        "against": against or "no norm",
    }


def _size_text(size: BlockSize) -> str:
    """Return what a block is large enough for, a line for each norm."""
    lines = []
    for each in size.judgements:
        norm = each.norm
        if each.is_full:
            verdict = f"sufficient, and above {norm.full_from:,.0f}"
        elif each.grade is not None and norm.sufficient_from is not None and each.value >= norm.sufficient_from:
            verdict = f"sufficient from {norm.sufficient_from:,.0f}"
        elif each.grade is not None:
            verdict = str(each.grade).replace("_", " ")
        else:
            verdict = f"below {norm.sufficient_from:,.0f}" if norm.sufficient_from is not None else "undecided"
        lines.append(f"  {norm.service or 'statutory tasks'}: {verdict} ({norm.source})")
    return "\n".join(lines)


def _unit_row(unit: ServiceUnit, names: Mapping[str, str]) -> Row:
    """Return a service as a line to be read."""
    return {
        "service": unit.service,
        "counted": f"{_MEASURES[unit.measure]}, {unit.year}",
        "host": names[unit.host],
        "serves": len(unit.members),
        "inhabitants": unit.population,
        "staff": f"{unit.fte:.4g}",
        "against": _grade_text(unit.judgements) or "no norm",
    }


def _grade_text(judgements: Iterable[Judgement]) -> str:
    """Return what norms for staff say, the source of each in short."""
    said = []
    for each in judgements:
        if each.norm.measure == "inhabitants":
            continue
        grade = "undecided" if each.grade is None else str(each.grade).replace("_", " ")
        full = ", enough for a whole service" if each.is_full else ""
        said.append(f"{grade}{full} ({_MEASURES[each.norm.measure]}: {each.norm.source})")
    return "; ".join(said)


def _staff_grade(judgements: Iterable[Judgement]) -> str | None:
    """Return the lowest grade that a norm for staff gives; None where none does."""
    order = ("very_vulnerable", "vulnerable", "sufficient")
    given = {str(each.grade) for each in judgements if each.grade is not None and each.norm.measure != "inhabitants"}
    return next((grade for grade in order if grade in given), None)


def _structure_row(name: str, printed: Mapping[str, float], structure: ServiceStructure) -> Row:
    """Return how a service is divided as a line to be read, printed figures in brackets where they differ."""

    def both(quantity: str, value: float, form: str = ",.0f") -> str:
        said = format(value, form)
        if quantity not in printed or format(printed[quantity], form) == said:
            return said
        return f"{said} ({format(printed[quantity], form)})"

    small, lower, upper, large = (100 * share for share in structure.size_shares)
    return {
        "service": name,
        "services": both("services", structure.services),
        "alone": both("alone", structure.alone),
        "shared": both("shared", structure.shared),
        "cooperate [%]": both("cooperating_share", 100 * structure.cooperating_share),
        "mean": both("mean", structure.mean),
        "median": both("median", structure.median),
        "most": both("most", structure.most),
        "least": both("least", structure.least),
        "< 3,000 [%]": both("below_3000", small, ".1f"),
        "3–5,000 [%]": both("from_3000", lower, ".1f"),
        "5–15,000 [%]": both("from_5000", upper, ".1f"),
        "> 15,000 [%]": both("from_15000", large, ".1f"),
    }
