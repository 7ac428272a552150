/*
 * What an AI assistant may call: THE table of tools.  Each is a command of the program
 * whose options are the tool's arguments.
 */
#ifndef CLI_MCP_TOOLS_H
#define CLI_MCP_TOOLS_H

#include <jansson.h>

#include "cli/options.h"

enum mcp_kind {
	MCP_TEXT,
	MCP_CHOICE, /* one of what the option may be */
	MCP_TEXTS,  /* an array: the option is given for each */
	MCP_CHOICES,
	MCP_NUMBER /* whole, from ${min} to ${max} */
};

#define MCP_ARGUMENTS 16

struct mcp_argument {
	const char *name; /* NULL: the last */
	enum mcp_kind kind;
	const char *option; /* NULL: a word of the command */
	bool required;
	size_t min, max; /* of an array ${max} is the most it may hold */
	size_t usual;    /* where a number is not given; 0: what the option has */
	const char *help;
};

struct mcp_tool {
	const char *name, *title;
	const char *command;
	const char *help; /* for a model */
	struct mcp_argument arguments[MCP_ARGUMENTS];
};

extern const struct mcp_tool mcp_tools[]; /* ended by one without a name */

/* NULL: there is none. */
const struct mcp_tool *mcp_tool_find(const char *name);

/* The option that ${a}, an argument of ${tool}, sets; NULL for a word. */
const struct option_row *mcp_option(const struct mcp_tool *tool,
				    const struct mcp_argument *a);

/*
 * What there is to say of ${tool}, a new object; NULL where memory is out.  ${titled}:
 * with its title and annotations, as later versions of the protocol have them.
 */
json_t *mcp_tool_describe(const struct mcp_tool *tool, bool titled);

#endif
