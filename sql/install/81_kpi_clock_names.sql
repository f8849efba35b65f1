#since 0.2.0
-- kpi_views: which time counts between the opening of a case and what ends a wait

-- Around the clock, or the open time of a calendar; less the time that the case was pending or
-- on hold, if there are events.
CREATE FUNCTION kpi_clock_names(names jsonb, types jsonb, calendar business_calendar) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	here text := names ->> 'home';
	by_case boolean := types ? 'recovery_case.calendar';
	given text := format('%L::%s.business_calendar', calendar, here);
	open_hours text := CASE WHEN by_case AND calendar IS NOT NULL THEN format('coalesce(c.calendar, %s)', given)
		WHEN by_case THEN 'c.calendar' WHEN calendar IS NOT NULL THEN given END;
	span text := CASE WHEN calendar IS NOT NULL THEN concat(here, '.business_time(', open_hours, ', c.opened_at, @end)')
		WHEN by_case THEN concat('CASE WHEN c.calendar IS NULL THEN @end - c.opened_at ELSE ', here,
			'.business_time(c.calendar, c.opened_at, @end) END')
		ELSE '@end - c.opened_at' END;
BEGIN
	RETURN jsonb_build_object(
		'resolution_span', replace(span, '@end', 'e.waits_until'),
		'response_span', replace(span, '@end', 'least(c.first_response_at, e.waits_until)'),
		'clock_columns', 'NULL::interval AS requester_wait, NULL::interval AS agent_work, NULL::interval AS hold_time',
		'clock_join', '');
END $$;
COMMENT ON FUNCTION kpi_clock_names(jsonb, jsonb, business_calendar) IS
'The names of the templates that measure times of cases: in open hours if there is a calendar, of the views or of the case, and without the time pending and on hold if there are events.';
