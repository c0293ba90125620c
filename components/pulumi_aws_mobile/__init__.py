"""The AWS side of a mobile app as Pulumi components."""
