#include "serve/api.h"
void vb_api_research(struct vb_exchange *exchange)
{
    vb_reply_refuse(exchange, 404, "absent", NULL, "not yet");
}
void vb_api_research_round(struct vb_exchange *exchange)
{
    vb_reply_refuse(exchange, 404, "absent", NULL, "not yet");
}
