"""Which clause a date belongs to: the data, an act of others, or the end of it all, whatever stands beside it."""

import re
from functools import cache

from outbreach.graph.text.lexicon import compiled, table


@cache
def governs(name: str) -> re.Pattern[str]:
    """A pattern of `governs` in `graph/text/data/article_dates.yaml`."""
    return compiled(table("article_dates")["governs"][name])


def is_of_the_data(before: str) -> bool:
    """“Des examens faits du …”, “files created between …”: when the data came to be, or those treated were seen."""
    return governs("data_of_then").search(before) is not None


def is_of_another_act(before: str) -> bool:
    """“Filed a breach report in …”, “a fait le point mardi sur l’attaque”: the nearest verb dates something else."""
    return governs("act_before").search(before) is not None


def is_thrown_out(before: str) -> bool:
    """“They were thrown out on …”, “l’accès a été coupé le …”: the end of an intrusion."""
    return governs("thrown_out").search(before) is not None
