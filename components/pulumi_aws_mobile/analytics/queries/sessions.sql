-- Sessions that began on each day, and how many seconds they lasted from their first event to their last, from the
-- first day to the last: two arguments, as 'YYYY-MM-DD'.
WITH sessions AS (
  SELECT
    session_id,
    min(day) AS day,
    count(DISTINCT event_id) AS events,
    (max(occurred_at) - min(occurred_at)) / 1000.0 AS seconds
  FROM events
  WHERE day BETWEEN ? AND ?
  GROUP BY session_id
)
SELECT
  day,
  count(*) AS sessions,
  avg(CAST(events AS double)) AS events_each,
  avg(CAST(seconds AS double)) AS average_seconds,
  max(CAST(seconds AS double)) AS longest_seconds
FROM sessions
GROUP BY day
ORDER BY day
