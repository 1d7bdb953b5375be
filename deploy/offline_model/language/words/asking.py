"""What is asked of an analysis. Names of features, and the phrases that carry them.

`*` ends a word of any inflection, `..` stands for up to five words, `a/b` for either word, `<metric>`, `<rating>`,
`<company>`, `<date>`, `<number>`, `<sector>` for what was found there. Phrases are parted by " | ".
"""

ASKING: dict[str, str] = {
    "why": "behind the/it/this | behind | grounds | arrive at | talk me through | what supports | hinter dem/der | steckt hinter | gründen | begründung* | zustande | why | how come | reason/reasons | what makes | what made | what is behind | what explains | justif*"
    " | what led | what drives | what drove | driver/drivers | because of what | what is the case | rationale"
    " | what .. based on | explain the <rating> | explain the rating | explain this rating | explain why"
    " | warum | wieso | weshalb | weswegen | grund/gründe/gründen | begründ* | wie kommt | woran liegt | wodurch"
    " | was spricht | worauf beruht | worauf basiert | argument/arguments/argumente",
    "for": "speaks/speak .. for | counts .. for <company> | most for | point/argument/item for | für oder gegen | help it | helps it | helping it | good things | in favour of <company> | in favor of <company> | upsides | upside | like about | someone like | add points | adds points | macht .. gut | punkte bringen | pluspunkte | bull case | going for it | going for <company> | count/counts in its favour/favor | its favour/favor | what is good | reasons for it | reasons for buying | reasons for <company> | reasons in favour | in favour | in favor | strength/strengths | pros | bull/bullish | positive/positives"
    " | speaks for | supports/support | helps | help the | advantages | good about | strong/strongest points"
    " | adds most | adds the most | lifts | plus points | upside | pluses | argues for | case for | for buying | likes"
    " | boosts | contributes most | good points | good things | pushes it up | props"
    " | spricht für | spricht dafür | dafür | stärke/stärken | vorteil* | positiv* | pluspunkt* | gut an | stützt"
    " | argumente für | gründe dafür",
    "against": "für oder gegen | for or against | hurt it | hurts it | hurting it | bad things | downsides | worries you | cost points | costs points | biggest negatives | hapert | punkte kosten | kosten punkte | kostet punkte | minuspunkte | dragging | drag/drags .. down | lose/loses points | loses .. points | bear case | what is wrong | down the score | zieht .. nach unten | nach unten | reasons against | against it | against this | against | against <company> | against the | weakness/weaknesses | cons | bear/bearish"
    " | negative/negatives | speaks against | speak against | hurts/hurt | drags/drag | disadvantages | risk/risks"
    " | takes away most | bad about | minus points | downside/downsides | argues against | case against"
    " | against buying | holds/holding .. back | weigh/weighs on | costs .. points | concerns | problem/problems"
    " | weak/weakest | dislikes | minuses | pulls .. down | red flags | worries | wrong with | subtracts"
    " | spricht gegen | spricht dagegen | dagegen | schwäche/schwächen | nachteil* | negativ* | minuspunkt*"
    " | schlecht an | belast* | risiko/risiken | argumente gegen | gründe gegen | drückt/drücken | bremst",
    "effect": "<metric> count/counts | impact has | good or bad for | gut oder schlecht | für die punktzahl/bewertung/einstufung | for the score/rating | points for <metric> | points from <metric> | part .. play/plays | doing to the/this/its | do to the/this/its | help or hurt | helps or hurts | ins gewicht | macht .. aus | hilft oder schadet | hilft | schadet | fließt .. ein | punkte für <metric> | affect* | effect/effects | impact* | influenc* | contribut* | how many points .. from | points from"
    " | how many points | how much .. count | how much .. weigh* | matter/matters | count for | count against | role"
    " | how .. scored | points does | what does .. do to | how important | how heavily | how strongly"
    " | <metric> cost | <metric> help | <metric> hurt | <metric> add | <metric> change the/this rating"
    " | play/plays into | factor/factors into | bearing | mean for the/this/its rating/score | move the/this score"
    " | do for the/this/its score/rating | points did/do | take/takes away | add/adds to | weighs | how is .. valued in"
    " | beeinfluss* | einfluss | auswirk* | wirkt/wirken | wirkung | effekt | trägt .. bei | beitrag | wie viele punkte"
    " | wieviele punkte | zählt/zählen | gewicht* | punkte .. bringt/kostet/bringen/kosten | rolle | wie stark"
    " | bringt .. punkte | kostet .. punkte | bedeutet .. für die/das/den bewertung/rating/score/einstufung",
    "without": "left out | is/are/were left out | is/was/were dropped | is/was/were removed | is/was/were excluded | is/was/were gone | rechne .. heraus/raus | herausgerechnet | weren't counted | not taken into account | into account | ignored the/its <metric> | ignored <metric> | ignore <metric> | did not count | does not count | ex <metric> | lass/lasse .. weg | was .. weg | weg was | zählt nicht was | nicht zählen würde | taken out | left aside | without | leave/leaving/leaves out | leave/leaving .. out | excluding | exclude | except for"
    " | if .. not count* | were not counted | was not counted | take/taking .. out | remove/removing/removed"
    " | disregarding | minus the | strip/stripping .. out | drop/dropping the/its | if .. was/were missing"
    " | setting .. aside | set .. aside | had no | did not count | were gone | ignoring the/its <metric>"
    " | ignore the/its <metric> | apart from the/its <metric>"
    " | ohne | wegl* | weggelassen | lässt .. weg | abgesehen von | ausgeklammert | wenn .. nicht zähl*"
    " | herausnimmt | rausnimmt | nicht gezählt würde | entfernt | ausgenommen | wegfällt | wegfiele | fiele .. weg",
    "distance": "within reach | in reichweite | in reach | trennen | entfernung | off a/an <rating> | more points to | points to <rating> | erreichbar | gap | nah an | nahe an | wie viel fehlt | abstand bleibt | anywhere near | shy of | to go until/to/before | when would | ab wann | wann würde | how far | how close | how near | how many points away/short/until/till/to/off | distance to | away from"
    " | short of | far from | points .. missing to | gap to | margin to | points .. need* | missing for a/an <rating>"
    " | need/needed/needs .. to be/become | needed to/for | what would it take | how much .. need* | near a/the/to <rating>"
    " | close to a/the/being/becoming <rating> | close to <rating> | distance from | before it becomes"
    " | before it is a/an <rating> | on the edge | miss/misses a/the/being | points from a/the <rating> | far off"
    " | wie weit | wie viele punkte fehlen | wieviele punkte fehlen | fehlen .. bis | fehlen .. zu | fehlt .. zum/zu"
    " | fehlt .. bis | abstand zu* | abstand | wie nah | entfernt von | weit .. vom/von/zum/bis | wie knapp | knapp vor"
    " | fehlt/fehlen .. für",
    "single": "single | one thing | one factor | one item | single-handedly | alone could | on its own | einzelne* | allein | einzige* | single change | one change | which change | what change/changes | what would make | what would have to change"
    " | which item would | which item could | what must change/happen | what needs to change/happen | what has to change/happen"
    " | what would need to change/happen | would/could make it a/an <rating> | turn .. into a/an <rating>"
    " | turn .. into <rating> | make .. a/an <rating> | flip* | tip the | what would change the/this/its rating"
    " | what could change the/this/its rating | what would move .. to | get .. to a/an <rating> | lift .. to a/an <rating>"
    " | push/take/bring .. to a/an <rating> | what could make | which factor/figure/item .. would | upgrade .. to <rating>"
    " | what would lead to | what would it need | become a/an <rating> | change the rating | trigger"
    " | what would it take"
    " | welche änderung | welche einzelne | was müsste | was muss | einzige änderung | zum <rating> machen"
    " | zum <rating> werden | würde .. zum <rating> | zu einem <rating> | was würde .. ändern | kippen/kippt/kippt"
    " | was könnte .. zum",
    "still": "still be | still a/an <rating> | remain a/an | stay a/an | would it be | would the rating be"
    " | would the score be | what would .. be | would it change | immer noch | bleibt/bliebe | weiterhin"
    " | wäre | was wäre",
    "what_if": "what if | suppose | assume/assuming | imagine | if .. were | if .. was | if .. had | if .. scored | if .. got"
    " | if .. gained/added | would .. if | was wäre wenn | was passiert wenn | angenommen | falls | wenn .. hätte | wenn .. wäre"
    " | wenn .. bekäme | hätte",
    "changed": "up with | going on | was ist los | differ* | unterschied* zu/zum | last time | previous one | letztes mal | zuletzt | lately | differences to | happen* | differ/differs/different | how does .. differ | new vs/versus/compared | what is new | anders | has anything | anything | änderungen | neuigkeiten seit | getan | up to speed | up to date on | moved since | news since | changed/changes/change since | what changed | what has changed | has changed | have changed | what changes"
    " | did .. change | any change/changes | what is new | anything new | news since | new since | what is different"
    " | differ* from last | difference since | what happened | update/updates | since the last/previous analysis"
    " | since last analysis | compared to/with last week | versus/vs last week | compared to/with the last/previous analysis"
    " | from the last/previous analysis | since the last/previous one | since last time | since last week | move/moved since"
    " | changed/changes | previous analysis | last analysis | moved .. score | score .. move/moved"
    " | geändert | verändert | veränder* | änder* | was ist neu | neues | neu seit | passiert/passierte | getan"
    " | seit der letzten analyse | letzten analyse | vorigen analyse | unterschied zur letzten/vorigen | letzte analyse",
    "movers": "movers | biggest moves/changes | largest moves/changes | moved most | moved the most | größte bewegungen/veränderungen | am stärksten bewegt",
    "became": "no longer | not any more | not anymore | nicht mehr | wurde/wurden .. auf <rating> | auf <rating> gesetzt | auf <rating> gestellt | turned <rating> | rating changes | rating change | became | become/becomes | turned into | turned | upgrade* | downgrade* | went from .. to | go from .. to"
    " | newly | new <rating> | switched | moved from <rating> | moved to <rating> | lost its <rating> | were raised to"
    " | changed from <rating> | changed to <rating> | changed rating/ratings | rating change/changes | new buys/sells"
    " | rating .. change/changed | now rated"
    " | wurde/wurden .. zum | wurde/wurden .. zu | geworden | hochgestuft | herabgestuft | heraufgestuft | abgestuft"
    " | neuer/neue/neu .. <rating> | gewechselt | wechselte* | ratingwechsel | umgestuft | neu <rating>",
    "up": "is it up | it up | is up | up since | up or down | im plus | rose | rise/rises/rising/risen | increas* | gained | climb* | grew | grow* | went up | gone up | go up | going up | raised"
    " | jump* | improv* | soar* | rall* | gestiegen | steigt/steigen/stieg/stiegen | zugelegt | erhöht | gewachsen | verbessert*"
    " | angezogen | higher than on/in/a | surg*",
    "down": "down since | is down | it down | up or down | im minus | fell | fall/falls/falling/fallen | drop/drops/dropped/dropping | decreas* | declin* | lost | lose | loses | losing | went down"
    " | gone down | go down | going down | sank | sink* | shrank | slip* | slump* | cut | lower than on/in/a | plung* | worsen*"
    " | weaken* | crash* | tank* | gefallen | fällt/fallen/fiel/fielen | gesunken | sinkt/sinken/sank | verloren | verschlechtert*"
    " | nachgegeben | eingebrochen | gekürzt | reduziert",
    "extreme_high": "how high did .. go/get/climb/rise | how high has .. been/gone | wie hoch stieg | highest | peak* | maximum | max | all time high | record high | high since/in/of | top of | high point | the high"
    " | höchste* | hoch seit | höchststand | maximal* | spitze | hoch in | hochpunkt | am höchsten | höchstkurs",
    "extreme_low": "how low did .. go/get/fall/drop | how low has .. been/gone | wie tief fiel/stand | lowest | trough | minimum | min | low since/in/of | bottom | low point | the low | niedrigste* | tief seit"
    " | tiefststand | tiefste* | minimal* | geringste* | tief in | tiefpunkt | am niedrigsten | am tiefsten | tiefstkurs",
    "performance": "winner/winners | gainer/gainers | loser/losers | gewinner | verlierer | best/worst performing | best/worst performer/performers | did .. move | percentage | prozent | per cent | bewegt | price do | perform* | how did .. do | how has .. done | how have .. done | how is .. doing | how has .. been doing"
    " | return since | how much .. made | how much did .. move | how did .. move | how did .. develop | price development"
    " | price change | price move* | price action | how did .. fare | how has .. fared | move since | how much .. gain"
    " | how did .. go | done since | fared | entwickelt* | kursentwicklung | wertentwicklung | gelaufen | abgeschnitten"
    " | performance | schlägt sich | geschlagen | kursverlauf | kursänderung | wie lief | wie ging es",
    "history": "history | historical* | over time | trend/trends | trajectory | over the last | over the past | in the past"
    " | evolution | evolved | course of | chart | timeline | week by week | previous values | development of"
    " | verlauf | im zeitverlauf | historie | historisch* | entwicklung | über die zeit | zeitreihe",
    "two": "the two | both | which of them | of them | the other one | those two | beide/beiden | von ihnen | which one is | which one has | welche von den zwei | die zwei",
    "compare": "gegenüber | stelle .. gegenüber | next to | unterscheiden | whose | wessen | compare* | a comparison | comparison of/between | versus | vs | against <company> | difference between | differ | side by side | or <company>"
    " | than <company> | with <company> | to <company> | better | worse | which of | which one | which is | which has"
    " | between <company> | both | the two | the other | stack up | relative to <company> | who has"
    " | vergleich* | gegenüber <company> | gegen <company> | unterschied zwischen | oder <company> | als <company>"
    " | mit <company> | welche/welcher/welches von | welche der beiden | welche von beiden | welche ist | beide/beiden | besser | schlechter"
    " | wer hat | wer ist | im vergleich | von den beiden",
    "which": "whom | wem | count the | all the | wer hat | wer | who leads | who has | what number of | which | list | show | find | screen* | give me | name | name the | any <sector> | any companies/stocks/shares/company/stock"
    " | are there | what companies/stocks/shares/names | search | look for | what are the | who are the | filter | all <sector> | all the"
    " | who | what <sector> | all companies/stocks | <sector> that | <sector> with | stocks/companies that/with | tell me which"
    " | welche* | zeig* | nenne | liste | finde | suche | gib mir | gibt es | was sind die | wer sind | alle | filtere"
    " | <sector> mit | unternehmen/aktien/titel/werte mit",
    "companies": "expensive/cheapest/best/worst/largest/biggest/smallest/top stock/company/share | günstigste/teuerste/größte/beste/kleinste aktie/unternehmen/firma | movers | companies | which/what company | what/which stock | any company | which/what share | welches unternehmen | welche aktie | welche firma | welcher titel | company .. with | stocks | stock .. with | shares with | names | firms | businesses | tickers"
    " | ones | constituents | equities | payers | yielders | gainers | losers | performers | buys | sells | holds"
    " | unternehmen | aktien | aktie .. mit | firmen | werte | titel | konzerne | gesellschaften | papiere | kaufwerte"
    " | zahler | gewinner | verlierer",
    "market": "in the market | im markt | rank the market | market wide | market | all companies | whole market | overall | universe | everything | all stocks | index | s&p | across"
    " | markt | gesamtmarkt | gesamten markt | allen unternehmen | insgesamt | alle aktien | alle unternehmen",
    "count": "count the | count all | number of <rating> | anzahl der | count of | how many <rating> | how many <rating> | how many companies/stocks/<sector>/firms/names/shares/of | how many are | how many have | how many yield* | number of"
    " | how many .. became/become | how many | wie viele <rating> | wie viele unternehmen/aktien/<sector>/firmen/titel/werte | anzahl | wie viele"
    " | wieviele",
    "top": "top | best | winner/winners | gainer/gainers | gewinner | <number> highest | <number> cheapest | <number> largest | beste/besten | größte* | the most | most",
    "bottom": "bottom | worst | weakest | loser/losers | verlierer | schlechteste* | schwächste* | least | the fewest",
    "peers": "usual | normal | common | üblich | peer/peers | competitor/competitors | rival/rivals | median | sector average | industry average | average"
    " | rest of the sector/industry/group | its sector | its industry | its group | typical | others in | compared with others"
    " | the competition | similar companies | same industry | same sector | the group | the sector | the industry"
    " | vergleichsgruppe | wettbewerb* | konkurren* | mitbewerb* | branche* | durchschnitt* | median | schnitt | peergroup"
    " | ähnliche unternehmen | ähnlichen unternehmen | der sektor | dem sektor | rest der",
    "rank": "stelle steht | welcher stelle | which rank | rank* | place/places among | position among | where does .. stand | stand among | stands among | in the group"
    " | how does .. stack up among | standing | neighbour/neighbours/neighbor/neighbors | rang | platz | rangliste | wo steht"
    " | nachbar* | position",
    "covered": "enough to pay | enough to cover | earn/earns enough | share of profit/profits | share of earnings | part of .. profit* | portion of | goes to shareholders | paid out | genug | anteil am gewinn | vom gewinn | wie viel vom gewinn | covered | cover/covers | coverage | afford | sustainable | paid out of | paid from earnings | safe | secure"
    " | pay/pays out | share of earnings | dividend safety | how much of .. earnings .. dividend*"
    " | gedeckt | deckt | deckung | leisten | nachhaltig | sicher | tragbar | ausgeschüttet",
    "missing": "not counted | not count | not scored | not included | not used | missing | left out | not available | unavailable"
    " | no points for | blank | no figure/figures/value/number/data for | why is there no <metric> | why no <metric> | was not counted"
    " | no data | absent | skipped | uncounted | excluded"
    " | nicht gezählt | nicht gewertet | nicht berücksichtigt | nicht mitgezählt | fehlt | fehlen | fehlende*"
    " | weggelassen | ausgelassen | nicht enthalten | nicht verfügbar | keine punkte für | kein wert | nicht einbezogen"
    " | warum gibt es kein/keine/keinen <metric> | warum kein/keine/keinen <metric> | nicht gerechnet",
    "not_rated": "not rated | unrated | no rating | no analysis | without a rating | is not rated | nothing on"
    " | nicht bewertet | kein rating | keine bewertung | keine analyse | ohne bewertung | ohne rating | nicht eingestuft"
    " | keine einstufung",
    "cheap": "cheap* | inexpensive | undervalued | bargain | good value | low valuation | günstig* | billig* | preiswert* | unterbewertet*"
    " | preisgünstig* | bargains | better value",
    "dear": "höher bewertet | hoch bewertet | expensive | dear | dearer | pricey | pricier | overvalued | overpriced | rich | richly | high valuation | rich valuation | teuer*"
    " | teurer* | teure* | überbewertet* | overpriced",
    "valuation": "valuation | valued | multiples | bewertungskennzahl* | fairly valued | fair bewertet | kennzahlen",
    "profitable": "profitable | profitability | make/makes .. money | earn/earns .. money | make/makes a profit | turn/turns a profit | make money | makes money | earn/earns money | making money | money maker"
    " | profitabel | profitabl* | profitabilität | verdient .. geld | rentabel* | gewinnbringend | schwarze zahlen",
    "loss": "loss making | lossmaking | unprofitable | makes a loss | make a loss | lose money | loses money | in the red | losing money"
    " | verlust/verluste | macht verlust | rote zahlen | unprofitabel",
    "valued_at": "at what/which <metric> | valued at <metric> | mit dem/welchem/einem <metric> .. bewertet/<rating>/<metric> | zu welchem <metric>",
    "growing": "how fast/quickly/strongly/much is/are/does/do/did .. growing/grow | is/are .. growing | how is growth | wie schnell/stark wächst/wachsen | wächst",
    "rivals": "competitor/competitors | rival/rivals | competition | konkurren* | wettbewerb* | mitbewerb*",
    "item": "item | items | posten | of possible",
    "near": "near | close to | closest to | at their | at the | nah | nahe | in der nähe",
    "nothing": "no <metric> | without <metric> | without a/any <metric> | not pay | never pay | pay/pays no | keine/kein/keinen <metric> | ohne <metric> | nicht zahlen | zahlen keine",
    "raised_rating": "upgrade* | raised | hochgestuft | heraufgestuft",
    "cut_rating": "downgrade* | lowered | herabgestuft | abgestuft | heruntergestuft",
    "about_it": "wrong/up/on/do/happening/deal/going with <company> | what is with <company>",
    "how_big": "how big/large is/are <company> | how big/large is/are it/they | how big/large is this/the/that company/firm/business | how large a company | how big a company"
    " | wie groß ist/sind <company> | wie groß ist/sind es/sie | wie groß ist/sind das/die/dieses/diese unternehmen/firma",
    "pays_most": "pay/pays more/most/better/less/least | pay/pays the most/more/least | pay/pays you more/most | better payer | zahlt/zahlen .. mehr/weniger/besser | zahlt/zahlen am meisten",
    "pays": "pay/pays a dividend | pay/pays dividends | pay/pays any/no dividend* | pay/pays <metric> | pays a/an <metric>"
    " | distribute* | zahlt .. dividende* | zahlt <metric> | schüttet .. aus | zahlt .. <metric> | zahlen",
    "larger": "larger | bigger | largest | biggest | greater | größer* | größte* | larger company | huge | giant",
    "smaller": "smaller | smallest | tiny | kleiner* | kleinste*",
    "higher": "higher | more | greater | highest | höher* | mehr | höchste* | größere* | above average | überdurchschnittlich*",
    "lower": "lower | less | lowest | niedriger* | weniger | geringer* | tiefer* | niedrigste* | unterdurchschnittlich*",
    "grow_faster": "growing faster | grows faster | faster growing | grew more | fastest growing | grow* .. faster | stronger growth"
    " | wächst schneller | wächst stärker",
    "at_high": "near .. high | close to .. high | at .. high | nahe .. hoch | am hoch | near the top of",
    "at_low": "near .. low | close to .. low | at .. low | nahe .. tief | near the bottom of",
    "summary": "in a nutshell | nutshell | lowdown | the story | low down | elevator pitch | kurz und knapp | tell me about | about <company> | summar* | overview | sum up | in short | brief me | what do you think of"
    " | what can you tell me | what do you know | analysis of | how does .. look | look like | how is <company> | key figures"
    " | main figures | key numbers | numbers for | snapshot | quick take | rundown | give me .. on | details | all figures"
    " | verdict | take on | your view | opinion"
    " | erzähl* | zusammenfass* | überblick | kurz gesagt | was weißt du | wie steht es um | wie steht's um"
    " | wie sieht .. aus | was hältst du von | übersicht | fasse .. zusammen | was kannst du .. sagen | eckdaten | kennzahlen",
    "what_about": "was ist bei | und was ist | how about for | what about | how about | and for <company> | same for | same question for | and <company> | the same for | likewise"
    " | was ist mit | wie ist es mit | wie sieht es bei | und bei | und für <company> | dasselbe für | und <company> | wie ist das bei",
    "rated": "points has | points have | how many points has | wie viele punkte hat | ihr urteil | rated | rating | ratings | rate | score | scored | scores | verdict | recommendation | grade | points .. have/has"
    " | how many points does | is it a/an <rating> | is <company> a/an <rating> | a <rating> or | <rating> or <rating>"
    " | bewertet | eingestuft | einstufung | punktzahl | punktestand | bewertung | empfehlung | ein <rating> | <rating> oder <rating>",
    "since": "vs/versus now/today | compared to/with now/today | und heute/jetzt | versus/vs heute | verglichen mit heute | year to date | ytd | to now | until now | to date | till now | to today | until today | bis heute | bis jetzt | since | from .. to | from .. until | between | seit | von .. bis | zwischen | over the | during | within | until",
    "modal": "would | could | might | can | need* | must | könnte | würde | müsste | kann | muss | braucht",
    "points": "points | punkte | punkten",
    "who": "whom | wem | who | wer | which company | welches unternehmen | welche aktie | welche firma | whose | what company",
    "peer_group": "peer/peers | peer group | comparison group | rivals/rival | competitor/competitors | competition | wettbewerber* | konkurrent* | konkurrenz"
    " | vergleichsgruppe | vergleichsunternehmen | mitbewerber* | peergroup",
    "how": "how | wie | in what way | inwiefern",
    "argues": "speaks/speak .. for/against | count/counts .. for/against | point/argument/item/thing/reason/factor/case for/against | most for/against | for or against | für oder gegen | spricht/sprechen .. für/gegen | argue/argues | speaks/speak against | spricht/sprechen gegen | counts against | says against | held against | concern*",
    "made": "calculat* | comput* | determin* | made | works/work | based on | berechn* | ermittelt | zustande | entsteht | funktioniert | kommt/kommst .. auf"
    " | arrive at | come up with",
    "soon": "soon | bald | demnächst | in kürze | shortly",
    "costs": "steht die aktie | steht der kurs | steht die aktie von | one share of | a share of <company> | eine aktie von | one share | close at | closed at | closed | share/stock worth | worth on | schloss | cost/costs | share cost | traded | trades at | trading at | trade at | quoted | kostet/kostete/gekostet | notiert* | stock stand | stock at"
    " | was die aktie wert",
    "sector_word": "sector | industry | branche | sektor | kind of business | line of business | type of business | industriezweig | part of the market",
    "also": "as well | too | also | auch | noch | ebenfalls | same for | now the | now for | ok and | then the | dann noch",
    "better": "better | worse | besser | schlechter",
    "then": "since then | since that date | since this analysis | from then on | seitdem | seit damals | seither | seit dieser analyse",
    "ever": "rated before | rating before | rated previously | previous rating | rating .. last change | rating .. changed last | vorher eingestuft | davor eingestuft | zuvor eingestuft | ever | at any time | was it always | when did .. become | when was .. last | how long | since when | jemals | seit wann | wie lange | wann wurde"
    " | when did .. turn | when did .. change | wann .. letzt",
    "reached": "when was | when did | on which date/day | on what date/day | wann war | wann hatte | an welchem tag | when",
    "what_is_usual": "what is usual/normal/common/typical | was ist üblich/normal",
    "negated": "not | no | never | nicht | kein | keine | keinen | nie",
}
