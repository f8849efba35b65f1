/*
 * stats_clv.h: repeat purchases and the value of customers, as pure functions.
 *
 * Times are weeks, but any unit will do as long as alpha has it too.  What does
 * not exist is NAN; see stats.h for the rest.
 */
#ifndef RECOVERY_KPI_STATS_CLV_H
#define RECOVERY_KPI_STATS_CLV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Weeks in a month, and the longest horizon of a value in months: 1,000 years. */
#define CLV_WEEKS_OF_MONTH	4.345
#define CLV_MAX_MONTHS		12000

/*
 * A number of customers with the same history: repeat purchases, the time of the last
 * one and of the end of observation, both from the first purchase on, and the mean
 * amount of the repeat purchases (0: not known).
 */
typedef struct ClvEntry
{
	int32_t		frequency;
	uint32_t	customers;
	double		recency;
	double		age;
	double		monetary;
} ClvEntry;

/* The amounts of a day, added up without loss, and the largest absolute amount. */
typedef struct PurchaseDay
{
	int32_t		day;			/* UTC days since 2000-01-01 */
	float		largest;
	double		sum;
	double		rest;
} PurchaseDay;

/* BG/NBD: how often customers buy, and after which purchase they stop. */
typedef struct Bgnbd
{
	double		r;
	double		alpha;
	double		a;
	double		b;
} Bgnbd;

/* Gamma-gamma: how much they spend each time. */
typedef struct GammaGamma
{
	double		p;
	double		q;
	double		gamma;
} GammaGamma;

#define BGNBD_PARAMETERS		4
#define GAMMA_GAMMA_PARAMETERS	3

/*
 * How sure the logarithms of the parameters are: their covariances, the lower triangle row
 * by row.  NAN if the customers do not tell.
 */
#define CLV_PURCHASES_ERRORS	(BGNBD_PARAMETERS * (BGNBD_PARAMETERS + 1) / 2)
#define CLV_SPEND_ERRORS		(GAMMA_GAMMA_PARAMETERS * (GAMMA_GAMMA_PARAMETERS + 1) / 2)

typedef struct ClvErrors
{
	double		purchases[CLV_PURCHASES_ERRORS];
	double		spend[CLV_SPEND_ERRORS];
} ClvErrors;

/* Called now and then by long loops; it may end them by an error (longjmp). */
typedef void (*Pause) (void);

/* stats_clv.c */
extern double bgnbd_alive(const Bgnbd *m, double x, double recency, double age);
extern double bgnbd_purchases(const Bgnbd *m, double x, double age, double horizon);
extern double bgnbd_purchases_integral(const Bgnbd *m, double x, double age, double horizon);
extern double gamma_gamma_spend(const GammaGamma *m, double x, double mean);
extern double bgnbd_discounted(const Bgnbd *m, double x, double age, int months, double discount,
							   Pause pause);
extern double margin_value(double margin, double retention, double discount);

/* stats_refund.c */
extern void purchase_day_join(PurchaseDay *day, const PurchaseDay *more);
extern size_t purchase_days_join(PurchaseDay *days, size_t count);
extern size_t purchase_days_refund(PurchaseDay *days, size_t count);
extern double purchase_days_mean(const PurchaseDay *days, size_t count);

/* stats_clv_likelihood.c */
extern int	clv_entry_order(const ClvEntry *a, const ClvEntry *b);
extern size_t clv_entries_merge(ClvEntry *entries, size_t count);

/* stats_clv_fit.c */
extern bool gamma_gamma_fit(const ClvEntry *entries, size_t count, Pause pause,
							GammaGamma *model, double *log_likelihood, double *triangle);
extern bool bgnbd_fit(ClvEntry *entries, size_t count, Pause pause,
					  Bgnbd *model, double *log_likelihood, double *triangle);

/* stats_clv_error.c */
extern double clv_parameter_error(const double *triangle, int i, double parameter);
extern double bgnbd_value(const Bgnbd *m, const ClvEntry *history, int months, double discount,
						  Pause pause);
extern double clv_value_error(const Bgnbd *purchases, const GammaGamma *spend,
							  const ClvErrors *errors, const ClvEntry *history, int months,
							  double discount, Pause pause);

#endif
