"""What calls to RDS, Elastic Beanstalk, CloudFormation and CloudWatch need permission for.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from typing import Any

from pulumi_aws_sandbox.runtime.access.calls import Call
from pulumi_aws_sandbox.runtime.access.needs import Access, arn

_RDS = {
    "DBInstanceIdentifier": "db:{name}",
    "TargetDBInstanceIdentifier": "db:{name}",
    "SourceDBInstanceIdentifier": "db:{name}",
    "DBClusterIdentifier": "cluster:{name}",
    "DBSnapshotIdentifier": "snapshot:{name}",
    "DBSubnetGroupName": "subgrp:{name}",
    "DBParameterGroupName": "pg:{name}",
}
"""How RDS names its resources, by the parameters that do; the first that is given counts."""
_BACKUPS = "DescribeDBInstanceAutomatedBackups"


def of_rds(call: Call) -> list[Access]:
    """Return what a call to RDS needs."""
    action = f"rds:{call.operation}"
    if call.operation == _BACKUPS:
        return [Access(action, each) for each in _copied_backups(call)]
    for parameter, form in _RDS.items():
        if name := call.text(parameter):
            return [Access(action, name if name.startswith("arn:") else arn(call, form, name))]
    named = call.text("ResourceName") or call.text("SourceDBInstanceArn")
    listed = "*" if call.operation.startswith("Describe") else None
    form = "cluster:{name}" if "Cluster" in call.operation else "db:{name}"
    return [Access(action, named or (arn(call, form, listed) if listed else None))]


def _copied_backups(call: Call) -> list[str]:
    """Return the copied backups that are asked about: those of a database, a single one, or all."""
    from moto.rds.models import rds_backends  # noqa: PLC0415 - moto loads only when something is deployed

    from pulumi_aws_sandbox.gaps.rds_backups import copies  # noqa: PLC0415 - as above

    if named := call.text("DBInstanceAutomatedBackupsArn"):
        return [named]
    wanted = call.text("DBInstanceIdentifier")
    kept = copies(rds_backends[call.account][call.region]).values()
    found = [each["DBInstanceAutomatedBackupsArn"] for each in kept if each["DBInstanceIdentifier"] == wanted]
    return found or [arn(call, "auto-backup:{name}", "*")]


def of_beanstalk(call: Call) -> list[Access]:
    """Return what a call to Elastic Beanstalk needs: environments are named with their applications."""
    action = f"elasticbeanstalk:{call.operation}"
    names = [*_texts(call, "EnvironmentName"), *_texts(call, "EnvironmentNames")]
    ids = [*_texts(call, "EnvironmentId"), *_texts(call, "EnvironmentIds")]
    application = call.text("ApplicationName")
    if not names and not ids:
        return [Access(action, arn(call, "application/{name}", application) if application else None)]
    found = [each for each in _environments(call) if each.name in names or each.id in ids]
    unknown = [name for name in names if name not in {each.name for each in found}]
    pairs = [(each.application, each.name) for each in found] + [(application or "*", name) for name in unknown]
    return [Access(action, arn(call, f"environment/{owner}/{{name}}", name)) for owner, name in pairs]


def _environments(call: Call) -> list[Any]:
    from moto.elasticbeanstalk.models import eb_backends  # noqa: PLC0415 - moto loads only when deploying

    backend: Any = eb_backends[call.account][call.region]
    return list(backend.store.alive())


def of_cloudformation(call: Call) -> list[Access]:
    """Return what a call about a stack needs; a stack that is not there yet has an id of its own, too."""
    action, name = f"cloudformation:{call.operation}", call.text("StackName")
    if name is None:
        return [Access(action)]
    if name.startswith("arn:"):
        return [Access(action, name)]
    from moto.cloudformation.models import cloudformation_backends  # noqa: PLC0415 - loads only when deploying

    kept = vars(cloudformation_backends[call.account][call.region]).get("sandbox_stacks", {})
    known = next((each.id for each in kept.values() if each.name == name and each.deleted is None), None)
    return [Access(action, known or arn(call, f"stack/{name}/{{name}}", "00000000-0000-0000-0000-000000000000"))]


def of_cloudwatch(call: Call) -> list[Access]:
    """Return what a call to CloudWatch needs; metrics have no ARN, only a namespace."""
    action = f"cloudwatch:{call.operation}"
    alarms = [*_texts(call, "AlarmName"), *_texts(call, "AlarmNames")]
    if alarms:
        return [Access(action, arn(call, "alarm:{name}", each)) for each in alarms]
    if dashboard := call.text("DashboardName"):
        return [Access(action, f"arn:{call.partition}:cloudwatch::{call.account}:dashboard/{dashboard}")]
    namespace = call.text("Namespace")
    facts: dict[str, str | list[str]] = {"cloudwatch:namespace": namespace} if namespace else {}
    return [Access(action, call.text("ResourceARN"), facts)]


def _texts(call: Call, name: str) -> list[str]:
    value = call.params.get(name)
    if isinstance(value, str):
        return [value] if value else []
    return [str(each) for each in value or []]
