#include "serve/api.h"
void vb_api_invite(struct vb_exchange *exchange)
{
    vb_reply_refuse(exchange, 404, "absent", NULL, "not yet");
}
void vb_api_uninvite(struct vb_exchange *exchange)
{
    vb_reply_refuse(exchange, 404, "absent", NULL, "not yet");
}
