/*
 * sql_fuzz.c: send damaged values of every type to a server, as text and in binary, and
 * let every function of the type have them.
 *
 *   sql_fuzz INPUTS SEED FOUND
 *
 * A statement that takes 3 seconds is a hang, a lost connection a crash, an SQLSTATE of
 * class XX an internal error; each is written to the file FOUND.  Prints what was done.
 */
#include <libpq-fe.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HANG_MS		3000
#define LONGEST		20000
#define STATEMENTS	200
#define SEEDS		16

typedef struct Bytes
{
	int			size;
	char		data[LONGEST];
} Bytes;

typedef struct Type
{
	const char *name;
	const char *literals[SEEDS];
	Oid			oid;
	int			statements;
	char	   *sql[STATEMENTS];
	int			seeds;
	Bytes		text[SEEDS];
	Bytes		binary[SEEDS];
} Type;

static Type types[] = {
	{"tally", {"1..5:{3,0,4,10,12}", "0..1:{3,9223372036854775807}", "0..10:{1,2,3,4,5,6,7,8,9,10,11}",
		"1..7:{0,0,0,0,0,0,0}"}},
	{"paired_tally", {"0..1:{{5,20},{3,40}}",
		"1..5:{{1,0,0,0,2},{0,1,0,0,0},{0,0,3,0,0},{0,0,0,1,0},{0,0,0,0,9}}", "0..0:{{7}}"}},
	{"weighted_tally", {"0..1:{(2.5,3.25,2),(1,1,1)}",
		"1..5:{(0,0,0),(1,1,1),(2,2,2),(0,0,0),(0.6+1.1e-17,0.25,1)}", "0..1:{(1,1,1),(0,0,0)}*2^-800"}},
	{"clustered_tally", {"0..1:2:{1,3}:{{1},{2,5}}", "{}",
		"1..3:2:{3037000499,0,1}:{{9223372030926249001},{0,0},{0,0,1}}",
		"0..0:3:{9223372036854775807}:{{9223372036854775807}}"}},
	{"life_table", {"exact:{90.5:2/0,3600:1/1}", "exact:{}",
		"exact:{0:1/1,0.000001:3/0,86400:0/5,9223372036854.775807:1/0}"}},
	{"business_calendar", {"Europe/Berlin; mon-fri 09:00-17:00; 2026-12-25 closed", "UTC; mon-sun 00:00-24:00",
		"America/St_Johns; mon,wed 09:00-12:30, 13:30-17:00; 2026-12-24 09:00:01-12:00",
		"Pacific/Apia; mon-thu 22:00-06:00; fri 08:00-24:00, 24:00-20:00; 2026-12-24 closed"}},
	{"status_clock", {"{2026-03-02T09:00:00Z \"a\",2026-03-02T09:30:00.5Z \"b\",2026-03-03T09:00:00Z \"a\"}", "{}",
		"{2026-03-02T09:00:00Z#-2 \"say \\\"no\\\"\",2026-03-02T09:00:00Z#7 \"\"}"}},
	{"purchase_history", {"(2,30.43,38.86,22.35)", "(0,0,3,0)", "(2147483647,1e9,1e9,1e30)"}},
	{"clv_model", {"(0.243,4.414,0.793,2.426,6.25,3.74,15.44,,,0)", "(0.243,4.414,0.793,2.426,,,,,,10)",
		"(,,,,6.25,3.74,15.44,,-4058,7)"}},
	{"driver_model", {"3:{2,5}:{{2},{3,6}}", "4:{1,2,3}:{{2},{1,3},{0,1,4}}",
		"9223372036854775807:{1e100,-1e100}:{{1e200},{0,1e200}}"}},
	{"text", {"The food was not good, but the service was VERY good!!! :)", "no reply at all???", "n't least kind of"}}
};
#define TYPES ((int) (sizeof(types) / sizeof(types[0])))

/* Everything the extension has that takes a value of the type, each with arguments of others. */
static const char *const statements_sql =
	"WITH arg(type, value) AS (VALUES ('smallint', '1::int2'), ('integer', '3'), ('bigint', '10::int8'),"
	" ('double precision', '0.95::float8'), ('boolean', 'true'), ('text', '''wilson'''),"
	" ('interval', '''1 day''::interval'),"
	" ('timestamp with time zone', '''2026-03-28 12:00+00''::timestamptz'), ('date', '''2026-03-28''::date'),"
	" ('double precision[]', '''{1,2}''::float8[]'), ('text[]', '''{a}''::text[]'),"
	" ('jsonb', '''{\"good\":3}''::jsonb'),"
	" ('purchase_history', '''(2,30.43,38.86,22.35)''::purchase_history'),"
	" ('clv_model', '''(0.243,4.414,0.793,2.426,6.25,3.74,15.44,,,0)''::clv_model'))"
	" SELECT format('SELECT %s(%s)', p.oid::regproc, string_agg(CASE WHEN a.type::regtype::text = $1 THEN"
	"  '$' || least(2, row_number_of) ELSE coalesce(g.value, format('NULL::%s', a.type::regtype)) END,"
	"  ', ' ORDER BY a.place))"
	" FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass"
	" JOIN pg_proc p ON p.oid = d.objid,"
	" LATERAL (SELECT t AS type, i AS place, row_number() OVER (PARTITION BY t ORDER BY i) AS row_number_of"
	"  FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS u(t, i)) a"
	" LEFT JOIN arg g ON g.type = a.type::regtype::text"
	" WHERE e.extname = 'recovery_kpi' AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'"
	" AND p.prokind <> 'w' AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[])"
	" AND NOT 'cstring'::regtype = ANY (p.proargtypes::oid[])"
	" AND $1::regtype = ANY (p.proargtypes::oid[]) GROUP BY p.oid";

static PGconn *conn;
static FILE *found;
static uint64_t state;
static long crashes, hangs, internal, differ, accepted, rejected;

static uint32_t
below(uint32_t limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t) ((state >> 16) % limit);
}

static void
give_up(const char *what)
{
	fprintf(stderr, "%s: %s", what, PQerrorMessage(conn));
	exit(2);
}

static PGresult *
ask(const char *sql, int count, const char *const *values)
{
	PGresult   *result = PQexecParams(conn, sql, count, NULL, values, NULL, NULL, 0);

	if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
		give_up(sql);
	return result;
}

/* --- preparing -------------------------------------------------------------------------------- */

static void
bytes_set(Bytes *bytes, const char *data, int size)
{
	bytes->size = size < LONGEST ? size : LONGEST;
	memcpy(bytes->data, data, bytes->size);
}

static void
find_seeds(Type *type)
{
	char		sql[200];

	snprintf(sql, sizeof(sql), "SELECT $1::%s", type->name);
	for (type->seeds = 0; type->literals[type->seeds] != NULL; type->seeds++)
	{
		const char *literal = type->literals[type->seeds];
		PGresult   *result = PQexecParams(conn, sql, 1, NULL, &literal, NULL, NULL, 1);

		bytes_set(&type->text[type->seeds], literal, strlen(literal));
		bytes_set(&type->binary[type->seeds], PQgetvalue(result, 0, 0), PQgetlength(result, 0, 0));
		PQclear(result);
	}
}

static void
add_statement(Type *type, const char *sql)
{
	if (type->statements < STATEMENTS)
		type->sql[type->statements++] = strdup(sql);
}

static void
find_statements(Type *type)
{
	char		sql[400];
	PGresult   *result = ask("SELECT $1::regtype::oid", 1, &type->name);
	int			i;

	type->oid = (Oid) strtoul(PQgetvalue(result, 0, 0), NULL, 10);
	PQclear(result);
	result = ask(statements_sql, 1, &type->name);
	for (i = 0; i < PQntuples(result); i++)
		add_statement(type, PQgetvalue(result, i, 0));
	PQclear(result);
	/* a value written and read is the same; FALSE is a finding */
	snprintf(sql, sizeof(sql), "SELECT %s_send(x) = %s_send(x::text::%s) FROM (SELECT $1::%s) AS v(x)",
			 type->name, type->name, type->name, type->name);
	for (i = 0; i < 5 && strcmp(type->name, "text") != 0; i++)
		add_statement(type, sql);
}

static void
connect_and_prepare(void)
{
	char		name[32];
	int			i,
				j;

	conn = PQconnectdb("");
	/* the server may be starting again after a crash */
	for (i = 0; PQstatus(conn) != CONNECTION_OK && i < 60; i++)
	{
		poll(NULL, 0, 1000);
		PQfinish(conn);
		conn = PQconnectdb("");
	}
	if (PQstatus(conn) != CONNECTION_OK)
		give_up("no connection");
	PQclear(PQexec(conn, "SET plan_cache_mode = force_generic_plan"));
	for (i = 0; i < TYPES; i++)
	{
		if (types[i].oid == 0)
		{
			find_statements(&types[i]);
			find_seeds(&types[i]);
		}
		for (j = 0; j < types[i].statements; j++)
		{
			const Oid	oids[] = {types[i].oid, types[i].oid};
			PGresult   *result;

			snprintf(name, sizeof(name), "s%d_%d", i, j);
			result = PQprepare(conn, name, types[i].sql[j], strstr(types[i].sql[j], "$2") ? 2 : 1, oids);
			if (PQresultStatus(result) != PGRES_COMMAND_OK)
				give_up(types[i].sql[j]);
			PQclear(result);
		}
	}
}

/* --- damage ------------------------------------------------------------------------------------- */

static void
replace(Bytes *bytes, int at, int old, const char *data, int size)
{
	if (at + old > bytes->size)
		old = bytes->size - at;
	if (bytes->size - old + size > LONGEST)
		return;
	memmove(bytes->data + at + size, bytes->data + at + old, bytes->size - at - old);
	memcpy(bytes->data + at, data, size);
	bytes->size += size - old;
}

static void
damage(Bytes *bytes, const Bytes *other, int binary)
{
	static const char *const pieces[] = {
		"9223372036854775807", "-1", "0", "NaN", "Infinity", "1e308", "1e-320", "{", "}", "(", ")", ",", ":", "..",
		"-", "*2^800", " ", ";", "closed", "24:00", "99999999999999999999", "2147483648", "+", "e", "\xf0\x9f\x98\x80"
	};
	static const char numbers[][8] = {
		"\x7f\xff\xff\xff\xff\xff\xff\xff", "\x80\0\0\0\0\0\0", "\0\0\0\0\0\0\0", "\xff\xff\xff\xff\xff\xff\xff\xff",
		"\x7f\xf0\0\0\0\0\0", "\x7f\xf8\0\0\0\0\0", "\0\0\0\0\0\0\0\x01",
		"\x7f\xef\xff\xff\xff\xff\xff\xff", "\0\0\0\x01\0\0\0\x05"
	};
	int			at = below(bytes->size + 1);
	int			size = below(9);
	const char *piece = pieces[below(sizeof(pieces) / sizeof(pieces[0]))];
	char		byte = binary ? (char) below(256) : (char) (32 + below(95));
	int			kind = below(7);

	switch (kind)
	{
		case 0:
		case 2:
			replace(bytes, at, kind == 0, &byte, 1);
			return;
		case 1:
			replace(bytes, at, size, "", 0);
			return;
		case 3:
			if (at < other->size)
				replace(bytes, at, size, other->data + at, below(other->size - at) + 1);
			return;
		case 4:
			if (binary)
				replace(bytes, at, 8, numbers[below(sizeof(numbers) / 8)], 8);
			else
				replace(bytes, at, size / 4, piece, strlen(piece));
			return;
		case 5:
			if (binary)
				replace(bytes, at, 4, numbers[below(sizeof(numbers) / 8)], 4);
			else
				replace(bytes, at, size, bytes->data, below(at + 1));
			return;
		case 6:
			if (below(8) == 0)
				bytes->size = at;
			else if (at < bytes->size)
				bytes->data[at] ^= binary ? 1 << below(8) : 1 << below(4);
	}
}

static void
make_value(const Type *type, int binary, Bytes *value)
{
	const Bytes *seeds = binary ? type->binary : type->text;
	int			times = below(4);
	int			i;

	*value = seeds[below(type->seeds)];
	for (i = 0; i < times; i++)
		damage(value, &seeds[below(type->seeds)], binary);
	if (binary)
		return;
	for (i = 0; i < value->size; i++)
	{
		/* a zero byte ends a text */
		if (value->data[i] == '\0')
			value->data[i] = ' ';
	}
	value->size = value->size < LONGEST ? value->size : LONGEST - 1;
	value->data[value->size] = '\0';
}

/* --- one input -------------------------------------------------------------------------------------- */

static void
finding(const char *what, const char *sql, int binary, const Bytes *values, int count, const char *message)
{
	int			i,
				j;

	fprintf(found, "%s: %s (%s) %s", what, sql, binary ? "binary" : "text", message);
	for (i = 0; i < count; i++)
	{
		fprintf(found, "\n  $%d = ", i + 1);
		for (j = 0; j < values[i].size; j++)
			fprintf(found, binary ? "%02x" : "%c", (unsigned char) values[i].data[j]);
	}
	fprintf(found, "\n");
	fflush(found);
}

/* Wait for the answer; 0 after a hang. */
static int
answered(void)
{
	struct pollfd socket = {PQsocket(conn), POLLIN, 0};

	while (PQisBusy(conn))
	{
		if (poll(&socket, 1, HANG_MS) <= 0)
			return 0;
		if (!PQconsumeInput(conn))
			return 1;
	}
	return 1;
}

static void
one_input(void)
{
	static Bytes values[2];
	int			number = below(TYPES);
	const Type *type = &types[number];
	int			statement = below(type->statements);
	const char *sql = type->sql[statement];
	int			binary = strcmp(type->name, "text") != 0 && below(2);
	int			count = strstr(sql, "$2") ? 2 : 1;
	const char *pointers[] = {values[0].data, values[1].data};
	int			formats[] = {binary, binary};
	int			lengths[2];
	char		name[32];
	PGresult   *result;
	int			i;

	for (i = 0; i < count; i++)
	{
		make_value(type, binary, &values[i]);
		lengths[i] = values[i].size;
	}
	snprintf(name, sizeof(name), "s%d_%d", number, statement);
	PQsendQueryPrepared(conn, name, count, pointers, lengths, formats, 0);
	if (!answered())
	{
		hangs++;
		finding("hang", sql, binary, values, count, "");
		PQfinish(conn);
		connect_and_prepare();
		return;
	}
	while ((result = PQgetResult(conn)) != NULL)
	{
		const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);

		if (PQresultStatus(result) == PGRES_TUPLES_OK)
		{
			accepted++;
			if (strstr(sql, "FROM (SELECT $1::") && PQntuples(result) == 1 &&
				strcmp(PQgetvalue(result, 0, 0), "f") == 0)
			{
				differ++;
				finding("differs when read back", sql, binary, values, count, "");
			}
		}
		else
		{
			rejected++;
			if (sqlstate != NULL && strncmp(sqlstate, "XX", 2) == 0)
			{
				internal++;
				finding("internal error", sql, binary, values, count, PQresultErrorMessage(result));
			}
		}
		PQclear(result);
	}
	if (PQstatus(conn) != CONNECTION_OK)
	{
		crashes++;
		finding("crash", sql, binary, values, count, PQerrorMessage(conn));
		PQfinish(conn);
		connect_and_prepare();
	}
}

int
main(int argc, char **argv)
{
	long		inputs = argc == 4 ? atol(argv[1]) : 0;
	long		i;
	int			statements = 0;

	if (inputs < 1 || (found = fopen(argv[3], "a")) == NULL)
		return 2;
	state = strtoull(argv[2], NULL, 10) * UINT64_C(0x9E3779B97F4A7C15) + 1;
	connect_and_prepare();
	for (i = 0; i < inputs; i++)
		one_input();
	for (i = 0; i < TYPES; i++)
		statements += types[i].statements;
	printf("%d %ld %ld %ld %ld %ld %ld %ld\n", statements, inputs, accepted, rejected,
		   crashes, hangs, internal, differ);
	return 0;
}
