/* --help and --version, from the tables of commands and options. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/cli.h"

void help_program(struct out *out);
void help_command(struct out *out, const struct command *command);
void help_version(struct out *out);

#endif
