#since 0.2.0
-- kpi_views: comments of the columns

CREATE TABLE kpi_view_column (
	view text NOT NULL,
	column_name text NOT NULL,
	meaning text NOT NULL,
	PRIMARY KEY (view, column_name)
);
GRANT SELECT ON kpi_view_column TO PUBLIC;
COMMENT ON TABLE kpi_view_column IS 'Comments of the columns of the views; view * for columns that mean the same in all views.';
COMMENT ON COLUMN kpi_view_column.view IS 'Name of the view, or *.';
COMMENT ON COLUMN kpi_view_column.column_name IS 'Name of the column.';
COMMENT ON COLUMN kpi_view_column.meaning IS 'Comment of the column.';

INSERT INTO kpi_view_column VALUES
('*', 'period_start', 'First day of the period, in the time zone of the views.'),
('*', 'kpi', 'Key of the KPI in kpi_catalog.'),
('*', 'value', 'The figure, in the unit of the KPI; NULL without answers.'),
('*', 'lower', 'Lower 95 % bound.'),
('*', 'upper', 'Upper 95 % bound.'),
('*', 'responses', 'Number of answers, cases or customers that the figure comes from; answers and cases can be added up.'),
('*', 'complete', 'true if the period is over and all it counts has had time to happen. Incomplete periods still change: leave them out of comparisons.'),
('*', 'target', 'Target of the KPI from kpi_catalog. Shipped targets of monthly rates apply only if the periods are months; your own always apply.'),
('*', 'status', 'on target, watch or off target; NULL without a figure or a target.'),
('*', 'p_value', 'Chance of a difference this large if nothing had changed, 0 to 1.'),
('*', 'customer_group', 'recovered: the first case was resolved when due and not reopened before; not recovered; never failed: no case.'),
('kpi_scorecard', 'kpi_name', 'Name of the KPI.'),
('kpi_scorecard', 'unit', 'Unit of the KPI.'),
('kpi_scorecard', 'direction', 'Which values are better: higher or lower.'),
('kpi_scorecard', 'period_start', 'First day of the latest complete period with answers.'),
('kpi_scorecard', 'previous_value', 'The figure of the period before; NULL if there is no such figure.'),
('kpi_scorecard', 'change', 'value - previous_value.'),
('kpi_scorecard', 'p_value', 'Is the change real? Chance of a change this large if nothing had changed, 0 to 1, by the test of the KPI (complaint_rate per day, so that a short month is not taken for a change); NULL for clv.'),
('kpi_by_segment', 'dimension', 'channel, failure_type or compensation.'),
('kpi_by_segment', 'segment', 'The value of the dimension; NULL if not recorded.'),
('kpi_trend', 'center', 'Centre of the control chart: the mean of up to 24 complete periods before this one; NULL below 6.'),
('kpi_trend', 'lower_limit', 'Lower control limit, below which a period in control falls once in 700, no lower than the KPI can be.'),
('kpi_trend', 'upper_limit', 'Upper control limit, above which a period in control rises once in 700, no higher than the KPI can be.'),
('kpi_trend', 'signal', 'above limits, below limits; run above, run below: the eighth or a later complete period in a row on one side of the centre; NULL if nothing is unusual, or the period is not complete.'),
('resolution_curve', 'age_hours', 'Hours since opening.'),
('resolution_curve', 'resolved_share', 'Percentage resolved by that age, 0 to 100.'),
('resolution_curve', 'responses', 'Number of cases opened in the period.'),
('retention_curve', 'age_days', 'Days since the clock started.'),
('retention_curve', 'retained_share', 'Percentage still a customer after that time, 0 to 100.'),
('retention_curve', 'responses', 'Number of customers followed.'),
('retention_curve', 'customer_group', 'recovered: the first case was resolved when due and not reopened before; not recovered; never failed: no case yet, counted until the first one.'),
('recovery_effect', 'comparison', 'Which customers are compared.'),
('recovery_effect', 'measure', 'What is compared, and its unit.'),
('recovery_effect', 'value', 'The figure; differences are after - before, and recovered - never failed.'),
('recovery_effect', 'responses', 'Number of customers that the figure comes from.'),
('customer_value', 'customers', 'Number of customers with a purchase.'),
('customer_value', 'probability_alive', 'Mean probability of still being a customer, 0 to 1.'),
('customer_value', 'expected_purchases', 'Purchases expected of a customer in the coming year, on average.'),
('customer_value', 'expected_spend', 'Expected amount of a purchase, on average.'),
('customer_value', 'mean_value', 'Expected amounts of a customer in the coming 12 months, discounted by 1 % a month, on average.'),
('customer_value', 'total_value', 'The sum of these amounts over all customers of the group.'),
('voice', 'sentiment', 'Mean sentiment of the comments, -1 to 1.'),
('voice', 'responses', 'Number of comments.'),
('voice', 'positive_share', 'Percentage of comments with a sentiment of 0.05 or more.'),
('voice', 'neutral_share', 'Percentage of comments between -0.05 and 0.05.'),
('voice', 'negative_share', 'Percentage of comments with a sentiment of -0.05 or less.'),
('drivers', 'factor', 'Name of the rating in survey_response.'),
('drivers', 'correlation', 'Correlation of the rating with satisfaction, -1 to 1.'),
('drivers', 'coefficient', 'Points of satisfaction per point of the rating, the others held fixed.'),
('drivers', 'std_error', 'Standard error of the coefficient.'),
('drivers', 'std_beta', 'The coefficient in standard deviations.'),
('drivers', 't_statistic', 't of the coefficient.'),
('drivers', 'p_value', 'p of the coefficient, 0 to 1.'),
('drivers', 'vif', 'Variance inflation factor: above 5 the effects of the ratings can hardly be told apart.'),
('drivers', 'relative_weight', 'Part of R squared that goes to the rating (Johnson).'),
('drivers', 'share', 'The same as a percentage of R squared.'),
('drivers', 'responses', 'Number of answers with the score and all ratings.'),
('drivers', 'r_squared', 'Share of the variation of the score that the ratings explain together, 0 to 1.');
