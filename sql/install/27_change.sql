#since 0.2.0
-- change: why did a KPI change?

CREATE FUNCTION change_parts(
	segments text[], current tally[], baseline tally[], kpi text, satisfied_from integer DEFAULT NULL,
	confidence double precision DEFAULT 0.95,
	OUT segment text, OUT baseline_share double precision, OUT current_share double precision,
	OUT baseline_value double precision, OUT current_value double precision,
	OUT rate_effect double precision, OUT mix_effect double precision,
	OUT lower double precision, OUT upper double precision, OUT p_value double precision
) RETURNS SETOF record
LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME', 'change_parts';
COMMENT ON FUNCTION change_parts(text[], tally[], tally[], text, integer, double precision) IS
'Why did a KPI change from a baseline to a current period? A row for each segment, in the order given, with its part in the change (Kitagawa 1955, symmetric). kpi: rate, csat (satisfied_from as csat; other KPIs do not read it), nps or mean. baseline_share, current_share: the segment''s answers in percent of the period''s, 0..100. baseline_value, current_value: its KPI. rate_effect: what the change of its value does, at the mean share of both periods. mix_effect: what the change of its share does, by how far it lies above or below all answers. All in the unit of the KPI; all effects add up to the change of the KPI exactly, and swapping the periods turns all signs. lower, upper: bounds of rate_effect + mix_effect (delta method; shares and values vary together); p_value: two-sided, adjusted by Holm''s method over the segments. A tally that is NULL or empty is a segment without answers in that period: its value there is NULL, and all it does is mix; without answers in both it has effects of 0 and no bounds. NULL is a segment like others. If a period has no answers its shares and all effects are NULL. Empty or NULL arrays give no rows, and so does a NULL kpi or confidence. Errors 22023: arrays of different lengths or of several dimensions, a segment that comes twice, unknown kpi, a scale that does not fit it, different scales, confidence not between 0 and 1; 54000 more than a million segments.';
