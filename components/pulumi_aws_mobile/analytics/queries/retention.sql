-- Of the devices first seen on a day, how many were seen so many days later, from the first day to the last: two
-- arguments, as 'YYYY-MM-DD'. What was before the first day is not looked at.
WITH days AS (
  SELECT DISTINCT device_id, day
  FROM events
  WHERE day BETWEEN ? AND ?
),
firsts AS (
  SELECT device_id, min(day) AS first_day
  FROM days
  GROUP BY device_id
)
SELECT
  firsts.first_day AS first_day,
  date_diff('day', CAST(firsts.first_day AS date), CAST(days.day AS date)) AS days_later,
  count(*) AS devices
FROM firsts
JOIN days ON days.device_id = firsts.device_id
GROUP BY 1, 2
ORDER BY 1, 2
