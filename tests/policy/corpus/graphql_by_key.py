"""A GraphQL API that an API key opens, with a table behind it and a role that may do anything to it."""

import json

import pulumi_aws as aws

EXPECTED = {
    "api": "appsync-no-api-key",
    "notes": "ddb-delete-protect ddb-pitr guard-protect",
    "notes-policy": "iam-wildcards",
}

SCHEMA = """
type Note { id: ID! text: String }
type Query { note(id: ID!): Note }
schema { query: Query }
"""


def program() -> None:
    table = aws.dynamodb.Table(
        "notes", hash_key="id", attributes=[{"name": "id", "type": "S"}], read_capacity=5, write_capacity=5
    )
    role = aws.iam.Role(
        "notes-role",
        assume_role_policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": "appsync.amazonaws.com"}, "Action": "sts:AssumeRole"}
                ],
            }
        ),
    )
    aws.iam.RolePolicy(
        "notes-policy",
        role=role.id,
        policy=table.arn.apply(
            lambda arn: json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [{"Effect": "Allow", "Action": ["dynamodb:*"], "Resource": [arn, f"{arn}/*"]}],
                }
            )
        ),
    )
    api = aws.appsync.GraphQLApi("api", authentication_type="API_KEY", schema=SCHEMA)
    aws.appsync.ApiKey("api-key", api_id=api.id)
    aws.appsync.DataSource(
        "notes-source",
        api_id=api.id,
        type="AMAZON_DYNAMODB",
        service_role_arn=role.arn,
        dynamodb_config={"table_name": table.name},
    )
