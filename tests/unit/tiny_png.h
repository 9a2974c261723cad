/* tiny_png.h - the smallest thing that passes for a PNG, with bytes of a test's own in the place of
 * its pixels. TINY_PNG("\x04", "text"): a string literal; sizeof it minus one is how long it is. */
#ifndef TINY_PNG_H
#define TINY_PNG_H

#define TINY_PNG_HEAD                                                                              \
    "\x89PNG\r\n\x1A\n"                                                                            \
    "\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0\x3A\x7E\x9B\x55"
#define TINY_PNG_END        "\0\0\0\0IEND\xAE\x42\x60\x82"
#define TINY_PNG(len, text) TINY_PNG_HEAD "\0\0\0" len "IDAT" text "\0\0\0\0" TINY_PNG_END

#endif
