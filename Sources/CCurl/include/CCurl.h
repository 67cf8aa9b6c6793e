#ifndef COLOPHON_CURL_H
#define COLOPHON_CURL_H

// HTTP by the system's libcurl, which is loaded when the first connection is made: whoever uses no shared cache does not
// wait for it, and needs not have it.

#include <stddef.h>
#include <stdint.h>

/// A connection that is kept open from one request to the next; for one thread at a time.
typedef struct colophon_connection colophon_connection;

/// A request. Pointers may be null where nothing is to be said.
typedef struct {
    /// `GET`, `HEAD` or `PUT`.
    const char *method;
    const char *url;
    /// What `PUT` sends.
    const uint8_t *body;
    size_t body_size;
    /// `NAME:PASSWORD`, for basic authentication.
    const char *login;
    /// A token, for `Authorization: Bearer`.
    const char *token;
    /// A file with the certificates that are trusted, instead of the system's.
    const char *authorities;
    /// Milliseconds for all of the request, from the connection to the last byte.
    long milliseconds;
    /// An answer with more bytes ends.
    size_t most;
} colophon_request;

/// What came back.
typedef struct {
    /// 0, or libcurl's number for what went wrong; -1 for an answer with too many bytes, -2 for one that took too long.
    int failure;
    /// What went wrong, in words.
    char reason[256];
    /// The status of the answer: 200, 404.
    long status;
    /// The bytes of the answer, to be freed by the caller.
    uint8_t *bytes;
    size_t size;
} colophon_response;

/// A connection; null where the system has no libcurl.
colophon_connection *colophon_connect(void);
void colophon_disconnect(colophon_connection *connection);
/// Sends a request and waits for the answer. Redirections are not followed.
void colophon_send(colophon_connection *connection, const colophon_request *request, colophon_response *response);

#endif
