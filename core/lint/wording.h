/* wording.h - a text as words, and the words to look for in it.
 *
 * A sentence is turned into its words in lower case, one blank before and after each, so that a
 * phrase is found with vb_wording_finds and never within another word. A slot such as {client} is
 * one word; marks of their own: "," and ".", where a sentence ends. Pure; any thread. */
#ifndef VB_WORDING_H
#define VB_WORDING_H

#include <stdbool.h>

#include "base/mem.h"

/* The words of one language; each list ends with NULL. wording_nl.c, wording_en.c */
struct vb_wording_list {
    const char *language;             /* "nl", also for nl-BE */
    const char *const *negations;     /* not, never */
    const char *const *absolutes;     /* always */
    const char *const *figures;       /* phrases that are not meant word for word */
    const char *const *joins;         /* and, or */
    const char *const *whole_joins;   /* phrases with a join that are one idea */
    const char *const *pair_heads;    /* between: what it joins is one idea */
    const char *const *whether_heads; /* after these a join means "whether"; empty: never */
    const char *const *persons;       /* I, you: "{client} and I" is one idea */
    const char *const *hard;          /* words of a statement that speaks against */
    const char *const *good;          /* words of a statement that speaks for */
    const char *const *turns;         /* can, dare, helps: what is hard is overcome */
    const char *const *harmless;      /* phrases with a hard word that are not hard */
};
extern const struct vb_wording_list vb_wording_nl, vb_wording_en;
/* NULL: no words are known of this language. */
const struct vb_wording_list *vb_wording_list(const char *tag);

/* " i can talk with {professional} . " */
const char *vb_wording_words(struct vb_arena *arena, const char *text);
/* The first phrase of the list that stands in words, or NULL. */
const char *vb_wording_finds(const char *words, const char *const *list);
bool vb_wording_has_letters(const char *text);

/* The longest word with more than most letters, or NULL; slots are not counted. */
const char *vb_wording_long_word(struct vb_arena *arena, const char *words, int most);
/* Words of the longest sentence; a slot is one. */
int vb_wording_longest(const char *words);
/* What joins a second idea to the first ("and"; "." for a second sentence), or NULL. */
const char *vb_wording_second_idea(struct vb_arena *arena, const char *words,
                                   const struct vb_wording_list *list);

#endif
