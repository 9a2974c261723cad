/* A script that fails behind an answer: the person hears so, what was given is kept, and stopping
 * works. */
#include "turn_scene.h"

#include <sys/stat.h>
#include <unistd.h>

static const char script[] =
    "local v <const> = require \"verbond\"\n"
    "return v.instrument {\n"
    "  id = \"fails\", version = \"1.0.0\", licence = \"CC0-1.0\", basis = \"own\", source = \"a "
    "test\",\n"
    "  title = { nl = \"Stuk\", en = \"Broken\" }, languages = { \"nl\", \"en\" },\n"
    "  status = { nl = \"draft\", en = \"draft\" }, respondents = { \"client\" },\n"
    "  v.yesno \"one\" { relation = \"own\", text = { nl = \"Een?\", en = \"One?\" } },\n"
    "  v.yesno \"two\" { relation = \"own\", text = { nl = \"Twee?\", en = \"Two?\" } },\n"
    "  flow = function(s)\n"
    "    if s:ask \"one\" then local none; none.x = 1 end\n"
    "    s:ask \"two\"\n"
    "  end,\n"
    "}\n";

static void a_script_that_fails_is_said_and_only_stopping_goes(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    char folder[] = "/tmp/verbond-fails-XXXXXX", inside[64], path[96];
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(inside, sizeof inside, "%s/fails", folder);
    snprintf(path, sizeof path, "%s/instrument.lua", inside);
    assert_int_equal(mkdir(inside, 0700), 0);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(script, file);
    fclose(file);
    memset(&place, 0, sizeof place);
    serve_scene_begin(&place.scene, folder);
    turn_round(&place, "fails", "c-1");
    turn_sit(&place, &client, "client", NULL);
    turn_post(&place, &client, "/begin", "{'language':'nl'}");
    const struct serve_reply *step =
        turn_post(&place, &client, "/answer", "{'after':1,'id':'a','value':true}");
    serve_status(step, 200); /* the answer is in */
    assert_true(turn_at(step, "failed"));
    assert_non_null(strstr(step->text, "Alles wat je gaf is bewaard."));
    assert_null(strstr(step->text, "instrument.lua")); /* the error is not for them */
    assert_string_equal(serve_text(turn_get(&place, &client, ""), "state"), "failed");
    turn_restart(&place);
    step = turn_post(&place, &client, "/answer", "{'after':2,'id':'b','value':true}");
    assert_true(turn_at(step, "failed"));
    step = turn_post(&place, &client, "/stop", "{'after':2}");
    serve_status(step, 200);
    assert_true(turn_at(step, "stopped"));
    turn_end(&place);
    unlink(path);
    rmdir(inside);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_script_that_fails_is_said_and_only_stopping_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
