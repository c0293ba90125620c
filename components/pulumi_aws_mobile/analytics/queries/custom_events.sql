-- Events of each type on each day, and how many devices and users they came from, from the first day to the last: two
-- arguments, as 'YYYY-MM-DD'.
SELECT
  day,
  event_type,
  count(DISTINCT event_id) AS events,
  count(DISTINCT device_id) AS devices,
  count(DISTINCT user_id) AS users
FROM events
WHERE day BETWEEN ? AND ?
GROUP BY day, event_type
ORDER BY day, event_type
