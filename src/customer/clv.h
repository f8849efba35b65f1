/*
 * clv.h: models of customer value, fitted to customers' purchase histories.
 */
#ifndef RECOVERY_KPI_CLV_H
#define RECOVERY_KPI_CLV_H

#include "stats/stats_clv.h"
#include "purchase.h"

#define CLV_VERSION		1

/*
 * A value of the type holds parameters, and since 0.2.0 their errors if it was fitted.  In
 * version 0.1.0 an aggregate had histories as a value until its final function fitted, which
 * a user's own aggregate could store.
 */
typedef enum ClvForm
{
	CLV_PARAMETERS, CLV_HISTORIES, CLV_WITH_ERRORS
} ClvForm;

/*
 * The same on disk and in memory; unused bytes are zero.  NaN marks a missing value.  Only
 * the form CLV_WITH_ERRORS has errors, the others end before them.
 */
typedef struct ClvModel
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;
	uint8		form;			/* a ClvForm */
	uint8		unused[2];
	Bgnbd		purchases;		/* all NaN if it cannot be fitted */
	GammaGamma	spend;			/* likewise */
	double		log_likelihood;
	double		spend_log_likelihood;
	int64		customers;
	ClvErrors	errors;
} ClvModel;

/* Histories in the order in which they came; equal ones may be there several times. */
typedef struct ClvHistories
{
	int32		vl_len_;
	uint8		version;
	uint8		form;
	uint8		unused[2];
	int32		used;
	int32		size;
	ClvEntry	entries[FLEXIBLE_ARRAY_MEMBER];
} ClvHistories;

/* The figures before customers, side by side, in the order of the text form. */
#define CLV_FIGURES		(BGNBD_PARAMETERS + GAMMA_GAMMA_PARAMETERS + 2)
#define CLV_LIKELIHOOD	(BGNBD_PARAMETERS + GAMMA_GAMMA_PARAMETERS)

#define CLV_ERRORS		((int) (sizeof(ClvErrors) / sizeof(double)))

static inline double *
clv_figures(const ClvModel *model)
{
	return (double *) &model->purchases;
}

/* Figure i of those before customers and of the errors after them; NaN if it is missing. */
static inline double
clv_figure(const ClvModel *model, int i)
{
	if (i < CLV_FIGURES)
		return clv_figures(model)[i];
	return model->form == CLV_WITH_ERRORS ? ((double *) &model->errors)[i - CLV_FIGURES] : NAN;
}

static inline bool
clv_has_purchases(const ClvModel *model)
{
	return !isnan(model->purchases.r);
}

static inline bool
clv_has_spend(const ClvModel *model)
{
	return !isnan(model->spend.p);
}

#define PG_GETARG_CLV_MODEL(n)	clv_model_detoast(PG_GETARG_DATUM(n))

/* clv.c */
extern void *clv_detoast(Datum value);
extern bool clv_purchases_possible(const ClvModel *figures);
extern bool clv_spend_possible(const ClvModel *figures);
extern bool clv_errors_possible(const ClvModel *figures);
extern ClvModel *clv_model_make(const ClvModel *figures, struct Node *escontext);

/* clv_histories.c */
extern ClvHistories *clv_histories_make(MemoryContext memory, int64 entries);
extern ClvHistories *clv_histories_take(FunctionCallInfo fcinfo, ClvHistories *state, bool own);
extern ClvHistories *clv_histories_add(ClvHistories *state, const ClvHistories *more, bool own);
extern bool clv_histories_possible(const ClvHistories *state);
extern ClvModel *clv_histories_fit(const ClvHistories *state);
extern ClvModel *clv_model_detoast(Datum value);
extern void clv_pause(void);

#endif
