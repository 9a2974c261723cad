/* sending.h - sample results as parcels, with words of their own that can be looked for. Of this
 * room only. */
#ifndef VB_CONFORM_SENDING_H
#define VB_CONFORM_SENDING_H

#include "conform/suite.h"

/* A round that results are sent of, of a case of its own: random ids, fresh for each trial. */
struct sampled {
    const char *round, *kept_case, *client, *worker;
};
struct sampled sampled_round(struct trial *trial);

struct sending {
    const char *parcel;
    const char *digest, *instrument; /* instrument: JSON */
    const char *result;
    size_t result_len;
    struct vb_wire_blob blobs[2];
    size_t blob_count;
    const char *words[3]; /* what client, worker and both said in it, found nowhere else */
};
/* The sample of that name (core/conform/samples/NAME.json) as revision of the round. Its pictures
 * and its sheet lie in the trial's folder handed. */
struct sending sending_of(struct trial *trial, const struct sampled *round, const char *sample,
                          int revision);
/* The same with a picture of some megabytes and words that fill the line almost to its limit. */
struct sending sending_huge(struct trial *trial, const struct sampled *round, int revision);
/* With so many bytes of words in it. */
struct sending sending_long(struct trial *trial, const struct sampled *round, const char *sample,
                            int revision, size_t more);
/* One piece of a result changed for another, as text; it must be there. */
void sending_change(struct trial *trial, struct sending *sending, const char *from, const char *to);

/* For its test: the samples by index; false past the last. */
bool vb_sample(int index, const char **name, const char **bytes, size_t *len);

#endif
