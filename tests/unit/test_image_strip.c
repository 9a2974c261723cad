/* Photos: what their camera and owner wrote into them goes, the picture stays. */
#include "tests.h"

#include "kinds/image_strip.h"
#include "kinds/kind.h"

/* The pieces of pictures, put together by each test; the marker stands wherever somebody could have
 * written it. */
#define MARKER "MARKER-52.0907N-5.1214E"
struct piece {
    const char *bytes;
    size_t len;
};
#define PIECE(literal)                                                                             \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

/* TIFF, big endian: place of GPS folder, then orientation 6, then a camera with the marker. */
#define TIFF                                                                                       \
    "MM\0*\0\0\0\x08\0\3"                                                                          \
    "\x01\x0f\0\2\0\0\0\x18\0\0\0\x32"                                                             \
    "\x01\x12\0\3\0\0\0\1\0\6\0\0"                                                                 \
    "\x88\x25\0\4\0\0\0\1\0\0\0\x32"                                                               \
    "\0\0\0\0" MARKER "\0"
static const char held[] = "II*\0\x08\0\0\0\x01\0\x12\x01\3\0\1\0\0\0\6\0\0\0\0\0\0"; /* 26 */

static struct vb_buf join_pieces(const struct piece *pieces, size_t count)
{
    struct vb_buf out = { 0 };
    for (size_t i = 0; i < count; i++)
        vb_buf_put(&out, pieces[i].bytes, pieces[i].len);
    return out;
}
#define JOIN(pieces) join_pieces(pieces, sizeof(pieces) / sizeof *(pieces))

static bool holds(const struct vb_buf *bytes, const char *text, size_t len)
{
    return memmem(bytes->data, bytes->len, text, len) != NULL;
}

/* Cleans a copy as long as it says, so that a byte read past it is seen by the sanitizer. */
static enum vb_code clean(struct vb_buf *out, const void *bytes, size_t len, struct vb_err *err)
{
    const char *type;
    char *copy = malloc(len == 0 ? 1 : len);
    memcpy(copy, bytes, len);
    enum vb_code code = vb_picture_clean(out, copy, len, &type, err);
    free(copy);
    return code;
}

static void cleans(const struct vb_buf *from, struct vb_buf *out)
{
    struct vb_err err;
    struct vb_buf again = { 0 };
    if (clean(out, from->data, from->len, &err) != VB_OK)
        fail_msg("%s", err.text);
    assert_false(holds(out, "MARKER", 6));
    assert_int_equal(clean(&again, out->data, out->len, &err), VB_OK);
    assert_int_equal(again.len, out->len);
    assert_memory_equal(again.data, out->data, out->len);
    vb_buf_finish(&again);
}

static void refuses(const struct vb_buf *from, const char *part)
{
    struct vb_buf out = { 0 };
    struct vb_err err = { 0 };
    assert_int_equal(clean(&out, from->data, from->len, &err), VB_E_DATA);
    if (strstr(err.text, part) == NULL)
        fail_msg("'%s' does not say '%s'", err.text, part);
    assert_int_equal(out.len, 0);
    vb_buf_finish(&out);
}

/* -- JPEG ------------------------------------------------------------------------------------- */

#define SOI   "\xFF\xD8"
#define JFIF  "\xFF\xE0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
#define FRAME "\xFF\xC0\0\x0B\x08\0\1\0\1\1\1\x11\0"
#define CODES                                                                                      \
    "\xFF\xC4\0\x14\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"                                           \
    "\xFF\xC4\0\x14\x10\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define SCAN   "\xFF\xDA\0\x08\1\1\0\0\x3F\0"
#define PIXELS "\x3F\xFF\0\xFF\xD0\x12"
#define EOI    "\xFF\xD9"
static char quantization[69] = "\xFF\xDB\0\x43\0";

#define PICTURE                                                                                    \
    { quantization, sizeof quantization }, PIECE(FRAME), PIECE(CODES), PIECE(SCAN), PIECE(PIXELS)

static int set_up(void **state)
{
    (void)state;
    memset(quantization + 5, 1, 64);
    return 0;
}

static void of_a_jpeg_the_picture_stays_and_how_it_was_held(void **state)
{
    (void)state;
    const struct piece given[] = {
        PIECE(SOI),
        PIECE(JFIF),
        PIECE("\xFF\xE1\0\x52"
              "Exif\0\0" TIFF),
        PIECE("\xFF\xE1\0\x37http://ns.adobe.com/xap/1.0/\0" MARKER "\0"),
        PIECE("\xFF\xED\0\x1A" MARKER "\0"),
        PIECE("\xFF\xE2\0\x26ICC_PROFILE\0" MARKER "\0"),
        PIECE("\xFF\xFE\0\x1A" MARKER "\0"),
        PICTURE,
        PIECE(EOI),
        PIECE("ftypmp42 a film " MARKER),
    };
    const struct piece kept[] = { PIECE(SOI),
                                  PIECE(JFIF),
                                  PIECE("\xFF\xE1\0\x22"
                                        "Exif\0\0"),
                                  { held, 26 },
                                  PICTURE,
                                  PIECE(EOI) };
    struct vb_buf from = JOIN(given), want = JOIN(kept), out = { 0 };
    assert_true(holds(&from, MARKER, sizeof MARKER - 1));
    cleans(&from, &out);
    assert_int_equal(out.len, want.len);
    assert_memory_equal(out.data, want.data, want.len);
    vb_buf_finish(&from);
    vb_buf_finish(&want);
    vb_buf_finish(&out);
}

static void what_a_jpeg_says_of_its_colours_is_said_again(void **state)
{
    (void)state;
    const struct piece given[] = { PIECE(SOI),
                                   PIECE("\xFF\xEE\0\x14"
                                         "Adobe\0\x64\0\0\0\0\2MARKER"),
                                   PICTURE, PIECE(EOI) };
    struct vb_buf from = JOIN(given), out = { 0 };
    cleans(&from, &out);
    assert_true(holds(&out,
                      "\xFF\xEE\0\x0E"
                      "Adobe\0\x64\0\0\0\0\2\xFF\xDB",
                      18));
    vb_buf_finish(&from);
    vb_buf_finish(&out);
}

static void a_thumbnail_does_not_stay_in_the_head(void **state)
{
    (void)state;
    const struct piece given[] = { PIECE(SOI),
                                   PIECE("\xFF\xE0\0\x19JFIF\0\1\1\0\0\1\0\1\1\3MARKER\0\0\0"),
                                   PICTURE, PIECE(EOI) };
    const struct piece kept[] = { PIECE(SOI), PIECE(JFIF), PICTURE, PIECE(EOI) };
    struct vb_buf from = JOIN(given), want = JOIN(kept), out = { 0 };
    cleans(&from, &out);
    assert_int_equal(out.len, want.len);
    assert_memory_equal(out.data, want.data, want.len);
    vb_buf_finish(&from);
    vb_buf_finish(&want);
    vb_buf_finish(&out);
}

static void a_jpeg_that_is_not_what_it_says_is_refused(void **state)
{
    (void)state;
    static const struct {
        struct piece piece;
        const char *says;
    } bad[] = {
        { PIECE("\xFF\xDB\0\x45\0"), "broken" },             /* a table and two bytes more */
        { PIECE("\xFF\xC4\0\x08\0MARKER"), "broken" },       /* codes that are none */
        { PIECE("\xFF\xDD\0\x08MARKER"), "broken" },         /* a restart interval too long */
        { PIECE("\xFF\xDA\0\x08\1\1\0\0\x3F\0"), "broken" }, /* a scan before the frame */
        { PIECE("\xFF\xC3\0\x0B\x08\0\1\0\1\1\1\x11\0"), "do not show" }, /* lossless */
        { PIECE("\xFF\xC0\0\x0B\x08\xFF\xFF\0\1\1\1\x11\0"), "too large" },
        { PIECE("\xFF\xC0\0\x0B\x08\0\0\0\1\1\1\x11\0"), "too large" },
        { PIECE("\xFF\xD8"), "" },
        { PIECE("\xFF\xFE\0\2MARKER"), "broken" },
        { PIECE("\xFF\xD9"), "no picture" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct piece given[] = { PIECE(SOI), bad[i].piece, PICTURE, PIECE(EOI) };
        struct vb_buf from = JOIN(given);
        refuses(&from, bad[i].says);
        vb_buf_finish(&from);
    }
}

/* -- PNG -------------------------------------------------------------------------------------- */

#define CRC       "\1\2\3\4"
#define SIGNATURE "\x89PNG\r\n\x1A\n"
#define IHDR      "\0\0\0\x0DIHDR\0\0\0\1\0\0\0\1\x08\3\0\0\0" CRC
#define PLTE      "\0\0\0\3PLTE\1\2\3" CRC
#define TRNS      "\0\0\0\1tRNS\x80" CRC
#define IDAT      "\0\0\0\4IDATabcd" CRC
#define IEND      "\0\0\0\0IEND\xAE\x42\x60\x82"

static void of_a_png_five_parts_stay_and_how_it_was_held(void **state)
{
    (void)state;
    const struct piece given[] = {
        PIECE(SIGNATURE IHDR),
        PIECE("\0\0\0\x18tEXt" MARKER "\0" CRC),
        PIECE("\0\0\0\x18iTXt" MARKER "\0" CRC),
        PIECE("\0\0\0\x18iCCP" MARKER "\0" CRC),
        PIECE("\0\0\0\x18maRk" MARKER "\0" CRC),
        PIECE(PLTE TRNS),
        PIECE("\0\0\0\x08"
              "acTL\0\0\0\1\0\0\0\0" CRC),
        PIECE(IDAT IDAT),
        PIECE("\0\0\0\x4A"
              "eXIf" TIFF CRC),
        PIECE(IEND),
        PIECE(MARKER),
    };
    const struct piece kept[] = { PIECE(SIGNATURE IHDR "\0\0\0\x1A"
                                                       "eXIf"),
                                  { held, 26 },
                                  PIECE("\xB7\x48\x11\x29" PLTE TRNS IDAT IDAT IEND) };
    struct vb_buf from = JOIN(given), want = JOIN(kept), out = { 0 };
    cleans(&from, &out);
    assert_int_equal(out.len, want.len);
    assert_memory_equal(out.data, want.data, want.len);
    vb_buf_finish(&from);
    vb_buf_finish(&want);
    vb_buf_finish(&out);
}

static void a_png_that_is_not_what_it_says_is_refused(void **state)
{
    (void)state;
    static const struct {
        struct piece piece;
        const char *says;
    } bad[] = {
        { PIECE(SIGNATURE), "broken" },
        { PIECE(SIGNATURE IHDR), "cut off" },
        { PIECE(SIGNATURE IDAT IEND), "broken" },
        { PIECE(SIGNATURE IHDR IEND), "no picture" },
        { PIECE(SIGNATURE IHDR "\0\0\0\1MARK1" CRC IDAT IEND), "nobody knows" },
        { PIECE(SIGNATURE IHDR IDAT TRNS IEND), "broken" },
        { PIECE(SIGNATURE IHDR IDAT "\0\0\0\1tEXt1" CRC IDAT IEND), "broken" },
        { PIECE(SIGNATURE IHDR PLTE PLTE IDAT IEND), "broken" },
        { PIECE(SIGNATURE "\0\0\0\x0DIHDR\0\1\0\0\0\0\0\1\x08\3\0\0\0" CRC IDAT IEND),
          "too large" },
        { PIECE(SIGNATURE "\0\0\0\x0DIHDR\0\0\0\0\0\0\0\1\x08\3\0\0\0" CRC IDAT IEND),
          "too large" },
        { PIECE(SIGNATURE IHDR "\xFF\xFF\xFF\xFFtEXt"), "cut off" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct vb_buf from = join_pieces(&bad[i].piece, 1);
        refuses(&from, bad[i].says);
        vb_buf_finish(&from);
    }
}

/* -- WebP ------------------------------------------------------------------------------------- */

#define VP8X "VP8X\x0A\0\0\0\x3C\0\0\0\0\0\0\0\0\0"
#define ALPH "ALPH\1\0\0\0\1\0"
#define VP8  "VP8 \4\0\0\0abcd"

static void of_a_webp_the_pixels_stay_and_how_it_was_held(void **state)
{
    (void)state;
    const struct piece given[] = {
        PIECE("RIFF\xD2\0\0\0WEBP" VP8X),
        PIECE("ICCP\x17\0\0\0" MARKER "\0"),
        PIECE(ALPH VP8),
        PIECE("EXIF\x4A\0\0\0" TIFF),
        PIECE("XMP \x17\0\0\0" MARKER "\0"),
        PIECE("behind: " MARKER),
    };
    const struct piece kept[] = {
        PIECE("RIFF\x4C\0\0\0WEBPVP8X\x0A\0\0\0\x18\0\0\0\0\0\0\0\0\0" ALPH VP8),
        PIECE("EXIF\x1A\0\0\0"),
        { held, 26 },
    };
    struct vb_buf from = JOIN(given), want = JOIN(kept), out = { 0 };
    from.data[4] = (char)(from.len - 8 - sizeof "behind: " MARKER + 1);
    cleans(&from, &out);
    want.data[4] = (char)(want.len - 8);
    assert_int_equal(out.len, want.len);
    assert_memory_equal(out.data, want.data, want.len);
    vb_buf_finish(&from);
    vb_buf_finish(&want);
    vb_buf_finish(&out);
}

static void a_simple_webp_is_its_pixels(void **state)
{
    (void)state;
    const struct piece given[] = { PIECE("RIFF\x28\0\0\0WEBPVP8L\3\0\0\0abc\0"),
                                   PIECE("mark\x07\0\0\0MARKER1\0") };
    const struct piece kept[] = { PIECE("RIFF\x10\0\0\0WEBPVP8L\3\0\0\0abc\0") };
    struct vb_buf from = JOIN(given), want = JOIN(kept), out = { 0 };
    from.data[4] = (char)(from.len - 8);
    cleans(&from, &out);
    assert_int_equal(out.len, want.len);
    assert_memory_equal(out.data, want.data, want.len);
    vb_buf_finish(&from);
    vb_buf_finish(&want);
    vb_buf_finish(&out);
}

static void a_webp_that_moves_or_is_not_what_it_says_is_refused(void **state)
{
    (void)state;
    static const struct {
        struct piece piece;
        const char *says;
    } bad[] = {
        { PIECE("RIFF\4\0\0\0WEBP"), "no picture" },
        { PIECE("RIFF\x10\0\0\0WEBPVP8 \4\0\0\0abc"), "cut off" },
        { PIECE("RIFF\0\0\0\0WEBP" VP8), "cut off" },
        { PIECE("RIFF\x10\0\0\0WEBPVP8 \xFF\xFF\xFF\xFF"
                "abcd"),
          "cut off" },
        { PIECE("RIFF\x10\0\0\0WEBPANIM\4\0\0\0abcd"), "moves" },
        { PIECE("RIFF\x1C\0\0\0WEBP" VP8 VP8), "broken" },
        { PIECE("RIFF\x1A\0\0\0WEBP" ALPH VP8), "broken" },
        { PIECE("RIFF\x22\0\0\0WEBPVP8X\x0A\0\0\0\2\0\0\0\0\0\0\0\0\0" VP8), "moves" },
        { PIECE("RIFF\x22\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\xFF\xFF\xFF\0\0\0" VP8), "too large" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct vb_buf from = join_pieces(&bad[i].piece, 1);
        refuses(&from, bad[i].says);
        vb_buf_finish(&from);
    }
}

/* -- all of them ------------------------------------------------------------------------------ */

static void try_all(const struct vb_buf *from)
{
    struct vb_err err;
    for (size_t cut = 0; cut < from->len; cut++) {
        struct vb_buf out = { 0 };
        assert_int_not_equal(clean(&out, from->data, cut, &err), VB_OK);
        vb_buf_finish(&out);
    }
    for (size_t at = 0; at < from->len; at++)
        for (int to = 0; to < 256; to += to < 8 || to > 246 ? 1 : 17) {
            struct vb_buf changed = { 0 }, out = { 0 };
            vb_buf_put(&changed, from->data, from->len);
            changed.data[at] = (char)to;
            if (clean(&out, changed.data, changed.len, &err) == VB_OK) {
                struct vb_buf again = { 0 };
                assert_int_equal(clean(&again, out.data, out.len, &err), VB_OK);
                assert_memory_equal(again.data, out.data, out.len);
                vb_buf_finish(&again);
            }
            vb_buf_finish(&changed);
            vb_buf_finish(&out);
        }
}

static void what_is_cut_off_or_changed_is_refused_or_cleaned_and_never_more(void **state)
{
    (void)state;
    const struct piece jpeg[] = { PIECE(SOI),
                                  PIECE("\xFF\xE1\0\x52"
                                        "Exif\0\0" TIFF),
                                  PICTURE, PIECE(EOI) };
    const struct piece png[] = { PIECE(SIGNATURE IHDR "\0\0\0\x4A"
                                                      "eXIf" TIFF CRC PLTE IDAT IEND) };
    const struct piece webp[] = { PIECE("RIFF\x80\0\0\0WEBP" VP8X VP8),
                                  PIECE("EXIF\x4A\0\0\0" TIFF) };
    struct vb_buf all[] = { JOIN(jpeg), JOIN(png), JOIN(webp) };
    all[2].data[4] = (char)(all[2].len - 8);
    for (size_t i = 0; i < 3; i++) {
        struct vb_buf out = { 0 };
        cleans(&all[i], &out);
        try_all(&all[i]);
        vb_buf_finish(&out);
        vb_buf_finish(&all[i]);
    }
}

static void past_its_size_a_picture_is_refused_before_it_is_read(void **state)
{
    (void)state;
    struct vb_buf big = { 0 }, out = { 0 };
    struct vb_err err;
    const char *type;
    vb_buf_put(&big, SIGNATURE, 8);
    vb_buf_reserve(&big, VB_IMAGE_MAX);
    memset(big.data + 8, 0, VB_IMAGE_MAX);
    assert_int_equal(vb_picture_clean(&out, big.data, VB_IMAGE_MAX + 1, &type, &err), VB_E_LIMIT);
    vb_buf_finish(&big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_a_jpeg_the_picture_stays_and_how_it_was_held),
        cmocka_unit_test(what_a_jpeg_says_of_its_colours_is_said_again),
        cmocka_unit_test(a_thumbnail_does_not_stay_in_the_head),
        cmocka_unit_test(a_jpeg_that_is_not_what_it_says_is_refused),
        cmocka_unit_test(of_a_png_five_parts_stay_and_how_it_was_held),
        cmocka_unit_test(a_png_that_is_not_what_it_says_is_refused),
        cmocka_unit_test(of_a_webp_the_pixels_stay_and_how_it_was_held),
        cmocka_unit_test(a_simple_webp_is_its_pixels),
        cmocka_unit_test(a_webp_that_moves_or_is_not_what_it_says_is_refused),
        cmocka_unit_test(what_is_cut_off_or_changed_is_refused_or_cleaned_and_never_more),
        cmocka_unit_test(past_its_size_a_picture_is_refused_before_it_is_read),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
