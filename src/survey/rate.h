/*
 * rate.h: intervals and tests of shares, for every KPI that is a share.
 */
#ifndef RECOVERY_KPI_RATE_H
#define RECOVERY_KPI_RATE_H

#include "tally.h"

typedef bool (*ShareInterval) (Share share, double confidence, Bounds *out);

extern void rate_require_scale(int32 lo, int32 hi);
extern ShareInterval rate_interval_method(FunctionCallInfo fcinfo, int argno);
extern Datum rate_share_interval(FunctionCallInfo fcinfo, int64 responses, Share share,
								 double confidence, ShareInterval method);
extern Datum rate_share_test(FunctionCallInfo fcinfo, Share current, Share baseline,
							 double confidence);

#endif
