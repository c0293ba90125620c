"""Turns a blueprint into the constructs of an AWS CDK app: one stack per Region, in an order that references allow."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from .blueprint import Blueprint, Part
from .cdk_app import App, Construct, Count, Get, Join, Last, Unique
from .cdk_order import ordered
from .cdk_rules import DROPPED, Counterpart, Expression, Folded, Rule
from .cdk_table import TABLE
from .errors import BenchError
from .reference import REFERENCE, TAIL, references

_DOCUMENTS = frozenset({"policyDocument", "assumeRolePolicyDocument", "keyPolicy"})
"""Properties that are JSON text for Pulumi and objects for the CDK."""
_TAGS = frozenset({"tags", "identityPoolTags"})
"""Properties that are a map for Pulumi and a list for the CDK, which makes it a map again where that is wanted."""
_NAMED = {
    "AWS::ApiGateway::RestApi": "name",
    "AWS::ApiGatewayV2::VpcLink": "name",
    "AWS::IAM::RolePolicy": "policyName",
}
"""The properties that hold a name where CloudFormation makes none by itself, or none that can be referred to."""
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
        made |= {one.index: one for one in self._companions()}
        for part in self._parts.values():
            rule = self._rules[part.index]
            if isinstance(rule, Folded):
                self._merge(made[self._owners[part.index]], part, rule)
        for password, secret in self._secrets.items():
            made[secret].properties["generateSecretString"] = _generated(self._parts[password])
        constructs = tuple(ordered(made))
        regions = tuple(dict.fromkeys([self._primary, *(construct.region for construct in constructs)]))
        counts = Counter(part.type for part in self._parts.values())
        return App(
            regions,
            constructs,
            {name: self._value(value, self._primary) for name, value in self._blueprint.exports.items()},
            {type_: Count(counts[type_], TABLE[type_]) for type_ in sorted(counts)},
        )

    def _own(self, index: int) -> bool:
        return isinstance(self._rules[index], Counterpart)

    def _companions(self) -> Iterator[Construct]:
        for index, rule in self._rules.items():
            if isinstance(rule, Counterpart) and rule.companion:
                part, second = self._parts[index], rule.companion
                name = f"{part.name}-{second.type.rpartition('::')[2]}"
                construct = Construct(self._beside(index), self._region(part), second.type, name)
                for found, texts in (
                    (construct.properties, second.properties),
                    (construct.overrides, second.overrides),
                ):
                    for key, text in texts.items():
                        found[key] = self._value(self._written(part, text), construct.region)
                yield construct

    def _texts(self, part: Part, texts: Mapping[str, str]) -> dict[str, Any]:
        return {name: self._value(self._written(part, text), self._region(part)) for name, text in texts.items()}

    def _beside(self, index: int) -> int:
        """Return the index of a part's companion."""
        return len(self._parts) + index

    def _region(self, part: Part) -> str:
        return part.inputs.get("region", self._primary)

    def _written(self, part: Part, text: str) -> str:
        return text.format(index=part.index, name=part.name, region=self._region(part), inputs=part.inputs)

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
        region = self._region(part)
        construct = Construct(part.index, region, rule.type, part.name, retain=part.retain_on_delete)
        for name, given in part.inputs.items():
            self._add(construct, _translated(part, rule, name, given))
        self._add(construct, rule.also)
        if part.type == _SECRET_VERSION:
            database = next((index for index, output in references(part.inputs) if output == "address"), None)
            if database is None:
                message = f"{part.name}: the benchmark only knows secrets that name the address of a database"
                raise BenchError(message)
            construct.properties["targetId"] = Get(database, "ref")
        if "sourceDbInstanceIdentifier" in construct.properties:
            construct.properties.pop("storageEncrypted", None)  # a replica is encrypted if its source is
        if rule.type in _NAMED:
            construct.properties.setdefault(_NAMED[rule.type], part.name)
        waits = {*part.depends_on, *(index for found in part.waits.values() for index in found)}
        construct.waits.update(
            index
            for index in (self._owners[index] for index in waits)
            if self._own(index) and index != part.index and self._region(self._parts[index]) == region
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
            made = self._value(value, construct.region)
            # Several inputs may be parts of one property.
            construct.properties[name] = _joined(construct.properties.get(name), made)

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
        part = self._parts[index]
        if part.type == _PASSWORD:
            secret = self._secrets[index]
            return Join(("{{resolve:secretsmanager:", Get(secret, "ref"), ":SecretString:password}}"))
        if isinstance(self._rules[index], Expression):
            return Unique()
        part = self._parts[self._owners[index]]
        plain = output.removesuffix(TAIL)
        if self._region(part) != region:
            # Stacks of different Regions know each other's resources by names that were agreed on.
            return _agreed(part, plain)
        got = self._output(part, plain)
        return Last(got) if output.endswith(TAIL) and isinstance(got, Get) else got

    def _output(self, part: Part, output: str) -> Any:  # noqa: ANN401 - text or a reference
        """Return what an output is in the part's own stack."""
        rule = self._rules[part.index]
        if not isinstance(rule, Counterpart):
            raise TypeError(part.type)
        if rule.companion and output in rule.companion.outputs:
            return Get(self._beside(part.index), rule.companion.outputs[output])
        given = part.inputs.get(output)
        if output not in rule.outputs and given is not None:
            return self._value(given, self._region(part))
        attribute = rule.outputs.get(output) or {"id": "ref", "arn": "attrArn", "bucket": "ref"}.get(output)
        if attribute is None:
            message = f"{part.type}: the benchmark has no attribute for {output}; add it to bench/cdk_table.py"
            raise BenchError(message)
        if attribute.startswith("="):
            return attribute.removeprefix("=")
        if "{" in attribute:
            return self._value(self._written(part, attribute), self._region(part))
        return Get(part.index, attribute)


def _joined(before: Any, made: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(before, list) and isinstance(made, list):
        return before + made
    if not isinstance(before, Mapping) or not isinstance(made, Mapping):
        return made
    return {**before, **{name: _joined(before.get(name), value) for name, value in made.items()}}


def _translated(part: Part, rule: Counterpart, name: str, given: Any) -> Mapping[str, Any]:  # noqa: ANN401 - any JSON value
    """Return what an input is in the CDK; nothing if it has no counterpart there."""
    if name not in rule.properties and name not in DROPPED:
        message = f"{part.type}: the benchmark has no translation for {name}; add it to bench/cdk_table.py"
        raise BenchError(message)
    how = rule.properties.get(name, "")
    if callable(how):
        return how(given)
    if how in _TAGS:
        return {how: [{"key": key, "value": text} for key, text in given.items()]}
    return {how: given} if how else {}


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
