/* ^C and its like: end soon, tidily, and say so in the exit code. */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

#include "paneldex.h"

/* A reader of our output that goes away ends the program without a word. */
void signals_init(void);

/*
 * From now on the first SIGINT, SIGTERM or SIGHUP sets the flag that signals_stop()
 * returns and, unless ${patient}, interrupts ${index}; the next interrupts it in any
 * case.  NULL: the signals do what they did before.
 */
void signals_watch(struct pdx *index, bool patient);

volatile sig_atomic_t *signals_stop(void);

/* Readable once the flag is set; 0 where no pipe could be made. */
int signals_stop_fd(void);

/* The signal that came, or 0. */
int signals_caught(void);

#endif
