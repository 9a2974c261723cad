#include "term/phrases.h"

#include "base/str.h"
#include "session/said.h"

/* B1 and below: short sentences, frequent words, one idea each. */
static const char *const phrases[VB_PHRASE_COUNT][VB_TONGUE_COUNT] = {
    [VB_KEY_ENTER_BEGIN] = { "Enter = beginnen", "Enter = begin" },
    [VB_SAY_PRESS_ENTER] = { "Druk op Enter.", "Press Enter." },
    [VB_SAY_WELCOME_BACK] = { "Welkom terug. Je gaat verder waar je was. Druk op Enter.",
                              "Welcome back. You go on where you were. Press Enter." },
    [VB_SAY_QUESTION] = { "Vraag {}", "Question {}" },
    [VB_KEY_ENTER_SKIP] = { "Enter = overslaan", "Enter = skip" },
    [VB_KEY_ENTER_KEEP] = { "Enter = zo laten", "Enter = keep it" },
    [VB_KEY_SKIP] = { "o = overslaan", "s = skip" },
    [VB_KEY_BACK] = { "t = terug", "b = back" },
    [VB_KEY_OVERVIEW] = { "t = terug naar het overzicht", "b = back to the overview" },
    [VB_KEY_STOP] = { "s = stoppen", "q = stop" },
    [VB_KEY_HELP] = { "? = uitleg", "? = help" },
    [VB_SAY_EXPLAIN] = { "Er zijn geen goede of foute antwoorden. Je mag elke vraag overslaan die "
                         "niet verplicht is. Tot je deelt, kun je alles nog veranderen. Letters "
                         "mogen ook:",
                         "There are no right or wrong answers. You may skip every question that "
                         "is not required. Until you share, you can change everything. Letters "
                         "work too:" },
    [VB_KEY_DONT_KNOW] = { "w = weet ik niet", "d = don't know" },
    [VB_KEY_RATHER_NOT] = { "l = zeg ik liever niet", "r = rather not say" },
    [VB_KEY_ENTER_BACK] = { "Enter = terug naar de vraag", "Enter = back to the question" },
    [VB_SAY_WAS_SKIPPED] = { "Deze vraag heb je overgeslagen.", "You skipped this question." },
    [VB_SAY_OUT_OF] = { "van", "of" },
    [VB_SAY_OFFERED] = { "Eerst gaf je: {}", "You gave before: {}" },
    [VB_SAY_ABOUT] = { "Dit gaat over {}.", "This is about {}." },
    [VB_SAY_MENU] = { "Kies een nummer. Enter = terug naar de vraag",
                      "Choose a number. Enter = back to the question" },
    [VB_SAY_BACK] = { "terug", "back" },
    [VB_SAY_SKIP] = { "overslaan", "skip" },
    [VB_SAY_DONT_KNOW] = VB_SAID_DONT_KNOW,
    [VB_SAY_RATHER_NOT] = VB_SAID_RATHER_NOT,
    [VB_SAY_STOP] = { "stoppen", "stop" },
    [VB_SAY_NO_BACK] = { "Dit is de eerste vraag.", "This is the first question." },
    [VB_SAY_STOP_SURE] = { "Wil je stoppen? Dan ziet niemand jouw antwoorden.",
                           "Do you want to stop? Then nobody sees your answers." },
    [VB_WANT_SURE] = { "Typ j of n, of 1 of 2.", "Type y or n, or 1 or 2." },
    [VB_WANT_SURE_ENTER] = { "Typ j of n, of 1 of 2. Enter = nee.",
                             "Type y or n, or 1 or 2. Enter = no." },
    [VB_SAY_BROKEN] = VB_SAID_BROKEN,
    [VB_SAY_STOPPED] = { "Je bent gestopt. Niemand ziet jouw antwoorden.",
                         "You stopped. Nobody sees your answers." },
    [VB_SAY_YES] = { "ja", "yes" },
    [VB_SAY_NO] = { "nee", "no" },

    [VB_WANT_NUMBER_OF] = { "Kies een nummer: {}.", "Choose a number: {}." },
    [VB_WANT_CHOICES] = { "Kies er hoogstens {}, met een komma ertussen.",
                          "Choose at most {}, with commas between." },
    [VB_WANT_VAS] = { "Geef een getal van 0 tot 100.", "Give a number from 0 to 100." },
    [VB_WANT_YESNO] = { "Kies 1 of j voor ja, 2 of n voor nee.",
                        "Choose 1 or y for yes, 2 or n for no." },
    [VB_WANT_DECIMAL] = { "Geef een getal.", "Give a number." },
    [VB_WANT_DECIMAL_IN] = { "Geef een getal {}.", "Give a number {}." },
    [VB_WANT_DATE] = { "Geef een datum, zoals 31-12-2026.", "Give a date, such as 2026-12-31." },
    [VB_WANT_DATE_IN] = { "Geef een datum {}, zoals 31-12-2026.",
                          "Give a date {}, such as 2026-12-31." },
    [VB_WANT_WORDS] = { "Kies een of meer nummers, met een komma ertussen.",
                        "Choose one or more numbers, with commas between." },
    [VB_WANT_WORDS_OWN] = { "Geef woorden of nummers, met een komma ertussen.",
                            "Give words or numbers, with commas between." },
    [VB_WANT_WORDS_OWN_MAX] = { "Geef er hoogstens {}, woorden of nummers, met een komma ertussen.",
                                "Give at most {}, words or numbers, with commas between." },
    [VB_WANT_TEXT] = { "Schrijf in eigen woorden. Een lege regel is het einde.",
                       "Write in your own words. An empty line ends it." },
    [VB_WANT_TEXT_MAX] = { "Schrijf in eigen woorden, hoogstens {} tekens. Een lege regel is het "
                           "einde.",
                           "Write in your own words, at most {} characters. An empty line ends "
                           "it." },
    [VB_ASK_KEEP_FIRST] = { "Dit zijn {} tekens; {} mag. De eerste {} bewaren?",
                            "These are {} characters; {} are allowed. Keep the first {}?" },
    [VB_SAY_LINE_CUT] = { "Een regel was te lang voor dit venster: het einde ervan kwam niet aan. "
                          "Druk bij een lange tekst af en toe op Enter.",
                          "A line was too long for this window: the end of it did not arrive. "
                          "In a long text, press Enter now and then." },
    [VB_ASK_KEEP_REST] = { "De {} tekens bewaren die wel aankwamen?",
                           "Keep the {} characters that did arrive?" },
    [VB_SAY_OTHER] = { "iets anders", "something else" },
    [VB_ASK_OTHER] = { "Wat dan?", "What is it?" },
    [VB_ASK_FILE] = { "Waar staat de afbeelding? Geef het pad naar het bestand.",
                      "Where is the image? Give the path to the file." },
    [VB_ASK_WORDS] = { "Welke woorden? Met een komma ertussen.",
                       "Which words? With commas between." },
    [VB_SAY_PLACE] = { "{}: {} naar rechts, {} omhoog", "{}: {} to the right, {} up" },
    [VB_WANT_PLACE] = { "Waar ligt {}? Typ twee getallen van 0 tot 100: hoe ver naar rechts, en "
                        "hoe "
                        "ver omhoog. Bijvoorbeeld 30 70.",
                        "Where is {}? Type two numbers from 0 to 100: how far to the right, and "
                        "how "
                        "far up. For example 30 70." },
    [VB_SAY_PLACE_AGAIN] = { "Enter: begin opnieuw met de eerste.",
                             "Enter: begin again with the first." },
    [VB_WANT_PIECE] = { "Typ het nummer van een stukje en twee getallen van 0 tot 100: hoe ver "
                        "naar "
                        "rechts, en hoe ver omhoog. Een vierde getal draait het: 90 is een kwart. "
                        "Bijvoorbeeld 1 30 70 of 1 30 70 90.",
                        "Type the number of a piece and two numbers from 0 to 100: how far to the "
                        "right, and how far up. A fourth number turns it: 90 is a quarter. For "
                        "example 1 30 70 or 1 30 70 90." },
    [VB_SAY_PIECES_LEFT] = { "Er ligt: {}. Nog een, of Enter als het klaar is.",
                             "Placed: {}. One more, or Enter when it is ready." },
    [VB_SAY_PIECES_FULL] = { "Meer stukjes kunnen er niet bij.",
                             "There is no room for more pieces." },
    [VB_SAY_BY_PIECES] = { "stukjes kiezen en neerleggen", "choose pieces and put them down" },
    [VB_SAY_BY_PIECES_KEPT] = { "stukjes neerleggen, en ze bewaren bij de antwoorden",
                                "put pieces down, and keep them with the answers" },
    [VB_SAY_BY_GIVING] = { "een bestand, om mee te geven", "a file, to take along" },
    [VB_SAY_BY_KEEPING] = { "een bestand, {} dagen bewaren", "a file, kept for {} days" },
    [VB_SAY_BY_FILE] = { "een afbeelding, uit een bestand", "an image, from a file" },
    [VB_SAY_BY_SHOWING] = { "laten zien, niet bewaren", "show it, do not keep it" },
    [VB_SAY_BY_WORDS] = { "een paar woorden", "a few words" },
    [VB_SAY_BY_PAPER] = { "alleen op papier", "only on paper" },
    [VB_SAY_IMAGE] = { "een afbeelding", "an image" },
    [VB_SAY_ON_PAPER] = { "op papier", "on paper" },
    [VB_SAY_NOT_KEPT] = { "gemaakt, niet bewaard", "made, not kept" },
    [VB_SAY_NOT_FILLED_IN] = VB_SAID_NOT_FILLED_IN,
    [VB_SAY_OF_HUNDRED] = VB_SAID_OF_HUNDRED,
    [VB_SAY_FROM] = { "vanaf {}", "from {}" },
    [VB_SAY_UNTIL] = { "tot en met {}", "up to {}" },

    [VB_SAY_OVERVIEW] = { "Dit zijn jouw antwoorden", "These are your answers" },
    [VB_SAY_OVERVIEW_KEYS] = { "Typ een nummer om dat antwoord te veranderen. Typ v 3 om antwoord "
                               "3 voor jezelf te houden. Nog een keer v 3: dan gaat het weer mee.",
                               "Type a number to change that answer. Type hold 3 to keep answer 3 "
                               "to yourself. hold 3 once more: then it goes along again." },
    [VB_SAY_OVERVIEW_HELP] = { "Hier lees je jouw antwoorden terug. Nog niemand ziet ze. Een "
                               "antwoord dat je voor jezelf houdt, ziet straks ook niemand. Als je "
                               "klaar bent, kies je of de rest gezien mag worden.",
                               "Here you read your own answers. Nobody sees them yet. An answer "
                               "that you keep to yourself, nobody sees later either. When you are "
                               "ready, you choose whether the rest may be seen." },
    [VB_KEY_ENTER_READY] = { "Enter = klaar", "Enter = ready" },
    [VB_KEY_ENTER_MORE] = { "Enter = verder lezen", "Enter = read on" },
    [VB_KEY_PAGE_BACK] = { "t = terug", "b = back" },
    [VB_KEY_ENTER_LIST] = { "Enter = terug naar je antwoorden", "Enter = back to your answers" },
    [VB_SAY_NOW_HELD] = { "Antwoord {} houd je voor jezelf.", "You keep answer {} to yourself." },
    [VB_SAY_NOW_LET_GO] = { "Antwoord {} gaat weer mee.", "Answer {} goes along again." },
    [VB_SAY_FOR_WORKER] = { "[alleen voor de werker, als je dat zegt]",
                            "[for the worker only, if you say so]" },
    [VB_SAY_FOR_NOBODY] = { "[komt niet op het blad]", "[not on the sheet]" },
    [VB_SAY_HELD] = { "[houd ik voor mezelf]", "[I keep this to myself]" },
    [VB_SAY_NO_SUCH_NUMBER] = { "Kies een nummer van 1 tot {}.", "Choose a number from 1 to {}." },
    [VB_ASK_SHARE] = { "Mag {} jouw antwoorden zien? Dan praten jullie er samen over.",
                       "May {} see your answers? Then you talk about them together." },
    [VB_ASK_SHARE_ALL] = { "Mogen de anderen jouw antwoorden zien? Dan praten jullie er samen "
                           "over.",
                           "May the others see your answers? Then you talk about them together." },
    [VB_SAY_NO_THEN_STOP] = { "nee, dan stop ik", "no, then I stop" },
    [VB_SAY_SHARE_BACK] = { "terug naar mijn antwoorden", "back to my answers" },
    [VB_ASK_ONE_SIDED] = { "Mag dat ook als de ander niets invult?",
                           "May that be so too if the other fills in nothing?" },
    [VB_ASK_ONE_SIDED_ALL] = { "Mag dat ook als de anderen niets invullen?",
                               "May that be so too if the others fill in nothing?" },
    [VB_ASK_PRIVATE] = { "Mag de werker jouw antwoorden over \"{}\" zien? Niemand anders "
                         "ziet ze.",
                         "May the worker see your answers about \"{}\"? Nobody else sees "
                         "them." },
    [VB_ASK_EARLIER] = { "Eerder werkte je met iemand anders. Mag je nieuwe werker zien wat jij "
                         "toen "
                         "deelde? Alleen jouw eigen antwoorden. Je mag het later terugnemen.",
                         "You worked with somebody else before. May your new worker see what you "
                         "shared then? Only your own answers. You may take it back later." },
    [VB_ASK_DOSSIER] = { "Mag wat je deelt ook in het dossier? Eigen woorden, tekeningen en wat "
                         "moeilijk gaat komen daar nooit in.",
                         "May what you share go into the case file as well? Own words, drawings "
                         "and what is difficult never go there." },
    [VB_ASK_RESEARCH] = { "Mag het ook voor onderzoek worden gebruikt? Jouw naam gaat niet mee. "
                          "Wel of je een vraag oversloeg.",
                          "May it be used for research as well? Your name does not go along. "
                          "Whether you passed over a question does." },
    [VB_SAY_SHARED] = { "Dank je wel. Jouw antwoorden zijn bewaard.",
                        "Thank you. Your answers are saved." },
    [VB_SAY_SHARED_KEPT] = { "Dank je wel. Jouw antwoorden zijn bewaard. Terugnemen kan later "
                             "altijd "
                             "nog: vraag erom.",
                             "Thank you. Your answers are saved. You can always take them back "
                             "later: just ask." },
    [VB_SAY_NOT_SHARED_SURE] = { "Dan ziet niemand jouw antwoorden en stopt het hier. Zeker?",
                                 "Then nobody sees your answers and it stops here. Sure?" },

    [VB_ASK_LANGUAGE] = { "In welke taal?", "In which language?" },
    [VB_SAY_FOR] = { "Dit deel is voor {}.", "This part is for {}." },
    [VB_SAY_TURN] = { "Nu is {} aan de beurt. Geef de computer door.",
                      "Now it is the turn of {}. Pass the computer on." },
    [VB_SAY_ARE_YOU] = { "Ben je {}? Typ 1.", "Are you {}? Type 1." },
    [VB_ASK_MEMBERS] = { "Wie doen er mee?", "Who takes part?" },
    [VB_ASK_MEMBER_NAMES] = { "Namen van {}, op elke regel één. Lege regel = klaar.",
                              "Names of {}, one on each line. Empty line = ready." },
    [VB_SAY_TOO_FEW] = { "Noem er minstens {}.", "Name at least {}." },
    [VB_SAY_NAME_TWICE] = { "Die naam staat er al. Kies een andere naam.",
                            "That name is there already. Choose another name." },
    [VB_ASK_NEXT_MEMBER] = { "Wie vult nu in? Typ een woord dat alleen jij kent. Geen naam. "
                             "Met dat woord kun je later verder. Lege regel = niemand meer.",
                             "Who fills in now? Type a word that only you know. No name. "
                             "With that word you can go on later. Empty line = nobody more." },
    [VB_SAY_WORD_READY] = { "Met dit woord is al ingevuld. Kies een ander woord.",
                            "Somebody filled in with this word already. Choose another word." },
    [VB_ASK_WELCOME] = { "Vult {} ook in?", "Is {} filling this in too?" },
    [VB_ASK_RELEASE] = { "Mag het gespreksblad nu open, voor iedereen die ja zei?",
                         "May the conversation sheet be opened now, for all who said yes?" },
    [VB_SAY_NOT_RELEASED] = { "Het blad blijft dicht. Later kan het met:",
                              "The sheet stays closed. Later it can be opened with:" },
    [VB_SAY_NOT_YET_RELEASED] = { "Het blad kan nu nog niet open. Later kan het met:",
                                  "The sheet cannot be opened yet. Later it can be opened with:" },
    [VB_ASK_CLOSE] = { "Iedereen is klaar. Mag het blad open van wie zei dat het ook alleen mag?",
                       "Everybody is ready. May the sheet be opened of who said that it may be "
                       "shown alone?" },
    [VB_SAY_TOGETHER] = { "Nu samen. Deze vragen beantwoorden jullie met elkaar. Druk op "
                          "Enter.",
                          "Now together. You answer these questions with each other. Press "
                          "Enter." },
    [VB_SAY_KEPT] = { "Onderbroken. Alles is bewaard.", "Interrupted. Everything is kept." },
    [VB_SAY_GO_ON] = { "Verder gaan:", "To go on:" },
    [VB_SAY_NOTHING_KEPT] = { "Onderbroken. Er was nog niets begonnen.",
                              "Interrupted. Nothing had begun yet." },
    [VB_SAY_FORGOTTEN] = { "Onderbroken. Van deze vragen wordt niets bewaard.",
                           "Interrupted. Nothing of these questions is kept." },
    [VB_SAY_DRAFT] = { "Deze vragen zijn een eerste versie.",
                       "These questions are a first version." },
    [VB_SAY_REPORTING_MISSING] = { "Let op: deze vragenlijst hoort bij opgelegd contact, en de "
                                   "eigen tekst van jullie organisatie over melden is niet "
                                   "ingesteld. Er staat een algemene zin.",
                                   "Note: this instrument is mandated and your organisation's own "
                                   "text about reporting is not configured. A neutral sentence is "
                                   "shown." },
    [VB_ASK_WHO_READS] = { "Wie leest er voor?", "Who reads aloud?" },
    [VB_ASK_WHO_HELPS] = { "Wie helpt er bij het invullen?", "Who helps with filling in?" },
    [VB_ASK_WHO_INTERPRETS] = { "Wie tolkt er?", "Who interprets?" },
    [VB_SAY_SOMEBODY_ELSE] = { "iemand anders", "somebody else" },
    [VB_SAY_HELPER_RATED] = { "Let op: er komen ook vragen over {}. Kies rustig iemand anders om "
                              "te "
                              "helpen, of vul zelf in. Wil je zo door? Druk op Enter.",
                              "Note: there are questions about {} too. Feel free to ask somebody "
                              "else to help, or to fill in alone. To go on like this, press "
                              "Enter." },

    [VB_ASK_LAST] = { "Wat hebben we gedaan met de vorige keer?",
                      "What did we do with last time?" },
    [VB_SAY_LAST_OF] = { "Vorige keer, afspraak {} van {}", "Last time, agreement {} of {}" },
    [VB_SAY_LAST_LINE] = { "Vorige keer: {}", "Last time: {}" },
    [VB_SAY_DONE] = { "gedaan", "done" },
    [VB_SAY_PARTLY] = { "deels", "partly" },
    [VB_SAY_NOT_YET] = { "nog niet", "not yet" },

    [VB_SAY_TALK] = { "Na het gesprek", "After the talk" },
    [VB_SAY_TALK_HOW] = { "Schrijf samen op wat jullie willen onthouden. Alles mag leeg blijven. "
                          "Aan het eind lees je het terug; pas dan wordt het bewaard.",
                          "Write down together what you want to remember. Everything may stay "
                          "empty. At the end you read it back; only then is it kept." },
    [VB_ASK_TOPIC] = { "Waar wil {} over praten?", "What does {} want to talk about?" },
    [VB_ASK_TOPIC_ALL] = { "Waar willen jullie over praten?", "What do you want to talk about?" },
    [VB_SAY_AGREEMENT] = { "Afspraak {}", "Agreement {}" },
    [VB_ASK_WHAT] = { "Wat spreken jullie af? Bijvoorbeeld: de gemeente bellen.",
                      "What do you agree on? For example: call the council." },
    [VB_ASK_WHO] = { "Wie doet dat?", "Who does that?" },
    [VB_ASK_WHEN] = { "Wanneer? Een dag, zoals 31-12-2026, of eigen woorden.",
                      "When? A day, such as 2026-12-31, or your own words." },
    [VB_SAY_GOAL] = { "Doel {}", "Goal {}" },
    [VB_ASK_GOAL] = { "Wat willen jullie bereiken? Zeg het in eigen woorden.",
                      "What do you want to reach? Say it in your own words." },
    [VB_ASK_WHOSE] = { "Van wie is deze wens?", "Whose wish is this?" },
    [VB_SAY_OF_ALL] = { "van ons samen", "of all of us" },
    [VB_SAY_ALL_OF_US] = { "ons samen", "all of us" },
    [VB_ASK_TERM] = { "Is dat voor binnenkort of voor later?", "Is that for soon or for later?" },
    [VB_SAY_SHORT_TERM] = { "binnenkort", "soon" },
    [VB_SAY_LONG_TERM] = { "later", "later" },
    [VB_ASK_BY] = { "Wanneer moet dat gelukt zijn? Een dag, zoals 31-12-2026.",
                    "When is that to be reached? A day, such as 2026-12-31." },
    [VB_ASK_GOAL_YES] = { "Zegt {} ja tegen dit doel?", "Does {} say yes to this goal?" },
    [VB_ASK_NEXT] = { "Wanneer praten jullie weer? Een dag, zoals 31-12-2026.",
                      "When do you talk again? A day, such as 2026-12-31." },
    [VB_SAY_IS_THERE] = { "Er staat: {}", "It says: {}" },
    [VB_KEY_ENTER_ON] = { "Enter = verder", "Enter = go on" },
    [VB_KEY_TAKE_AWAY] = { "- = weghalen", "- = take it away" },
    [VB_SAY_WRITTEN] = { "Dit schrijven jullie op", "This is what you write down" },
    [VB_SAY_TOPIC_LINE] = { "Onderwerp: {}", "Topic: {}" },
    [VB_SAY_AGREEMENT_LINE] = { "Afspraak: {}", "Agreement: {}" },
    [VB_SAY_GOAL_LINE] = { "Doel: {}", "Goal: {}" },
    [VB_SAY_NEXT_LINE] = { "Volgende keer: {}", "Next time: {}" },
    [VB_SAY_EMPTY] = { "(leeg)", "(empty)" },
    [VB_SAY_WISH_OF] = { "wens van {}", "wish of {}" },
    [VB_SAY_BY_DAY] = { "uiterlijk {}", "by {}" },
    [VB_SAY_YES_OF] = { "ja: {}", "yes: {}" },
    [VB_SAY_NOT_YET_OF] = { "nog niet: {}", "not yet: {}" },
    [VB_SAY_WRITTEN_KEYS] = { "Typ een nummer om dat te veranderen of weg te halen.",
                              "Type a number to change that or to take it away." },
    [VB_KEY_MORE_AGREEMENTS] = { "a = afspraak erbij", "a = add an agreement" },
    [VB_KEY_MORE_GOALS] = { "d = doel erbij", "g = add a goal" },
    [VB_KEY_ENTER_SAVE] = { "Enter = bewaren", "Enter = keep it" },
    [VB_SAY_NOT_SAVED_SURE] = { "Wil je stoppen? Dan verandert er niets.",
                                "Do you want to stop? Then nothing changes." },
    [VB_SAY_NOTHING_CHANGED] = { "Onderbroken. Er is niets veranderd.",
                                 "Interrupted. Nothing was changed." },
    [VB_SAY_FULL] = { "Meer dan twaalf kunnen er niet bij.", "There is no room for more than "
                                                             "twelve." },

    [VB_ASK_WHO_CORRECTS] = { "Wie wil iets veranderen?", "Who wants to change something?" },
    [VB_SAY_CORRECT] = { "Je kunt je antwoorden veranderen. Wat je deelde, blijft staan tot je "
                         "opnieuw deelt. Druk op Enter.",
                         "You can change your answers. What you shared stays as it is until you "
                         "share again. Press Enter." },
    [VB_SAY_CORRECT_HELP] = { "Hier lees je jouw antwoorden terug. Wat je nu verandert, ziet nog "
                              "niemand. Aan het eind kies je: zo delen, alles laten zoals het was, "
                              "of alles terugnemen.",
                              "Here you read your own answers. What you change now, nobody sees "
                              "yet. At the end you choose: share it like this, leave all as it "
                              "was, or take everything back." },
    [VB_ASK_SHARE_AGAIN] = { "Hoe verder met jouw antwoorden?", "What about your answers?" },
    [VB_SAY_SHARE_LIKE_THIS] = { "zo delen", "share them like this" },
    [VB_SAY_LEAVE_AS_IT_WAS] = { "laten zoals het was", "leave all as it was" },
    [VB_SAY_TAKE_BACK] = { "alles terugnemen", "take everything back" },
    [VB_SAY_LEAVE_SURE] = { "Dan blijft alles zoals het was. Zeker?",
                            "Then all stays as it was. Sure?" },
    [VB_SAY_TAKE_BACK_SURE] = { "Dan haal je alles weg wat je in deze ronde gaf. Niemand ziet het "
                                "nog, en dat blijft zo. Zeker?",
                                "Then you take away everything you gave in this round. Nobody "
                                "sees it any more, and that stays so. Sure?" },
    [VB_SAY_CORRECTED] = { "Dank je wel. Zo staat het nu op het blad.",
                           "Thank you. This is how it stands on the sheet now." },
    [VB_SAY_AS_IT_WAS] = { "Alles blijft zoals het was.", "All stays as it was." },
    [VB_SAY_TAKEN_BACK] = { "Teruggenomen. Niemand ziet jouw antwoorden nog.",
                            "Taken back. Nobody sees your answers any more." },
};

enum vb_tongue vb_tongue_of(const char *language)
{
    return vb_said_dutch(language) ? VB_NL : VB_EN;
}

const char *vb_phrase(enum vb_tongue tongue, enum vb_phrase phrase)
{
    vb_assert(phrase < VB_PHRASE_COUNT);
    vb_assert(phrases[phrase][tongue] != NULL);
    return phrases[phrase][tongue];
}

void vb_phrase_write(struct vb_buf *out, enum vb_tongue tongue, enum vb_phrase phrase,
                     const char *what)
{
    vb_phrase_write_all(out, tongue, phrase, &what, 1);
}

void vb_phrase_write_all(struct vb_buf *out, enum vb_tongue tongue, enum vb_phrase phrase,
                         const char *const *whats, int count)
{
    const char *text = vb_phrase(tongue, phrase);
    for (int i = 0; i < count; i++) {
        const char *place = strstr(text, "{}");
        if (place == NULL)
            break;
        vb_buf_put(out, text, (size_t)(place - text));
        vb_buf_puts(out, whats[i] == NULL ? "" : whats[i]);
        text = place + 2;
    }
    vb_buf_puts(out, text);
}

const char *vb_phrase_refusal(enum vb_tongue tongue, enum vb_refusal refusal)
{
    return vb_said_refusal(tongue == VB_NL ? "nl" : "en", refusal);
}

static const struct {
    const char *role;
    const char *one[VB_TONGUE_COUNT], *several[VB_TONGUE_COUNT];
} role_words[] = {
    { "client", { "de cliënt", "the client" }, { "de cliënten", "the clients" } },
    { "professional", { "de werker", "the worker" }, { "de werkers", "the workers" } },
    { "youth", { "de jongere", "the young person" }, { "de jongeren", "the young people" } },
    { "child", { "het kind", "the child" }, { "de kinderen", "the children" } },
    { "child_under_8",
      { "het kind tot 8", "the child under 8" },
      { "de kinderen tot 8", "the children under 8" } },
    { "parent", { "de ouder", "the parent" }, { "de ouders", "the parents" } },
    { "relative", { "het familielid", "the relative" }, { "de familieleden", "the relatives" } },
    { "convenor",
      { "de gespreksleider", "the convenor" },
      { "de gespreksleiders", "the convenors" } },
    { "member", { "het teamlid", "the team member" }, { "de teamleden", "the team members" } },
    { "colleague", { "de collega", "the colleague" }, { "de collega's", "the colleagues" } },
    { "therapist", { "de therapeut", "the therapist" }, { "de therapeuten", "the therapists" } },
    { "researcher",
      { "de onderzoeker", "the researcher" },
      { "de onderzoekers", "the researchers" } },
};

const char *vb_phrase_role(enum vb_tongue tongue, const char *role)
{
    for (size_t i = 0; i < sizeof role_words / sizeof role_words[0]; i++)
        if (vb_streq(role_words[i].role, role))
            return role_words[i].one[tongue];
    return role;
}

const char *vb_phrase_roles(enum vb_tongue tongue, const char *role)
{
    for (size_t i = 0; i < sizeof role_words / sizeof role_words[0]; i++)
        if (vb_streq(role_words[i].role, role))
            return role_words[i].several[tongue];
    return role;
}
