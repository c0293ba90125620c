"""Where a team keeps the states of its stacks, and how CI gets at them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
from documents import AUDIENCE, ISSUER, Reach, access, bucket_policy, trust

_KEPT_DAYS = 365
"""How long a state that was overwritten can be brought back."""
_READ_ONLY = "policy/ReadOnlyAccess"


@dataclass(frozen=True, slots=True)
class Team:
    """Who deploys what."""

    repository: str
    branch: str
    project: str
    environments: list[str]
    previewed: list[str]
    deploy_policy_arns: list[str]
    protect: bool

    def __post_init__(self) -> None:
        """Refuse what would make a role that anyone, or no one, may take."""
        owner, slash, name = self.repository.partition("/")
        problems = []
        if not (owner and slash and name) or "/" in name or "*" in self.repository:
            problems.append(f'repository: got "{self.repository}"; allowed: OWNER/NAME, without wildcards')
        if not self.branch or "*" in self.branch:
            problems.append(f'branch: got "{self.branch}"; allowed: the name of one branch')
        if not self.environments or any("*" in name or ":" in name for name in self.environments):
            problems.append(f"environments: got {self.environments}; allowed: the names of one or more stacks")
        strangers = sorted(set(self.previewed) - set(self.environments))
        if strangers:
            problems.append(f"previewed: got {strangers}; allowed: names out of environments")
        if problems:
            message = "\n  ".join(["the state backend cannot be made:", *problems])
            raise ValueError(message)


class StateBackend(pulumi.ComponentResource):
    """A bucket for states, a key for the secrets of each environment, and the roles that workflows on GitHub take.

    Creates: a versioned bucket under a key of its own, which refuses connections without TLS; one more key for each
    environment's secrets, with an alias; GitHub's OIDC provider; one role per environment that deploys, one that
    previews in pull requests, one that looks for drift. It does not say what deployments may do in AWS: hand it
    policies.
    """

    backend_url: pulumi.Output[str]
    """What `pulumi login` takes."""
    secrets_providers: Mapping[str, pulumi.Output[str]]
    """By environment, what `pulumi stack init --secrets-provider` takes."""
    role_arns: Mapping[str, pulumi.Output[str]]
    """The roles: `preview`, `drift`, and by environment `deploy-<environment>`."""

    def __init__(self, name: str, team: Team, opts: pulumi.ResourceOptions | None = None) -> None:
        """Make the backend of a team."""
        super().__init__("state-backend:index:StateBackend", name, {}, opts)
        self._name, self._team = name, team
        self._inside = pulumi.ResourceOptions(parent=self)
        self._kept = pulumi.ResourceOptions(parent=self, protect=team.protect)
        self._state_key = self._create_key("states", "The states of Pulumi's stacks")
        self._bucket = self._create_bucket()
        self._secret_keys = {
            stack: self._create_key(f"secrets-{stack}", f"The secrets of the environment {stack}")
            for stack in team.environments
        }
        aliases = {stack: self._create_alias(stack, key) for stack, key in self._secret_keys.items()}
        self.backend_url = pulumi.Output.format("s3://{}?region={}", self._bucket.bucket, self._bucket.region)
        self.secrets_providers = {
            stack: pulumi.Output.format("awskms://{}?region={}", alias.name, self._bucket.region)
            for stack, alias in aliases.items()
        }
        self.role_arns = {role: made.arn for role, made in self._create_roles().items()}
        self.register_outputs(
            {
                "backend_url": self.backend_url,
                "secrets_providers": self.secrets_providers,
                "role_arns": self.role_arns,
            }
        )

    def _create_key(self, role: str, description: str) -> aws.kms.Key:
        return aws.kms.Key(
            f"{self._name}-{role}",
            description=description,
            enable_key_rotation=True,
            deletion_window_in_days=30,
            opts=self._kept,
        )

    def _create_alias(self, stack: str, key: aws.kms.Key) -> aws.kms.Alias:
        name = f"alias/pulumi-{self._team.project}-{stack}"
        return aws.kms.Alias(f"{self._name}-secrets-{stack}", name=name, target_key_id=key.key_id, opts=self._inside)

    def _create_bucket(self) -> aws.s3.Bucket:
        """Return the bucket, once all that keeps it safe is stated."""
        name = self._name
        bucket = aws.s3.Bucket(f"{name}-states", opts=self._kept)
        aws.s3.BucketVersioning(
            f"{name}-states",
            bucket=bucket.bucket,
            versioning_configuration={"status": "Enabled"},
            opts=self._inside,
        )
        aws.s3.BucketServerSideEncryptionConfiguration(
            f"{name}-states",
            bucket=bucket.bucket,
            rules=[
                {
                    "apply_server_side_encryption_by_default": {
                        "sse_algorithm": "aws:kms",
                        "kms_master_key_id": self._state_key.arn,
                    },
                    "bucket_key_enabled": True,
                }
            ],
            opts=self._inside,
        )
        aws.s3.BucketOwnershipControls(
            f"{name}-states",
            bucket=bucket.bucket,
            rule={"object_ownership": "BucketOwnerEnforced"},
            opts=self._inside,
        )
        blocked = aws.s3.BucketPublicAccessBlock(
            f"{name}-states",
            bucket=bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=self._inside,
        )
        aws.s3.BucketPolicy(
            f"{name}-states",
            bucket=bucket.bucket,
            policy=bucket.arn.apply(lambda arn: json.dumps(bucket_policy(arn))),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[blocked]),
        )
        aws.s3.BucketLifecycleConfiguration(
            f"{name}-states",
            bucket=bucket.bucket,
            rules=[
                {
                    "id": "old-states",
                    "status": "Enabled",
                    "filter": {"prefix": ""},
                    "noncurrent_version_expiration": {"noncurrent_days": _KEPT_DAYS},
                    "abort_incomplete_multipart_upload": {"days_after_initiation": 7},
                }
            ],
            opts=self._inside,
        )
        return bucket

    def _create_roles(self) -> Mapping[str, aws.iam.Role]:
        """Return the roles; GitHub's own tokens say which run of which workflow may take which."""
        team = self._team
        provider = aws.iam.OpenIdConnectProvider(
            f"{self._name}-github", url=f"https://{ISSUER}", client_id_lists=[AUDIENCE], opts=self._inside
        )
        repository = f"repo:{team.repository}"
        roles = {
            f"deploy-{stack}": self._create_role(provider, f"deploy-{stack}", f"{repository}:environment:{stack}")
            for stack in team.environments
        }
        for stack in team.environments:
            self._grant(roles[f"deploy-{stack}"], f"deploy-{stack}", [stack], Reach.DEPLOY)
            for arn in team.deploy_policy_arns:
                attached = f"{self._name}-deploy-{stack}-{arn.rsplit('/', 1)[-1]}"
                role = roles[f"deploy-{stack}"].name
                aws.iam.RolePolicyAttachment(attached, role=role, policy_arn=arn, opts=self._inside)
        preview = self._create_role(provider, "preview", f"{repository}:pull_request")
        self._grant(preview, "preview", team.previewed, Reach.PREVIEW)
        drift = self._create_role(provider, "drift", f"{repository}:ref:refs/heads/{team.branch}")
        self._grant(drift, "drift", team.environments, Reach.DRIFT)
        partition = aws.get_partition_output(opts=pulumi.InvokeOutputOptions(parent=self)).partition
        aws.iam.RolePolicyAttachment(
            f"{self._name}-drift",
            role=drift.name,
            policy_arn=pulumi.Output.format("arn:{}:iam::aws:{}", partition, _READ_ONLY),
            opts=self._inside,
        )
        return {**roles, "preview": preview, "drift": drift}

    def _create_role(self, provider: aws.iam.OpenIdConnectProvider, role: str, subject: str) -> aws.iam.Role:
        policy = provider.arn.apply(lambda arn: json.dumps(trust(arn, subject)))
        return aws.iam.Role(f"{self._name}-{role}", assume_role_policy=policy, opts=self._inside)

    def _grant(self, role: aws.iam.Role, name: str, stacks: Iterable[str], reach: Reach) -> None:
        """Let a role reach the states and the secrets of these stacks."""
        keys = {stack: self._secret_keys[stack].arn for stack in stacks}
        project = self._team.project
        policy = pulumi.Output.all(self._bucket.arn, self._state_key.arn, pulumi.Output.from_input(keys)).apply(
            lambda known: json.dumps(access(known[0], known[1], known[2], project, reach))
        )
        aws.iam.RolePolicy(f"{self._name}-{name}", role=role.name, policy=policy, opts=self._inside)
