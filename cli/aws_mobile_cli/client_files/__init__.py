"""`aws-mobile clients`: the files by which apps find a deployment, in every format that Amplify's clients load.

`writing.write` makes them of a stack's outputs, for other commands too.
"""
