#include "session/pinned.h"

#include "base/str.h"
#include "script/load.h"

static enum vb_code load(const struct vb_env *env, struct vb_pinned *pinned, const char *main_path,
                         struct vb_plan **out, struct vb_err *err)
{
    struct vb_sandbox_options options = env->sandbox;
    struct vb_source source = vb_source_pinned(pinned);
    struct vb_findings findings = { 0 };
    options.limits = vb_limits_load();
    enum vb_code code = vb_load(out, &source, main_path, &options, &findings, err);
    vb_findings_finish(&findings);
    return code == VB_OK ? VB_OK : vb_while(err, "loading the instrument of this round");
}

enum vb_code vb_pinned_load(struct vb_store *store, const struct vb_env *env, const char *digest,
                            struct vb_plan **out, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_file *files;
    const char *main_path;
    size_t count;
    enum vb_code code =
        store->ops->instrument(store, digest, &arena, &files, &count, &main_path, err);
    code = code == VB_OK ? load(env, &(struct vb_pinned){ files, count }, main_path, out, err)
                         : vb_while(err, "reading the instrument of this round");
    if (code == VB_OK && !vb_streq((*out)->digest, digest)) {
        vb_plan_release(*out);
        *out = NULL;
        code =
            vb_fail(err, VB_E_DATA, "the kept files of %s are not those of its digest", main_path);
    }
    vb_arena_finish(&arena);
    return code;
}
