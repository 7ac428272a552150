/* Threads beside the one that was called. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* Begin ${run} with ${arg}; false where there can be no more threads.  Signals are not
 * for it: they are for who waits for it. */
bool thread_start(pthread_t *id, void *(*run)(void *arg), void *arg);

/* Let the process's other threads go first, where the system can tell them apart. */
void thread_step_back(void);

/* How many processors there are to run on: 1 at least, ${most} at most. */
size_t thread_processors(size_t most);

#endif
