/* The namespaces of feeds. */
#ifndef INGEST_XML_SPACE_H
#define INGEST_XML_SPACE_H

#include <stddef.h>

/* The namespaces that feeds are made of; RSS has many addresses, or none. */
enum xml_space {
	SPACE_RSS,
	SPACE_RDF,
	SPACE_ATOM,
	SPACE_CONTENT,
	SPACE_DC,
	SPACE_MEDIA,
	SPACE_XHTML,
	SPACE_XML,
	SPACE_OTHER
};

/* The space with this address; no address is that of RSS. */
enum xml_space xml_space_of(const char *uri);

/* What ${len} bytes of a prefix stand for where nobody declared it. */
enum xml_space xml_space_usual(const char *prefix, size_t len);

#endif
