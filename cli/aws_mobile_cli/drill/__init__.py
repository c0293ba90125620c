"""Rehearses the loss of a Region in the sandbox: what fails, for how long, what is lost, and whether it comes back.

`rehearsal` says what is rehearsed, `story` what happens one after the other, `world` is AWS as a drill moves it,
`clients` are the app's users, `timeline` makes figures of what was written down, and the reports show them.
"""
