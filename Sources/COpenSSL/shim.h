// OpenSSL 3 marks these functions as deprecated in favour of its `EVP` interface, which looks an algorithm up by name and
// allocates for each digest. Most digests here are of a few hundred bytes, for which that costs more than the hashing.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
