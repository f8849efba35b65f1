-- few.sql: a million segments in one PostgreSQL process.  The form is described in compare.

--= Few answers: a million tallies [rows thrown away]
--: ours: shrunken_interval
SELECT shrunken_interval(t, prior) FROM segments, segment_prior;
--: rival: rate and rate_interval [bar 1.30, other answers]
SELECT rate(t), rate_interval(t) FROM segments;

--= Few answers: a million groups [rows thrown away]
--: set
SET work_mem = '2GB';
--: ours: shrunken_interval of rate_tally
SELECT g, shrunken_interval(t, prior)
FROM (SELECT g, rate_tally(nps >= 9) AS t FROM responses GROUP BY g) s, segment_prior;
--: rival: rate and rate_interval of rate_tally [bar 1.30, other answers]
SELECT g, rate(t), rate_interval(t) FROM (SELECT g, rate_tally(nps >= 9) AS t FROM responses GROUP BY g) s;

--= The prior of a million tallies
--: ours: rate_prior
SELECT rate_prior(t) FROM segments;
--: rival: sum of tallies [other answers]
SELECT sum(t) FROM segments;

--= A million p-values adjusted [rows thrown away]
--: ours: adjusted_p
SELECT adjusted_p(p) OVER () FROM segment_p;
--: rival: rank() of them [other answers]
SELECT rank() OVER (ORDER BY p) FROM segment_p;
