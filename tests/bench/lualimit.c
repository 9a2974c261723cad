/* lualimit.c - the limit: ref20.lua, hand-written, as one coroutine per session through Lua's C
 * API.
 *
 * Tuned as far as it went: generational collector, finished coroutines used again, the result
 * written without a JSON library. No sandbox, no fuel, no log.
 *
 * usage: lualimit ref20.lua CSV [SESSIONS] */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "ref20.h"

static lua_State *L;
static int flow;

struct session {
    lua_State *co;
    int ref;
};
static struct session pool[64];
static int pooled;

static int resume(lua_State *co, int given)
{
    int results;
    return lua_resume(co, NULL, given, &results);
}

static void boot(const char *path)
{
    L = luaL_newstate();
    luaL_openlibs(L);
    lua_gc(L, LUA_GCGEN, 0, 0);
    if (luaL_dofile(L, path)) {
        fprintf(stderr, "%s\n", lua_tostring(L, -1));
        exit(1);
    }
    flow = luaL_ref(L, LUA_REGISTRYINDEX);
}

static void open_session(struct session *session)
{
    if (pooled) {
        *session = pool[--pooled];
        lua_settop(session->co, 0);
    } else {
        session->co = lua_newthread(L);
        session->ref = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    lua_rawgeti(session->co, LUA_REGISTRYINDEX, flow);
    resume(session->co, 0);
}

static void close_session(const struct session *session)
{
    if (pooled < 64)
        pool[pooled++] = *session;
    else
        luaL_unref(L, LUA_REGISTRYINDEX, session->ref);
}

static int answer(struct session *session, struct step step, const struct row *row, long *rejects)
{
    lua_State *co = session->co;
    const char *kind = lua_tostring(co, 1);
    lua_Integer low = lua_tointeger(co, 4), high = lua_tointeger(co, 5);
    int text = *kind == 't';
    if (!text && step.value >= 0 && (step.value < low || step.value > high))
        abort();
    lua_settop(co, 0);
    if (text && step.value) {
        lua_pushlstring(co, row->text, (size_t)row->text_len);
    } else if (text || step.value < 0) {
        *rejects += text;
        lua_pushnil(co);
    } else {
        lua_pushinteger(co, step.value);
    }
    return resume(co, 1);
}

static char *put_text(char *w, const char *text)
{
    size_t len = strlen(text);
    memcpy(w, text, len);
    return w + len;
}

/* Exact when two decimals read back as the same double. */
static char *put_number(char *w, double number)
{
    long hundredths = (long)(number * 100 + 0.5);
    char digits[24];
    int n = 0;
    if ((double)hundredths / 100 != number || number < 0)
        return w + sprintf(w, "%.17g", number);
    long whole = hundredths / 100, rest = hundredths % 100;
    do
        digits[n++] = (char)('0' + whole % 10);
    while (whole /= 10);
    while (n)
        *w++ = digits[--n];
    if (rest) {
        *w++ = '.';
        *w++ = (char)('0' + rest / 10);
        if (rest % 10)
            *w++ = (char)('0' + rest % 10);
    }
    return w;
}

static char *put_field(char *w, lua_State *co, const char *name, double *value, int *has)
{
    *w++ = ',';
    *w++ = '"';
    w = put_text(w, name);
    w = put_text(w, "\":");
    lua_getfield(co, -1, name);
    *has = lua_isnumber(co, -1);
    *value = *has ? lua_tonumber(co, -1) : 0;
    w = *has ? put_number(w, *value) : put_text(w, "null");
    lua_pop(co, 1);
    return w;
}

static char *put_string(char *w, const char *end, const char *text, size_t len)
{
    for (size_t i = 0; i < len && w < end; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 32 || c == '"' || c == '\\')
            w += sprintf(w, "\\u%04x", c);
        else
            *w++ = (char)c;
    }
    return w;
}

static void write_result(const struct session *session, int id, struct checksum *sum)
{
    static const char *const subscales[] = { "A", "B", "C", "D" };
    static char out[4096];
    lua_State *co = session->co;
    double value;
    int has;
    size_t len;
    char *w = put_number(put_text(out, "{\"id\":"), id);
    for (int i = 0; i < 4; i++)
        w = put_field(w, co, subscales[i], &value, &has);
    w = put_field(w, co, "total", &value, &has);
    if (has)
        sum->total += lround(value * 1000);
    else
        sum->nulls++;
    w = put_text(w, ",\"family\":[");
    lua_getfield(co, -1, "family");
    for (int i = 1; i <= 3; i++) {
        lua_rawgeti(co, -1, i);
        value = lua_tonumber(co, -1);
        sum->family += lround(value * 2);
        if (i > 1)
            *w++ = ',';
        w = put_number(w, value);
        lua_pop(co, 1);
    }
    lua_pop(co, 1);
    *w++ = ']';
    w = put_field(w, co, "asked", &value, &has);
    lua_getfield(co, -1, "extra");
    has = lua_toboolean(co, -1);
    sum->extras += has;
    lua_pop(co, 1);
    w = put_text(w, has ? ",\"extra\":true" : ",\"extra\":false");
    lua_getfield(co, -1, "t1");
    const char *text = lua_tolstring(co, -1, &len);
    w = put_string(put_text(w, ",\"t1\":\""), out + sizeof out - 16, text, len);
    sum->bytes += (long)len;
    lua_pop(co, 1);
    *put_text(w, "\"}") = 0;
    sum->n++;
}

static void run(const struct row *row, int id, struct checksum *sum)
{
    struct session session;
    struct step steps[STEPS_MAX];
    int status = LUA_YIELD, count = steps_of(row, steps);
    open_session(&session);
    for (int k = 0; k < count; k++)
        status = answer(&session, steps[k], row, &sum->rejects);
    if (status != LUA_OK) {
        fprintf(stderr, "session %d: %s\n", id, lua_tostring(session.co, -1));
        exit(1);
    }
    write_result(&session, id, sum);
    close_session(&session);
}

int main(int argc, char **argv)
{
    int count;
    struct checksum sum = { 0 };
    if (argc < 3)
        return 2;
    boot(argv[1]);
    struct row *rows = read_rows(argv[2], &count);
    int sessions = argc > 3 ? atoi(argv[3]) : count;
    double from = cpu_s();
    for (int i = 0; i < sessions; i++)
        run(&rows[i % count], i + 1, &sum);
    report("lualimit", "step", cpu_s() - from, &sum);
    return 0;
}
