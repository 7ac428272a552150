/*
 * The names that articles are scanned for, shared by the threads that scan: many may
 * look at them at once, and the one that puts articles adds to them.
 */
#ifndef ENGINE_SQLITE_KNOWN_NAMES_H
#define ENGINE_SQLITE_KNOWN_NAMES_H

#include <pthread.h>
#include <stdint.h>

#include "text/gazetteer.h"

struct known_names {
	struct gazetteer gazetteer;
	uint64_t version; /* grows with every name; 0: there were never any */
	pthread_rwlock_t lock;
	pthread_mutex_t turn; /* so that who adds need not wait for all who look */
};

void known_names_init(struct known_names *n);
void known_names_release(struct known_names *n);

/* Look: from one to the other nothing changes. */
void known_names_look(struct known_names *n);
void known_names_looked(struct known_names *n);

/* Change: from one to the other nobody looks. */
void known_names_change(struct known_names *n);
void known_names_changed(struct known_names *n);

#endif
