"""The rules of what moves when: the order of classes, their minimum stays, small objects, and when objects go.

Each notes every problem it finds.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from pulumi_aws_mobile.errors import Problems

from .lifecycle import Move, SizeBand
from .storage_classes import (
    INFREQUENT_ACCESS_DAYS,
    SMALL_OBJECT_BYTES,
    STORAGE_CLASSES,
    can_follow,
    needs_thirty_days,
)

ACCEPT = "set accept_minimum_charges: true to pay for it"
"""The way out of a rule that only guards against charges."""


def check_transitions(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse a list of transitions that S3 refuses, ignores or charges extra for."""
    if "transitions" not in given:
        return
    for option in ("retrieval", "archive_after_days"):
        if option in given:
            problems.add(option, _plain(given[option]), "nothing beside transitions", f"remove {option} or transitions")
    steps = given["transitions"]
    if not steps:
        problems.add("transitions", steps, "at least one transition", "remove it: the component then picks the classes")
    accepted = given.get("accept_minimum_charges", False)
    for i, step in enumerate(steps):
        if not accepted:
            _check_first_days(f"transitions[{i}].after_days", step["after_days"], step["storage_class"], problems)
    for i, (warmer, colder) in enumerate(pairwise(steps), start=1):
        _check_step(f"transitions[{i}]", warmer, colder, problems, accepted=accepted)


def _check_first_days(path: str, days: int, storage_class: str, problems: Problems) -> None:
    if needs_thirty_days(storage_class) and days < INFREQUENT_ACCESS_DAYS:
        problems.add(
            path,
            days,
            f"{INFREQUENT_ACCESS_DAYS} days or more for {_plain(storage_class)}",
            f"raise it to {INFREQUENT_ACCESS_DAYS}, or {ACCEPT}",
        )


def _check_step(
    path: str, warmer: Mapping[str, Any], colder: Mapping[str, Any], problems: Problems, *, accepted: bool
) -> None:
    if not can_follow(colder["storage_class"], warmer["storage_class"]):
        after = [_plain(other) for other in STORAGE_CLASSES if can_follow(other, warmer["storage_class"])]
        problems.add(
            f"{path}.storage_class",
            _plain(colder["storage_class"]),
            f"after {_plain(warmer['storage_class'])}: {' | '.join(after) or 'nothing'}",
            "put the warmer class first, or leave one out: S3 moves objects to colder classes only",
        )
        return
    stayed = colder["after_days"] - warmer["after_days"]
    least = STORAGE_CLASSES[warmer["storage_class"]].minimum_stay_days
    if stayed <= 0:
        problems.add(
            f"{path}.after_days",
            colder["after_days"],
            f"more than {warmer['after_days']} days, the transition before",
            "list the transitions by age",
        )
    elif stayed < least and not accepted:
        earliest = warmer["after_days"] + least
        problems.add(
            f"{path}.after_days",
            colder["after_days"],
            f"{earliest} days or more: {_plain(warmer['storage_class'])} is billed for at least {least} days",
            f"raise it to {earliest}, leave {_plain(warmer['storage_class'])} out, or {ACCEPT}",
        )


def check_small_objects(given: Mapping[str, Any], bands: Iterable[SizeBand], problems: Problems) -> None:
    """Refuse a minimum size that contradicts S3's own, or that moves objects into classes that bill them as larger."""
    minimum = given.get("minimum_object_size_bytes")
    if minimum is None or not _moves_are_known(problems):
        return
    if "transition_default_minimum_object_size" in given:
        problems.add(
            "transition_default_minimum_object_size",
            _plain(given["transition_default_minimum_object_size"]),
            "nothing beside minimum_object_size_bytes, which decides for every class",
            "remove one of the two",
        )
    moves = {
        move.storage_class: None for band in bands for move in (*band.moves, band.noncurrent_move) if move is not None
    }
    padded = [_plain(name) for name in moves if STORAGE_CLASSES[name].bills_small_objects_as_128_kib]
    if minimum < SMALL_OBJECT_BYTES and padded and not given.get("accept_minimum_charges", False):
        problems.add(
            "minimum_object_size_bytes",
            minimum,
            f"{SMALL_OBJECT_BYTES} bytes or more: {' and '.join(padded)} bill smaller objects as 128 KiB",
            f"raise it to {SMALL_OBJECT_BYTES}, or {ACCEPT}",
        )


def check_expiry(given: Mapping[str, Any], bands: Iterable[SizeBand], problems: Problems) -> None:
    """Refuse an expiry before the last class was worth moving to, and one that never frees the space."""
    expire = given.get("expire_after_days")
    if expire is None or not _moves_are_known(problems):
        return
    accepted = given.get("accept_minimum_charges", False)
    last = _last_to_be_paid({band.moves[-1] for band in bands if band.moves})
    if last is not None and expire < (earliest := _earliest_end(last, accepted=accepted)):
        problems.add(
            "expire_after_days",
            expire,
            f"{earliest} days or more, {_after(last, accepted=accepted)}",
            f"raise it to {earliest} or move earlier" + ("" if accepted else f", or {ACCEPT}"),
        )
    if "keep_newer" in given.get("noncurrent_versions", {}):
        problems.add(
            "noncurrent_versions.keep_newer",
            given["noncurrent_versions"]["keep_newer"],
            "nothing beside expire_after_days: the newest versions of expired objects would be kept for ever",
            "remove one of the two",
        )


def check_noncurrent(
    given: Mapping[str, Any], bands: Iterable[SizeBand], expire_after_days: int, problems: Problems
) -> None:
    """Refuse old versions that are deleted before the class they moved to was worth it."""
    if problems.touches("noncurrent_versions") or not _moves_are_known(problems):
        return
    accepted = given.get("accept_minimum_charges", False)
    move = _last_to_be_paid({band.noncurrent_move for band in bands if band.noncurrent_move})
    if move is None:
        return
    if not accepted:
        _check_first_days("noncurrent_versions.archive_after_days", move.after_days, move.storage_class, problems)
    if expire_after_days < (earliest := _earliest_end(move, accepted=accepted)):
        problems.add(
            "noncurrent_versions.expire_after_days",
            expire_after_days,
            f"{earliest} days or more, {_after(move, accepted=accepted)}",
            f"raise it to {earliest}, lower noncurrent_versions.archive_after_days"
            + ("" if accepted else f", or {ACCEPT}"),
        )


def _moves_are_known(problems: Problems) -> bool:
    """Tell whether the moves are those that the caller meant, and not what stands in for options that were refused."""
    return not any(problems.touches(option) for option in ("retrieval", "archive_after_days", "transitions"))


def _last_to_be_paid(moves: Iterable[Move]) -> Move | None:
    """Return the move whose class is billed the longest."""
    return max(moves, key=lambda move: (_paid_until(move), move.storage_class.value), default=None)


def _earliest_end(move: Move, *, accepted: bool) -> int:
    """Return the first age at which an object may go after the move: S3 takes the next day at the earliest."""
    return move.after_days + 1 if accepted else max(_paid_until(move), move.after_days + 1)


def _after(move: Move, *, accepted: bool) -> str:
    stay = STORAGE_CLASSES[move.storage_class].minimum_stay_days
    reason = "" if accepted else f" and its minimum stay of {stay} days"
    return f"after the move to {move.storage_class.value} at {move.after_days} days{reason}"


def _paid_until(move: Move) -> int:
    return move.after_days + STORAGE_CLASSES[move.storage_class].minimum_stay_days


def _plain(value: Any) -> Any:  # noqa: ANN401 - an enum's member or a plain value
    return getattr(value, "value", value)
