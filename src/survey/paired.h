/*
 * paired.h: pairs of answers of the same customers, for all who compare them.
 */
#ifndef RECOVERY_KPI_PAIRED_H
#define RECOVERY_KPI_PAIRED_H

#include "tally.h"

extern Change paired_change(const Tally *pt, int64 from);
extern Moments paired_differences(const Tally *pt, int (*value) (int32 score));

#endif
