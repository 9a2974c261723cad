/* api.h - the handlers behind the staff and public routes, by file; the tables of api_staff.c and
 * api_public.c list them.
 *
 * Each is called once the route is matched, the caller known, the token and the role looked at
 * (route.c), and replies as exchange.h says. Room serve only. */
#ifndef VB_API_H
#define VB_API_H

#include "serve/exchange.h"

/* health.c: public */
void vb_api_health_live(struct vb_exchange *exchange);
void vb_api_health_ready(struct vb_exchange *exchange);
void vb_api_metrics(struct vb_exchange *exchange);

/* api_signin.c: public; nobody is signed in yet */
void vb_api_take_seat(struct vb_exchange *exchange);
void vb_api_sign_in(struct vb_exchange *exchange);

/* theme.c: public */
void vb_api_theme(struct vb_exchange *exchange);

/* api_signin.c */
void vb_api_sign_out(struct vb_exchange *exchange);
void vb_api_me(struct vb_exchange *exchange);

/* api_handover.c */
void vb_api_hand_over(struct vb_exchange *exchange);
void vb_api_take_back(struct vb_exchange *exchange);
void vb_api_own_turn(struct vb_exchange *exchange);

/* api_cases.c */
void vb_api_instruments(struct vb_exchange *exchange);
void vb_api_cases(struct vb_exchange *exchange);
void vb_api_new_case(struct vb_exchange *exchange);
void vb_api_case(struct vb_exchange *exchange);

/* api_begin.c */
void vb_api_new_round(struct vb_exchange *exchange);

/* api_rounds.c */
void vb_api_round(struct vb_exchange *exchange);
void vb_api_name_person(struct vb_exchange *exchange);
void vb_api_release(struct vb_exchange *exchange);
void vb_api_close(struct vb_exchange *exchange);
void vb_api_end(struct vb_exchange *exchange);
void vb_api_withdraw(struct vb_exchange *exchange);
void vb_api_together(struct vb_exchange *exchange); /* a seat whose role is "together" */
void vb_api_round_events(struct vb_exchange *exchange);

/* api_invite.c */
void vb_api_invite(struct vb_exchange *exchange);
void vb_api_uninvite(struct vb_exchange *exchange);

/* api_sheet.c */
void vb_api_sheet(struct vb_exchange *exchange);
void vb_api_sheet_aloud(struct vb_exchange *exchange);
void vb_api_result(struct vb_exchange *exchange);
void vb_api_guide(struct vb_exchange *exchange);
void vb_api_blob(struct vb_exchange *exchange);

/* api_aloud.c */
void vb_api_sheet_audio(struct vb_exchange *exchange);

/* api_talk.c */
void vb_api_talk(struct vb_exchange *exchange);
void vb_api_put_talk(struct vb_exchange *exchange);

/* api_history.c, api_campaign.c, api_research.c */
void vb_api_history(struct vb_exchange *exchange);
void vb_api_campaigns(struct vb_exchange *exchange);
void vb_api_research(struct vb_exchange *exchange);
void vb_api_research_round(struct vb_exchange *exchange);

/* api_rights.c */
void vb_api_audit(struct vb_exchange *exchange);
void vb_api_rights(struct vb_exchange *exchange);
void vb_api_export(struct vb_exchange *exchange);
void vb_api_erase_person(struct vb_exchange *exchange);
void vb_api_erase_round(struct vb_exchange *exchange);
void vb_api_erase_case(struct vb_exchange *exchange);

/* api_accounts.c */
void vb_api_accounts(struct vb_exchange *exchange);
void vb_api_disable(struct vb_exchange *exchange);
void vb_api_state(struct vb_exchange *exchange);

#endif
