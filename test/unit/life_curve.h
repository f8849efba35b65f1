/*
 * life_curve.h: a life table of exact or wide spans, as the tests write it.
 */
#ifndef LIFE_CURVE_H
#define LIFE_CURVE_H

#include "stats/stats_life.h"

static inline LifeCurve
curve_of(const LifeSpan *spans, int count)
{
	LifeCurve	curve = {spans, count, 0, count > 0 ? spans[count - 1].to : 0, 1, false};
	int			i;

	for (i = 0; i < count; i++)
		curve.subjects += spans[i].events + spans[i].censored;
	return curve;
}

#endif
