/* api_staff.c - which handler hears what staff ask, and who may ask it.
 *
 * The table is the whole of it: route.c looks at roles and parked before a handler runs, and
 * tests/unit/test_desk_roles.c tries every role at every route of every table against
 * docs/reference/staff-routes.md. Roles say what sort of work somebody does; whose a case is the
 * handlers look at (desk.h). */
#include "serve/api.h"
#include "serve/route.h"

enum {
    TALK_MOST = 262144, /* twelve agreements and goals, each of 500 characters several times */
    WORK = VB_WORKER,
    RUN = VB_WORKER | VB_CONVENOR,
};
#define STAFF "/api/v1/staff"
#define ROUND STAFF "/rounds/{round}"

const struct vb_route vb_staff_routes[] = {
    { VB_POST, STAFF "/sign-out", vb_api_sign_out, .parked = true },
    { VB_GET, STAFF "/me", vb_api_me, .parked = true },
    { VB_POST, STAFF "/handover/code", vb_api_take_back, VB_TAKES_JSON, .parked = true },

    { VB_GET, STAFF "/instruments", vb_api_instruments, .roles = RUN },
    { VB_GET, STAFF "/cases", vb_api_cases, .roles = WORK },
    { VB_POST, STAFF "/cases", vb_api_new_case, VB_TAKES_JSON, .roles = WORK },
    { VB_GET, STAFF "/cases/{case}", vb_api_case, .roles = WORK },
    { VB_GET, STAFF "/cases/{case}/history", vb_api_history, .roles = WORK },

    { VB_POST, STAFF "/rounds", vb_api_new_round, VB_TAKES_JSON, .roles = RUN },
    { VB_GET, ROUND, vb_api_round, .roles = RUN },
    { VB_GET, ROUND "/events", vb_api_round_events, .roles = RUN },
    { VB_POST, ROUND "/persons", vb_api_name_person, VB_TAKES_JSON, .roles = WORK },
    { VB_POST, ROUND "/invitations", vb_api_invite, VB_TAKES_JSON, .roles = RUN },
    { VB_DELETE, ROUND "/invitations/{id}", vb_api_uninvite, .roles = RUN },
    { VB_POST, ROUND "/handover", vb_api_hand_over, VB_TAKES_JSON, .roles = WORK },
    { VB_POST, ROUND "/turn", vb_api_own_turn, VB_TAKES_JSON, .roles = WORK },
    { VB_POST, ROUND "/together", vb_api_together, .roles = WORK },
    { VB_POST, ROUND "/release", vb_api_release, .roles = RUN },
    { VB_POST, ROUND "/close", vb_api_close, .roles = RUN },
    { VB_POST, ROUND "/end", vb_api_end, .roles = RUN },
    { VB_POST, ROUND "/withdraw", vb_api_withdraw, VB_TAKES_JSON, .roles = RUN },

    { VB_GET, ROUND "/sheet", vb_api_sheet, .roles = RUN },
    { VB_GET, ROUND "/sheet/aloud", vb_api_sheet_aloud, .roles = RUN },
    { VB_GET, ROUND "/audio/{key}", vb_api_sheet_audio, .roles = RUN },
    { VB_GET, ROUND "/result", vb_api_result, .roles = WORK },
    { VB_GET, ROUND "/guide", vb_api_guide, .roles = RUN },
    { VB_GET, ROUND "/blob/{digest}", vb_api_blob, .roles = WORK },
    { VB_GET, ROUND "/talk", vb_api_talk, .roles = WORK },
    { VB_PUT, ROUND "/talk", vb_api_put_talk, VB_TAKES_JSON, TALK_MOST, .roles = WORK },

    { VB_GET, STAFF "/campaigns", vb_api_campaigns, .roles = VB_CONVENOR },
    { VB_GET, STAFF "/research", vb_api_research, .roles = VB_RESEARCHER },
    { VB_GET, STAFF "/research/{round}", vb_api_research_round, .roles = VB_RESEARCHER },

    { VB_GET, STAFF "/audit", vb_api_audit, .roles = VB_PRIVACY },
    { VB_GET, STAFF "/rights/{case}", vb_api_rights, .roles = VB_PRIVACY },
    { VB_GET, STAFF "/persons/{person}/export", vb_api_export, .roles = VB_PRIVACY },
    { VB_DELETE, STAFF "/persons/{person}", vb_api_erase_person, .roles = VB_PRIVACY },
    { VB_DELETE, ROUND, vb_api_erase_round, .roles = VB_PRIVACY },
    { VB_DELETE, STAFF "/cases/{case}", vb_api_erase_case, .roles = VB_PRIVACY },

    { VB_GET, STAFF "/accounts", vb_api_accounts, .roles = VB_ADMIN },
    { VB_POST, STAFF "/accounts/{name}/disable", vb_api_disable, .roles = VB_ADMIN },
    { VB_GET, STAFF "/state", vb_api_state, .roles = VB_ADMIN },
    { .path = NULL },
};
