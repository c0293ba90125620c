"""Every way to break an RDS rule about the care of a database, with the whole message."""

from policy.breaks import Break
from policy.breaks_rds import with_aurora
from policy.guard_stack import both, drop, put

BREAKS = [
    Break(
        "rds-iam-auth",
        "off",
        put("db", iamDatabaseAuthenticationEnabled=False),
        "db",
        (
            "iamDatabaseAuthenticationEnabled: got false; allowed: true; set iamDatabaseAuthenticationEnabled, "
            "so that short-lived tokens can replace passwords"
        ),
    ),
    Break(
        "rds-iam-auth",
        "absent",
        drop("cluster", "iamDatabaseAuthenticationEnabled"),
        "cluster",
        (
            "iamDatabaseAuthenticationEnabled: got nothing; allowed: true; set iamDatabaseAuthenticationEnabled, "
            "so that short-lived tokens can replace passwords"
        ),
    ),
    Break(
        "rds-minor-upgrades",
        "off",
        put("db", autoMinorVersionUpgrade=False),
        "db",
        "autoMinorVersionUpgrade: got false; allowed: true; leave it out; the upgrades come in the maintenance window",
    ),
    Break(
        "rds-log-exports",
        "one missing",
        put("db", enabledCloudwatchLogsExports=["error"]),
        "db",
        "enabledCloudwatchLogsExports: got error; allowed: error, slowquery; add slowquery",
    ),
    Break(
        "rds-log-exports",
        "absent",
        drop("cluster", "enabledCloudwatchLogsExports"),
        "cluster",
        "enabledCloudwatchLogsExports: got nothing; allowed: postgresql; add postgresql",
    ),
    Break(
        "rds-log-exports",
        "Aurora without audit",
        both(with_aurora, put("aurora", enabledCloudwatchLogsExports=["error", "slowquery"])),
        "aurora",
        "enabledCloudwatchLogsExports: got error, slowquery; allowed: error, slowquery, audit; add audit",
    ),
    Break(
        "rds-log-exports",
        "replica without any",
        drop("replica", "enabledCloudwatchLogsExports"),
        "replica",
        "enabledCloudwatchLogsExports: got nothing; allowed: the engine's logs; add them",
    ),
    Break(
        "rds-monitoring",
        "no interval",
        drop("db", "monitoringInterval"),
        "db",
        (
            "monitoringInterval: got nothing; allowed: 1 second or more; set it to 60 with a monitoringRoleArn, "
            "for the figures of the operating system"
        ),
    ),
    Break(
        "rds-monitoring",
        "interval of zero",
        put("cluster", monitoringInterval=0),
        "cluster",
        (
            "monitoringInterval: got 0; allowed: 1 second or more; set it to 60 with a monitoringRoleArn, for "
            "the figures of the operating system"
        ),
    ),
    Break(
        "rds-monitoring",
        "no insights",
        put("db", performanceInsightsEnabled=False),
        "db",
        (
            "performanceInsightsEnabled: got false; allowed: true; set it, for the load by statement and by wait "
            "that Database Insights shows"
        ),
    ),
    Break(
        "rds-copy-tags",
        "absent",
        drop("db", "copyTagsToSnapshot"),
        "db",
        (
            "copyTagsToSnapshot: got nothing; allowed: true; set copyTagsToSnapshot, so that snapshots can be "
            "found, paid for and cleaned up by tag"
        ),
    ),
    Break(
        "rds-username",
        "admin",
        put("db", username="Admin"),
        "db",
        (
            'username: got "Admin"; allowed: none of admin, administrator, postgres, root, sa, user; choose a '
            "name of your own"
        ),
    ),
    Break(
        "rds-username",
        "postgres",
        put("cluster", masterUsername="postgres"),
        "cluster",
        (
            'masterUsername: got "postgres"; allowed: none of admin, administrator, postgres, root, sa, user; '
            "choose a name of your own"
        ),
    ),
    Break(
        "rds-port",
        "usual",
        put("db", port=3306.0),
        "db",
        "port: got 3306; allowed: any port but 3306; choose another port",
    ),
    Break(
        "rds-port",
        "absent",
        drop("cluster", "port"),
        "cluster",
        "port: got nothing; allowed: any port but 5432; choose another port",
    ),
    Break(
        "rds-ca",
        "retired",
        put("db", caCertIdentifier="rds-ca-2019"),
        "db",
        (
            'caCertIdentifier: got "rds-ca-2019"; allowed: rds-ca-rsa2048-g1, rds-ca-rsa4096-g1, '
            "rds-ca-ecc384-g1; choose one of these, or leave the choice to AWS"
        ),
    ),
]
