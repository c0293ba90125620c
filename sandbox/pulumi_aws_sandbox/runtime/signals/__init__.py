"""What watches and what decides by it: alarms and their actions, schedules, health checks, DNS answers.

Nothing runs by itself: whoever moves `runtime.clock` asks `alarms.evaluate()`, `schedules.fire_due()` and
`health.statuses()`, each of which looks at what is there at that moment.
"""
