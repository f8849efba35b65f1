\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
-- a score, with blanks, decimals that are zero, the highest score, a label after a sign
SELECT s, parse_score(s) FROM unnest(ARRAY[
  '9', ' 9 ', E'\t9\r\n', U&'\00A09\FEFF', '9.0', '9.000', '9,0', '9.', '007', '+9', '-3', U&'\22123', '0', '-0',
  '2147483647',
  '-2147483648', '9/10', '10/10', '9 / 10', '9.0/10.0', '9 of 10', '9 out of 10', '9 Out Of 10', '9 - Very likely',
  '9-Very likely', U&'9 \2013 Very likely', U&'9 \2014 Very likely', '9: Very likely', '9. Very likely',
  '9) Very likely',
  '9 = Very likely', '9/10 - Very likely', '5 (Very satisfied)', '5(very)', '4 stars', '1 star', '4/5 stars',
  '1 point',
  U&'5 - \2605\2605\2605', '910 - x']) s;
-- no answer
SELECT s, parse_score(s) FROM unnest(ARRAY[
  '', '   ', '-', U&'\2014', '--', '.', 'N/A', 'n/a', ' N/A ', 'NA', 'n.a.', '#N/A', 'null', 'NULL', 'none', 'NaN',
  'unknown',
  'don''t know', U&'Don\2019t know', 'I  don''t know', 'dont know', 'No answer', 'no response', 'Prefer not to say',
  'PREFER NOT TO ANSWER', 'Not applicable', 'skipped', 'refused', NULL]) s;
-- anything else is not guessed
SELECT s, pg_temp.error_of(format('SELECT parse_score(%L)', s)) FROM unnest(ARRAY[
  '9.5', '9,5', '9.05', '1,000', '9 10', '9 - 10', '9-10', '9 to 10', '9 or 10', '9:30', '1/2/2024', '2024-01-05',
  '9-', '9 -', '9..',
  '9.0.1', '9 (10)', '5 minutes', '9 very likely', '9+', '9%', 'score 9', 'Very likely', 'no', 'yes', '9/', '9//10',
  '11/10', '0/0',
  '9/x', '--3', '- 3', '+', '1e1', '0x9', '.5', '2147483648', '99999999999', '9999999999999999999999999',
  U&'\2605\2605\2605',
  U&'\FF19']) s;
SELECT length(pg_temp.error_of(format('SELECT parse_score(%L)', repeat('x', 100000)))) < 600,
       length(pg_temp.error_of(format('SELECT parse_score(%L)', repeat('9', 100000)))) < 600,
       parse_score(repeat('0', 100000) || '9');
-- the scale: inside, at its ends, outside; only one end; out of another number than the highest
SELECT parse_score('0', 0, 10), parse_score('10', 0, 10), parse_score('7/10', 0, 10), parse_score('n/a', 0, 10),
       parse_score('-7', hi => 5), parse_score('70', lo => 1), parse_score(NULL, 1, 5), parse_score('5', NULL, NULL);
SELECT a, pg_temp.error_of('SELECT parse_score(' || a || ')')
  FROM unnest(ARRAY['''11'', 0, 10', '''-1'', 0, 10', '''0'', lo => 1', '''6'', hi => 5', '''4/10'', 1, 5',
                    '''x'', 1, 5', '''4'', 5, 1']) a;
-- into an aggregate; a batch of exports in all their forms
SELECT nps(parse_score(answer, 0, 10)), count(*), count(parse_score(answer, 0, 10)) AS answers
  FROM unnest(ARRAY['10 - Extremely likely', '9', '9/10', '7', '6.0', 'N/A', '', '0 - Not at all likely', '8']) answer;
-- immutable, so it can be a generated column
CREATE TEMP TABLE answer (raw text, score int GENERATED ALWAYS AS (parse_score(raw, 1, 5)) STORED);
INSERT INTO answer VALUES ('4 - Good'), ('n/a');
TABLE answer;
