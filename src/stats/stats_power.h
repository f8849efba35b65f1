/*
 * stats_power.h: how many answers find a change, and what change they find.
 */
#ifndef RECOVERY_KPI_STATS_POWER_H
#define RECOVERY_KPI_STATS_POWER_H

/* A test of two groups: two-sided, at this confidence; finds what is there so often. */
typedef struct Power
{
	double		confidence;
	double		power;
} Power;

extern double share_responses(double before, double change, Power power);
extern double share_detectable(double before, double responses, Power power);
extern double nps_responses(double before, double change, Power power);
extern double nps_detectable(double before, double responses, Power power);
extern double mean_responses(double change, double deviation, Power power);
extern double mean_detectable(double deviation, double responses, Power power);

#endif
