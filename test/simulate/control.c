/*
 * control.c: control charts of a process in control: how often the next point lies
 * outside the limits.  Normal values for the XmR chart; for the p' chart shares of 300
 * answers each, 80 % satisfied.
 */
#include <math.h>

#include "simulate.h"

#define ANSWERS	300
#define SHARE	0.8
#define MOST	24

static Share
share_point(void)
{
	Share		share = {0.0, ANSWERS};
	int			i;

	for (i = 0; i < ANSWERS; i++)
		share.good += uniform() < SHARE;
	return share;
}

static bool
share_alarm(int k)
{
	Share		points[MOST],
				next = share_point();
	double		center,
				sigma_z;
	Bounds		limits;
	int			i;

	for (i = 0; i < k; i++)
		points[i] = share_point();
	laney_chart(points, k, &center, &sigma_z);
	laney_limits(center, fmax(sigma_z, 1.0), ANSWERS, prediction_sigmas(k), &limits);
	return next.good / ANSWERS < limits.lower || next.good / ANSWERS > limits.upper;
}

static bool
single_alarm(int k)
{
	double		next = normal(),
				sum = 0.0,
				ranges = 0.0,
				before = NAN;
	Bounds		limits;
	int			i;

	for (i = 0; i < k; i++)
	{
		double		value = normal();

		sum += value;
		if (i > 0)
			ranges += fabs(value - before);
		before = value;
	}
	sigma_limits(sum / k, xmr_sigma(ranges / (k - 1)), prediction_sigmas(k), &limits);
	return next < limits.lower || next > limits.upper;
}

void
simulate_control(void)
{
	static const int sizes[] = {6, 12, MOST, 0};
	const int  *k;

	for (k = sizes; *k > 0; k++)
	{
		int			singles = 0,
					shares = 0;
		int			i;

		for (i = 0; i < samples; i++)
		{
			singles += single_alarm(*k);
			shares += share_alarm(*k);
		}
		cell(singles, 0.0, 0.0035, "xmr_limits alarms, %d points", *k);
		cell(shares, 0.0, 0.0035, "control_limits alarms, %d points", *k);
	}
}
