\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
-- R on 130 recovered and 350 never failed with their pseudo-answers (sql/ces.sql), g by hand from its J; the sign is
-- recovered - never failed
SELECT * FROM recovery_paradox('1..7:{5,4,6,9,22,38,46}', '1..7:{4,6,14,40,88,120,78}') \gx
-- not recovered: far below
SELECT mean_difference, upper < 0, hedges_g, top_difference, top_upper < 0, paradox
  FROM recovery_paradox('1..7:{22,18,14,10,7,3,1}', '1..7:{4,6,14,40,88,120,78}');
-- it is a paradox only if the lower bound is above 0
SELECT mean_difference, lower > 0, paradox FROM recovery_paradox('1..5:{0,0,5,30,65}', '1..5:{5,10,20,40,25}');
SELECT mean_difference, lower > 0, paradox FROM recovery_paradox('1..5:{0,0,1,2,5}', '1..5:{0,1,1,4,4}');
-- the parts equal ces_test and csat_test
SELECT (p.mean_difference, p.lower, p.upper, p.p_value) = (c.difference, c.lower, c.upper, c.p_value),
       (p.top_difference, p.top_lower, p.top_upper) = (t.difference, t.lower, t.upper)
  FROM recovery_paradox('1..5:{0,0,5,30,65}', '1..5:{5,10,20,40,25}', 0.9, 5) p,
       ces_test('1..5:{0,0,5,30,65}', '1..5:{5,10,20,40,25}', 0.9) c,
       csat_test('1..5:{0,0,5,30,65}', '1..5:{5,10,20,40,25}', 0.9, 5) t;
-- ten sevens against a group in which 70 % give a 7 are no paradox; Welch's lower bound, 0.41, says so
SELECT mean_difference, lower > 0, paradox, w.welch
  FROM recovery_paradox('1..7:{0,0,0,0,0,0,10}', '1..7:{1,2,3,4,7,13,70}'), LATERAL (SELECT round(lower::numeric, 2)
         FROM ces_test('1..7:{0,0,0,0,0,0,10}', '1..7:{1,2,3,4,7,13,70}', 0.95, 'welch')) w(welch);
-- yes and no; empty; one answer; answers that are all alike
SELECT * FROM recovery_paradox('0..1:{10,90}', '0..1:{30,70}');
SELECT * FROM recovery_paradox('1..5:{0,0,0,0,0}', '1..5:{0,1,1,4,4}');
SELECT * FROM recovery_paradox('1..5:{0,0,0,0,1}', '1..5:{0,1,1,4,4}');
SELECT * FROM recovery_paradox('1..5:{0,0,0,0,3}', '1..5:{0,0,0,4,0}');
SELECT mean_difference, lower, p_value, paradox FROM recovery_paradox('3..3:{3}', '3..3:{9}', 0.95, 3);
SELECT recovery_paradox(NULL, '1..5:{0,1,1,4,4}'), recovery_paradox('1..5:{0,1,1,4,4}', NULL),
       recovery_paradox('1..5:{0,1,1,4,4}', '1..5:{0,1,1,4,4}', NULL),
       (recovery_paradox('1..5:{0,1,1,4,4}', '1..5:{0,1,1,4,4}')).paradox;
SELECT pg_temp.error_of('SELECT recovery_paradox(' || a || ')')
  FROM unnest(ARRAY['''1..5:{0,1,1,4,4}'', ''1..3:{0,1,1}''', '''1..3:{0,1,1}'', ''1..3:{0,1,1}''',
                    '''1..5:{0,1,1,4,4}'', ''1..5:{0,1,1,4,4}'', 95',
                    '''1..5:{0,1,1,4,4}'', ''1..5:{0,1,1,4,4}'', 0.95, 6', '''x'', ''y''']) a;
