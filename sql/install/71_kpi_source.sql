#since 0.2.0
-- kpi_views: what the views for BI tools read

-- kind: key (any type that compares with itself), time, number, score (a whole number of any numeric
-- type), text (anything that has a text form), calendar
CREATE TABLE kpi_source_column (
	relation text NOT NULL,
	ordinal smallint NOT NULL,
	column_name text NOT NULL,
	kind text NOT NULL CHECK (kind IN ('key', 'time', 'number', 'score', 'text', 'calendar')),
	required boolean NOT NULL,
	meaning text NOT NULL,
	PRIMARY KEY (relation, column_name)
);
GRANT SELECT ON kpi_source_column TO PUBLIC;
COMMENT ON TABLE kpi_source_column IS
'The relations and columns that create_kpi_views reads in the source schema. Each relation is optional; if it is there, so must be its required columns. Besides these, any column of recovery_case or survey_response can be a dimension.';
COMMENT ON COLUMN kpi_source_column.relation IS 'Table or view in the source schema.';
COMMENT ON COLUMN kpi_source_column.ordinal IS 'Order within the relation.';
COMMENT ON COLUMN kpi_source_column.column_name IS 'Name of the column.';
COMMENT ON COLUMN kpi_source_column.kind IS 'key: any type, the same in all relations; time: timestamp with time zone; number: any numeric type; score: a whole number of any numeric type; text: any type, read as text; calendar: business_calendar.';
COMMENT ON COLUMN kpi_source_column.required IS 'true if the relation must have the column when it is there.';
COMMENT ON COLUMN kpi_source_column.meaning IS 'What the column holds.';

INSERT INTO kpi_source_column VALUES
('recovery_case', 1, 'case_id', 'key', true, 'The case; one row each.'),
('recovery_case', 2, 'customer_id', 'key', true, 'The customer of the case.'),
('recovery_case', 3, 'opened_at', 'time', true, 'When the customer complained.'),
('recovery_case', 4, 'resolved_at', 'time', false, 'When it was first resolved; NULL while it is open.'),
('recovery_case', 5, 'first_response_at', 'time', false, 'When the customer first heard from a person; NULL until then.'),
('recovery_case', 6, 'reopened_at', 'time', false, 'When it was first reopened; NULL if it was not.'),
('recovery_case', 7, 'promised_by', 'time', false, 'By when a resolution was promised; NULL if nothing was promised.'),
('recovery_case', 8, 'contacts', 'number', false, 'How many contacts it took, 1 or more.'),
('recovery_case', 9, 'channel', 'text', false, 'How the customer made contact: phone, chat, store.'),
('recovery_case', 10, 'failure_type', 'text', false, 'What had gone wrong.'),
('recovery_case', 11, 'compensation', 'text', false, 'What the customer was given for it.'),
('recovery_case', 12, 'calendar', 'calendar', false, 'Opening hours that apply to the case; NULL: those of the views.'),
('survey_response', 1, 'response_id', 'key', true, 'The answered survey; one row each.'),
('survey_response', 2, 'responded_at', 'time', true, 'When it was answered.'),
('survey_response', 3, 'customer_id', 'key', false, 'The customer who answered.'),
('survey_response', 4, 'case_id', 'key', false, 'The case it is about; NULL if it is not about a recovery.'),
('survey_response', 5, 'csat', 'score', false, 'Satisfaction, 1 to 5.'),
('survey_response', 6, 'nps', 'score', false, 'Likelihood to recommend, 0 to 10.'),
('survey_response', 7, 'ces', 'score', false, 'Agreement that it was easy, 1 to 7.'),
('survey_response', 8, 'expected', 'number', false, 'What the customer expected of the resolution, on any scale.'),
('survey_response', 9, 'perceived', 'number', false, 'What the customer got, on the same scale.'),
('survey_response', 10, 'speed', 'number', false, 'Rating of the speed, a driver of satisfaction.'),
('survey_response', 11, 'effectiveness', 'number', false, 'Rating of the solution, a driver of satisfaction.'),
('survey_response', 12, 'compensation_value', 'number', false, 'Rating of the compensation, a driver of satisfaction.'),
('survey_response', 13, 'comment', 'text', false, 'What the customer wrote, in English.'),
('customer', 1, 'customer_id', 'key', true, 'The customer; one row each.'),
('customer', 2, 'joined_at', 'time', true, 'Customer since; rows with NULL are not counted.'),
('customer', 3, 'left_at', 'time', false, 'Customer until; NULL while still a customer.'),
('purchase', 1, 'customer_id', 'key', true, 'The customer who bought.'),
('purchase', 2, 'purchased_at', 'time', true, 'The time of the purchase.'),
('purchase', 3, 'amount', 'number', true, 'The amount: revenue, or the margin if you have it.'),
('referral', 1, 'customer_id', 'key', true, 'The customer who referred somebody.'),
('referral', 2, 'referred_at', 'time', true, 'The time of the referral.'),
('case_event', 1, 'case_id', 'key', true, 'The case.'),
('case_event', 2, 'at', 'time', true, 'When the case came into the status.'),
('case_event', 3, 'status', 'text', true, 'The status, which lasts until the next event.'),
('case_event', 4, 'sequence', 'number', false, 'Order of events of one moment.'),
('kpi_status_role', 1, 'status', 'text', true, 'A status of case_event.'),
('kpi_status_role', 2, 'role', 'text', true, 'new, open, pending (the customer''s turn), hold (a third party''s) or solved.'),
('survey_invitation', 1, 'invitation_id', 'key', true, 'The invitation; one row each.'),
('survey_invitation', 2, 'sent_at', 'time', true, 'When it was sent.'),
('survey_invitation', 3, 'customer_id', 'key', false, 'The customer who was asked.'),
('survey_invitation', 4, 'case_id', 'key', false, 'The case it is about; NULL if it is not about a recovery.'),
('follow_up', 1, 'response_id', 'key', true, 'The answer after which the customer was contacted.'),
('follow_up', 2, 'contacted_at', 'time', true, 'When the customer was contacted.'),
('follow_up', 3, 'outcome', 'text', false, 'What came of it.');
