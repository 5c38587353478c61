"""The roles by rules alone: what the trained model is measured against, in the same table.

A decision list over the named features (zone, heading, cues); no word of a clause is weighed.
"""

from __future__ import annotations

import numpy as np

from analyzer.extract.role_features import Features, names
from analyzer.extract.role_grams import Ints

# The first line whose features are all there gives the role; "!" before a name: not there.
_LIST: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("heading", ("heading",)),
    ("heading", ("frame", "line:whole")),
    ("other", ("cue:address",)),
    ("other", ("scene:thanks",)),
    ("cause", ("zone:shortcoming", "cue:cause")),
    ("background", ("zone:shortcoming", "cue:framing_start", "!cue:lacking")),
    ("shortcoming", ("zone:shortcoming", "cue:lacking")),
    ("other", ("zone:shortcoming", "zone:shortcoming:0")),
    ("shortcoming", ("zone:shortcoming",)),
    ("background", ("cue:credit",)),
    ("background", ("scene:lessons",)),
    ("background", ("cue:framing_end", "!cue:action_start")),
    ("background", ("cue:framing_start", "!cue:effect_end")),
    ("target", ("zone:plan", "scene:targets")),
    ("target", ("zone:plan", "cue:target_start", "cue:target_end")),
    ("target", ("zone:plan", "quantity:bound")),
    ("plan", ("zone:plan",)),
    ("result", ("quantity:percent",)),
    ("result", ("cue:effect_start", "!cue:action_start")),
    ("result", ("cue:effect_end", "!cue:action_start")),
    ("measure", ()),
)


def roles_by_rules(features: Features) -> list[str]:
    """The role of each clause."""
    columns = {name: number for number, name in enumerate(names())}
    roles = np.full(len(features.named), "", dtype=object)
    for role, conditions in _LIST:
        fits: Ints = roles == ""
        for condition in conditions:
            present = features.named[:, columns[condition.removeprefix("!")]] > 0
            fits = fits & (~present if condition.startswith("!") else present)
        roles[fits] = role
    return [str(role) for role in roles]
