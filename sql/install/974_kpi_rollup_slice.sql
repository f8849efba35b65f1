#since 0.2.0
-- live: some of the days that are to be computed

-- The latest first, as people look at them most.  Months that are over are stored as months, so
-- they are not parted.
CREATE FUNCTION kpi_rollup_slice(
	days text, most_days integer, months_before date, timezone text,
	OUT slice datemultirange, OUT spans tstzmultirange, OUT later datemultirange
)
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	since date;
BEGIN
	SELECT upper(r.day) - (most_days - (r.so_far - r.length)) INTO since
		FROM (SELECT d.day, upper(d.day) - lower(d.day) AS length,
				(sum(upper(d.day) - lower(d.day)) OVER (ORDER BY d.day DESC))::integer AS so_far
			FROM unnest(days::datemultirange) AS d (day)) AS r
		WHERE r.so_far >= most_days ORDER BY r.day DESC LIMIT 1;
	IF since < months_before THEN
		since := date_trunc('month', since::timestamp);
	END IF;
	slice := days::datemultirange * datemultirange(daterange(since, NULL));
	later := days::datemultirange - slice;
	spans := (SELECT range_agg(tstzrange(lower(d.day)::timestamp AT TIME ZONE timezone - '03:00:00'::interval,
			upper(d.day)::timestamp AT TIME ZONE timezone + '03:00:00'::interval)) FROM unnest(slice) AS d (day));
END $$;
COMMENT ON FUNCTION kpi_rollup_slice(text, integer, date, text) IS
'Of these days the latest, at least so many, in whole months before months_before: slice; the times that they may have: spans; and the other days: later.';
