"""A short-lived token for whoever signed a request; plain boto3, deployed as it is."""
