"""An application that keeps its data in the database of its environment, as on AWS: by RDS_* and over TLS."""

import json

from sandbox.beanstalk.stage import ENVIRONMENT, PROPERTIES, ask, deployment, hammering, policy

from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.runtime import beanstalk
from pulumi_aws_sandbox.runtime.beanstalk.environment_variables import variables
from pulumi_aws_sandbox.runtime.beanstalk.options import read

_NOTES = """<?php
$database = new PDO("mysql:host={$_SERVER['RDS_HOSTNAME']};port={$_SERVER['RDS_PORT']};dbname=notes",
    $_SERVER['RDS_USERNAME'], $_SERVER['RDS_PASSWORD'],
    [PDO::MYSQL_ATTR_SSL_CA => $_SERVER['RDS_CA_FILE'], PDO::MYSQL_ATTR_SSL_VERIFY_SERVER_CERT => true]);
if (PHP_SAPI === 'cli') { $database->exec('CREATE TABLE notes (text VARCHAR(80))'); exit; }
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $database->prepare('INSERT INTO notes VALUES (?)')->execute([file_get_contents('php://input')]);
}
echo json_encode($database->query('SELECT text FROM notes')->fetchAll(PDO::FETCH_COLUMN));
"""
_MIGRATE = "container_commands: {migrate: {command: 'php public/notes.php', leader_only: true}}"


def _database(clients: Connection) -> str:
    rds = clients("rds")
    rds.create_db_instance(
        DBInstanceIdentifier="notes",
        DBInstanceClass="db.t4g.micro",
        Engine="mysql",
        AllocatedStorage=20,
        MasterUsername="owner",
        MasterUserPassword="s3cret-enough",
        DBName="notes",
    )
    return rds.describe_db_instances()["DBInstances"][0]["Endpoint"]["Address"]


def test_an_application_reads_and_writes_through_a_rollout(clients: Connection) -> None:
    properties = {
        "RDS_HOSTNAME": _database(clients),
        "RDS_PORT": "3306",
        "RDS_USERNAME": "owner",
        "RDS_PASSWORD": "s3cret-enough",
        "RDS_CA_FILE": "/etc/pki/rds/global-bundle.pem",
    }
    settings = {(PROPERTIES, name): value for name, value in properties.items()} | policy("Rolling")
    files = {"public/notes.php": _NOTES}
    migrating = files | {".ebextensions/1.config": _MIGRATE}
    beanstalk.launch(deployment("v1", settings, migrating))
    assert ask("/notes.php", "POST", b"it's mine'; DROP TABLE notes; --")[0] == 200
    with hammering() as hammer:
        beanstalk.apply(deployment("v2", settings, files))
    assert hammer.failures == []
    assert json.loads(ask("/notes.php")[1]) == ["it's mine'; DROP TABLE notes; --"]
    assert [each.severity for each in beanstalk.events(ENVIRONMENT)].count("ERROR") == 0


def test_endpoints_become_the_local_database_wherever_they_stand(clients: Connection) -> None:
    host = _database(clients)
    given = {
        "RDS_HOSTNAME": host,
        "RDS_PORT": "3306",
        "DSN": f"mysql:host={host};port=3306;dbname=notes",
        "URL": f"mysql://{host}:3306/notes",
        "OTHER_PORT": "3306",
        "GONE_HOST": "gone.aaaaaaaaaa.eu-west-1.rds.amazonaws.com",
    }
    found = variables(read({(PROPERTIES, name): value for name, value in given.items()}), None)
    port = found.values["RDS_PORT"]
    assert port != "3306"
    assert found.values == {
        "RDS_HOSTNAME": "127.0.0.1",
        "RDS_PORT": port,
        "RDS_CA_FILE": found.values["RDS_CA_FILE"],
        "DSN": f"mysql:host=127.0.0.1;port={port};dbname=notes",
        "URL": f"mysql://127.0.0.1:{port}/notes",
        "OTHER_PORT": "3306",
        "GONE_HOST": given["GONE_HOST"],
    }
    assert found.remarks == (
        f'GONE_HOST stays as it is: no database of this sandbox has the endpoint "{given["GONE_HOST"]}"',
    )
