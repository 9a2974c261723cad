#include "serve/api.h"
void vb_api_history(struct vb_exchange *exchange)
{
    vb_reply_refuse(exchange, 404, "absent", NULL, "not yet");
}
