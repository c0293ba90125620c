"""The option settings of a Beanstalk environment, with what Beanstalk does where one is left out.

What the bundle's own `.ebextensions` say is not seen here; an option that a program sets goes before theirs.
https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Problem, Undecided, Words
from aws_mobile_guard.view import UNKNOWN, Unknown, WrongTypeError

LIST = "settings"
_LISTENER = re.compile(r"aws:elbv2:listener:(\d+)")


@dataclass(frozen=True, slots=True)
class Setting:
    """One option of Beanstalk's."""

    namespace: str
    name: str
    default: str | None = None
    """What holds where nobody sets it."""

    @property
    def path(self) -> str:
        """Where a finding says that it stands."""
        return f"{LIST}.{self.namespace}.{self.name}"


ENVIRONMENT_TYPE = Setting("aws:elasticbeanstalk:environment", "EnvironmentType", "LoadBalanced")
BALANCER_TYPE = Setting("aws:elasticbeanstalk:environment", "LoadBalancerType", "classic")
BALANCER_IS_SHARED = Setting("aws:elasticbeanstalk:environment", "LoadBalancerIsShared", "false")
BALANCER_SCHEME = Setting("aws:ec2:vpc", "ELBScheme", "public")
SUBNETS = Setting("aws:ec2:vpc", "Subnets")


class Settings:
    """What an environment says of its options.

    An option may be given more than once. Which one counts then is not documented, so rules look at each.
    """

    __slots__ = ("_owner", "_unsure", "_values")

    def __init__(self, environment: Resource) -> None:
        """Read the settings of `environment`."""
        self._owner = environment.urn
        self._values: dict[tuple[str, str], list[str | Unknown | None]] = {}
        # A saved configuration gives what the environment leaves out.
        self._unsure = environment.has("templateName")
        listed = environment.items(LIST)
        if listed is UNKNOWN:
            self._unsure = True
            return
        for item in listed or ():
            namespace = UNKNOWN if item is UNKNOWN else item.text("namespace")
            name = UNKNOWN if item is UNKNOWN else item.text("name")
            if item is UNKNOWN or namespace is UNKNOWN or name is UNKNOWN:
                self._unsure = True
            elif namespace is not None and name is not None:
                self._values.setdefault((namespace, name), []).append(item.text("value"))

    @property
    def unsure(self) -> bool:
        """Whether there are, or may be, settings that are not seen."""
        return self._unsure

    def names(self, namespace: str) -> Sequence[str]:
        """Return the names of the options given in a namespace."""
        return sorted(name for found, name in self._values if found == namespace)

    def values(self, setting: Setting) -> Sequence[str | Unknown | None]:
        """Return what an option is set to: each value given, or else the default, or else unknown."""
        given = self._values.get((setting.namespace, setting.name))
        return given or [UNKNOWN if self._unsure else setting.default]

    def holds(self, setting: Setting, allowed: Sequence[str]) -> bool | Unknown:
        """Tell whether an option is one of those allowed, by every value given."""
        answers = list(self.one_of(setting, allowed, ""))
        return not answers or (False if isinstance(answers[0], Problem) else UNKNOWN)

    def one_of(self, setting: Setting, allowed: Sequence[str], fix: str) -> Iterator[Answer]:
        """Demand that an option is one of those allowed, be they written in capitals or not."""
        lowered = [one.lower() for one in allowed]
        values = self.values(setting)
        wrong = [value for value in values if value is None or (value is not UNKNOWN and value.lower() not in lowered)]
        yield from self._answer(setting, wrong, " or ".join(allowed), fix)

    def given(self, setting: Setting, allowed: str, fix: str) -> Iterator[Answer]:
        """Demand that an option is set; a value that is not known yet will do."""
        if (setting.namespace, setting.name) not in self._values and self._unsure:
            yield Undecided(setting.path)
        elif None in self.values(setting):
            yield Problem(setting.path, None, allowed, fix)

    def at_least(self, setting: Setting, minimum: float, unit: str, fix: str) -> Iterator[Answer]:
        """Demand that an option is a number that is not below `minimum`."""
        values = self.values(setting)
        wrong = [value for value in values if value is not UNKNOWN and self._number(setting, value) < minimum]
        yield from self._answer(setting, wrong, f"{minimum:g} {unit} or more", fix)

    def listeners(self) -> Sequence[str]:
        """Return the namespaces of an application load balancer's listeners that are spoken of; the default is one."""
        ports = sorted({namespace for namespace, _ in self._values if _LISTENER.fullmatch(namespace)})
        return ["aws:elbv2:listener:default", *ports]

    def _answer(self, setting: Setting, wrong: Sequence[str | None], allowed: str, fix: str) -> Iterator[Answer]:
        """Report the first wrong value, or else that one is not known yet."""
        if wrong:
            given = (setting.namespace, setting.name) in self._values or wrong[0] is None
            got = wrong[0] if given else Words(f"nothing, which means {wrong[0]}")
            yield Problem(setting.path, got, allowed, fix)
        elif UNKNOWN in self.values(setting):
            yield Undecided(setting.path)

    def _number(self, setting: Setting, value: str | None) -> float:
        try:
            return float(value or 0)
        except ValueError:
            raise WrongTypeError(self._owner, setting.path, "text", "a number") from None
