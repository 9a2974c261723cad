#include "result.h"

#include <string.h>

const cJSON *result_of(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

const char *result_text(const cJSON *object, const char *name)
{
    return cJSON_GetStringValue(result_of(object, name));
}

bool result_takes_back(const cJSON *result)
{
    const char *reason = result_text(result, "reason");
    return reason != NULL && (strcmp(reason, "withdrawn") == 0 || strcmp(reason, "erased") == 0 ||
                              strcmp(reason, "corrected") == 0);
}
