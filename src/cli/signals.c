/*
 * Signal handlers.  The only globals of the program are here: a handler is given
 * nothing else.
 */
#include "cli/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <unistd.h>

static volatile sig_atomic_t caught;
static volatile sig_atomic_t impatient;
static struct pdx *volatile watched;
/* A signal between a look at the flag and a read() that then waits would be missed:
 * whoever waits for input waits for this pipe too. */
static int stop_pipe[2];

static void on_signal(int number)
{
	int saved = errno;

	if (watched && (impatient || caught))
		pdx_interrupt(watched);
	caught = number;
	/* The pipe holds more bytes than signals come; if not, one is enough. */
	if (stop_pipe[1] && write(stop_pipe[1], "", 1) < 0)
		caught = number;
	errno = saved;
}

/* No SA_RESTART: a read that waits for a terminal or a pipe has to come back. */
static void handle(int number, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

/* nohup and background jobs start programs with some signals ignored: it stays so. */
static bool is_ignored(int number)
{
	struct sigaction action;

	return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

void signals_init(void)
{
	handle(SIGPIPE, SIG_DFL);
	/* A file that grows beyond what is allowed is a write that fails, as on a full
	 * disk: it is said, and nothing half-written stays. */
	handle(SIGXFSZ, SIG_IGN);
	if (pipe(stop_pipe) != 0)
		stop_pipe[0] = stop_pipe[1] = 0;
	else
		fcntl(stop_pipe[1], F_SETFL, O_NONBLOCK);
}

void signals_watch(struct pdx *index, bool patient)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

	watched = index;
	impatient = !patient;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (!is_ignored(numbers[i]))
			handle(numbers[i], index ? on_signal : SIG_DFL);
}

volatile sig_atomic_t *signals_stop(void)
{
	return &caught;
}

int signals_stop_fd(void)
{
	return stop_pipe[0];
}

int signals_caught(void)
{
	return caught;
}
