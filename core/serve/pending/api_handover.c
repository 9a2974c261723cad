#include "serve/api.h"
void vb_api_hand_over(struct vb_exchange *exchange)
{
    vb_reply_refuse(exchange, 404, "absent", NULL, "not yet");
}
void vb_api_take_back(struct vb_exchange *exchange)
{
    vb_reply_refuse(exchange, 404, "absent", NULL, "not yet");
}
void vb_api_own_turn(struct vb_exchange *exchange)
{
    vb_reply_refuse(exchange, 404, "absent", NULL, "not yet");
}
