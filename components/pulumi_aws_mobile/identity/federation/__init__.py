"""The identity pool: tokens become temporary AWS credentials of a role."""
