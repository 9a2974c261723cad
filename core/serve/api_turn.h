/* api_turn.h - the handlers of a person's turn, by file; api_turn.c's table lists them. Room serve
 * only. */
#ifndef VB_API_TURN_H
#define VB_API_TURN_H

#include "serve/exchange.h"

/* api_turn_verbs.c */
void vb_api_turn_answer(struct vb_exchange *exchange);
void vb_api_turn_back(struct vb_exchange *exchange);
void vb_api_turn_change(struct vb_exchange *exchange);
void vb_api_turn_hold(struct vb_exchange *exchange);
void vb_api_turn_follow(struct vb_exchange *exchange);

/* api_turn_end.c */
void vb_api_turn_share(struct vb_exchange *exchange);
void vb_api_turn_stop(struct vb_exchange *exchange);
void vb_api_turn_sheet(struct vb_exchange *exchange);
void vb_api_turn_sheet_aloud(struct vb_exchange *exchange);
void vb_api_turn_leave(struct vb_exchange *exchange);

/* api_aloud.c */
void vb_api_turn_audio(struct vb_exchange *exchange);

/* api_turn_after.c */
void vb_api_turn_withdraw(struct vb_exchange *exchange);
void vb_api_turn_correct(struct vb_exchange *exchange);
void vb_api_turn_earlier(struct vb_exchange *exchange);

/* api_turn_sight.c */
void vb_api_turn_pause(struct vb_exchange *exchange);
void vb_api_turn_open(struct vb_exchange *exchange);

/* api_turn_image.c */
void vb_api_turn_image(struct vb_exchange *exchange);
void vb_api_turn_own_image(struct vb_exchange *exchange);
void vb_api_turn_picture(struct vb_exchange *exchange);

#endif
