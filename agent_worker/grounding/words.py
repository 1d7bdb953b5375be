"""Words that say what a figure is: plain data, English and German, in lower case.

A phrase may carry several tags. Forms are listed because a wrong stem costs more than a longer table.
"""

from agent_worker.grounding.phrases import word_set

UP = """rose rise rises risen rising up gained gain gains gaining climbed climb climbs climbing increased increase
increases increasing grew grow grows grown growth advanced advance jumped jump improved improve improves improvement
recovered rallied rally soared surged expanded upward upwards strengthened upgrade picked-up appreciated rebounded
stieg stiegen gestiegen steigt steigen steigerung anstieg angestiegen zugelegt zunahme zugenommen erhöhte erhöht
kletterte geklettert klettern gewann gewonnen verbesserte verbessert zuwachs wuchs gewachsen wächst plus
hinzugewonnen widened widen widens widening swelled swells swelling ballooned mounted
edged-up ticked-up crept-up inched-up edged-higher ausgeweitet ausweitete aufwärts legte zulegen zulegte zugewinn kursgewinn aufgewertet"""

DOWN = """fell fall falls fallen falling down dropped drop drops dropping declined decline declines declining decreased
decrease decreases lost lose loses losing loss slid slide slides slipped slip slips shrank shrunk shrink sank sunk sink
retreated retreat weakened worsened tumbled plunged eased dipped dip contracted shed downward downwards downgrade
depreciated dwindled dwindles dwindle dwindling ebbed waned narrowed narrows narrowing
tapered diminished diminishes pared edged-down ticked-down crept-down inched-down edged-lower lower-by receded fiel fielen gefallen fällt fallen rückgang sank sanken gesunken sinkt verlor verloren
verlust kursverlust abgenommen abnahme nachgegeben nachgab minus schrumpfte geschrumpft verringerte verringert
reduzierte reduziert zurückgegangen zurück einbuße einbußen eingebüßt abwärts abgerutscht abgegeben gab abgewertet"""

ABOVE = """above over higher more exceeds exceed exceeding exceeded topped surpassed surpasses übertroffen tops topping greater larger bigger richer dearer
pricier premium ahead outperformed outperforms beats better faster past beyond over-and-above über oberhalb höher höhere
höheren mehr größer größere teurer übersteigt übertrifft überschreitet aufschlag prämie besser darüber überragt
höherer höheres größeres größerer teurere teureres teurerer stronger heavier loftier steeper stärker stärkere höherem höherwertig beaten reicher outstrips outstripping outpaces outranks eclipses outdoes outshines overshoots overshooting outweighs heftiger üppiger bewertungsaufschlag liegt-über"""

BELOW = """below under lower less beneath smaller cheaper discount trails trailing lags lag behind underperformed
underperforms short shy fewer slower undercuts off poorer worse unter unterhalb niedriger niedrigere niedrigeren weniger
kleiner kleinere geringer niedrigeres niedrigerer niedrigerem geringeres geringerer kleineres kleinerer günstiger günstigere günstigeres günstigeren billigere tiefere tieferes weaker undershoots undershooting undercutting undershot thinner leaner slimmer lighter schwächer schwächere
billiger abschlag tiefer hinter schlechter darunter unterschreitet unterbietet
bewertungsabschlag fehlen fehlt verfehlt verfehlte verfehlen misses missed missing"""

ADDS = """adds add added adding contributes contribute contributed contributing brings brought lifts lifted helps
helped supports supported boosts boosted raises raised favour favor favours credits earns positive bonus
bringt brachte addiert steuert beisteuert beiträgt trägt stützt hebt hilft dafür pluspunkte gutgeschrieben positiv"""

TAKES = """takes took takes-away costs cost costing subtracts subtract subtracted deducts deducted deduct drags dragged
drag reduces reduced lowers lowered hurts hurt penalises penalizes penalised penalised penalty
docks docked docking shaves shaved negative detracts detract detracted removes removed kostet kostete kosten zieht zog nimmt vermindert verminderte senkt senkte belastet belastete drückt
mindert abzug abgezogen minuspunkte negativ schmälert"""

PHRASES: dict[str, str] = {
    "median": "median;med;medians;middle;typical;typically;usual;mediane;medianwert;medians;branchenmedian;branchenüblich;"
    "üblich;gruppenmedian;peer-median;branchenmittel;vergleichsmedian;sektormedian;mitte",
    "peers": "peers;grp;than most;most peers;most companies;die meisten;the rest;others;peer;peer group;group;sector;industry;rivals;competitors;branche;vergleichsgruppe;"
    "vergleichsunternehmen;gruppe;peergroup;peer-group;wettbewerber;sektor;konkurrenz;konkurrenten;peergruppe;"
    "comparable companies;comparables;vergleichswert;branchenschnitt",
    "other": "stock market;stock exchange;prior year;previous year;year before;year earlier;year-ago;vorjahr;vorjahres;last year;year ago",
    "own": "own;its own;eigene;eigener;eigenes;eigenen",
    "without": "without;excluding;leaving out;left out;leave out;not counted;taken out;strip out;stripped out;remove;"
    "removing;absent;drop the;drop its;ignoring;if you drop;dropping;drop it;exclude;excluded;ex;ohne;weggelassen;ausgeklammert;"
    "herausgerechnet;weglassen;fiele;entfiele;wegfallen;ließe man;lässt man;ausgenommen;set aside;disregarding",
    "counted": "companies;payers;members;firms;names;stocks;constituents;businesses;unternehmen;firmen;zahler;"
    "dividendenzahler;werte;werten;titel;titeln;gesellschaften;peers;profitable companies;dividend payers;"
    "vergleichsunternehmen;matches;matched;hits;treffer;zahlern;zahlende;rated companies;analyses;analysen;mitglieder;"
    "mitgliedern;rivals;competitors;aktien;vergleichswerte;wettbewerbern;companies match;match",
    "possible": "possible;maximum;max;minimum;min;range;scale;out of;possible range;between;worst;best;reach;ceiling;"
    "floor;cap of;limit;at most;up to;möglich;mögliche;möglichen;möglicher;maximal;höchstens;bis zu;spanne;bereich;"
    "zwischen;höchstwert;tiefstwert;skala;bandbreite;at worst;at best;können",
    "rank": "rank;ranks;ranked;ranking;place;placed;position;platz;rang;stelle;rangiert;#;no;number",
    "now": "now;today;currently;current;latest;newest;presently;at present;most recent;jetzt;heute;aktuell;aktuelle;"
    "aktuellen;derzeit;zuletzt;neueste;neuesten;momentan;gegenwärtig;as it stands;inzwischen;mittlerweile;seitdem;seither;since then;has since;have since;ever since",
    "week_ago": "a week ago;a week earlier;a week before;last week;the week before;one week ago;one week earlier;"
    "seven days earlier;vor einer woche;in der vorwoche;vorwoche;eine woche zuvor;eine woche vorher;eine woche früher;"
    "letzte woche;one week before;week earlier",
    "previous": "previous analysis;prior analysis;the analysis before;previously;the one before;last analysis;"
    "last time;previous snapshot;prior snapshot;before that;letzten analyse;vorherigen analyse;vorige analyse;"
    "vorigen analyse;vorangegangenen analyse;zuvor;vorher;davor;previous one;previous reading;earlier reading;"
    "prior reading;previous;analysis before;preceding analysis;letzter analyse;voranalyse;prior",
    "since": "since;seit;compared with;compared to;against;versus;vs;relative to;from;seitdem;gegenüber;verglichen mit;"
    "im vergleich zu;im vergleich zum;ab;von;vom;starting",
    "change": "change;changed;changes;moved;move;moves;shift;shifted;swing;delta;went;veränderung;verändert;"
    "veränderte;änderung;änderte;bewegung;bewegte;ging;switch",
    "difference": "difference;gap;distance;apart;away;spread;away from;differ;differs;differential;separates;"
    "separate;between;divergence;differenz;unterschied;abstand;lücke;trennen;trennt;auseinander;"
    "needed;needs;missing;remaining;entfernt;points to go;it takes;benötigt;nötig;to go;room;headroom;cushion;puffer;"
    "unterscheiden;short of;fehlen;fehlt",
    "sum": "together;combined;sum;in total;altogether;in sum;jointly;taken together;all told;zusammen;insgesamt;"
    "in summe;summe;gemeinsam;zusammengenommen;addiert;both;beide;combine;add up",
    "ratio": "times;x;×;twice;double;triple;half;mal;fach;fache;fachen;faches;facher;doppelt;doppelte;doppelten;"
    "dreifache;dreifachen;halb;hälfte;multiple of;as much;as high;so hoch;so viel;vielfache;times as",
    "as_of": "as of;stand;dated;date;datum;stichtag;all figures;all as of;snapshot of;alle angaben;data of",
    "dear": "high;expensive;rich;elevated;lofty;steep;hoch;teuer;hohes;hohe;stattlich",
    "cheap": "low;cheap;inexpensive;modest;niedrig;günstig;billig;niedriges;niedrige;preiswert",
    "from": "from;von;vom",
    "to": "to;auf;zu",
    "negation": "not;no longer;never;isn't;wasn't;neither;nor;nicht;kein;keine;nie;weder;didn;doesn;isn;wasn;hardly;"
    "cannot;keineswegs;kaum",
    "would": "would;could;if;might;were to;würde;wäre;wenn;falls;könnte;would be;should;läge;bliebe;hätte;würden;must;"
    "needs;becomes;become",
    "points": "points;point;pts;pt;punkte;punkten;punkt;score;punktzahl",
    "line": "line;lines;threshold;starts at;cutoff;schwelle;grenze;linie;kaufgrenze;kaufschwelle;verkaufsschwelle;"
    "mark;hurdle;bar;territory;boundary;trigger;turning point;become;becomes;turn;turns;flip;flips;flipping;begins at;"
    "ab;marke;start;starts;begin;begins;beginnt;zum kauf;zu kauf;buy rating;kaufurteil;verkaufsurteil;switch",
    "buy": "buy;buys;kaufen;kauf;kaufurteil;kaufgrenze;kaufschwelle;kaufempfehlung",
    "hold": "hold;holds;halten;neutral",
    "sell": "sell;sells;verkaufen;verkauf;verkaufsurteil;verkaufsschwelle;verkaufsgrenze",
    "per_share": "dividend per share;dividends per share;dividend a share;per share in dividends;dividende je aktie;"
    "dividende pro aktie;annual dividend;a share in dividends;jahresdividende;a year in dividends;paid per share;"
    "je aktie ausgeschüttet",
    "cover": "cover;covered;covers;dividend cover;coverage;gedeckt;deckung;dividendendeckung;deckt;deckungsgrad",
    "earnings_yield": "earnings yield;gewinnrendite",
    "close": "close;closing;closed;session;traded;schluss;schlusskurs;handelsschluss;closes;friday;freitag;sitzung",
    "up": ";".join(UP.split()).replace("-", " ")
    + ";come up to;came up to;comes up to;moved up to;gone up to;went up to;put on;puts on;went up;go up;going up;picked up;in the plus;nahm zu;nach oben",
    "down": ";".join(DOWN.split()).replace("-", " ")
    + ";given up;gave up;give up;gives up;giving up;went down;go down;nahm ab;gab nach;ging zurück;nach unten;"
    "gave back;came down;büßte ein;in the red",
    "above": ";".join(ABOVE.split()).replace("-", " ")
    + ";more than;better than;ahead of;higher than;in excess of;mehr als;more expensive;more expensively;more richly;more highly;more dearly;höher bewertet;less cheap;less cheaply",
    "below": ";".join(BELOW.split()).replace("-", " ")
    + ";falls short of;fell short of;falling short of;less than;lower than;short of;weniger als;less expensive;less expensively;less richly;less highly;more cheaply;more cheap;more modest;more modestly;weniger teuer;niedriger bewertet",
    "adds": ";".join(ADDS.split()).replace("-", " ")
    + ";in favour;speaks for;spricht dafür;zugunsten;zählt positiv",
    "takes": ";".join(TAKES.split()).replace("-", " ")
    + ";weighs on;weighed on;weigh on;takes away;took away;taking away;speaks against;zu lasten;"
    "zulasten;spricht dagegen;taken away",
    "about": "about;around;roughly;approximately;circa;ca;approx;some;rund;etwa;ungefähr;gut;knapp;~;≈;close to;"
    "or so;in etwa",
    "nearly": "nearly;almost;just under;not quite;fast;knapp;beinahe;just short of;just shy of",
    "beyond": "over;more than;just over;above;at least;better than;upwards of;über;mehr als;gut;mindestens;well over;"
    "exceeding;north of",
}
"""Tag to phrases, separated by semicolons."""

RATINGS = {"buy": "buy", "hold": "hold", "sell": "sell"}

AFTER = {
    "metric": word_set(
        "a an the as is was for of in on its ) ( in terms at by are were for the als für beim bei der die das des"
        " dem ist war im - “ ” \" ' ein eine einem einer s your their per to current annual trailing"
    ),
    "company": word_set(
        "that those paid offered posted shown reported commanded for at of ( the in to by is was for with , bei für von im ist war der die das in beim hat hatte ) -"
    ),
    "date": word_set(
        "on as of at in ( the for snapshot analysis from dated to , since by reading data per am vom im von zum der"
        " die das des analyse stand schnappschuss per bis seit in und momentaufnahme week close session ) - back around"
        " still end late early mid mitte ende anfang"
    ),
}
"""Words that may stand between a figure and the label behind it."""
