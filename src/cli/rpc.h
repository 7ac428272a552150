/*
 * JSON-RPC 2.0 over lines: a message in, an answer out.  Knows the envelope; nothing of
 * what methods mean.
 */
#ifndef CLI_RPC_H
#define CLI_RPC_H

#include <jansson.h>
#include <stdio.h>

#include "base/buf.h"
#include "render/out.h"

/* As the specification of JSON-RPC has them. */
enum rpc_code {
	RPC_PARSE_ERROR = -32700,
	RPC_INVALID_REQUEST = -32600,
	RPC_NO_METHOD = -32601,
	RPC_INVALID_PARAMS = -32602,
	RPC_INTERNAL_ERROR = -32603
};

enum rpc_line { RPC_LINE, RPC_LINE_TOO_LONG, RPC_END };

/*
 * The next line of ${in} that is not blank, without its newline; of one that does not
 * fit into ${line} the rest is passed over.
 */
enum rpc_line rpc_read(struct buf *line, FILE *in);

/* The JSON value that ${line} is, a new one; NULL with the reason in ${err}. */
json_t *rpc_parse(const struct buf *line, struct pdx_err *err);

/* The string that ${value} is; NULL where it is none, or has a NUL in it. */
const char *rpc_text(const json_t *value);

enum rpc_kind {
	RPC_REQUEST,      /* has to be answered */
	RPC_NOTIFICATION, /* must not be */
	RPC_RESPONSE,     /* likewise */
	RPC_INVALID       /* is answered with RPC_INVALID_REQUEST */
};

/* What it points to is the message's. */
struct rpc_message {
	json_t *id;         /* NULL: none that can be answered to */
	const char *method; /* in a message that is valid, and no response */
	json_t *params;     /* NULL: none */
};

/* Look at ${value}, a whole message; what makes it invalid is in ${err}. */
enum rpc_kind rpc_look(struct rpc_message *out, json_t *value, struct pdx_err *err);

/* Where answers go: each on a line, or those of a batch in an array on one. */
struct rpc_writer {
	struct out *out;
	bool batch;
	size_t written; /* in the batch */
};

void rpc_batch_begin(struct rpc_writer *w);
void rpc_batch_end(struct rpc_writer *w); /* nothing was answered: nothing is written */

/* ${result}, whose value is written to w->out between these two. */
void rpc_result_begin(struct rpc_writer *w, json_t *id);
void rpc_result_end(struct rpc_writer *w);

/* ${result} is given up; NULL where memory is out. */
void rpc_result(struct rpc_writer *w, json_t *id, json_t *result);

/* ${id} NULL: nobody knows whose error it is. */
void rpc_error(struct rpc_writer *w, json_t *id, enum rpc_code code,
	       const char *message);

#endif
