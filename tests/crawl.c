/* Records of a crawl: see crawl.h. */
#include "crawl.h"

#include <string.h>

void crawl_record(struct buf *out, const char *type, const char *url, const char *media,
		  const char *bytes, size_t len)
{
	buf_printf(out,
		   "WARC/1.0\r\nWARC-Type: %s\r\n"
		   "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
		   "WARC-Date: 2025-03-04T05:06:07Z\r\nContent-Type: %s\r\n"
		   "WARC-Target-URI: <%s>\r\nContent-Length: %zu\r\n\r\n",
		   type, media, url, len);
	buf_put(out, bytes, len);
	buf_puts(out, "\r\n\r\n");
}

void crawl_response(struct buf *out, const char *url, const char *status,
		    const char *headers, const char *body, size_t len)
{
	struct buf block = { 0 };

	buf_printf(&block, "HTTP/1.1 %s\r\n%s\r\n", status, headers);
	buf_put(&block, body, len);
	crawl_record(out, "response", url, "application/http; msgtype=response",
		     block.data, block.len);
	buf_release(&block);
}

void crawl_text(struct buf *out, const char *url, const char *body)
{
	crawl_response(out, url, "200 OK", "Content-Type: text/plain\r\n", body,
		       strlen(body));
}
