/*
 * JSON-RPC's envelope: reading lines within bounds, telling requests from what is none,
 * and writing answers.  What methods there are is its caller's.
 */
#include "cli/rpc.h"

#include <string.h>

#include "base/err.h"
#include "render/json_value.h"

enum rpc_line rpc_read(struct buf *line, FILE *in)
{
	bool blank = true;
	int c;

	buf_reset(line);
	while ((c = getc_unlocked(in)) != EOF) {
		if (c == '\n' && !blank)
			break;
		if (c == '\n' || (blank && (c == ' ' || c == '\t' || c == '\r')))
			continue;
		blank = false;
		buf_putc(line, (char)c);
	}
	if (blank)
		return RPC_END;
	return buf_ok(line) ? RPC_LINE : RPC_LINE_TOO_LONG;
}

json_t *rpc_parse(const struct buf *line, struct pdx_err *err)
{
	json_error_t why;
	json_t *value = json_loadb(
		buf_str(line), line->len,
		JSON_ALLOW_NUL | JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &why);

	if (!value)
		err_set(err, PDX_E_USAGE, "not JSON: byte %d: %s", why.position,
			why.text);
	return value;
}

const char *rpc_text(const json_t *value)
{
	const char *text = json_string_value(value);

	return text && strlen(text) == json_string_length(value) ? text : NULL;
}

static int check(const struct rpc_message *m, const json_t *value, struct pdx_err *err)
{
	const char *version = rpc_text(json_object_get(value, "jsonrpc"));

	if (!json_is_object(value))
		return err_set(err, PDX_E_USAGE, "the message is no object");
	if (!version || strcmp(version, "2.0") != 0)
		return err_set(err, PDX_E_USAGE, "\"jsonrpc\" is not \"2.0\"");
	if (!m->id && json_object_get(value, "id"))
		return err_set(err, PDX_E_USAGE, "\"id\" is no string or whole number");
	if (!m->method)
		return err_set(err, PDX_E_USAGE, "\"method\" is missing or no string");
	return PDX_OK;
}

enum rpc_kind rpc_look(struct rpc_message *out, json_t *value, struct pdx_err *err)
{
	json_t *id = json_object_get(value, "id");

	*out = (struct rpc_message){
		.id = json_is_string(id) || json_is_integer(id) ? id : NULL,
		.method = rpc_text(json_object_get(value, "method")),
		.params = json_object_get(value, "params"),
	};
	if (!json_object_get(value, "method") &&
	    (json_object_get(value, "result") || json_object_get(value, "error")))
		return RPC_RESPONSE;
	if (check(out, value, err))
		return RPC_INVALID;
	return out->id ? RPC_REQUEST : RPC_NOTIFICATION;
}

void rpc_batch_begin(struct rpc_writer *w)
{
	w->batch = true;
	w->written = 0;
}

static void end_line(struct rpc_writer *w)
{
	out_putc(w->out, '\n');
	out_flush(w->out, NULL);
}

void rpc_batch_end(struct rpc_writer *w)
{
	w->batch = false;
	if (!w->written)
		return;
	out_putc(w->out, ']');
	end_line(w);
}

static void begin(struct rpc_writer *w, json_t *id, const char *member)
{
	if (w->batch)
		out_putc(w->out, w->written++ ? ',' : '[');
	out_puts(w->out, "{\"jsonrpc\":\"2.0\",\"id\":");
	json_write(w->out, id ? json_incref(id) : json_null(), JSON_ENCODE_ANY);
	out_printf(w->out, ",\"%s\":", member);
}

void rpc_result_begin(struct rpc_writer *w, json_t *id)
{
	begin(w, id, "result");
}

void rpc_result_end(struct rpc_writer *w)
{
	out_putc(w->out, '}');
	if (!w->batch)
		end_line(w);
}

void rpc_result(struct rpc_writer *w, json_t *id, json_t *result)
{
	rpc_result_begin(w, id);
	json_write(w->out, result, 0);
	rpc_result_end(w);
}

void rpc_error(struct rpc_writer *w, json_t *id, enum rpc_code code,
	       const char *message)
{
	json_t *error = json_object();

	json_put(&error, "code", json_integer(code));
	json_put(&error, "message", json_text(message));
	begin(w, id, "error");
	json_write(w->out, error, 0);
	rpc_result_end(w);
}
