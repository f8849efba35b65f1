/*
 * purchase.h: a customer's purchases, as far as the models of customer value need
 * them.
 */
#ifndef RECOVERY_KPI_PURCHASE_H
#define RECOVERY_KPI_PURCHASE_H

#include "datatype/timestamp.h"

#include "base/summary.h"

#define PURCHASE_VERSION	1

/* The largest amount, and the longest age in weeks (20 million years). */
#define PURCHASE_MAX_AMOUNT	1e30
#define PURCHASE_MAX_WEEKS	1e9

/*
 * A value of the type is complete and holds four figures.  An aggregate holds days
 * while it counts; days leave it only as its partial result.
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

/* The amounts of a day, added up without loss, and the largest absolute amount. */
typedef struct PurchaseDay
{
	int32		day;			/* UTC days since 2000-01-01 */
	float		largest;
	double		sum;
	double		rest;
} PurchaseDay;

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
extern PurchaseHistory *purchase_make(int64 frequency, double recency, double age,
									  double monetary, struct Node *escontext);

/* purchase_accum.c */
extern PurchaseHistory *purchase_history_detoast(Datum value);

#endif
