/* Starting threads.  Knows the system's threads and signals; not what they are for. */
#define _DEFAULT_SOURCE /* syscall */
#include "base/thread.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#endif

enum { STEP = 5 /* of nice(1): a third of the share of the others */ };

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

/* There a priority is a thread's, against the standard. */
void thread_step_back(void)
{
#ifdef __linux__
	id_t self = (id_t)syscall(SYS_gettid);
	int now = getpriority(PRIO_PROCESS, self);

	setpriority(PRIO_PROCESS, self, now + STEP);
#endif
}

size_t thread_processors(size_t most)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	if (n < 1)
		return 1;
	return (size_t)n < most ? (size_t)n : most;
}
