"""A study of a whole country is checked in a moment."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np

from tyngdepunkt.study import check_study


def test_a_country_is_checked_in_a_few_seconds_even_when_much_is_wrong(tmp_path):
    ids = [f"{number:04d}" for number in range(101, 527)]
    rng = np.random.default_rng(2017)
    flows = [f"{a},{b},{rng.integers(1, 500)}" for a in ids for b in rng.choice(ids, 70, replace=False)]
    wrong = [f"{a[1:]},{b},-{n}" for a, b, n in (flow.split(",") for flow in flows)]
    (tmp_path / "municipalities.csv").write_text(
        "municipality_id,name,population\n" + "".join(f"{i},M{i},5000\n" for i in ids)
    )
    links = [f"{a},{b},land,0\n" for a, b in pairwise(ids)]
    (tmp_path / "neighbours.csv").write_text("a_id,b_id,link,seasonal\n" + "".join(links))
    commuting = tmp_path / "commuting.csv"

    commuting.write_text("home_id,work_id,commuters\n" + "\n".join(flows) + "\n")
    begun = time.process_time()
    assert check_study(tmp_path) == ()
    right = time.process_time() - begun

    commuting.write_text("home_id,work_id,commuters\n" + "\n".join(wrong) + "\n")
    begun = time.process_time()
    faults = check_study(tmp_path)
    wrong_took = time.process_time() - begun

    assert len(faults) == len(flows) + len(ids)  # one a negative flow, one an id that is wrong throughout
    assert right < 5
    assert wrong_took < 10
