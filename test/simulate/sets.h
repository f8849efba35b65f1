/*
 * sets.h: the sets of cells, one a file.
 */
#ifndef SETS_H
#define SETS_H

#include <stddef.h>

extern void simulate_life(void);
extern void simulate_means(void);
extern void simulate_clusters(void);
extern void simulate_control(void);
extern void simulate_effect(void);

static void (*const sets[]) (void) = {
	simulate_life, simulate_means, simulate_clusters, simulate_control, simulate_effect,
	NULL
};

#endif
