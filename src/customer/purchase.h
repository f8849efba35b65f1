/*
 * purchase.h: a customer's purchases, as far as the models of customer value need
 * them.
 */
#ifndef RECOVERY_KPI_PURCHASE_H
#define RECOVERY_KPI_PURCHASE_H

#include "datatype/timestamp.h"

#include "base/summary.h"
#include "stats/stats_clv.h"

#define PURCHASE_VERSION	1

/* The largest amount, and the longest age in weeks (20 million years). */
#define PURCHASE_MAX_AMOUNT	1e30
#define PURCHASE_MAX_WEEKS	1e9

/*
 * A value of the type is complete and holds four figures.  In version 0.1.0 an aggregate
 * that counts had days as a value, which a user's own aggregate could store.
 */
typedef enum PurchaseForm
{
	PURCHASE_COMPLETE, PURCHASE_DAYS
} PurchaseForm;

/* The same on disk and in memory; unused bytes are zero. */
typedef struct PurchaseHistory
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;
	uint8		form;			/* a PurchaseForm */
	uint8		unused[2];
	int32		frequency;		/* repeat purchases */
	int32		unused_too;
	double		recency;		/* weeks from the first to the last */
	double		age;			/* weeks from the first to as_of */
	double		monetary;		/* mean amount of the repeats; 0 if not known */
} PurchaseHistory;

/* Days in the order in which they came; the same day may be there several times. */
typedef struct PurchaseDays
{
	int32		vl_len_;
	uint8		version;
	uint8		form;
	uint8		unused[2];
	int32		used;
	int32		size;
	TimestampTz as_of;
	PurchaseDay days[FLEXIBLE_ARRAY_MEMBER];
} PurchaseDays;

#define PG_GETARG_PURCHASE_HISTORY(n)	purchase_history_detoast(PG_GETARG_DATUM(n))

/* purchase.c */
extern void *purchase_detoast(Datum value);
extern bool purchase_possible(int64 frequency, double recency, double age, double monetary);
extern PurchaseHistory *purchase_make(int64 frequency, double recency, double age,
									  double monetary, struct Node *escontext);

/* purchase_days.c */
extern PurchaseDays *purchase_days_make(MemoryContext memory, int64 days, TimestampTz as_of);
extern PurchaseDays *purchase_days_take(FunctionCallInfo fcinfo, PurchaseDays *state);
extern PurchaseDays *purchase_days_add(PurchaseDays *state, const PurchaseDays *more, bool own);
extern bool purchase_days_possible(const PurchaseDays *state);
extern Datum purchase_days_history(FunctionCallInfo fcinfo, const PurchaseDays *state);
extern PurchaseHistory *purchase_history_detoast(Datum value);

#endif
