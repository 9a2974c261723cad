#include "post.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <curl/curl.h>

#include "address.h"
#include "retry_after.h"

enum { CONNECT_MS = 10000, BODY_MAX = 64 * 1024, HEAD_MAX = 64 * 1024 };

struct poster {
    CURLM *multi;
    CURL *easy;
    bool allow_private, encrypted;
    char curl_says[CURL_ERROR_SIZE];
    /* -- of the POST that is on its way -- */
    const char *refused; /* why an address was not connected to; NULL: none was refused */
    size_t head_len, body_len;
    int64_t retry_after_ms;
};

/* -- where it may go -------------------------------------------------------------------------- */

static const char *refusal(const struct poster *poster, const struct sockaddr *address)
{
    enum address_kind kind = address_kind(address);
    if (kind == ADDRESS_NEVER)
        return "url leads to an address where no receiver may be (link-local, metadata of a cloud, "
               "multicast, reserved)";
    if (kind == ADDRESS_PRIVATE && !poster->allow_private)
        return "url leads to an address inside a network; allow-private=true permits that";
    if (kind == ADDRESS_PUBLIC && !poster->encrypted)
        return "url leads out to the internet without TLS: use https";
    return NULL;
}

static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct poster *poster = ctx;
    const char *why = refusal(poster, &address->addr);
    if (purpose != CURLSOCKTYPE_IPCXN || why != NULL) {
        poster->refused = why;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static bool is_part(CURLU *url, CURLUPart part, const char *value)
{
    char *found = NULL;
    bool is = curl_url_get(url, part, &found, 0) == CURLUE_OK &&
              (value == NULL || strcmp(found, value) == 0);
    curl_free(found);
    return is;
}

static const char *wrong_with(CURLU *url, const char *text, bool allow_private)
{
    if (url == NULL)
        return "no memory";
    if (curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK)
        return "it cannot be read as one";
    if (is_part(url, CURLUPART_USER, NULL) || is_part(url, CURLUPART_PASSWORD, NULL))
        return "a name and password have no place in it, where they would be kept and shown";
    if (is_part(url, CURLUPART_SCHEME, "https"))
        return NULL;
    if (!is_part(url, CURLUPART_SCHEME, "http"))
        return "only https and http are spoken";
    return allow_private ? NULL
                         : "http is for a receiver inside one's own network, with "
                           "allow-private=true; else use https";
}

/* -- what comes back -------------------------------------------------------------------------- */

static size_t on_head(char *line, size_t one, size_t count, void *ctx)
{
    static const char wanted[] = "retry-after:";
    struct poster *poster = ctx;
    size_t len = one * count, name = sizeof wanted - 1;
    poster->head_len += len;
    if (poster->head_len > HEAD_MAX)
        return 0;
    if (len >= 5 && memcmp(line, "HTTP/", 5) == 0)
        poster->retry_after_ms = 0; /* an answer after an interim one */
    if (len > name && strncasecmp(line, wanted, name) == 0)
        poster->retry_after_ms = retry_after_ms(line + name, len - name, time(NULL));
    return len;
}

static size_t on_body(char *bytes, size_t one, size_t count, void *ctx)
{
    struct poster *poster = ctx;
    (void)bytes;
    poster->body_len += one * count;
    return poster->body_len > BODY_MAX ? 0 : one * count;
}

/* -- setting up ------------------------------------------------------------------------------- */

static bool set_up(struct poster *poster, const struct poster_setup *setup)
{
    CURL *easy = poster->easy;
    CURLcode rc = curl_easy_setopt(easy, CURLOPT_URL, setup->url);
#define set(option, value) rc = rc == CURLE_OK ? curl_easy_setopt(easy, option, value) : rc
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    set(CURLOPT_PROXY, ""); /* also none of the environment */
    set(CURLOPT_NOPROXY, "*");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (setup->ca_file != NULL) {
        set(CURLOPT_CAINFO, setup->ca_file);
        set(CURLOPT_CAPATH, (char *)NULL);
    }
    set(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    set(CURLOPT_OPENSOCKETDATA, poster);
    set(CURLOPT_HEADERFUNCTION, on_head);
    set(CURLOPT_HEADERDATA, poster);
    set(CURLOPT_WRITEFUNCTION, on_body);
    set(CURLOPT_WRITEDATA, poster);
    set(CURLOPT_ERRORBUFFER, poster->curl_says);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L); /* a look-up that hangs is left behind */
    set(CURLOPT_USERAGENT, "verbond-webhook/1");
    set(CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    set(CURLOPT_POST, 1L);
#undef set
    return rc == CURLE_OK;
}

struct poster *poster_create(const struct poster_setup *setup, char *error, size_t error_size)
{
    CURLU *url = curl_url();
    const char *wrong = wrong_with(url, setup->url, setup->allow_private);
    if (wrong != NULL) {
        snprintf(error, error_size, "option url: %s", wrong);
        curl_url_cleanup(url);
        return NULL;
    }
    struct poster *poster = calloc(1, sizeof *poster);
    if (poster != NULL) {
        poster->allow_private = setup->allow_private;
        poster->encrypted = is_part(url, CURLUPART_SCHEME, "https");
        poster->multi = curl_multi_init();
        poster->easy = curl_easy_init();
    }
    curl_url_cleanup(url);
    if (poster != NULL && poster->encrypted && setup->ca_file != NULL &&
        access(setup->ca_file, R_OK) != 0) {
        snprintf(error, error_size, "cannot read %s", setup->ca_file);
    } else if (poster == NULL || poster->multi == NULL || poster->easy == NULL ||
               !set_up(poster, setup)) {
        snprintf(error, error_size, "libcurl cannot be set up: no memory, or it lacks something");
    } else {
        return poster;
    }
    poster_destroy(poster);
    return NULL;
}

void poster_destroy(struct poster *poster)
{
    if (poster == NULL)
        return;
    curl_easy_cleanup(poster->easy);
    curl_multi_cleanup(poster->multi);
    free(poster);
}

/* -- one POST --------------------------------------------------------------------------------- */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* CURLE_OPERATION_TIMEDOUT when end_ms came first. */
static CURLcode perform(struct poster *poster, int64_t end_ms)
{
    int running = 1, left;
    while (running > 0) {
        int64_t wait_ms = end_ms - now_ms();
        if (wait_ms <= 0)
            return CURLE_OPERATION_TIMEDOUT;
        if (curl_multi_perform(poster->multi, &running) != CURLM_OK ||
            (running > 0 &&
             curl_multi_poll(poster->multi, NULL, 0, (int)wait_ms, NULL) != CURLM_OK))
            return CURLE_OUT_OF_MEMORY;
    }
    const CURLMsg *told = curl_multi_info_read(poster->multi, &left);
    return told == NULL ? CURLE_OUT_OF_MEMORY : told->data.result;
}

/* libcurl's own words are told of TLS only: elsewhere they may quote what the receiver said. */
static void say_trouble(const struct poster *poster, CURLcode code, int64_t wait_ms,
                        struct post_answer *answer)
{
    bool of_tls = code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR ||
                  code == CURLE_SSL_CACERT_BADFILE;
    if (code == CURLE_OPERATION_TIMEDOUT)
        snprintf(answer->trouble, sizeof answer->trouble,
                 "the receiver gave no whole answer within %lld ms", (long long)wait_ms);
    else if (poster->refused != NULL && code == CURLE_COULDNT_CONNECT)
        snprintf(answer->trouble, sizeof answer->trouble, "%s", poster->refused);
    else if (poster->head_len > HEAD_MAX)
        snprintf(answer->trouble, sizeof answer->trouble,
                 "the receiver answered with more than %d bytes of headers", HEAD_MAX);
    else
        snprintf(answer->trouble, sizeof answer->trouble, "the receiver was not reached: %.160s",
                 of_tls && poster->curl_says[0] != '\0' ? poster->curl_says
                                                        : curl_easy_strerror(code));
}

/* An answer that breaks off behind a status that is no yes has said enough, and so has one of which
 * no more was wanted; a yes counts when it is whole. */
static void read_answer(const struct poster *poster, CURLcode code, int64_t wait_ms,
                        struct post_answer *answer)
{
    long status = 0;
    curl_easy_getinfo(poster->easy, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK || poster->body_len > BODY_MAX ||
        (status >= 300 && poster->head_len <= HEAD_MAX))
        answer->status = status;
    else
        say_trouble(poster, code, wait_ms, answer);
    answer->retry_after_ms = poster->retry_after_ms;
}

static struct curl_slist *header_list(const struct post_header *headers, size_t count)
{
    /* Nothing is gained by asking first; the size of what goes is known. */
    struct curl_slist *list = curl_slist_append(NULL, "Expect:");
    for (size_t i = 0; list != NULL && i < count; i++) {
        size_t size = strlen(headers[i].name) + strlen(headers[i].value) + sizeof ": ";
        char *line = malloc(size);
        if (line != NULL)
            snprintf(line, size, "%s: %s", headers[i].name, headers[i].value);
        struct curl_slist *longer = line == NULL ? NULL : curl_slist_append(list, line);
        free(line);
        if (longer == NULL)
            curl_slist_free_all(list);
        list = longer;
    }
    return list;
}

void poster_post(struct poster *poster, const struct post_header *headers, size_t count,
                 const char *body, size_t len, int64_t wait_ms, struct post_answer *answer)
{
    struct curl_slist *list = header_list(headers, count);
    CURL *easy = poster->easy;
    int64_t end_ms = now_ms() + wait_ms;
    CURLcode code = CURLE_OUT_OF_MEMORY;
    *answer = (struct post_answer){ 0 };
    poster->refused = NULL;
    poster->head_len = poster->body_len = 0;
    poster->retry_after_ms = 0;
    poster->curl_says[0] = '\0';
    if (list != NULL && curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list) == CURLE_OK &&
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body) == CURLE_OK &&
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)len) == CURLE_OK &&
        curl_multi_add_handle(poster->multi, easy) == CURLM_OK) {
        code = perform(poster, end_ms);
        curl_multi_remove_handle(poster->multi, easy);
    }
    read_answer(poster, code, wait_ms, answer);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, NULL);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, NULL);
    curl_slist_free_all(list);
}
