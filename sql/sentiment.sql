\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- the rules with a lexicon given by the caller: each sum s by hand from the rules,
-- compound = s / sqrt(s^2 + 15) to four decimals
--
CREATE TABLE pg_temp.rule (comment text, s double precision);
INSERT INTO pg_temp.rule VALUES
  ('good', 2), ('Good.', 2), ('the service', 0), ('', 0), (' ', 0), ('?!', 0),
  -- negation
  ('not good', 2 * -0.74), ('It was not that good', 2 * -0.74), ('not one of them was good', 2),
  ('wasn''t good', 2 * -0.74), ('wasn’t good', 2 * -0.74), ('nothing bad', -2 * -0.74),
  ('never good', 2 * -0.74), ('never so good', (2 + 0.293) * 1.25), ('never this good', 2 * 1.25),
  ('without a good word', 2 * -0.74), ('without doubt good', 2),
  ('no good', 2 * -0.74), ('the least good', 2 * -0.74), ('at least good', 2), ('very least good', 2 + 0.293 * 0.95),
  -- boosters and dampeners, by distance
  ('very good', 2.293), ('very very good', 2.293 + 0.293 * 0.95), ('very bad', -2.293),
  ('slightly good', 2 - 0.293), ('slightly bad', -2 + 0.293), ('very, ehm, er good', 2 + 0.293 * 0.9),
  ('it was so good', 2.293 * 1.25), ('was only kind of good', 2 - 0.293), ('was only sort of bad', -2 - 0.293),
  -- capitals count only if not all words have them
  ('GOOD', 2), ('GOOD SERVICE', 2), ('GOOD service', 2.733), ('BAD service', -2.733),
  ('VERY good', 2.293 + 0.733), ('service VERY bad', -2.293 - 0.733),
  -- but
  ('good but bad', 1 - 3), ('bad but good but good', -1 + 3 + 3), ('but', 0),
  -- punctuation
  ('good!', 2.292), ('good!!!!!', 2 + 4 * 0.292), ('bad!', -2.292), ('good?', 2), ('good??', 2.36),
  ('good???', 2.54), ('good????', 2.96), ('bad?????', -2.96), ('service!!!', 0),
  -- emoticons, emoji by their names, terms of several words
  (':)', 1.5), ('good :)', 3.5), ('(good)', 2), ('good:)', 2), ('👍', 1.2), ('👍🏽👍', 2.4), ('no 👍', 1.2),
  ('❤️', 0.7), ('fell through the cracks', -3), ('FELL through The cracks!', -3.292), ('it fell through', 0),
  ('never fell through the cracks', 3 * 0.74),
  -- a negation ends with its sentence, and does not turn a smiley
  ('no seat? Good', -1 + 2), ('not it.Good', 2), ('not :)', 1.5),
  -- markup, apostrophes, a byte order mark, letters drawn out
  ('<p>good</p>', 2), ('<b>not</b> good', 2 * -0.74), ('isn&#39;t good', 2 * -0.74), ('isn&rsquo;t good', 2 * -0.74),
  ('isn´t good', 2 * -0.74), ('isn`t good', 2 * -0.74), ('isn′t good', 2 * -0.74), ('isn＇t good', 2 * -0.74),
  ('isn‛t good', 2 * -0.74), (E'\uFEFFgood', 2), ('goooood', 2), ('good.Bad', 0), ('good/good', 4), ('x@good.bad', 0);
\set lexicon '{"Good": 2, "bad": -2, ":)": 1.5, "thumbs": 1.2, "❤": 0.7, "fell through the cracks": -3, "no": -1}'
SELECT count(*),
       count(*) FILTER (WHERE sentiment(comment, :'lexicon') = round((s / sqrt(s * s + 15))::numeric, 4)) AS right
  FROM pg_temp.rule;
SELECT comment, sentiment(comment, :'lexicon'), s / sqrt(s * s + 15) AS expected FROM pg_temp.rule
 WHERE sentiment(comment, :'lexicon') <> round((s / sqrt(s * s + 15))::numeric, 4);
-- shares: a positive or negative word counts its value plus one, any other word one; of two words with one good:
-- 3 / (3 + 1)
SELECT * FROM sentiment_scores('good service', '{"good": 2}');
SELECT * FROM sentiment_scores('good, bad', '{"good": 2, "bad": -1}');
SELECT * FROM sentiment_scores('', '{}');
SELECT * FROM sentiment_scores('service', '{}');
-- of 4 and of 6 words 4 and 0 are English; without words there is no share
SELECT read_share FROM sentiment_scores('The train was late.');
SELECT read_share FROM sentiment_scores('Der Zug kam wieder zu spät.', '{"Zug": 1}');
SELECT read_share FROM sentiment_scores('4711 :)');
-- a term of valence 0 is a neutral word
SELECT * FROM sentiment_scores('refund', '{"refund": 0}');
SELECT sentiment(NULL), sentiment(NULL, '{}'), sentiment('good', NULL), sentiment_class(NULL),
       (sentiment_scores(NULL)).compound;
SELECT sentiment_class(c) FROM unnest(ARRAY[1, 0.05, 0.0499, 0, -0.0499, -0.05, -1]) c;
SELECT c, sentiment_class(c, -0.2), sentiment_class(c, positive_from => 0.3), sentiment_class(c, 0, 0)
  FROM unnest(ARRAY[0.3, 0.1, 0, -0.1, -0.2]) c;
SELECT pg_temp.error_of(c)
  FROM unnest(ARRAY['SELECT sentiment_class(0, 0.2, 0.1)', 'SELECT sentiment_class(0, -1.1)',
                    'SELECT sentiment_class(0, 0, ''NaN'')']) c;
--
-- lexicons that change from row to row, constant ones, and stored ones
--
CREATE TABLE pg_temp.lexicon (id int, l jsonb);
INSERT INTO pg_temp.lexicon
SELECT i,
       CASE i % 3 WHEN 0 THEN '{"good": 1}' WHEN 1 THEN '{"good": -1}'
            ELSE (SELECT jsonb_object_agg('word' || n, 1) FROM generate_series(1, 5000) n) END
  FROM generate_series(1, 9) i;
SELECT array_agg(sentiment('good word17', l) ORDER BY id) FROM pg_temp.lexicon;
SELECT count(DISTINCT sentiment('good word' || i, l)) FROM pg_temp.lexicon, generate_series(4999, 5001) i WHERE id = 2;
--
-- values that are refused
--
SELECT pg_temp.error_of(format('SELECT sentiment(''good'', %L)', l))
  FROM unnest(ARRAY['[]', '1', 'null', '{"good": "2"}', '{"good": null}', '{"good": {"bad": 1}}', '{"good": 4.01}',
                    '{"good": -4.01}', '{"good": 1e400}', '{"": 1}', '{" ": 1}', '{"good": 1, "GOOD": 1}',
                    '{"no reply": 1, "No  reply": 1}', '{"a b c d e f g h i": 1}']) l;
SELECT pg_temp.error_of(format('SELECT sentiment(''good'', jsonb_build_object(repeat(''x'', 128), 1))'))
         ~ '^22023 \| term "x{128}" in a sentiment lexicon is too long';
SELECT pg_temp.error_of(format('SELECT sentiment(''good'', jsonb_build_object(repeat(''x'', 1000000), ''many''))'))
         ~ '^22023 \| term "x{200}\.\.\." in a sentiment lexicon is too long';
SELECT pg_temp.error_of(format('SELECT sentiment_class(%L)', c))
  FROM unnest(ARRAY['1.0001', '-1.0001', 'NaN', 'Infinity']) c;
-- after an error the previous lexicon is still there
CREATE FUNCTION pg_temp.try(lexicons jsonb[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE l jsonb;
BEGIN
  FOREACH l IN ARRAY lexicons LOOP
    BEGIN RETURN NEXT sentiment('good', l); EXCEPTION WHEN OTHERS THEN RETURN NEXT SQLSTATE; END;
  END LOOP;
END $$;
SELECT pg_temp.try(ARRAY['{"good": 1}', '{"good": 9}', '{"good": 1}', '[]', '{"good": -1}']::jsonb[]);
--
-- the built-in lexicon: its shape, and the sign of what customers write
--
SELECT count(*) >= 3000 AS enough, count(*) = count(DISTINCT term) AS distinct,
       bool_and(valence BETWEEN -4 AND 4) AS within, bool_and(term = lower(term)) AS lower,
       min(valence) < -2.5 AND max(valence) > 2.5 AS wide
  FROM sentiment_lexicon();
SELECT bool_and(term > before) AS sorted
  FROM (SELECT term COLLATE "C", lag(term COLLATE "C") OVER (ORDER BY n) AS before
          FROM sentiment_lexicon() WITH ORDINALITY l(term, valence, n)) l;
-- every term without < > is found in a text, and by itself has the value of the list, if it has none for its place
SELECT term, valence, sentiment(term) FROM sentiment_lexicon()
 WHERE term !~ '<[a-z]'
   AND term NOT IN (SELECT regexp_replace(term, '<(start|end)> | <end>', '', 'g') FROM sentiment_lexicon()
                     WHERE term ~ '<(start|end)>')
   AND (sign(sentiment(term)) <> sign(valence)
    OR sentiment(term) <> round((valence / sqrt(valence * valence + 15))::numeric, 4) AND term !~ '[!?]');
SELECT sentiment_class(sentiment(c)), c
  FROM unnest(ARRAY['The agent went above and beyond, thank you!', 'My refund arrived within a day. Great service.',
                    'Problem solved on the first call', 'They kept me informed and put it right.',
                    'No complaints, everything arrived on time 👍', 'Still waiting for my refund',
                    'I was on hold for an hour, then they hung up on me.', 'My case fell through the cracks',
                    'Charged twice and no reply to my emails', 'Waste of time. Never again!',
                    'The parcel was damaged :(', 'I don''t recommend this shop',
                    'The agent was friendly, but nothing works', 'Slow at first, but now it works great',
                    'My order number is 4711.', 'Where is the nearest store?']) c;
-- long texts, and texts without words
SELECT sentiment(repeat('good ', 1000000)), sentiment(repeat('GOOD ', 1000000)),
       sentiment(repeat('not.bad', 500000)) IS NOT NULL, sentiment(repeat('x', 5000000)),
       sentiment(repeat('!', 5000000)), sentiment(repeat('👍', 1000000));
CREATE TABLE pg_temp.long AS SELECT repeat('good ', 8000000) AS comment;
SET statement_timeout = 150;
SELECT sentiment(comment) FROM pg_temp.long;
RESET statement_timeout;
-- capital and small letters of Latin beyond English, Greek and Cyrillic
SELECT capital, sentiment(capital, jsonb_build_object(small, -3)) = sentiment(small, jsonb_build_object(small, -3)),
       sentiment(small, jsonb_build_object(small, -3)) < 0
  FROM (VALUES ('ПЛОХО', 'плохо'), ('ЁЖ', 'ёж'), ('ΚΑΚΟ', 'κακο'), ('ŽŁÓŸ', 'žłóÿ')) v(capital, small);
