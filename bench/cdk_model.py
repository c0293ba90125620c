"""Turns a blueprint into the constructs of an AWS CDK app: one stack per Region, in an order that references allow."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from .blueprint import REFERENCE, TAIL, Blueprint, Part, references
from .cdk_app import App, Construct, Count, Get, Join, Last, Unique
from .cdk_rules import DROPPED, Counterpart, Expression, Folded, Rule
from .cdk_table import TABLE
from .errors import BenchError

_DOCUMENTS = frozenset({"policyDocument", "assumeRolePolicyDocument", "keyPolicy"})
"""Properties that are JSON text for Pulumi and objects for the CDK."""
_PASSWORD = "random:index/randomPassword:RandomPassword"  # noqa: S105 - a type
_SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion"  # noqa: S105 - a type


def build(blueprint: Blueprint) -> App:
    """Return the CDK app with the same resources; raise `BenchError` for what the table does not know."""
    return _Builder(blueprint).app()


class _Builder:
    def __init__(self, blueprint: Blueprint) -> None:
        self._primary = blueprint.config.get("aws:region", "eu-west-1")
        self._blueprint = blueprint
        self._parts = {part.index: part for part in blueprint.parts}
        self._rules = {part.index: _rule(part) for part in blueprint.parts}
        self._owners = {part.index: self._owner(part) for part in blueprint.parts}
        self._secrets = dict(self._secret_of_passwords())

    def app(self) -> App:
        made = {part.index: self._construct(part) for part in self._parts.values() if self._own(part.index)}
        for part in self._parts.values():
            rule = self._rules[part.index]
            if isinstance(rule, Folded):
                self._merge(made[self._owners[part.index]], part, rule)
        for password, secret in self._secrets.items():
            made[secret].properties["generateSecretString"] = _generated(self._parts[password])
        ordered = list(_ordered(made))
        regions = tuple(dict.fromkeys([self._primary, *(construct.region for construct in ordered)]))
        counts = Counter(part.type for part in self._parts.values())
        return App(
            regions,
            tuple(ordered),
            {name: self._value(value, self._primary) for name, value in self._blueprint.exports.items()},
            {type_: Count(counts[type_], TABLE[type_]) for type_ in sorted(counts)},
        )

    def _own(self, index: int) -> bool:
        return isinstance(self._rules[index], Counterpart)

    def _owner(self, part: Part) -> int:
        rule = self._rules[part.index]
        if isinstance(rule, Folded):
            return next(index for index, _ in references(part.inputs[rule.owner]))
        return part.index

    def _secret_of_passwords(self) -> Iterator[tuple[int, int]]:
        for part in self._parts.values():
            if part.type == _SECRET_VERSION:
                (secret, _), *_ = references(part.inputs["secretId"])
                for index, _ in references(part.inputs):
                    if self._parts[index].type == _PASSWORD:
                        yield index, secret

    def _construct(self, part: Part) -> Construct:
        rule = self._rules[part.index]
        if not isinstance(rule, Counterpart):
            raise TypeError(part.type)
        region = part.inputs.get("region", self._primary)
        construct = Construct(part.index, region, rule.type, part.name, retain=part.retain_on_delete)
        for name, given in part.inputs.items():
            if name not in rule.properties and name not in DROPPED:
                message = f"{part.type}: the benchmark has no translation for {name}; add it to bench/cdk_table.py"
                raise BenchError(message)
            how = rule.properties.get(name, "")
            if callable(how):
                self._add(construct, how(given))
            elif how:
                self._add(construct, {how: given})
        self._add(construct, rule.also)
        if part.type == _SECRET_VERSION:
            database = next((index for index, output in references(part.inputs) if output == "address"), None)
            if database is None:
                message = f"{part.name}: the benchmark only knows secrets that name the address of a database"
                raise BenchError(message)
            construct.properties["targetId"] = Get(database, "ref")
        if "sourceDbInstanceIdentifier" in construct.properties:
            construct.properties.pop("storageEncrypted", None)  # a replica is encrypted if its source is
        if rule.type == "AWS::IAM::RolePolicy":
            construct.properties.setdefault("policyName", part.name)
        waits = [self._owners[index] for index in (*part.depends_on, *(i for w in part.waits.values() for i in w))]
        construct.waits.update(
            index
            for index in waits
            if self._own(index)
            and index != part.index
            and self._parts[index].inputs.get("region", self._primary) == region
        )
        return construct

    def _merge(self, construct: Construct, part: Part, rule: Folded) -> None:
        for name, value in rule.make(part.inputs).items():
            made = self._value(value, construct.region)
            before = construct.properties.get(name)
            construct.properties[name] = [*before, *made] if isinstance(before, list) else made

    def _add(self, construct: Construct, properties: Mapping[str, Any]) -> None:
        for name, given in properties.items():
            value = json.loads(given) if name in _DOCUMENTS and isinstance(given, str) else given
            if name in {"tags", "identityPoolTags"}:
                value = [{"key": key, "value": text} for key, text in value.items()]
            construct.properties[name] = self._value(value, construct.region)

    def _value(self, value: Any, region: str) -> Any:  # noqa: ANN401 - any JSON value
        if isinstance(value, Mapping):
            made = {key: self._value(item, region) for key, item in value.items()}
            return {key: item for key, item in made.items() if item is not None}
        if isinstance(value, list):
            return [self._value(item, region) for item in value]
        if not isinstance(value, str) or not REFERENCE.search(value):
            return value
        pieces: list[Any] = []
        end = 0
        for found in REFERENCE.finditer(value):
            pieces += [value[end : found.start()], self._reference(int(found[1]), found[2], region)]
            end = found.end()
        pieces = [piece for piece in [*pieces, value[end:]] if piece != ""]
        if all(isinstance(piece, str) for piece in pieces):
            return "".join(pieces)
        return pieces[0] if len(pieces) == 1 else Join(tuple(pieces))

    def _reference(self, index: int, output: str, region: str) -> Any:  # noqa: ANN401 - text or a reference
        part, rule = self._parts[index], self._rules[index]
        if part.type == _PASSWORD:
            secret = self._secrets[index]
            return Join(("{{resolve:secretsmanager:", Get(secret, "ref"), ":SecretString:password}}"))
        if isinstance(rule, Expression):
            return Unique()
        owner = self._owners[index]
        rule = self._rules[owner]
        if not isinstance(rule, Counterpart):
            raise TypeError(part.type)
        plain = output.removesuffix(TAIL)
        if self._parts[owner].inputs.get("region", self._primary) != region:
            # Stacks of different Regions know each other's resources by names that were agreed on.
            return _agreed(self._parts[owner], plain)
        given = self._parts[owner].inputs.get(plain)
        if plain not in rule.outputs and given is not None:
            return self._value(given, region)
        attribute = rule.outputs.get(plain) or {"id": "ref", "arn": "attrArn", "bucket": "ref"}.get(plain)
        if attribute is None:
            message = f"{part.type}: the benchmark has no attribute for {plain}; add it to bench/cdk_table.py"
            raise BenchError(message)
        got = Get(owner, attribute)
        return Last(got) if output.endswith(TAIL) else got


def _rule(part: Part) -> Rule:
    if part.type not in TABLE:
        message = f"the benchmark does not know what {part.type} is in CloudFormation; add it to bench/cdk_table.py"
        raise BenchError(message)
    return TABLE[part.type]


def _generated(password: Part) -> Mapping[str, Any]:
    return {
        "secretStringTemplate": json.dumps({"username": "app_owner"}),
        "generateStringKey": "password",
        "passwordLength": password.inputs.get("length", 32),
        "excludePunctuation": True,
    }


def _agreed(part: Part, output: str) -> str:
    """Return a name or an ARN of the right form."""
    if not output.lower().endswith("arn"):
        return part.name
    service, kind = part.type.split(":")[1].split("/")
    where = "" if service == "iam" else part.inputs.get("region", "")
    what = {"key": "key/11111111-2222-4333-8444-555555555555", "role": f"role/{part.name}"}.get(kind)
    what = what or {"instance": f"db:{part.name}"}.get(kind, part.name)
    if service == "s3":
        return f"arn:aws:s3:::{part.name}"
    return f"arn:aws:{service}:{where}:123456789012:{what}"


def _ordered(made: Mapping[int, Construct]) -> Iterator[Construct]:
    """Yield the constructs so that each comes after those that it refers to."""
    needs: dict[int, set[int]] = defaultdict(set)
    for index, construct in made.items():
        needs[index] = {found for found in (*_got(construct.properties), *construct.waits) if found != index}
    done: set[int] = set()
    open_: set[int] = set()

    def visit(index: int) -> Iterator[Construct]:
        if index in done:
            return
        if index in open_:
            message = f"{made[index].name}: the CDK app would have resources that wait for each other"
            raise BenchError(message)
        open_.add(index)
        for need in sorted(needs[index]):
            yield from visit(need)
        done.add(index)
        yield made[index]

    for index in sorted(made):
        yield from visit(index)


def _got(value: object) -> Iterator[int]:
    if isinstance(value, Get):
        yield value.index
    elif isinstance(value, Last):
        yield value.arn.index
    elif isinstance(value, Join):
        for piece in value.pieces:
            yield from _got(piece)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _got(item)
    elif isinstance(value, list):
        for item in value:
            yield from _got(item)
