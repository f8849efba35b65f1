/*
 * summary.h: what all summary types and their readers share.
 */
#ifndef RECOVERY_KPI_SUMMARY_H
#define RECOVERY_KPI_SUMMARY_H

#include "catalog/pg_type_d.h"
#include "nodes/nodes.h"

#include "stats/stats.h"
#include "compat.h"

/* The columns of a row that C makes or reads: a composite type or a function's result. */
#define ROW_MAX_COLUMNS	17

typedef struct RowShape
{
	int			count;
	int			least;			/* so many it had at first; later ones may be missing */
	Oid			types[ROW_MAX_COLUMNS];
} RowShape;

/* kpi_interval: estimate, lower, upper, responses */
#define INTERVAL_COLUMNS	4
extern const RowShape interval_shape;

/* The row type of a function's result, kept between calls; zeros before the first. */
typedef struct RowType
{
	struct TypeCacheEntry *entry;
	uint64		version;		/* of the columns, which were checked */
} RowType;

/* The header of all summaries. */
typedef struct Summary
{
	int32		vl_len_;
	uint8		version;
} Summary;

extern void *summary_copy(Datum value) pg_attribute_cold;
extern void summary_unknown_format(const Summary *summary, const char *type) pg_attribute_cold;
extern void *summary_detoast(Datum value, int version, const char *type);

/*
 * Is this a call by an aggregate, in a plain or a window query?  The test of
 * AggCheckCallContext without its function call, which costs as much as adding
 * an answer to a tally.
 */
static inline bool
summary_in_aggregate(FunctionCallInfo fcinfo)
{
	return fcinfo->context != NULL &&
		(IsA(fcinfo->context, AggState) || IsA(fcinfo->context, WindowAggState));
}

/*
 * The state of a transition or combine function, argument 0: the value itself inside
 * an aggregate, in whose memory it lives, and a private copy elsewhere.  Values read
 * back from a tuple may have a short header; they are copied too.
 */
static inline void *
summary_state(FunctionCallInfo fcinfo, int version)
{
	Summary    *state = (Summary *) PG_GETARG_POINTER(0);

	if (unlikely(!summary_in_aggregate(fcinfo) || !VARATT_IS_4B_U(state)))
	{
		state = summary_copy(PG_GETARG_DATUM(0));
		if (state->version != version)
			summary_unknown_format(state, "summary");
	}
	return state;
}

/*
 * The same for a function that adds summaries up.  An aggregate takes the first of
 * them as its state, so it may be a stored value and its format is checked here.
 */
static inline void *
summary_sum_state(FunctionCallInfo fcinfo, int version)
{
	Summary    *state = summary_state(fcinfo, version);

	if (unlikely(state->version != version))
		summary_unknown_format(state, "summary");
	return state;
}

/*
 * A state of the pseudo-type internal, in the argument of an aggregate's function; NULL
 * if there is none yet.  It lives in summary_memory.
 */
static inline void *
summary_internal(FunctionCallInfo fcinfo, int argno)
{
	if (unlikely(!summary_in_aggregate(fcinfo)))
		elog(ERROR, "function of an aggregate called outside of one");
	return PG_ARGISNULL(argno) ? NULL : PG_GETARG_POINTER(argno);
}

extern MemoryContext summary_memory(FunctionCallInfo fcinfo);
extern void summary_serial(FunctionCallInfo fcinfo, struct StringInfoData *in, int version,
						   int header, const char *type);
pg_noreturn extern void summary_serial_error(const char *type) pg_attribute_cold;

extern Datum summary_number(FunctionCallInfo fcinfo, double value);
extern double summary_confidence(FunctionCallInfo fcinfo, int argno);
extern double summary_percentage(double value, const char *what);
extern void summary_require_count(int64 count, const char *what);
extern int	summary_choice(const char *given, const char *what,
						   const char *const *names, int count);
extern Datum summary_tuple(FunctionCallInfo fcinfo, const RowShape *shape,
						   Datum *values, bool *nulls);
extern struct ReturnSetInfo *summary_rows(FunctionCallInfo fcinfo, const RowShape *shape);
extern void summary_read_tuple(FunctionCallInfo fcinfo, int argno, const RowShape *shape,
							   Datum *values, bool *nulls);
extern void summary_figures(const double *figures, int count, Datum *values, bool *nulls);
extern Datum summary_interval(FunctionCallInfo fcinfo, double estimate, Bounds bounds,
							  double scale, int64 responses);
extern Datum summary_interval_kept(FunctionCallInfo fcinfo, RowType *kept, double estimate,
								   Bounds bounds, double scale, int64 responses);
extern Datum summary_comparison(FunctionCallInfo fcinfo, double difference,
								const Comparison *comparison, double scale);
extern Datum summary_share_comparison(FunctionCallInfo fcinfo, double difference,
									  const Comparison *comparison);

/* Read pieces of a text form at *at, after blanks, and move *at past them. */
extern bool summary_parse_number(const char **at, int64 *number, bool *fits);
extern bool summary_parse_sign(const char **at, const char *sign);
extern bool summary_parse_double(const char **at, double *number, const char *type,
								 struct Node *escontext);
extern void summary_append_double(struct StringInfoData *out, double number);

/* What errors say of a text form. */
typedef struct TextForm
{
	const char *type;			/* its SQL name */
	const char *out_of_range;	/* the message for a number that does not fit */
	const char *hint;
} TextForm;

extern bool summary_text_whole(const TextForm *form, const char *text, const char *at, bool good,
							   bool fits, struct Node *escontext);

/*
 * The SQL functions of equality and order, for DISTINCT, GROUP BY and indexes, from
 * one comparison of two values: negative, 0 or positive.  Sorts call them in a memory
 * context that lives long, so copies are freed at once.
 */
#define SUMMARY_ORDER_FUNCTION(name, result, test) \
	PG_FUNCTION_INFO_V1(name); \
	Datum name(PG_FUNCTION_ARGS) { return result(summary_order(fcinfo) test); }

#define SUMMARY_ORDER(type, Type, detoast, compare) \
	static int summary_order(FunctionCallInfo fcinfo) \
	{ \
		Type	   *a = detoast(PG_GETARG_DATUM(0)); \
		Type	   *b = detoast(PG_GETARG_DATUM(1)); \
		int			order = compare(a, b); \
\
		PG_FREE_IF_COPY(a, 0); \
		PG_FREE_IF_COPY(b, 1); \
		return order; \
	} \
	SUMMARY_ORDER_FUNCTION(type##_eq, BoolGetDatum, == 0) \
	SUMMARY_ORDER_FUNCTION(type##_ne, BoolGetDatum, != 0) \
	SUMMARY_ORDER_FUNCTION(type##_lt, BoolGetDatum, < 0) \
	SUMMARY_ORDER_FUNCTION(type##_le, BoolGetDatum, <= 0) \
	SUMMARY_ORDER_FUNCTION(type##_gt, BoolGetDatum, > 0) \
	SUMMARY_ORDER_FUNCTION(type##_ge, BoolGetDatum, >= 0) \
	SUMMARY_ORDER_FUNCTION(type##_cmp, Int32GetDatum, + 0)

/* The beginning of a text, for messages: at most this number of bytes, then "...". */
#define SUMMARY_SHOWN	200
extern const char *summary_shown(const char *text);

/* Text of a double precision value for messages, as SQL prints it. */
extern char *summary_print(double value);

#endif
