"""What an instance is made of: properties, secrets, PHP settings, commands, hooks, logs."""

import json
from typing import Any

import pytest
from sandbox.beanstalk.stage import (
    ASG,
    ENVIRONMENT,
    PHP_INI,
    PROPERTIES,
    ask,
    deployment,
    until,
)

from pulumi_aws_sandbox.connection import ACCOUNT, Connection
from pulumi_aws_sandbox.runtime import beanstalk

_ONE = {(ASG, "MinSize"): "1", (ASG, "MaxSize"): "1"}
_SECRETS = "aws:elasticbeanstalk:application:environmentsecrets"
_LAUNCH = "aws:autoscaling:launchconfiguration"
_PROFILE = {(_LAUNCH, "IamInstanceProfile"): "notes"}

pytestmark = pytest.mark.usefixtures("clients")


def _profile(clients: Connection, *statements: dict[str, Any]) -> None:
    """Make an instance profile that may do what the statements say."""
    iam = clients("iam")
    trust = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    iam.create_role(RoleName="notes", AssumeRolePolicyDocument=document)
    iam.create_instance_profile(InstanceProfileName="notes")
    iam.add_role_to_instance_profile(InstanceProfileName="notes", RoleName="notes")
    _grant(clients, *statements)


def _grant(clients: Connection, *statements: dict[str, Any]) -> None:
    if statements:
        document = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
        clients("iam").put_role_policy(RoleName="notes", PolicyName="notes", PolicyDocument=document)


def _secret(clients: Connection, value: object, **about: str) -> str:
    return clients("secretsmanager").create_secret(Name="notes", SecretString=json.dumps(value), **about)["ARN"]


def _problems() -> list[str]:
    return [each.message for each in beanstalk.events(ENVIRONMENT) if each.severity == "ERROR"]


def test_an_application_sees_its_properties_and_nothing_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANARY", "of the user's own")
    beanstalk.launch(deployment(settings=_ONE | {(PROPERTIES, "COLOUR"): "red = green"}))
    found = json.loads(ask()[1])
    assert found["env"]["COLOUR"] == found["server"]["COLOUR"] == "red = green"
    assert set(found["env"]) == {"PATH", "LANG", "HOME", "COLOUR", "INSTANCE_ID", "PHP_CLI_SERVER_WORKERS"}


def test_php_settings_are_those_of_the_environment_or_the_platforms() -> None:
    beanstalk.launch(deployment(settings=_ONE))
    assert json.loads(ask()[1])["ini"] == "256M"
    beanstalk.apply(deployment(settings=_ONE | {(PHP_INI, "memory_limit"): "64M"}))
    assert json.loads(ask()[1])["ini"] == "64M"


def test_a_bundle_brings_settings_that_the_environment_overrides() -> None:
    extension = {
        ".ebextensions/a.config": (
            "option_settings:\n  - {namespace: 'aws:elasticbeanstalk:container:php:phpini', "
            "option_name: memory_limit, value: 32M}\n  - {option_name: COLOUR, value: red}\n"
        ),
        ".ebextensions/b.config": "option_settings: {'aws:elasticbeanstalk:application:environment': {SIZE: 3}}",
    }
    beanstalk.launch(deployment(settings=_ONE | {(PROPERTIES, "COLOUR"): "blue"}, files=extension))
    found = json.loads(ask()[1])
    assert (found["ini"], found["env"]["COLOUR"], found["env"]["SIZE"]) == ("32M", "blue", "3")


def test_a_document_root_that_is_not_there_is_told() -> None:
    for root in ("/web", "/../.."):
        beanstalk.launch(deployment(settings=_ONE | {(PHP_INI, "document_root"): root}))
        beanstalk.wake(ENVIRONMENT)
        assert _problems()[0].endswith(f'the document root "{root}" is not in the source bundle')
        beanstalk.terminate(ENVIRONMENT)


def test_a_bundle_without_routes_to_its_front_controller_is_remarked_upon() -> None:
    routes = ".platform/nginx/conf.d/elasticbeanstalk/routes.conf"
    beanstalk.launch(deployment(settings=_ONE, files={routes: ""}))
    beanstalk.wake(ENVIRONMENT)
    (said,) = [each.message for each in beanstalk.events(ENVIRONMENT) if each.severity == "WARN"]
    assert said == (
        "no configuration in the bundle sends paths without a file to index.php: that works here, and is 404 on AWS; "
        "add .platform/nginx/conf.d/elasticbeanstalk/NAME.conf with a try_files"
    )


def test_secrets_come_whole_or_by_key_with_the_rights_of_the_instance(clients: Connection) -> None:
    arn = _secret(clients, {"username": "admin", "password": "s3cret", "port": 3306})
    _profile(clients, {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": arn})
    references = {
        (_SECRETS, "WHOLE"): arn,
        (_SECRETS, "PASSWORD"): f"{arn}:password",
        (_SECRETS, "PORT"): f"{arn}:port",
    }
    beanstalk.launch(deployment(settings=_ONE | _PROFILE | references))
    found = json.loads(ask()[1])["env"]
    assert json.loads(found["WHOLE"])["username"] == "admin"
    assert (found["PASSWORD"], found["PORT"]) == ("s3cret", "3306")


def test_a_denied_secret_is_told_with_the_action_and_heals_once_it_is_allowed(clients: Connection) -> None:
    arn = _secret(clients, {"password": "s3cret"})
    _profile(clients)
    beanstalk.launch(deployment(settings=_ONE | _PROFILE | {(_SECRETS, "PASSWORD"): f"{arn}:password"}))
    assert ask()[0] == 503
    instance = _problems()[0].partition(": ")[2].partition(":")[0]
    assert _problems()[0] == (
        f"the environment did not become healthy: {instance}: PASSWORD: {arn}:password cannot be read: User: "
        f"arn:aws:sts::{ACCOUNT}:assumed-role/notes/{instance} is not authorized to perform: "
        f"secretsmanager:GetSecretValue on resource: {arn} because no identity-based policy allows the "
        "secretsmanager:GetSecretValue action"
    )
    _grant(clients, {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": arn})
    until(lambda: ask()[0] == 200)


def test_a_key_that_may_not_decrypt_is_told(clients: Connection) -> None:
    key = clients("kms").create_key()["KeyMetadata"]["Arn"]
    arn = _secret(clients, {"password": "s3cret"}, KmsKeyId=key)
    _profile(clients, {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": arn})
    beanstalk.launch(deployment(settings=_ONE | _PROFILE | {(_SECRETS, "PASSWORD"): f"{arn}:password"}))
    beanstalk.wake(ENVIRONMENT)
    assert f"is not authorized to perform: kms:Decrypt on resource: {key}" in _problems()[0]


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("{arn}:nothing", 'cannot be read: the secret is no JSON object with the key "nothing"'),
        (
            "arn:aws:ssm:eu-west-1:123456789012:parameter/p",
            "is no secret of Secrets Manager, the only kind that is served here",
        ),
        ("s3cret", "is no secret of Secrets Manager, the only kind that is served here"),
    ],
    ids=["key", "parameter", "plain"],
)
def test_a_reference_that_leads_nowhere_is_told(clients: Connection, reference: str, said: str) -> None:
    arn = _secret(clients, {"password": "s3cret"})
    _profile(clients, {"Effect": "Allow", "Action": "*", "Resource": "*"})
    reference = reference.format(arn=arn)
    beanstalk.launch(deployment(settings=_ONE | _PROFILE | {(_SECRETS, "PASSWORD"): reference}))
    beanstalk.wake(ENVIRONMENT)
    assert _problems()[0].endswith(f"PASSWORD: {reference} {said}")


def test_a_profile_that_is_not_there_or_is_not_trusted_is_told() -> None:
    beanstalk.launch(deployment(settings=_ONE | _PROFILE))
    beanstalk.wake(ENVIRONMENT)
    assert _problems()[0].endswith('there is no instance profile "notes"')


def test_container_commands_run_in_order_and_leader_only_once_for_each_version() -> None:
    ran = 'echo "$NAME $COLOUR $EB_IS_COMMAND_LEADER" >> public/ran'
    extension = {
        ".ebextensions/02.config": json.dumps(
            {
                "container_commands": {
                    "b": {"command": ran, "env": {"NAME": "b"}, "leader_only": True},
                    "a": {"command": ran, "env": {"NAME": "a"}},
                    "c": {"command": ran, "env": {"NAME": "c"}, "test": "test -e public/nothing"},
                    "d": {"command": "echo no; exit 1", "ignoreErrors": True},
                    "e": {"command": ["cp", "/var/app/staging/version", "copied"], "cwd": "public"},
                }
            }
        ),
        ".ebextensions/01.config": "container_commands: {z: {command: 'echo first >> public/ran'}}",
    }
    settings = {(PROPERTIES, "COLOUR"): "red"}
    beanstalk.launch(deployment("v1", settings, extension))
    beanstalk.wake(ENVIRONMENT)
    assert {ask("/ran")[1] for _ in range(2)} == {b"first\na red true\nb red true\n", b"first\na red \n"}
    assert ask("/copied") == (200, b"v1")
    beanstalk.apply(deployment("v2", settings, extension))
    assert {ask("/ran")[1] for _ in range(2)} == {b"first\na red true\nb red true\n", b"first\na red \n"}
    said = [each.message.partition(": ")[2] for each in beanstalk.events(ENVIRONMENT)]
    assert "container_commands d failed with 1, which it may: no" in said


def test_a_command_that_hangs_is_ended_with_all_it_started() -> None:
    hanging = {".ebextensions/1.config": "container_commands: {wait: {command: 'sleep 3600 & wait'}}"}
    settings = _ONE | {("aws:elasticbeanstalk:command", "Timeout"): "1"}
    beanstalk.launch(deployment(settings=settings, files=hanging))
    beanstalk.wake(ENVIRONMENT)
    assert _problems()[0].endswith("container_commands wait failed with a timeout after 1 s: (it said nothing)")


def test_hooks_run_at_their_stages() -> None:
    hooks = {
        ".platform/hooks/postdeploy/01.sh": "#!/bin/sh\necho post >> public/ran\n",
        ".platform/hooks/predeploy/02.sh": "#!/bin/sh\necho pre 2 >> public/ran\n",
        ".platform/hooks/predeploy/01.sh": "#!/bin/sh\necho pre 1 $COLOUR >> public/ran\n",
        ".platform/hooks/prebuild/01.sh": "#!/bin/sh\necho build >> public/ran\n",
        ".ebextensions/1.config": "container_commands: {c: {command: 'echo command >> public/ran'}}",
    }
    beanstalk.launch(deployment(settings=_ONE | {(PROPERTIES, "COLOUR"): "red"}, files=hooks))
    assert ask("/ran") == (200, b"build\ncommand\npre 1 red\npre 2\npost\n")


def test_a_hook_that_fails_is_told() -> None:
    hooks = {".platform/hooks/predeploy/01.sh": "#!/bin/sh\necho no such thing\nexit 7\n"}
    beanstalk.launch(deployment(settings=_ONE, files=hooks))
    beanstalk.wake(ENVIRONMENT)
    assert _problems()[0].endswith(".platform/hooks/predeploy/01.sh failed with 7: no such thing")


def test_what_would_change_this_machine_or_needs_a_network_is_left_out_and_told() -> None:
    ca = "/etc/pki/rds/global-bundle.pem"
    extension = {
        ".ebextensions/1.config": (
            "packages: {yum: {git: []}}\nfiles:\n"
            f"  {ca}: {{mode: '000644', source: 'https://truststore/x'}}\n"
            "  /etc/motd: {content: hello}\n"
            "  /var/app/staging/public/hello: {content: hello}\n"
        ),
        "composer.json": "{}",
    }
    beanstalk.launch(deployment(settings=_ONE, files=extension))
    assert ask("/hello") == (200, b"hello")
    said = [each.message for each in beanstalk.events(ENVIRONMENT) if each.severity == "WARN"]
    assert said == [
        ".ebextensions/1.config: /etc/motd is not written: it is outside of the application's own folder",
        f".ebextensions/1.config: {ca} is not fetched from https://truststore/x: nothing here has a network",
        ".ebextensions/1.config: packages is left out: it would change this machine or AWS",
        "composer.json: nothing is installed, for nothing here has a network; put vendor/ in the bundle",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a: [", ".ebextensions/1.config is neither YAML nor JSON: "),
        ("- a", ".ebextensions/1.config: the file must be a mapping: got list"),
        (
            "container_commands: {a: {test: x}}",
            ".ebextensions/1.config: container_commands a needs a command, as a text or a list",
        ),
    ],
    ids=["syntax", "list", "command"],
)
def test_a_configuration_that_cannot_be_read_is_refused(content: str, said: str) -> None:
    with pytest.raises(beanstalk.RolloutFailedError) as raised:
        beanstalk.launch(deployment(files={".ebextensions/1.config": content}))
    assert str(raised.value).startswith(said)


def test_an_option_that_is_no_number_is_refused() -> None:
    with pytest.raises(beanstalk.RolloutFailedError) as raised:
        beanstalk.launch(deployment(settings={(ASG, "MinSize"): "two"}))
    assert str(raised.value) == 'aws:autoscaling:asg MinSize: got "two"; allowed: a number'


def test_logs_are_streamed_with_the_rights_of_the_instance(clients: Connection) -> None:
    _profile(clients, {"Effect": "Allow", "Action": ["logs:CreateLog*", "logs:PutLogEvents"], "Resource": "*"})
    settings = _ONE | _PROFILE | {("aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs"): "true"}
    beanstalk.launch(deployment(settings=settings))
    ask("/log")
    (instance,) = beanstalk.health(ENVIRONMENT).instances
    group = f"/aws/elasticbeanstalk/{ENVIRONMENT}/var/log/php-fpm/www-error.log"

    def written() -> bool:
        logs = clients("logs")
        if not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]:
            return False
        events = logs.get_log_events(logGroupName=group, logStreamName=instance.id)["events"]
        return any("a word of the application" in each["message"] for each in events)

    until(written)
