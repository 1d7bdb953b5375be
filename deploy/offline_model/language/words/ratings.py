"""Ratings, comparators and the words that tell a language."""

from deploy.offline_model.language.normalise import word_set

RATINGS: dict[str, str] = {
    "buy": "buy | buys | buy rating | buy rated | strong buy | kauf | kaufen | kaufe | käufe | kaufwert | kaufwerte | kaufempfehlung"
    " | kaufempfehlungen | kaufsignal",
    "hold": "hold | holds | hold rating | halten | haltewert | haltewerte | halteposition",
    "sell": "sell | sells | sell rating | sell rated | verkauf | verkaufen | verkaufe | verkäufe | verkaufswert | verkaufsempfehlung"
    " | verkaufsempfehlungen",
}

COMPARATORS: dict[str, str] = {
    ">": "more than | above | over | greater than | higher than | larger than | bigger than | exceed | exceeds | exceeding | beyond | north of"
    " | in excess of | better than | > | upwards of | mehr als | über | größer als | höher als | oberhalb | oberhalb von | jenseits von | übersteigt",
    ">=": "at least | minimum of | no less than | not less than | not below | not under | from | starting at | >= | ≥ | mindestens | wenigstens"
    " | ab | nicht unter | nicht weniger als",
    "<": "less than | below | under | lower than | smaller than | fewer than | cheaper than | beneath | south of | < | short of | weniger als"
    " | unter | kleiner als | niedriger als | geringer als | unterhalb | unterhalb von | tiefer als",
    "<=": "at most | maximum of | no more than | not more than | up to | not above | not over | <= | ≤ | höchstens | maximal | bis zu | nicht mehr als"
    " | nicht über",
    "=": "exactly | equal to | equals | precisely | genau | gleich | exakt",
}
AFTER_NUMBER: dict[str, str] = {
    ">=": "or more | or higher | or above | and up | and above | or greater | plus | + | oder mehr | und mehr | oder höher | aufwärts",
    "<=": "or less | or lower | or below | or under | or fewer | and below | oder weniger | und weniger | oder niedriger | abwärts",
}
BETWEEN = frozenset({"between", "zwischen", "from", "von"})
AND = frozenset({"and", "to", "und", "bis", "-"})

GERMAN = word_set(
    "der die das den dem des ein eine einen einer eines und oder ist sind war wie was warum wieso wer wo wann welche welcher "
    "welches von vom im am zum zur mit ohne fuer gegen bei seit bis nach vor auf aus an es sie er ihr ihre sein seine nicht kein "
    "keine hat haben wird werden wurde wuerde kann kannst koennte soll sollte ich du wir mir dir mich sich auch noch nur mehr als "
    "aktie aktien unternehmen dividende rendite dividendenrendite kurs kgv kbv kuv kauf kaufen halten verkaufen bewertung hoch hoeher tief "
    "zeig zeige nenne vergleiche vergleich danke hallo bitte dann davor diese dieser dieses gibt ueber unter zwischen beiden hilfe "
    "weshalb guenstig guenstiger teuer geaendert einstufung gewinn gestiegen gefallen erklaere heisst bedeutet monat woche"
)
ENGLISH = word_set(
    "the a an and or is are was were what why how which who when where does do did has have had of for from with without to at on "
    "in it its this that these those not no more than less would could should will can i you we me my your be been there much many "
    "about since ago price yield stock stocks company companies hold buy sell rating rated score compare thanks hello please show "
    "tell give list changed change between dividend margin earnings reason reasons hi than explain mean"
)
"""Words that only one of the two languages has, or that tell it by weight."""

COMMON = word_set(
    "communities community bonus found founded wissen wesen messen their there these those where which while about after again against other others could would should first last still since "
    "right great small large today doing being having makes given every never always maybe really please thing things think know "
    "house horse later earlier between before because company during under until above below along among around shall might "
    "waere haette koennte sollte wuerde immer wieder nichts etwas diese dieser dieses jetzt heute gerade genau viele wenig "
    "steht stehen geben nehmen machen sagen zeigen finden mehr gegen unter nach ueber light stand standing share shares state "
    "cover lower layer layers player sales lines times hours years weeks month months quarter point points party trade trades "
    "sound found round ground bound mouse moose loose noise voice choice price prize yield field wield build child water"
)
"""Words never taken for a misspelling of one in the tables."""
