#include "store_place.h"
#include "store_suite.h"

static void *begin(void)
{
    return place_make();
}

int main(void)
{
    const struct store_maker sqlite = { "a store on disk", begin, place_open, place_reopen,
                                        place_end };
    return store_suite_run(&sqlite);
}
