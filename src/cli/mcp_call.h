/* Calling a tool: its command, run in the index that is open, written to memory. */
#ifndef CLI_MCP_CALL_H
#define CLI_MCP_CALL_H

#include "cli/cli.h"
#include "cli/mcp_tools.h"

struct mcp_answer {
	char *text; /* a JSON document on one line, the caller's */
	size_t len;
	bool is_error; /* paneldex.error/1 */
};

/*
 * Run ${tool} with ${arguments}, an object or NULL, in c->index.  Where they are not what
 * the tool's schema says it is PDX_E_USAGE, or with ${mended} an answer that says so.
 */
int mcp_call(struct mcp_answer *out, const struct cli *c, const struct mcp_tool *tool,
	     const json_t *arguments, bool mended, struct pdx_err *err);

#endif
