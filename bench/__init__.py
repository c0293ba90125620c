"""Time and memory of a preview: against raw resources, against the AWS CDK, and as Regions are added."""
