"""How soon a strategy recovers, how much it loses and what it costs: arithmetic alone, with the sources of its figures.

The page `docs/disaster-recovery-model.md` explains it.
"""

from .choice import Miss, Need, UnmetNeedError, choose, misses_of
from .figures import FIGURES, Basis, Figure, Whose
from .objectives import Objectives, compare, objectives
from .situation import Situation
from .timeline import Event, Phase, timeline, traffic_timeline

__all__ = [
    "FIGURES",
    "Basis",
    "Event",
    "Figure",
    "Miss",
    "Need",
    "Objectives",
    "Phase",
    "Situation",
    "UnmetNeedError",
    "Whose",
    "choose",
    "compare",
    "misses_of",
    "objectives",
    "timeline",
    "traffic_timeline",
]
