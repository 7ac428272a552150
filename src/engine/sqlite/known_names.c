/* A lock around a gazetteer.  Knows threads; not where names come from. */
#include "engine/sqlite/known_names.h"

void known_names_init(struct known_names *n)
{
	*n = (struct known_names){ .version = 0 };
	pthread_rwlock_init(&n->lock, NULL);
	pthread_mutex_init(&n->turn, NULL);
}

void known_names_release(struct known_names *n)
{
	gazetteer_release(&n->gazetteer);
	pthread_mutex_destroy(&n->turn);
	pthread_rwlock_destroy(&n->lock);
}

void known_names_look(struct known_names *n)
{
	pthread_mutex_lock(&n->turn);
	pthread_rwlock_rdlock(&n->lock);
	pthread_mutex_unlock(&n->turn);
}

void known_names_looked(struct known_names *n)
{
	pthread_rwlock_unlock(&n->lock);
}

void known_names_change(struct known_names *n)
{
	pthread_mutex_lock(&n->turn);
	pthread_rwlock_wrlock(&n->lock);
	n->version++;
}

void known_names_changed(struct known_names *n)
{
	pthread_rwlock_unlock(&n->lock);
	pthread_mutex_unlock(&n->turn);
}
