/*
 * stub_data.c: values and results of the fuzz targets: arrays, rows, JSON, messages in
 * binary, numbers in text; and arguments chosen by the input.
 */
#include "stub.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

/* --- choices --------------------------------------------------------------------------- */

static uint64 choice_state;

/* The bytes that decide on arguments: few, so that the fuzzer finds its way. */
void
choices_set(const uint8 *bytes, size_t size)
{
	choice_state = UINT64CONST(0x9E3779B97F4A7C15);
	while (size-- > 0)
		choice_state = (choice_state ^ *bytes++) * UINT64CONST(0x100000001B3);
}

uint32
choose(uint32 below)
{
	choice_state ^= choice_state << 13;
	choice_state ^= choice_state >> 7;
	choice_state ^= choice_state << 17;
	return (uint32) ((choice_state >> 20) % below);
}

/* --- variable-length values ---------------------------------------------------------------- */

struct varlena *
make_varlena(const void *bytes, size_t size)
{
	struct varlena *value = palloc(VARHDRSZ + size);

	SET_VARSIZE(value, VARHDRSZ + size);
	memcpy(VARDATA(value), bytes, size);
	return value;
}

struct varlena *
pg_detoast_datum(struct varlena *datum)
{
	/* a short value by its macro too */
	if (VARATT_IS_EXTERNAL(datum))
	{
		memcpy(&datum, VARDATA_EXTERNAL(datum), sizeof(datum));
		return make_varlena(VARDATA(datum), VARSIZE(datum) - VARHDRSZ);
	}
	if (VARATT_IS_EXTENDED(datum))
	{
		if (!VARATT_IS_SHORT(datum))
			defect("detoasts what is neither plain nor short nor outside");
		return make_varlena(VARDATA_SHORT(datum), VARSIZE_SHORT(datum) - VARHDRSZ_SHORT);
	}
	return datum;
}

struct varlena *
pg_detoast_datum_copy(struct varlena *datum)
{
	if (VARATT_IS_EXTENDED(datum))
		return pg_detoast_datum(datum);
	return make_varlena(VARDATA(datum), VARSIZE(datum) - VARHDRSZ);
}

struct varlena *
pg_detoast_datum_packed(struct varlena *datum)
{
	return VARATT_IS_EXTERNAL(datum) ? pg_detoast_datum(datum) : datum;
}

char *
text_to_cstring(const text *t)
{
	char	   *copy = palloc(VARSIZE_ANY_EXHDR(t) + 1);

	memcpy(copy, VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t));
	copy[VARSIZE_ANY_EXHDR(t)] = '\0';
	return copy;
}

text *
cstring_to_text(const char *s)
{
	return (text *) make_varlena(s, strlen(s));
}

text *
cstring_to_text_with_len(const char *s, int length)
{
	return (text *) make_varlena(s, length);
}

/* The seed of a lexicon: the same in every run. */
bool
pg_strong_random(void *to, size_t size)
{
	memset(to, 0x5A, size);
	return true;
}

/* --- rows --------------------------------------------------------------------------------- */

const Shape *row_shape;
static AggState aggregate = {.ss = {.ps = {.type = T_AggState}}};
Node	   *aggregate_node = (Node *) &aggregate;

int
AggCheckCallContext(FunctionCallInfo fcinfo, MemoryContext *context)
{
	if (fcinfo->context != aggregate_node)
		return 0;
	if (context != NULL)
		*context = run_context;
	return AGG_CONTEXT_AGGREGATE;
}

/* Columns of these letters, as in functions.sql. */
static TupleDesc
make_desc(const char *columns)
{
	static const struct
	{
		char		letter;
		Oid			type;
	}			types[] = {
		{'f', FLOAT8OID}, {'l', INT8OID}, {'i', INT4OID}, {'b', BOOLOID}, {'t', TEXTOID},
		{'v', INTERVALOID}, {'z', TIMESTAMPTZOID}, {'d', DATEOID}
	};
	int			count = (int) strlen(columns);
	TupleDesc	desc = palloc0(sizeof(TupleDescData) + count * 2 * sizeof(FormData_pg_attribute));
	int			i,
				k;

	desc->natts = count;
	for (i = 0; i < count; i++)
	{
		for (k = 0; k < (int) lengthof(types); k++)
		{
			if (types[k].letter == columns[i])
				TupleDescAttr(desc, i)->atttypid = types[k].type;
		}
	}
	return desc;
}

TypeFuncClass
get_call_result_type(FunctionCallInfo fcinfo, Oid *type, TupleDesc *desc)
{
	if (type != NULL)
		*type = InvalidOid;		/* not RECORDOID: a named type */
	if (desc != NULL)
		*desc = make_desc(row_shape->columns);
	return TYPEFUNC_COMPOSITE;
}

/* The row type of the function that is called; another one at each call. */
TypeCacheEntry *
lookup_type_cache(Oid type, int flags)
{
	static TypeCacheEntry entry;

	entry.tupDesc = make_desc(row_shape->columns);
	entry.tupDesc_identifier++;
	return &entry;
}

TupleDesc
BlessTupleDesc(TupleDesc desc)
{
	return desc;
}

static volatile int64 read_sink;	/* reading must not be left out */

/* A result must be finite if it is a number, and readable to its end if it is not. */
void
check_datum(char type, Datum value, const char *where)
{
	if (type == 'f' && !isfinite(DatumGetFloat8(value)))
		defect("%s gives %g", where, DatumGetFloat8(value));
	if (strchr("TPWLBHCDtAIXjJy", type) != NULL)
	{
		const struct varlena *v = (const struct varlena *) DatumGetPointer(value);
		const char *bytes = VARDATA_ANY(v);
		size_t		i;

		for (i = 0; i < VARSIZE_ANY_EXHDR(v); i++)
			read_sink ^= bytes[i];
	}
	if (type == 'v')
	{
		const Interval *span = DatumGetIntervalP(value);

		read_sink ^= span->month ^ span->day ^ span->time;
	}
}

static void
check_row(const Shape *shape, const Datum *values, const bool *nulls)
{
	int			i;

	for (i = 0; shape->columns[i] != '\0'; i++)
	{
		if (!nulls[i])
			check_datum(shape->columns[i], values[i], "a column of a row");
	}
}

HeapTuple
heap_form_tuple(TupleDesc desc, Datum *values, bool *nulls)
{
	HeapTuple	tuple = palloc0(sizeof(HeapTupleData));

	check_row(row_shape, values, nulls);
	tuple->t_data = palloc0(sizeof(HeapTupleHeaderData));
	SET_VARSIZE(tuple->t_data, sizeof(HeapTupleHeaderData));
	return tuple;
}

Datum
HeapTupleHeaderGetDatum(HeapTupleHeader header)
{
	return PointerGetDatum(header);
}

void
InitMaterializedSRF(FunctionCallInfo fcinfo, bits32 flags)
{
	((ReturnSetInfo *) fcinfo->resultinfo)->setDesc = make_desc(row_shape->columns);
}

void
tuplestore_putvalues(Tuplestorestate *state, TupleDesc desc, Datum *values, bool *nulls)
{
	check_row(row_shape, values, nulls);
}

#undef DatumGetHeapTupleHeader
HeapTupleHeader
DatumGetHeapTupleHeader(Datum row)
{
	return (HeapTupleHeader) pg_detoast_datum((struct varlena *) DatumGetPointer(row));
}

/* The columns of a row that is read: charts of shares, of single values, intervals, priors. */
TupleDesc
lookup_rowtype_tupdesc(Oid type, int32 typmod)
{
	static const char *const columns[] = {"ffli", "ffffl", "fffl", "ffllli"};

	return make_desc(columns[type - '1']);
}

void
DecrTupleDescRefCount(TupleDesc desc)
{
}

void
heap_deform_tuple(HeapTuple tuple, TupleDesc desc, Datum *values, bool *nulls)
{
	static const double figures[] = {
		0.0, 1.0, 50.0, 99.5, 100.0, 1e308, -1.0, NAN, INFINITY, 5e-324
	};
	int			i;

	for (i = 0; i < desc->natts; i++)
	{
		nulls[i] = choose(8) == 0;
		values[i] = TupleDescAttr(desc, i)->atttypid == FLOAT8OID ?
			Float8GetDatum(figures[choose(lengthof(figures))]) :
			Int64GetDatum((int64) choose(12) - 1);
	}
}

char *
format_type_be(Oid type)
{
	return psprintf("type %u", type);
}

/* --- arrays -------------------------------------------------------------------------------- */

int
ArrayGetNItems(int dimensions, const int *lengths)
{
	return dimensions == 0 ? 0 : lengths[0];
}

/* Arrays of eight-byte numbers. */
ArrayType *
construct_array(Datum *elements, int count, Oid type, int length, bool byval, char align)
{
	Size		size = ARR_OVERHEAD_NONULLS(1) + count * sizeof(Datum);
	ArrayType  *array = palloc0(size);

	SET_VARSIZE(array, size);
	array->ndim = count > 0 ? 1 : 0;
	array->elemtype = type;
	if (count == 0)
	{
		SET_VARSIZE(array, ARR_OVERHEAD_NONULLS(0));
		return array;
	}
	ARR_DIMS(array)[0] = count;
	ARR_LBOUND(array)[0] = 1;
	memcpy(ARR_DATA_PTR(array), elements, count * sizeof(Datum));
	return array;
}

/* Arrays of the harness have no NULLs; names are single letters. */
bool
array_contains_nulls(ArrayType *array)
{
	return false;
}

/* Elements of an array are texts. */
void
get_typlenbyvalalign(Oid type, int16 *length, bool *byval, char *align)
{
	*length = -1;
	*byval = false;
	*align = TYPALIGN_INT;
}

void
deconstruct_array(ArrayType *array, Oid type, int length, bool byval, char align,
				  Datum **elements, bool **nulls, int *count)
{
	int			i;

	*count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	*elements = palloc(*count * sizeof(Datum));
	*nulls = palloc0(*count * sizeof(bool));
	for (i = 0; i < *count; i++)
	{
		if (type == TEXTOID)
			(*elements)[i] = PointerGetDatum(cstring_to_text("a"));
		else
			memcpy(&(*elements)[i], ARR_DATA_PTR(array) + i * sizeof(Datum), sizeof(Datum));
	}
}

/* --- functions of PostgreSQL that are called by address --------------------------------------- */

Datum
DirectFunctionCall1Coll(PGFunction function, Oid collation, Datum arg)
{
	LOCAL_FCINFO(fcinfo, 1);
	Datum		result;

	InitFunctionCallInfoData(*fcinfo, NULL, 1, collation, NULL, NULL);
	fcinfo->args[0].value = arg;
	fcinfo->args[0].isnull = false;
	result = function(fcinfo);
	if (fcinfo->isnull)
		elog(ERROR, "function returned NULL");
	return result;
}

Datum
DirectFunctionCall2Coll(PGFunction function, Oid collation, Datum arg, Datum arg2)
{
	LOCAL_FCINFO(fcinfo, 2);
	Datum		result;

	InitFunctionCallInfoData(*fcinfo, NULL, 2, collation, NULL, NULL);
	fcinfo->args[0].value = arg;
	fcinfo->args[0].isnull = false;
	fcinfo->args[1].value = arg2;
	fcinfo->args[1].isnull = false;
	result = function(fcinfo);
	if (fcinfo->isnull)
		elog(ERROR, "function returned NULL");
	return result;
}

Datum
json_in(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(PG_GETARG_CSTRING(0)));
}

Datum
jsonb_in(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(PG_GETARG_CSTRING(0)));
}

/* --- JSON: an object of terms and valences, chosen by the input ------------------------------- */

#define JSON_KEYS 6
static const char *const json_terms[JSON_KEYS] = {
	"good", "not good", ":)", "", "so so so", "\xf0\x9f\x98\x80"
};
static const double json_valences[] = {1.0, -4.0, 4.0, 0.0, -0.0, 5.0, NAN, 3.5};

typedef struct JsonObject
{
	int			at;
	int			count;
	double		number;
} JsonObject;

JsonbIterator *
JsonbIteratorInit(JsonbContainer *container)
{
	JsonObject *object = palloc0(sizeof(JsonObject));

	object->at = -1;
	object->count = 2 * (int) JsonContainerSize(container);
	return (JsonbIterator *) object;
}

JsonbIteratorToken
JsonbIteratorNext(JsonbIterator **it, JsonbValue *value, bool skip_nested)
{
	JsonObject *object = (JsonObject *) *it;
	int			at = object->at++;

	if (at < 0)
		return WJB_BEGIN_OBJECT;
	if (at >= object->count)
		return WJB_END_OBJECT;
	if (at % 2 == 0)
	{
		value->type = jbvString;
		value->val.string.val = unconstify(char *, json_terms[at / 2 % JSON_KEYS]);
		value->val.string.len = strlen(value->val.string.val);
		return WJB_KEY;
	}
	object->number = json_valences[(at / 2 * 5 + object->count) % lengthof(json_valences)];
	value->type = jbvNumeric;
	value->val.numeric = (Numeric) &object->number;
	return WJB_VALUE;
}

/* What a tally as jsonb looks like, right or wrong, chosen by the bytes of the value. */
char *
JsonbToCString(StringInfo out, JsonbContainer *in, int estimated_len)
{
	static const char *const texts[] = {
		"{}", "[]", "{\"scale\": [1, 5], \"counts\": [3, 0, 4, 10, 12]}",
		"{\"scale\": [0, 1], \"counts\": [1, 9223372036854775808]}",
		"{\"scale\": [0, 1], \"counts\": [1, -2]}", "{\"scale\": [0, 1], \"counts\": [1",
		"{\"scale\": [0, 101], \"counts\": [1, 2]}"
	};

	return pstrdup(texts[JsonContainerSize(in) % lengthof(texts)]);
}

Datum
float8_numeric(PG_FUNCTION_ARGS)
{
	double	   *number = palloc(sizeof(double));

	*number = PG_GETARG_FLOAT8(0);
	PG_RETURN_POINTER(number);
}

Datum
numeric_round(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(PG_GETARG_POINTER(0));
}

Datum
numeric_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(psprintf("%g", *(double *) PG_GETARG_POINTER(0)));
}

Datum
numeric_float8_no_overflow(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(*(double *) PG_GETARG_POINTER(0));
}
