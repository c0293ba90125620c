"""The rules of composite alarms.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

OK, ALARM, NO_DATA = "OK", "ALARM", "INSUFFICIENT_DATA"

_STATES = {"ALARM": ALARM, "OK": OK, "INSUFFICIENT_DATA": NO_DATA}
_TOKEN = re.compile(r"""\s*(?:(?P<sign>[(),])|"(?P<double>[^"]+)"|'(?P<single>[^']+)'|(?P<word>[^\s(),"']+))""")
_LONGEST = 10_240
_MOST_ALARMS = 100

StateOf = Callable[[str], str]
"""Returns the state of an alarm by its name or ARN."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was read."""

    holds: Callable[[StateOf], bool]
    alarms: frozenset[str]
    """The names or ARNs of the alarms that it asks."""


def parse(text: str) -> Rule:
    """Read a rule; raise `ValueError` where it is none."""
    if len(text) > _LONGEST:
        message = f"a rule has at most {_LONGEST} characters; got {len(text)}"
        raise ValueError(message)
    reader = _Reader(text)
    rule = reader.either()
    reader.end()
    if len(rule.alarms) > _MOST_ALARMS:
        message = f"a rule has at most {_MOST_ALARMS} alarms; got {len(rule.alarms)}"
        raise ValueError(message)
    return rule


class _Reader:
    """Reads a rule from left to right: NOT binds most, then AND, then OR."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def either(self) -> Rule:
        """Read what OR joins."""
        rule = self._both()
        while self._takes("OR"):
            rule = _joined(rule, self._both(), any)
        return rule

    def end(self) -> None:
        """Refuse what is left over."""
        if self._text[self._at :].strip():
            self._refuse()

    def _both(self) -> Rule:
        rule = self._one()
        while self._takes("AND"):
            rule = _joined(rule, self._one(), all)
        return rule

    def _one(self) -> Rule:
        if self._takes("NOT"):
            inner = self._one()
            return Rule(lambda states: not inner.holds(states), inner.alarms)
        if self._takes("("):
            rule = self.either()
            self._require(")")
            return rule
        if self._takes("TRUE"):
            return Rule(lambda _: True, frozenset())
        if self._takes("FALSE"):
            return Rule(lambda _: False, frozenset())
        for word, state in _STATES.items():
            if self._takes(word):
                return self._asked(state)
        return self._refuse()

    def _asked(self, state: str) -> Rule:
        self._require("(")
        found = self._next()
        name = (found["double"] or found["single"] or found["word"]) if found else None
        if not name or found is None:
            return self._refuse()
        self._at = found.end()
        self._require(")")
        return Rule(lambda states: states(name) == state, frozenset({name}))

    def _takes(self, wanted: str) -> bool:
        found = self._next()
        if found is None or (found["sign"] or found["word"] or "").upper() != wanted:
            return False
        self._at = found.end()
        return True

    def _require(self, wanted: str) -> None:
        if not self._takes(wanted):
            self._refuse(wanted)

    def _next(self) -> re.Match[str] | None:
        return _TOKEN.match(self._text, self._at)

    def _refuse(self, wanted: str = "") -> Rule:
        there = self._text[self._at :].strip()
        expected = f'"{wanted}"' if wanted else "a function such as ALARM(name), NOT, TRUE, FALSE or ("
        message = f'expected {expected} at "{there[:40]}"' if there else f"expected {expected} at the end"
        raise ValueError(message)


def _joined(one: Rule, other: Rule, how: Callable[..., bool]) -> Rule:
    return Rule(lambda states: how((one.holds(states), other.holds(states))), one.alarms | other.alarms)
