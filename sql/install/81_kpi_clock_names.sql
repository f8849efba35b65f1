#since 0.2.0
-- kpi_views: which time counts between the opening of a case and what ends a wait

-- Around the clock, or the open time of a calendar; less the time that the case was pending or
-- on hold, if there are events.
CREATE FUNCTION kpi_clock_names(names jsonb, types jsonb, calendar business_calendar, timezone text) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	here text := names ->> 'home';
	by_case boolean := types ? 'recovery_case.calendar';
	by_event boolean := types ? 'case_event.at';
	given text := concat(quote_nullable(calendar::text), '::', here, '.business_calendar');
	hours text := CASE WHEN NOT by_case THEN given WHEN calendar IS NULL THEN 'c.calendar'
		ELSE concat('coalesce(c.calendar, ', given, ')') END;
	-- @end stands for the end of the wait
	span text := CASE WHEN calendar IS NOT NULL THEN concat(here, '.business_time(', hours, ', c.opened_at, @end)')
		WHEN by_case THEN concat('CASE WHEN c.calendar IS NULL THEN @end - c.opened_at ELSE ', here,
			'.business_time(c.calendar, c.opened_at, @end) END')
		ELSE '@end - c.opened_at' END;
BEGIN
	IF by_event THEN
		span := concat('greatest(', span, ' - coalesce(', here, '.time_in(k.clock, s.paused, ', hours,
			', @end), ''0''::interval), ''0''::interval)');
	END IF;
	RETURN jsonb_build_object(
		'resolution_span', replace(span, '@end', 'c.waits_until'),
		'response_span', replace(span, '@end', 'least(c.first_response_at, c.waits_until)'),
		'clock_columns', (SELECT string_agg(CASE
				WHEN by_event THEN
					concat('CASE WHEN c.resolved_at IS NOT NULL THEN ', here, '.time_in(k.clock, s.',
						m.statuses, ', ', hours, ', c.resolved_at) END AS ', m.name)
				ELSE concat('NULL::interval AS ', m.name) END, ', ')
			FROM (VALUES ('waited', 'requester_wait'), ('worked', 'agent_work'), ('held',
				'hold_time')) AS m (statuses, name)),
		'clock_join', CASE WHEN by_event THEN 'LEFT JOIN clock AS k ON k.case_id = c.case_id CROSS JOIN status AS s'
			ELSE '' END,
		'queue_columns', CASE WHEN by_event THEN concat(here, '.status_at(k.clock, ', names ->> 'as_of',
			') AS current_status, ',
			'CASE WHEN ', here, '.status_at(k.clock, ', names ->> 'as_of',
				') = ANY (s.held) THEN ''third party'' WHEN ',
			here, '.status_at(k.clock, ', names ->> 'as_of',
				') = ANY (s.paused) THEN ''customer'' ELSE ''company'' END AS waiting_for')
			ELSE 'NULL::text AS current_status, ''company''::text AS waiting_for' END,
		-- without a calendar a working day is one from Monday to Friday
		'work_calendar', CASE WHEN calendar IS NOT NULL THEN given
			ELSE concat(quote_literal(timezone || '; mon-fri 00:00-24:00'), '::', here, '.business_calendar') END);
END $$;
COMMENT ON FUNCTION kpi_clock_names(jsonb, jsonb, business_calendar, text) IS
'The names of the templates that measure times of cases: in open hours if there is a calendar, of the views or of the case, and without the time pending and on hold if there are events; and the calendar of working days.';
