# Sentiment: databases in other encodings, and parallel plans.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('sentiment');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;

sub ask { my ($db, $sql) = @_; return $node->safe_psql($db, $sql) }

for my $encoding (qw(UTF8 LATIN1 SQL_ASCII))
{
	my $db = lc $encoding;
	ask('postgres', "CREATE DATABASE $db ENCODING '$encoding' LOCALE 'C' TEMPLATE template0");
	ask($db, 'CREATE EXTENSION recovery_kpi');
}

# The bytes of a c with cedilla and its capital, in each encoding.
my %small = (utf8 => 's\303\247', latin1 => 's\347', sql_ascii => 's\303\247');
my %large = (utf8 => 'S\303\207', latin1 => 'S\307', sql_ascii => 'S\303\207');
for my $db (sort keys %small)
{
	is(ask($db, "SELECT sentiment(E'wasn''t $large{$db}a', jsonb_build_object(E'$small{$db}A', 2))
		= round(-1.48 / sqrt(1.48 ^ 2 + 15), 4)"),
		't', "$db: letters in small and capital");
	is(ask($db, "SELECT sentiment('Not bad at all, thank you') > 0, sentiment('worst service') < 0"), 't|t',
		"$db: the built-in lexicon");
}
is(ask('utf8', "SELECT count(*) > 100 FROM sentiment_lexicon() WHERE octet_length(term) <> length(term)"), 't',
	'emoji are in the lexicon of UTF8');
is(ask('latin1', "SELECT count(*) > 3000, count(*) FILTER (WHERE term ~ '[^ -~]') FROM sentiment_lexicon()"), 't|0',
	'and not in that of LATIN1');
is(ask('sql_ascii', "SELECT count(*) > 3000, count(*) FILTER (WHERE octet_length(term) = 4 AND term ~ '^[^ -~]') > 100
	FROM sentiment_lexicon()"), 't|t', 'SQL_ASCII has their bytes');
is(ask('sql_ascii', "SELECT sentiment(E'\\360\\237\\221\\215') > 0, sentiment(E'good \\377\\303 \\200') > 0,
	sentiment(E'\\360\\237')"), 't|t|0', 'bytes that are no UTF-8');
is(ask('latin1', "SELECT sentiment(E'good\\240service\\253good\\273')"),
	ask('utf8', "SELECT sentiment(E'good\\302\\240service\\302\\253good\\302\\273')"),
	'the same text in two encodings');

# parallel and serial; a lexicon that each process reads for itself
ask('utf8', q{CREATE TABLE comments AS SELECT i,
	(ARRAY['Great service', 'Still waiting', 'NOT good!', 'ok', ''])[i % 5 + 1] || repeat(' very', i % 3) AS words
	FROM generate_series(1, 20000) i;
	CREATE TABLE lexicon AS SELECT jsonb_object_agg(term, valence) AS l FROM sentiment_lexicon(); ANALYZE});
my $query = q{SELECT sum(sentiment(words)::numeric), sum(sentiment(words, '{"good": 2, "waiting": -1}')::numeric),
	md5(string_agg(sentiment(words)::text, ',' ORDER BY i)) FROM comments};
my $parallel = 'SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;'
	. ' SET max_parallel_workers_per_gather = 4;';
like(ask('utf8', "$parallel EXPLAIN SELECT sum(sentiment(words)) FROM comments"), qr/Partial Aggregate/,
	'the plan is parallel');
is(ask('utf8', "$parallel $query"), ask('utf8', "SET max_parallel_workers_per_gather = 0; $query"),
	'parallel as serial');
is(ask('utf8', 'SELECT count(*) FROM comments, lexicon WHERE sentiment(words, l) <> sentiment(words)'), '0',
	'the built-in lexicon as one of the caller\'s, stored out of line');
is(ask('utf8', 'CREATE INDEX ON comments (sentiment(words)); SET enable_seqscan = off; SELECT count(*) FROM comments
	WHERE sentiment(words) < -0.05'),
	ask('utf8', 'SET enable_indexscan = off; SET enable_bitmapscan = off; SELECT count(*) FROM comments
		WHERE sentiment(words) < -0.05'), 'an index of it');

$node->stop;
done_testing();
