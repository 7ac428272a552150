/* SHA-256 (FIPS 180-4), and its base 64: what a page's security policy names texts by.
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>

#define SHA256_SIZE 32
#define SHA256_BASE64 45 /* characters of a digest, and a NUL */

void sha256(unsigned char out[SHA256_SIZE], const void *bytes, size_t len);

/* The digest in base 64 (RFC 4648), padded; returns ${out}. */
const char *sha256_base64(char out[SHA256_BASE64], const void *bytes, size_t len);

#endif
