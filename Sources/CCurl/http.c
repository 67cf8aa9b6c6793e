#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What is used of libcurl's interface. Its numbers are fixed for ever (https://curl.se/libcurl/abi.html); where its header
// is installed, the compiler compares them.
enum {
    OPT_WRITEDATA = 10001,
    OPT_URL = 10002,
    OPT_ERRORBUFFER = 10010,
    OPT_WRITEFUNCTION = 20011,
    OPT_READFUNCTION = 20012,
    OPT_READDATA = 10009,
    OPT_HTTPHEADER = 10023,
    OPT_NOBODY = 44,
    OPT_UPLOAD = 46,
    OPT_FOLLOWLOCATION = 52,
    OPT_CAINFO = 10065,
    OPT_HTTPGET = 80,
    OPT_NOSIGNAL = 99,
    OPT_HTTPAUTH = 107,
    OPT_INFILESIZE_LARGE = 30115,
    OPT_TIMEOUT_MS = 155,
    OPT_USERPWD = 10005,
    OPT_PROTOCOLS = 181,
    OPT_USERAGENT = 10018,
    INFO_RESPONSE_CODE = 0x200000 + 2,
    AUTH_BASIC = 1,
    PROTOCOL_HTTP = 1,
    PROTOCOL_HTTPS = 2,
    ERROR_WRITE = 23,
    ERROR_LATE = 28,
    GLOBAL_ALL = 3,
};

#if __has_include(<curl/curl.h>)
#include <curl/curl.h>
_Static_assert(
    OPT_WRITEDATA == (int)CURLOPT_WRITEDATA && OPT_URL == (int)CURLOPT_URL && OPT_READDATA == (int)CURLOPT_READDATA
        && OPT_ERRORBUFFER == (int)CURLOPT_ERRORBUFFER && OPT_WRITEFUNCTION == (int)CURLOPT_WRITEFUNCTION
        && OPT_READFUNCTION == (int)CURLOPT_READFUNCTION
        && OPT_HTTPHEADER == (int)CURLOPT_HTTPHEADER
        && OPT_NOBODY == (int)CURLOPT_NOBODY && OPT_UPLOAD == (int)CURLOPT_UPLOAD
        && OPT_FOLLOWLOCATION == (int)CURLOPT_FOLLOWLOCATION && OPT_CAINFO == (int)CURLOPT_CAINFO
        && OPT_HTTPGET == (int)CURLOPT_HTTPGET && OPT_NOSIGNAL == (int)CURLOPT_NOSIGNAL
        && OPT_HTTPAUTH == (int)CURLOPT_HTTPAUTH && OPT_INFILESIZE_LARGE == (int)CURLOPT_INFILESIZE_LARGE
        && OPT_TIMEOUT_MS == (int)CURLOPT_TIMEOUT_MS
        && OPT_USERPWD == (int)CURLOPT_USERPWD && OPT_USERAGENT == (int)CURLOPT_USERAGENT
        && INFO_RESPONSE_CODE == (int)CURLINFO_RESPONSE_CODE && ERROR_WRITE == (int)CURLE_WRITE_ERROR
        && ERROR_LATE == (int)CURLE_OPERATION_TIMEDOUT,
    "libcurl's numbers");
#endif

static struct {
    int (*global_init)(long);
    void *(*easy_init)(void);
    void (*easy_cleanup)(void *);
    void (*easy_reset)(void *);
    int (*easy_setopt)(void *, int, ...);
    int (*easy_perform)(void *);
    int (*easy_getinfo)(void *, int, ...);
    const char *(*easy_strerror)(int);
    void *(*slist_append)(void *, const char *);
    void (*slist_free_all)(void *);
    int is_there;
} curl;

static void load(void) {
#ifdef __APPLE__
    void *library = dlopen("libcurl.4.dylib", RTLD_NOW | RTLD_LOCAL);
#else
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
#endif
    if (!library) return;
#define FIND(name) *(void **)&curl.name = dlsym(library, "curl_" #name); if (!curl.name) return;
    FIND(global_init) FIND(easy_init) FIND(easy_cleanup) FIND(easy_reset) FIND(easy_setopt) FIND(easy_perform)
    FIND(easy_getinfo) FIND(easy_strerror) FIND(slist_append) FIND(slist_free_all)
    curl.is_there = curl.global_init(GLOBAL_ALL) == 0;
}

struct colophon_connection { void *handle; };

colophon_connection *colophon_connect(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    if (!curl.is_there) return NULL;
    colophon_connection *connection = malloc(sizeof *connection);
    if (!connection) return NULL;
    connection->handle = curl.easy_init();
    if (!connection->handle) {
        free(connection);
        return NULL;
    }
    return connection;
}

void colophon_disconnect(colophon_connection *connection) {
    if (!connection) return;
    curl.easy_cleanup(connection->handle);
    free(connection);
}

struct received { uint8_t *bytes; size_t size, room, most; int is_too_long; };

static size_t receive(char *bytes, size_t one, size_t count, void *context) {
    struct received *received = context;
    size_t more = one * count;
    if (more > received->most - received->size) {
        received->is_too_long = 1;
        return 0;
    }
    if (received->size + more > received->room) {
        size_t room = received->room ? 2 * received->room : 1 << 14;
        while (room < received->size + more) room *= 2;
        uint8_t *larger = realloc(received->bytes, room);
        if (!larger) return 0;
        received->bytes = larger;
        received->room = room;
    }
    memcpy(received->bytes + received->size, bytes, more);
    received->size += more;
    return more;
}

struct sent { const uint8_t *bytes; size_t left; };

static size_t give(char *buffer, size_t one, size_t count, void *context) {
    struct sent *sent = context;
    size_t room = one * count;
    size_t more = sent->left < room ? sent->left : room;
    if (more) memcpy(buffer, sent->bytes, more);
    sent->bytes += more;
    sent->left -= more;
    return more;
}

void colophon_send(colophon_connection *connection, const colophon_request *request, colophon_response *response) {
    void *handle = connection->handle;
    struct received received = { .most = request->most };
    struct sent sent = { request->body, request->body_size };
    char reason[256] = "";
    memset(response, 0, sizeof *response);
    // What was set for the last request goes; the connection stays.
    curl.easy_reset(handle);
    curl.easy_setopt(handle, OPT_URL, request->url);
    curl.easy_setopt(handle, OPT_ERRORBUFFER, reason);
    curl.easy_setopt(handle, OPT_NOSIGNAL, 1L);
    curl.easy_setopt(handle, OPT_PROTOCOLS, (long)(PROTOCOL_HTTP | PROTOCOL_HTTPS));
    curl.easy_setopt(handle, OPT_FOLLOWLOCATION, 0L);
    curl.easy_setopt(handle, OPT_USERAGENT, "colophon");
    curl.easy_setopt(handle, OPT_TIMEOUT_MS, request->milliseconds);
    curl.easy_setopt(handle, OPT_WRITEFUNCTION, receive);
    curl.easy_setopt(handle, OPT_WRITEDATA, &received);
    if (request->authorities) curl.easy_setopt(handle, OPT_CAINFO, request->authorities);
    if (request->login) {
        curl.easy_setopt(handle, OPT_HTTPAUTH, (long)AUTH_BASIC);
        curl.easy_setopt(handle, OPT_USERPWD, request->login);
    }
    // A server that has to say first that it wants the bytes costs a second where it does not know the question.
    void *headers = curl.slist_append(NULL, "Expect:");
    char *bearer = NULL;
    if (request->token) {
        size_t length = strlen(request->token) + 32;
        bearer = malloc(length);
        if (bearer) {
            snprintf(bearer, length, "Authorization: Bearer %s", request->token);
            headers = curl.slist_append(headers, bearer);
        }
    }
    curl.easy_setopt(handle, OPT_HTTPHEADER, headers);
    if (strcmp(request->method, "HEAD") == 0) {
        curl.easy_setopt(handle, OPT_NOBODY, 1L);
    } else if (strcmp(request->method, "PUT") == 0) {
        curl.easy_setopt(handle, OPT_UPLOAD, 1L);
        curl.easy_setopt(handle, OPT_READFUNCTION, give);
        curl.easy_setopt(handle, OPT_READDATA, &sent);
        curl.easy_setopt(handle, OPT_INFILESIZE_LARGE, (int64_t)request->body_size);
    } else {
        curl.easy_setopt(handle, OPT_HTTPGET, 1L);
    }
    response->failure = curl.easy_perform(handle);
    if (response->failure == ERROR_WRITE && received.is_too_long) response->failure = -1;
    if (response->failure == ERROR_LATE) response->failure = -2;
    if (response->failure == 0) curl.easy_getinfo(handle, INFO_RESPONSE_CODE, &response->status);
    if (response->failure > 0)
        snprintf(response->reason, sizeof response->reason, "%s",
                 reason[0] ? reason : curl.easy_strerror(response->failure));
    curl.slist_free_all(headers);
    if (bearer) {
        memset(bearer, 0, strlen(bearer));
        free(bearer);
    }
    if (response->failure == 0) {
        response->bytes = received.bytes;
        response->size = received.size;
    } else {
        free(received.bytes);
    }
}
