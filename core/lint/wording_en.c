/* English words to look for. As with the Dutch ones, the lists are short on purpose. */
#include "lint/wording.h"

#include <stddef.h>

static const char *const negations[] = { "not",      "no",       "never",   "nothing", "nobody",
                                         "none",     "nowhere",  "neither", "nor",     "cannot",
                                         "don't",    "doesn't",  "didn't",  "can't",   "won't",
                                         "isn't",    "aren't",   "wasn't",  "weren't", "shouldn't",
                                         "wouldn't", "couldn't", "haven't", "hasn't",  "hardly",
                                         "mustn't",  NULL };

static const char *const absolutes[] = { "always",       "every time", "each time",
                                         "all the time", "constantly", NULL };

static const char *const figures[] = {
    "on the same page",
    "in the way",
    "weighs on",
    "at the end of the day",
    "on board",
    "touch base",
    "in my corner",
    "has my back",
    "have my back",
    "heart to heart",
    "in a rut",
    "the extra mile",
    "bottom line",
    "up in the air",
    "out of the blue",
    "hit it off",
    "eye to eye",
    "same wavelength",
    "break the ice",
    "breaks the ice",
    "pull my weight",
    "pulls his weight",
    "on track",
    "off track",
    "in the same boat",
    "a weight off",
    "opens doors",
    "to the bottom of",
    "in the loop",
    "out of my depth",
    "my feet",
    "on eggshells",
    "around the bush",
    "pull together",
    "stands behind me",
    "stand behind",
    "under pressure",
    "step back",
    "common thread",
    "the ball rolling",
    "goes downhill",
    "in the right direction",
    "hold my own",
    "get on with it",
    NULL,
};

static const char *const joins[] = { "and", "or", "but", "while", NULL };
static const char *const whole_joins[] = {
    "who or what",     "now and then",   "more or less",  "yes or no",     "one or two",
    "again and again", "here and there", "more and more", "once or twice", NULL
};
static const char *const pair_heads[] = { "between", "both", NULL };
static const char *const whether_heads[] = { NULL };
static const char *const persons[] = { "i",   "me", "you", "he",   "him",  "she",
                                       "her", "we", "us",  "they", "them", NULL };

static const char *const hard[] = {
    "difficult", "hard",       "afraid",    "scared",   "angry",   "sad",       "unsure",
    "unclear",   "unsafe",     "lonely",    "trouble",  "quarrel", "reluctant", "doubt",
    "worry",     "worried",    "bad",       "boring",   "heavy",   "tiring",    "stress",
    "stressful", "stressed",   "confusing", "confused", "unfair",  "forced",    "pushy",
    "distrust",  "conflict",   "costs me",  "struggle", "fails",   "wrong",     "against my will",
    "too fast",  "too little", "not",       "no",       "never",   "nothing",   "nobody",
    "don't",     "doesn't",    "can't",     "cannot",   "isn't",   "disagree",  NULL
};
static const char *const good[] = { "nice",  "pleasant",  "like to", "trust",     "easy",   "safe",
                                    "happy", "clear",     "respect", "helps",     "honest", "fun",
                                    "calm",  "satisfied", "useful",  "attention", "enjoy",  NULL };
static const char *const turns[] = { "can",     "dare",  "dares",    "may",       "able",
                                     "help",    "helps", "supports", "even when", "even if",
                                     "without", "less",  "eases",    NULL };
static const char *const harmless[] = { "work hard", "works hard", "working hard",
                                        "try hard",  "tries hard", "trying hard",
                                        "not only",  "no matter",  NULL };

const struct vb_wording_list vb_wording_en = {
    .language = "en",
    .negations = negations,
    .absolutes = absolutes,
    .figures = figures,
    .joins = joins,
    .whole_joins = whole_joins,
    .pair_heads = pair_heads,
    .whether_heads = whether_heads,
    .persons = persons,
    .hard = hard,
    .good = good,
    .turns = turns,
    .harmless = harmless,
};
