/* real_path.h - where a name that somebody configured leads to, for output plugins.
 *
 * A file is written anew under another name, which then takes its place. Done to a link that would
 * put the new file where the link was and leave the old one, with what was to be taken back, where
 * the link led. So links are followed first. Compiled into the plugins that use it. */
#ifndef REAL_PATH_H
#define REAL_PATH_H

/* The absolute path behind every link, also when the last of them leads to nothing yet; its folder
 * has to be there. For free(). NULL: errno says why. */
char *real_path(const char *path);

#endif
