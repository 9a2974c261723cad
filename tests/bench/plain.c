/* plain.c - the floor: ref20 as a plain C state machine on a struct.
 *
 * usage: plain step|live CSV [SESSIONS] */
#include "ref20.h"

struct session {
    signed char q[20], x[2];
    unsigned char v[6];
    unsigned char at, asked, extra;
    char *text;
};
struct score {
    double of[4], total;
    int has[4], whole;
};

static int next(struct session *session, int key)
{
    if (key == 2 && session->q[2] >= 0 && session->q[2] <= 1) {
        session->extra = 1;
        session->asked += 2;
        return KEY_X;
    }
    if (key == KEY_X)
        return KEY_X + 1;
    if (key == KEY_X + 1)
        return 3;
    if (key == 19)
        return KEY_V;
    return key + 1;
}

static void score(const signed char *q, struct score *out)
{
    out->total = 0;
    out->whole = 1;
    for (int i = 0; i < 4; i++) {
        int n = 0, sum = 0;
        for (int k = 0; k < 5; k++) {
            int value = q[i * 5 + k];
            if (value < 0)
                continue;
            n++;
            sum += i == 3 ? 5 - value : value;
        }
        out->has[i] = n >= 4;
        if (n >= 4)
            out->total += out->of[i] = (double)sum / n;
        else
            out->whole = 0;
    }
}

static int apply(struct session *session, struct step step, const struct row *row)
{
    int key = step.key;
    if (key != session->at)
        abort();
    if (key < KEY_V && step.value > 5)
        return 0;
    if (key >= KEY_V && key < KEY_TEXT && step.value > 100)
        return 0;
    if (key == KEY_TEXT && !step.value)
        return 0;
    if (key < KEY_X)
        session->q[key] = (signed char)step.value;
    else if (key < KEY_V)
        session->x[key - KEY_X] = (signed char)step.value;
    else if (key < KEY_TEXT)
        session->v[key - KEY_V] = (unsigned char)step.value;
    else
        session->text = strndup(row->text, (size_t)row->text_len);
    session->at = (unsigned char)next(session, key);
    return 1;
}

static void write_result(const struct session *session, int id, char *out, struct score *scores)
{
    const unsigned char *v = session->v;
    char *w = out + sprintf(out, "{\"id\":%d", id);
    score(session->q, scores);
    for (int i = 0; i < 4; i++)
        w += scores->has[i] ? sprintf(w, ",\"%c\":%.15g", 'A' + i, scores->of[i])
                            : sprintf(w, ",\"%c\":null", 'A' + i);
    w += scores->whole ? sprintf(w, ",\"total\":%.15g", scores->total)
                       : sprintf(w, ",\"total\":null");
    sprintf(w, ",\"family\":[%.15g,%.15g,%.15g],\"asked\":%d,\"extra\":%s,\"t1\":\"%s\"}",
            (v[0] + v[1]) / 2.0, (v[2] + v[3]) / 2.0, (v[4] + v[5]) / 2.0, session->asked,
            session->extra ? "true" : "false", session->text);
}

static void run(const struct row *row, int id, int live, struct checksum *sum)
{
    char out[1024];
    struct score scores;
    struct step steps[STEPS_MAX];
    struct session *session = calloc(1, sizeof *session);
    if (!session)
        abort();
    session->asked = 27;
    int count = steps_of(row, steps);
    for (int k = 0; k < count; k++) {
        if (!apply(session, steps[k], row))
            sum->rejects++;
        if (live)
            score(session->q, &scores);
    }
    write_result(session, id, out, &scores);
    sum->n++;
    sum->extras += session->extra;
    sum->bytes += (long)strlen(session->text);
    for (int k = 0; k < 6; k++)
        sum->family += session->v[k];
    if (scores.whole)
        sum->total += lround(scores.total * 1000);
    else
        sum->nulls++;
    free(session->text);
    free(session);
}

int main(int argc, char **argv)
{
    int count;
    struct checksum sum = { 0 };
    if (argc < 3)
        return 2;
    struct row *rows = read_rows(argv[2], &count);
    int sessions = argc > 3 ? atoi(argv[3]) : count;
    double from = cpu_s();
    for (int i = 0; i < sessions; i++)
        run(&rows[i % count], i + 1, argv[1][0] == 'l', &sum);
    report("plain", argv[1], cpu_s() - from, &sum);
    return 0;
}
