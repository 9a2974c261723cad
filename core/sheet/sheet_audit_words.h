/* sheet_audit_words.h - what stands in the audit, said to whom it is about, in Dutch ("nl...") or
 * English. What is not known comes out as it is written (docs/reference/audit.md). Pure. */
#ifndef VB_SHEET_AUDIT_WORDS_H
#define VB_SHEET_AUDIT_WORDS_H

const char *vb_audit_words_action(const char *language, const char *action);
/* Rules of the program and people without an account have words of their own. */
const char *vb_audit_words_author(const char *language, const char *by);

#endif
