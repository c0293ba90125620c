"""Keys of several kinds from a table: what cannot be rotated is not asked to be."""

import pulumi
import pulumi_aws as aws

EXPECTED = {"mail": "kms-rotation", "hasty": "guard-protect kms-policy", "hasty-copy": "guard-protect kms-policy"}

KEYS: dict[str, dict[str, object]] = {
    "data": {"enable_key_rotation": True, "rotation_period_in_days": 180, "deletion_window_in_days": 30},
    "mail": {"enable_key_rotation": False, "deletion_window_in_days": 20},
    "signing": {
        "customer_master_key_spec": "ECC_NIST_P256",
        "key_usage": "SIGN_VERIFY",
        "deletion_window_in_days": 30,
    },
    "codes": {"customer_master_key_spec": "HMAC_256", "key_usage": "GENERATE_VERIFY_MAC"},
}


def program() -> None:
    for name, args in KEYS.items():
        key = aws.kms.Key(name, description=f"The shop's {name}", opts=pulumi.ResourceOptions(protect=True), **args)
        aws.kms.Alias(f"{name}-alias", name=f"alias/shop/{name}", target_key_id=key.key_id)
    hasty = aws.kms.Key("hasty", multi_region=True, enable_key_rotation=True, deletion_window_in_days=7)
    aws.kms.ReplicaKey("hasty-copy", primary_key_arn=hasty.arn, region="eu-central-1", deletion_window_in_days=7)
