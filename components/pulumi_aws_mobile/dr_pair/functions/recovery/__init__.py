"""The runbook of a disaster recovery pair, and the prober that watches its primary; plain boto3, deployed as it is."""
