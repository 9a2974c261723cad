#include "serve/api.h"
void vb_api_accounts(struct vb_exchange *exchange)
{
    vb_reply_refuse(exchange, 404, "absent", NULL, "not yet");
}
void vb_api_disable(struct vb_exchange *exchange)
{
    vb_reply_refuse(exchange, 404, "absent", NULL, "not yet");
}
void vb_api_state(struct vb_exchange *exchange)
{
    vb_reply_refuse(exchange, 404, "absent", NULL, "not yet");
}
