#since 0.2.0
-- kpi_views: what the views for BI tools read

-- kind: key (any type that compares with itself), time, number, text (anything that has a text form)
CREATE TABLE kpi_source_column (
	relation text NOT NULL,
	ordinal smallint NOT NULL,
	column_name text NOT NULL,
	kind text NOT NULL CHECK (kind IN ('key', 'time', 'number', 'text')),
	required boolean NOT NULL,
	meaning text NOT NULL,
	PRIMARY KEY (relation, column_name)
);
GRANT SELECT ON kpi_source_column TO PUBLIC;
COMMENT ON TABLE kpi_source_column IS
'The relations and columns that create_kpi_views reads in the source schema. recovery_case and survey_response are required, unless there is a kpi_summary; the others are optional.';
COMMENT ON COLUMN kpi_source_column.relation IS 'Table or view in the source schema.';
COMMENT ON COLUMN kpi_source_column.ordinal IS 'Order within the relation.';
COMMENT ON COLUMN kpi_source_column.column_name IS 'Name of the column.';
COMMENT ON COLUMN kpi_source_column.kind IS 'key: any type, the same in all relations; time: timestamp with time zone; number: any numeric type; text: any type, read as text.';
COMMENT ON COLUMN kpi_source_column.required IS 'true if the relation must have the column.';
COMMENT ON COLUMN kpi_source_column.meaning IS 'What the column holds.';

INSERT INTO kpi_source_column VALUES
('recovery_case', 1, 'case_id', 'key', true, 'The case; one row each.'),
('recovery_case', 2, 'customer_id', 'key', true, 'The customer of the case.'),
('recovery_case', 3, 'opened_at', 'time', true, 'When the customer complained.'),
('recovery_case', 4, 'resolved_at', 'time', true, 'When it was first resolved; NULL while it is open.'),
('recovery_case', 5, 'contacts', 'number', false, 'How many contacts it took, 1 or more.'),
('recovery_case', 6, 'reopened_at', 'time', false, 'When it was first reopened; NULL if it was not.'),
('recovery_case', 7, 'first_response_at', 'time', false, 'When the customer first heard from a person; NULL until then.'),
('recovery_case', 8, 'channel', 'text', false, 'How the customer made contact: phone, chat, store.'),
('recovery_case', 9, 'failure_type', 'text', false, 'What had gone wrong.'),
('recovery_case', 10, 'compensation', 'text', false, 'What the customer was given for it.'),
('recovery_case', 11, 'promised_by', 'time', false, 'By when a resolution was promised; NULL counts as 7 days after opening.'),
('survey_response', 1, 'response_id', 'key', true, 'The answered survey; one row each.'),
('survey_response', 2, 'customer_id', 'key', true, 'The customer who answered.'),
('survey_response', 3, 'case_id', 'key', true, 'The case it is about; NULL if it is not about a recovery.'),
('survey_response', 4, 'responded_at', 'time', true, 'When it was answered.'),
('survey_response', 5, 'csat', 'number', false, 'Satisfaction, 1 to 5.'),
('survey_response', 6, 'nps', 'number', false, 'Likelihood to recommend, 0 to 10.'),
('survey_response', 7, 'ces', 'number', false, 'Agreement that it was easy, 1 to 7.'),
('survey_response', 8, 'expected', 'number', false, 'What the customer expected of the resolution, on any scale.'),
('survey_response', 9, 'perceived', 'number', false, 'What the customer got, on the same scale.'),
('survey_response', 10, 'speed', 'number', false, 'Rating of the speed, a driver of satisfaction.'),
('survey_response', 11, 'effectiveness', 'number', false, 'Rating of the solution, a driver of satisfaction.'),
('survey_response', 12, 'compensation_value', 'number', false, 'Rating of the compensation, a driver of satisfaction.'),
('survey_response', 13, 'comment', 'text', false, 'What the customer wrote, in English.'),
('customer', 1, 'customer_id', 'key', true, 'The customer; one row each.'),
('customer', 2, 'joined_at', 'time', true, 'Customer since; rows with NULL are not counted.'),
('customer', 3, 'left_at', 'time', true, 'Customer until; NULL while still a customer.'),
('purchase', 1, 'customer_id', 'key', true, 'The customer who bought.'),
('purchase', 2, 'purchased_at', 'time', true, 'The time of the purchase.'),
('purchase', 3, 'amount', 'number', true, 'The amount: revenue, or the margin if you have it.'),
('referral', 1, 'customer_id', 'key', true, 'The customer who referred somebody.'),
('referral', 2, 'referred_at', 'time', true, 'The time of the referral.');
