/*
 * fuzz_call.c: calling every function of the extension with arguments that the input
 * chooses.
 */
#include "fuzz.h"

#include <math.h>
#include <stdio.h>

#include "catalog/pg_type.h"
#include "nodes/execnodes.h"
#include "utils/array.h"
#include "utils/jsonb.h"

#define MAX_ARGUMENTS 8

/* Values of the types that are not the target's. */
static const char *const samples[][3] = {
	{"T", "1..5:{3,0,4,10,12}", "0..1:{3,5}"},
	{"P", "0..1:{{5,20},{3,40}}",
	 "1..5:{{1,0,0,0,2},{0,1,0,0,0},{0,0,3,0,0},{0,0,0,1,0},{0,0,0,0,9}}"},
	{"W", "0..1:{(2.5,3.25,2),(1,1,1)}", "1..5:{(0,0,0),(1,1,1),(2,2,2),(0,0,0),(0.5,0.25,1)}"},
	{"L", "exact:{90.5:2/0,3600:1/1}", "exact:{}"},
	{"B", "Europe/Berlin; mon-fri 09:00-17:00; 2026-12-25 closed", "UTC; mon-sun 00:00-24:00"},
	{"H", "(2,30.43,38.86,22.35)", "(0,0,3,0)"},
	{"C", "(0.243,4.414,0.793,2.426,6.25,3.74,15.44,,,0)",
	 "(1,2,3,4,,,,,,5,{4,0,1,0,0,1,0,0,0,1},{})"},
	{"D", "3:{2,5}:{{2},{3,6}}", "4:{1,2,3}:{{2},{1,3},{0,1,4}}"},
	{"K", "0..1:2:{1,3}:{{1},{2,5}}", "{}"},
	{"S", "{2026-03-02T09:00:00Z \"a\",2026-03-02T09:30:00Z \"b\"}", "{}"}
};

Given	given;

/* Is this for call_chosen: neither a way into a type nor a state's? */
bool
function_is_read(const Function *function)
{
	return strpbrk(function->arguments, "cn") == NULL;
}

/* --- calling ---------------------------------------------------------------------------------- */

typedef struct Call
{
	FmgrInfo	site;
	ReturnSetInfo set;
	union
	{
		FunctionCallInfoBaseData info;
		char		room[SizeForFunctionCallInfo(MAX_ARGUMENTS)];
	}			frame;
} Call;

static void
call_begin(Call *call, const Function *function, bool aggregate)
{
	memset(call, 0, sizeof(Call));
	call->site.fn_addr = function->call;
	call->site.fn_mcxt = run_context;
	call->site.fn_nargs = strlen(function->arguments);
	InitFunctionCallInfoData(call->frame.info, &call->site, call->site.fn_nargs, 0,
							 aggregate ? aggregate_node : NULL, (Node *) &call->set);
}

static bool
call_do(Call *call, const Function *function, Datum *result)
{
	sigjmp_buf	place;
	sigjmp_buf *outer = error_place;
	MemoryContext context = CurrentMemoryContext;
	int			i;

	for (i = 0; function->strict && i < call->frame.info.nargs; i++)
	{
		if (call->frame.info.args[i].isnull)
			return false;
	}
	call->frame.info.isnull = false;
	row_shape = &function->shape;
	if (sigsetjmp(place, 0) != 0)
	{
		error_place = outer;
		CurrentMemoryContext = context;
		if (ERRCODE_TO_CATEGORY(error_sqlstate) == ERRCODE_TO_CATEGORY(ERRCODE_INTERNAL_ERROR))
			defect("%s raises an internal error: %s", function->name, error_message);
		return false;
	}
	error_place = &place;
	*result = function->call(&call->frame.info);
	error_place = outer;
	if (CurrentMemoryContext != context)
		defect("%s leaves another memory context", function->name);
	if (call->frame.info.isnull)
		return false;
	return true;
}

bool
call_plain(const Function *function, const Datum *args, bool aggregate, Datum *result)
{
	Call		call;
	int			i;

	call_begin(&call, function, aggregate);
	for (i = 0; i < call.site.fn_nargs; i++)
		call.frame.info.args[i].value = args[i];
	return call_do(&call, function, result);
}

/* A value of its text or binary form; false if it is rejected. */
bool
value_from(const Type *type, bool binary, const uint8 *bytes, size_t size, Datum *value)
{
	StringInfoData message;
	Datum		arg;

	if (!binary)
	{
		arg = PointerGetDatum(pnstrdup((const char *) bytes, size));
		return call_plain(type->in, &arg, false, value);
	}
	message.data = palloc(size);
	memcpy(message.data, bytes, size);
	message.len = message.maxlen = (int) size;
	message.cursor = 0;
	arg = PointerGetDatum(&message);
	/* PostgreSQL itself complains about bytes left over */
	return call_plain(type->recv, &arg, false, value) && message.cursor == message.len;
}

/* --- arguments -------------------------------------------------------------------------------- */

static const int32 integers[] = {
	0, 1, 2, 3, 4, 5, 7, 9, 10, 12, -1, -7, 100, 101, PG_INT32_MAX, PG_INT32_MIN, 120
};
static const double figures[] = {
	0.95, 0.9, 0.5, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 50.0, 100.0, -1.0,
	0.999999999, 1e-9, 4.5, 1e300, -1e300, 1e-300, 5e-324, -0.0, NAN, INFINITY, -INFINITY,
	1.7976931348623157e308, 1e30, 1e100, 1e9
};
static const char *const texts[] = {
	"wilson", "score", "wald", "jeffreys", "clopper-pearson", "agresti-coull", "exact",
	"adjusted", "newcombe", "day", "week", "month", "quarter", "year", "UTC", "Europe/Berlin",
	"America/St_Johns", "Pacific/Apia", "", "positive", "0..1:{3,5}", "1..5:{3,0,4,10,12}",
	"mean", "EUROPE/berlin", "localtime", "rate", "csat", "nps"
};
static const int64 times[] = {
	0, 1, -1, USECS_PER_SEC, USECS_PER_DAY, 90500000, 3600000000, 30 * USECS_PER_DAY,
	700000000000000, -700000000000000, -63082281600000000, MIN_TIMESTAMP, END_TIMESTAMP - 1,
	DT_NOBEGIN, DT_NOEND, 820000000000000000, 31536000000000000,
	-UINT64CONST(250000000000000000)
};

/* Numbers mostly from the lists, now and then any. */
static double
choose_figure(void)
{
	uint64		bits = (uint64) choose(UINT32_MAX) << 32 | choose(UINT32_MAX);
	double		figure;

	if (choose(8) > 0)
		return figures[choose(lengthof(figures))];
	memcpy(&figure, &bits, sizeof(figure));
	return figure;
}

static int64
choose_time(void)
{
	return choose(3) > 0 ? times[choose(lengthof(times))] :
		(int64) choose(UINT32_MAX) * USECS_PER_SEC / 4 + choose(1000000);
}

/* A timestamp that SQL can hold. */
static int64
choose_timestamp(void)
{
	int64		time = choose_time();

	return IS_VALID_TIMESTAMP(time) || TIMESTAMP_NOT_FINITE(time) ? time : MIN_TIMESTAMP;
}

/*
 * A value's datum, sometimes as it is stored: with a short header, which is not
 * aligned, or as a pointer to a value outside of the row.
 */
static Datum
choose_header(Datum datum)
{
	struct varlena *value = (struct varlena *) DatumGetPointer(datum);
	char	   *copy;

	if (choose(6) == 0)
	{
		copy = (char *) palloc(1 + VARHDRSZ_EXTERNAL + sizeof(struct varatt_external)) + 1;
		SET_VARTAG_EXTERNAL(copy, VARTAG_ONDISK);
		memcpy(VARDATA_EXTERNAL(copy), &value, sizeof(value));
		return PointerGetDatum(copy);
	}
	if (choose(3) > 0 || !VARATT_CAN_MAKE_SHORT(value))
		return datum;
	copy = (char *) palloc(1 + VARATT_CONVERTED_SHORT_SIZE(value)) + 1;
	SET_VARSIZE_SHORT(copy, VARATT_CONVERTED_SHORT_SIZE(value));
	memcpy(copy + 1, VARDATA(value), VARSIZE(value) - VARHDRSZ);
	return PointerGetDatum(copy);
}

static Datum
choose_array(Oid type, int most)
{
	Datum		elements[24];
	int			count = (int) choose(most + 1);
	int			i;

	for (i = 0; i < count; i++)
		elements[i] = type == FLOAT8OID ? Float8GetDatum(choose_figure()) :
			Int64GetDatum(type == TIMESTAMPTZOID ? choose_timestamp() : choose_time());
	return choose_header(PointerGetDatum(construct_array(elements, count, type, 8, true, 'd')));
}

static Datum
choose_span(void)
{
	Interval   *span = palloc0(sizeof(Interval));

	span->time = times[choose(lengthof(times))];
	if (choose(4) == 0)
		span->day = integers[choose(lengthof(integers))];
	if (choose(8) == 0)
		span->month = integers[choose(lengthof(integers))];
	return PointerGetDatum(span);
}

static Datum
choose_json(void)
{
	uint32		head = (choose(8) == 0 ? JB_FARRAY : JB_FOBJECT) | choose(7);

	return choose_header(PointerGetDatum(make_varlena(&head, sizeof(head))));
}

/* Bytes that are, or are not, a state of comparisons within strata. */
static Datum
choose_bytes(void)
{
	char		bytes[200];
	int			size = choose(3) == 0 ? (int) choose(sizeof(bytes)) : 180;
	int			i;

	for (i = 0; i < size; i++)
		bytes[i] = (char) (choose(4) > 0 ? choose(3) : choose(256));
	return choose_header(PointerGetDatum(make_varlena(bytes, size)));
}

/* The two values of the target by turns, of other types a sample. */
static Datum
choose_value(char letter, int place)
{
	Datum		value = (Datum) 0;
	int			i;

	if (letter == given.letter)
		return choose_header(place == 0 || choose(4) == 0 ? given.first : given.second);
	for (i = 0; i < (int) lengthof(samples); i++)
	{
		const char *text = samples[i][1 + choose(2)];

		if (samples[i][0][0] == letter &&
			!value_from(type_of(letter), false, (const uint8 *) text, strlen(text), &value))
			defect("the sample \"%s\" is rejected: %s", text, error_message);
	}
	return value;
}

/* A row that a function reads; its letter stands for its type. */
static Datum
choose_row(char letter)
{
	HeapTupleHeader row = palloc0(sizeof(HeapTupleHeaderData));

	SET_VARSIZE(row, sizeof(HeapTupleHeaderData));
	HeapTupleHeaderSetTypeId(row, letter);
	return PointerGetDatum(row);
}

static Datum
choose_argument(char letter, int place)
{
	const char *text = texts[choose(lengthof(texts))];

	switch (letter)
	{
		case 's':
			return Int16GetDatum((int16) integers[choose(lengthof(integers))]);
		case 'i':
			return Int32GetDatum(integers[choose(lengthof(integers))]);
		case 'l':
			return Int64GetDatum(choose(4) > 0 ? integers[choose(lengthof(integers))] :
								 times[choose(lengthof(times))]);
		case 'f':
			return Float8GetDatum(choose_figure());
		case 'b':
			return BoolGetDatum(choose(2) == 0);
		case 't':
			if (given.text != NULL && (place == 0 || choose(8) == 0))
				return choose_header(PointerGetDatum(given.text));
			return choose_header(PointerGetDatum(make_varlena(text, strlen(text))));
		case 'v':
			return choose_span();
		case 'z':
			return Int64GetDatum(choose_timestamp());
		case 'd':
			return Int32GetDatum(choose(4) == 0 ? PG_INT32_MAX : choose(8) == 0 ? PG_INT32_MIN :
								 (int32) choose(4000000) - 2451545);
		case 'A':
			return choose_array(FLOAT8OID, 17);
		case 'I':
			return choose_array(INT8OID, 12);
		case 'X':
			return choose_array(TEXTOID, 4);
		case 'Z':
			return choose_array(TIMESTAMPTZOID, 12);
		case 'j':
			return choose_json();
		case 'y':
			return choose_bytes();
		case '1':
		case '2':
		case '3':
		case '4':
			return choose_row(letter);
	}
	if (type_of(letter) == NULL)
		defect("no arguments of the type %c", letter);
	return choose_value(letter, place);
}

static void
choose_arguments(Call *call, const Function *function, int from)
{
	int			i;

	for (i = from; function->arguments[i] != '\0'; i++)
	{
		call->frame.info.args[i].isnull = !function->strict && choose(10) == 0;
		call->frame.info.args[i].value = choose_argument(function->arguments[i], i);
	}
}

/* --- ways to call ----------------------------------------------------------------------------- */

/* Some rows in a plain query: the same call site, other arguments. */
bool
call_chosen(const Function *function, Datum *result)
{
	Call		call;
	int			rows = 1 + (int) choose(3);
	bool		good = false;

	call_begin(&call, function, false);
	while (rows-- > 0)
	{
		choose_arguments(&call, function, 0);
		good = call_do(&call, function, result);
		if (good)
			check_datum(function->result, *result, function->name);
	}
	return good;
}

/* A row more in the state of an aggregate; false after an error, which ends the query. */
bool
call_transition(const Function *function, Datum *state)
{
	Call		call;

	call_begin(&call, function, true);
	call.frame.info.args[0].value = *state;
	choose_arguments(&call, function, 1);
	return call_do(&call, function, state);
}

/* Of the functions of an aggregate the one whose name ends like this, instead of _accum. */
static const Function *
function_beside(const Function *accum, const char *end)
{
	char		name[NAMEDATALEN];
	int			i;

	strlcpy(name, accum->name, sizeof(name));
	if (strstr(name, "_accum") != NULL)
		*strstr(name, "_accum") = '\0';
	strlcat(name, end, sizeof(name));
	for (i = 0; i < functions_count; i++)
	{
		if (strcmp(functions[i].name, name) == 0)
			return &functions[i];
	}
	return NULL;
}

/* A function of an aggregate with one or two arguments; 0 is NULL. */
static bool
call_aggregate(const Function *function, Datum first, Datum second, Datum *result)
{
	Call		call;

	call_begin(&call, function, true);
	call.frame.info.args[0].isnull = first == (Datum) 0;
	call.frame.info.args[0].value = first;
	call.frame.info.args[1].isnull = second == (Datum) 0 && function->arguments[1] == 'n' &&
		function->arguments[0] == 'n';
	call.frame.info.args[1].value = second;
	return call_do(&call, function, result);
}

/* A state as bytes and back gives the same, also added to nothing; damaged bytes do no harm. */
static void
call_serial(const Function *accum, Datum state, Datum want)
{
	const Function *serial = function_beside(accum, "_serial");
	const Function *deserial = function_beside(accum, "_deserial");
	const Function *merge = function_beside(accum, "_merge");
	const Function *final = function_beside(accum, "_final");
	Datum		bytes,
				copy,
				sum,
				result;
	struct varlena *damaged;

	if (serial == NULL)
		return;
	if (!call_aggregate(serial, state, (Datum) 0, &bytes) ||
		!call_aggregate(deserial, bytes, (Datum) 0, &copy) ||
		!call_aggregate(merge, (Datum) 0, copy, &sum))
		defect("%s does not go as bytes: %s", accum->name, error_message);
	if (!call_aggregate(final, sum, (Datum) 0, &result))
		result = (Datum) 0;
	if ((result == (Datum) 0) != (want == (Datum) 0) ||
		(want != (Datum) 0 && memcmp(DatumGetPointer(want), DatumGetPointer(result),
									 VARSIZE(DatumGetPointer(want))) != 0))
		defect("%s is another after it went as bytes", accum->name);
	/* twice the rows; the sum must not be the part's */
	if (call_aggregate(merge, sum, copy, &sum) && call_aggregate(final, sum, (Datum) 0, &result))
		check_datum(final->result, result, final->name);

	damaged = palloc(VARSIZE(DatumGetPointer(bytes)));
	memcpy(damaged, DatumGetPointer(bytes), VARSIZE(DatumGetPointer(bytes)));
	if (choose(4) == 0)
		SET_VARSIZE(damaged, VARHDRSZ + choose(VARSIZE(damaged) - VARHDRSZ + 1));
	else
		VARDATA(damaged)[choose(VARSIZE(damaged) - VARHDRSZ)] ^= 1 << choose(8);
	if (call_aggregate(deserial, PointerGetDatum(damaged), (Datum) 0, &copy) &&
		call_aggregate(merge, (Datum) 0, copy, &sum) &&
		call_aggregate(final, sum, (Datum) 0, &result))
		check_datum(final->result, result, final->name);
}

/* An aggregate with a state of its own, and its final function if it has one. */
void
call_states(const Function *function)
{
	const Function *final = function_beside(function, "_final");
	Datum		state = (Datum) 0;
	Datum		result = (Datum) 0;
	int			rows = (int) choose(40);
	Call		call;

	call_begin(&call, function, true);
	call.frame.info.args[0].isnull = true;
	while (rows-- > 0)
	{
		choose_arguments(&call, function, 1);
		if (!call_do(&call, function, &state))
			return;
		call.frame.info.args[0].isnull = false;
		call.frame.info.args[0].value = state;
	}
	if (final == NULL)
		return;
	if (call_aggregate(final, state, (Datum) 0, &result))
		check_datum(final->result, result, final->name);
	else
		result = (Datum) 0;
	if (state != (Datum) 0)
		call_serial(function, state, result);
}
