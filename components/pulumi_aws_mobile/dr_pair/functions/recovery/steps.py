"""The steps of a run, in their order."""

from . import approval, confirm, create, fence, flip, guard, lag, promote, scale, verify
from .moves import Step

STEPS: dict[str, Step] = {
    "guard": guard.STEP,
    "approval": approval.STEP,
    "fence": fence.STEP,
    "lag": lag.STEP,
    "create": create.STEP,
    "promote": promote.STEP,
    "scale": scale.STEP,
    "verify": verify.STEP,
    "flip": flip.STEP,
    "confirm": confirm.STEP,
}
ORDER = tuple(STEPS)
