-- Devices, users, sessions and events of each day, from the first day to the last: two arguments, as 'YYYY-MM-DD'.
SELECT
  day,
  count(DISTINCT device_id) AS devices,
  count(DISTINCT user_id) AS users,
  count(DISTINCT session_id) AS sessions,
  count(DISTINCT event_id) AS events
FROM events
WHERE day BETWEEN ? AND ?
GROUP BY day
ORDER BY day
