-- Devices, users and sessions of each month, from the first day to the last: two arguments, as 'YYYY-MM-DD'.
SELECT
  substr(day, 1, 7) AS month,
  count(DISTINCT device_id) AS devices,
  count(DISTINCT user_id) AS users,
  count(DISTINCT session_id) AS sessions
FROM events
WHERE day BETWEEN ? AND ?
GROUP BY substr(day, 1, 7)
ORDER BY month
