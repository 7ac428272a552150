/*
 * What is safe of a link.  Knows addresses; nothing of the format around them.
 */
#include "render/link.h"

#include <string.h>

bool link_is_web(const char *url)
{
	static const char *const schemes[] = { "http://", "https://" };

	for (size_t i = 0; url && i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		size_t len = strlen(schemes[i]);

		if (strncmp(url, schemes[i], len) == 0)
			return url[len] != '\0';
	}
	return false;
}

static void write_encoded(struct out *out, const char *url, const char *unsafe,
			  const char *ampersand)
{
	for (; *url; url++) {
		unsigned char c = (unsigned char)*url;

		if (c <= ' ' || c >= 0x7F || strchr(unsafe, c))
			out_printf(out, "%%%02X", c);
		else if (c == '&')
			out_puts(out, ampersand);
		else
			out_putc(out, (char)c);
	}
}

void link_write(struct out *out, const char *url)
{
	write_encoded(out, url, "<>()[]\\\"'`|*_", "&amp;");
}

void link_write_ascii(struct out *out, const char *url)
{
	write_encoded(out, url, "", "&");
}
