-- Events of each day by how their time is known, from the first day to the last: two arguments, as 'YYYY-MM-DD'.
SELECT
  day,
  clock,
  count(DISTINCT event_id) AS events
FROM events
WHERE day BETWEEN ? AND ?
GROUP BY day, clock
ORDER BY day, clock
