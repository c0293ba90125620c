"""An environment's properties hold no secrets; its servers fetch them."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT
from aws_mobile_guard.beanstalk import LIST, Setting, Settings
from aws_mobile_guard.plain_secrets import NAMES, is_arn, is_secret, is_secret_name
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

_PROPERTIES = "aws:elasticbeanstalk:application:environment"
_SECRETS = f"{_PROPERTIES}secrets"
_PASSWORD = Setting("aws:rds:dbinstance", "DBPassword")
_LITERAL = Words("a literal value")


def _check(environment: Resource, options: Options) -> Iterator[Answer]:
    settings = Settings(environment)
    if settings.unsure and not settings.names(_PROPERTIES):
        yield Undecided(LIST)
    for name in settings.names(_PROPERTIES):
        suspicious = is_secret_name(name, options.texts("names"))
        yield from _property(settings, Setting(_PROPERTIES, name), suspicious=suspicious)
    for name in settings.names(_SECRETS):
        setting = Setting(_SECRETS, name)
        if any(value is not None and value is not UNKNOWN and not is_arn(value) for value in settings.values(setting)):
            fix = "keep the value in Secrets Manager or Parameter Store, and give its ARN"
            yield Problem(setting.path, _LITERAL, "the ARN of a secret or of a parameter", fix)
    if _PASSWORD.name in settings.names(_PASSWORD.namespace):
        fix = "leave it out, and keep the database in a resource of its own, whose password AWS manages"
        yield Problem(_PASSWORD.path, _LITERAL, "no secrets", fix)


def _property(settings: Settings, setting: Setting, *, suspicious: bool) -> Iterator[Answer]:
    values = settings.values(setting)
    if any(value is not None and value is not UNKNOWN and is_secret(value, named=suspicious) for value in values):
        fix = f"keep it in Secrets Manager, and give the secret's ARN in {_SECRETS}"
        yield Problem(setting.path, _LITERAL, "no secrets", fix)
    elif suspicious and UNKNOWN in values:
        yield Undecided(setting.path)


RULE = Rule(
    id="eb-no-plain-secrets",
    pack=Pack.SECURITY,
    description="A Beanstalk environment's properties hold no secrets.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(BEANSTALK_ENVIRONMENT,),
    frameworks=(),
    remediation="Put the secret into Secrets Manager and its ARN into the namespace for secrets of the environment.",
    url="https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html",
    options=(
        Option(
            "names",
            NAMES,
            "Regular expressions, searched for in the names of properties: what is taken for a secret.",
        ),
    ),
    check=_check,
)
