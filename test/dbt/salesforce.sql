-- The tables of Fivetran's Salesforce connector that the models read, with the cases of the CRM
-- of docs/mapping.md, and an object with the answers of a survey tool, as text.
CREATE SCHEMA salesforce;
CREATE TABLE salesforce."case" (id text PRIMARY KEY, account_id text, created_date timestamptz, closed_date timestamptz,
  origin text, reason text, type text, status text, is_deleted boolean, _fivetran_synced timestamptz);
CREATE TABLE salesforce.case_history (id text, case_id text, field text, old_value text, new_value text,
  created_date timestamptz, is_deleted boolean, _fivetran_synced timestamptz);
CREATE TABLE salesforce.survey_c (id text, case_c text, account_c text, satisfaction_c double precision,
  recommend_c text, comment_c text, created_date timestamptz, is_deleted boolean, _fivetran_synced timestamptz);

INSERT INTO salesforce."case"
SELECT '500' || lpad(i::text, 12, '0') || 'AAA', '001' || lpad((i % 11)::text, 12, '0') || 'AAB',
       timestamptz '2025-03-01 08:00Z' + i * interval '20 hours',
       CASE WHEN i % 10 > 0 THEN timestamptz '2025-03-02 08:00Z' + i * interval '21 hours'
                                 + CASE WHEN i % 8 = 0 THEN interval '5 days' ELSE '0' END END,
       (ARRAY['Phone', 'Web'])[i % 2 + 1], 'Damaged', CASE i % 2 WHEN 0 THEN 'Complaint' ELSE 'Problem' END,
       CASE WHEN i % 10 > 0 THEN 'Closed' ELSE 'New' END, i = 71
  FROM generate_series(1, 71) i
UNION ALL
SELECT '500' || lpad('99', 12, '0') || 'AAA', NULL, '2025-04-01 08:00Z', NULL, 'Web', NULL, 'Question', 'New', false;
INSERT INTO salesforce.case_history
SELECT '017' || row_number() OVER (ORDER BY id, o), id, f, o, n,
       created_date + w * (1 + substring(id FROM 4 FOR 12)::int * 5 % 9) / 4, false
  FROM salesforce."case",
       (VALUES ('Status', 'New', 'Closed', interval '2 days'), ('Status', 'Closed', 'Reopened', interval '4 days'),
               ('Status', 'Reopened', 'Closed', interval '6 days'), ('Owner', 'a', 'b', interval '1 hour'))
         h (f, o, n, w)
 WHERE closed_date IS NOT NULL AND NOT is_deleted AND (right(id, 4) = '8AAA' OR o IN ('New', 'a'));
INSERT INTO salesforce.survey_c
SELECT 'a00' || right(id, 6), left(id, 15), account_id, 5 - substring(id FROM 4 FOR 12)::int % 7 % 4,
       (ARRAY['9 - Very likely', '10/10', 'N/A', ' 3 ', NULL])[substring(id FROM 4 FOR 12)::int % 5 + 1], 'ok',
       closed_date + interval '1 day', false
  FROM salesforce."case" WHERE closed_date IS NOT NULL AND NOT is_deleted
UNION ALL SELECT 'a00deleted', NULL, NULL, 99, 'never', NULL, '2025-04-01 08:00Z', true;
