/* Starting threads.  Knows the system's threads and signals; not what they are for. */
#include "base/thread.h"

#include <signal.h>
#include <unistd.h>

bool thread_start(pthread_t *id, void *(*run)(void *arg), void *arg)
{
	sigset_t all, before;
	bool started;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	started = pthread_create(id, NULL, run, arg) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
}

size_t thread_processors(size_t most)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	if (n < 1)
		return 1;
	return (size_t)n < most ? (size_t)n : most;
}
