"""Everything around the analyses: manners, the product itself, and what is asked in vain. Form as in `asking`."""

TALK: dict[str, str] = {
    "greeting": "morning | evening | afternoon | hi there | hi | hello | hey | good morning | good evening | good afternoon | hiya | howdy | how are you | how do you do"
    " | hallo | guten tag | guten morgen | guten abend | moin | servus | grüß gott | grüezi | wie geht es dir | wie geht's | na",
    "thanks": "ty | appreciated | much obliged | many thanks | dank | besten dank | helpful | danke dir | hilfreich | thanks | thank you | thx | cheers | great thanks | perfect | appreciate it | well done | awesome | nice one"
    " | danke | dankeschön | vielen dank | super | prima | merci | klasse",
    "bye": "bye | goodbye | see you | good night | tschüss | auf wiedersehen | bis dann | ciao",
    "help": "are you <company> | bist du <company> | what can i do | what can one do | was kann man | what are you for | what do i do here | what is possible here | what do you know | i can ask | can ask | use this | kann ich stellen | fragen stellen | fragen kann ich | how do i use | new here | neu hier | which questions | what questions | questions do you | my options | what now | was geht | was kann ich tun | what should i do here | where do i start | how do i start | getting started | welche fragen | may i ask | can one ask | i ask you | may one ask | sort of things | dich fragen | fragen kann | kann man fragen | good for | how can you help | mir helfen | helfen | help | help me | what can you do | what can i ask | what can you | what questions | how do you work | how does this work"
    " | how do i use | what do you do | what are you able | who are you | what are you | are you a bot | are you human | are you an ai | are you gemini"
    " | are you real | your capabilities | what should i ask | suggest* .. question* | what else can | what do you cover | what is this"
    " | hilfe | hilf mir | was kannst du | was kann ich fragen | wie funktionierst du | wer bist du | was bist du | was kann ich"
    " | bist du ein/eine | welche fragen | was weißt du alles | wobei kannst",
    "lines": "when is a company/stock/share a/an <rating> | from/below/above/under/at how many points | what score makes/means | score is needed"
    " | how many points make/makes/mean | points make/makes a/an <rating> | what makes a company a/an <rating> | ab/unter/bei wie vielen punkten"
    " | wann ist ein unternehmen ein <rating> | wann ist eine aktie ein <rating>",
    "chosen": "peers chosen/selected/picked/made/determined | choose/chooses/pick/picks/select/selects the peers | peers a company | peers here"
    " | vergleichsgruppe gebildet/gewählt/bestimmt/zusammengestellt",
    "rule": "from/by an analyst | from/by analysts | a human | reliable | trust | trustworthy | accurate | backtest* | tested | proven | verlässlich | zuverlässig | vertrauen | von einem analysten | who makes/make/gives/give/sets/set/assigns/assign/creates/create/writes/write/produces/decides/decide/issues/issue/hands/awards/award .. ratings/rating/scores/score/points/analyses/analysis/recommendations/verdict"
    " | who/what is behind the ratings/rating/scores/score/points/analyses | where do/does the rating/ratings/score/scores come/comes from | where are the ratings/scores from"
    " | wer macht/vergibt/erstellt/schreibt/setzt/legt .. einstufung/einstufungen/bewertung/bewertungen/ratings/rating/punkte/analysen/analyse | woher kommt/kommen/stammt/stammen die punkte/punktzahl/bewertung/bewertungen/einstufung/einstufungen"
    " | analyst/person/human/anybody/anyone/somebody behind | who is behind | good are/were the ratings | ratings worked | track record | ratings been tested | rating system | points system | punktesystem | the formula | formula | on what basis | points awarded | are points | scores worked out | scores made | how are the scores | vergibt die punkte | punkte vergibt | bewertungssystem | formel | scoring method | how is a score | how are points | come up with | points come | points come from | where do the points | goes into the score/rating | go into the score/rating | explain the scoring | scoring to me | by which rules | by what rules | which rules | rules are the | punkte .. zustande | nach welchen regeln | welchen regeln | welche regeln | how are the points | how do you get to the points | how is this worked out | vergebt ihr | punkte vergeben | how is the score | how is the rating | how are the points | how are the ratings | how are scores | how do you rate"
    " | how does the rating work | how does the score work | how does the scoring | how do you score | how do you calculate the score/rating"
    " | score made | score calculated | score computed | rating made | rating calculated | rating determined | methodology"
    " | method | the rule | which rule | scoring system | score work | rating work | ratings work | score come about | how does the rule"
    " | who made this/the rating/score/analysis/rule | who rates | made by | what makes a/something a/an <rating>"
    " | what does a score of | what does the score mean | what does <rating> mean | what is a <rating> | what counts as a <rating>"
    " | what does the rating mean | rating rule | scoring rule | score put together | how is it scored | points system"
    " | when does something become a <rating> | when is a stock a <rating> | how do points | threshold/thresholds"
    " | wie entsteht | wie kommt der score | wie kommt die bewertung | wie kommt das rating | wie wird der score | wie wird die bewertung | wie wird das rating"
    " | wie wird bewertet | wie bewertest du | methode | methodik | die regel | welche regel | wie funktioniert die bewertung"
    " | wie funktioniert der score | wie funktioniert das rating | wie werden die punkte | wie setzt sich | bewertungsregel | ab wann ist"
    " | was bedeutet <rating> | was heißt <rating> | wer hat .. bewertet | wer bewertet | wie berechnet .. score | score zustande | schwelle/schwellen",
    "age": "how old | how current | how fresh | how recent | up to date | up-to-date | date of the | as of when | as of what | from when"
    " | when was .. updated | last updated | latest data | when were | what date | which date | how up to date | when is .. from | are from when"
    " | data from | data date | is .. live | real time | real-time | delayed | outdated | stale | when was the data | when was this | most recent data"
    " | when was the analysis | when was the last analysis | how often | last refreshed | newest data | current is | is this today's | today's data | dated"
    " | wie alt | wie aktuell | von wann | stand der | wann .. aktualisiert | welches datum | aktueller stand | veraltet | datenstand | wie frisch"
    " | welchem datum | welcher stand | echtzeit | welcher tag | wie oft | auf welchem stand | letzter stand | wie neu",
    "all_sectors": "which sectors | what sectors | list the sectors | sectors are there | sectors do you | welche sektoren | welche branchen | sektoren gibt es",
    "define": "exactly does .. mean | exactly is | genau ist | genau bedeutet | the term | begriff | difference between <metric> | unterschied zwischen <metric> | <metric> and <metric> differ | definition | erklären | define | meaning | defined | again what is | <metric> again | understand <metric> | understand the <metric> | understand what | verstehe <metric> nicht | verstehe .. nicht | versteht man unter | <metric> what does that | that stand for | mean by <metric> | idea what <metric> | what is a/an <metric> | what is <metric> | what does <metric> mean | what does .. mean | meaning of | define | definition of"
    " | explain <metric> | explain the term | explain what | explain the <metric> | explain a | what is meant by | what stands <metric> for | <metric> stand for"
    " | stands for | stand for | how is <metric> calculated | how is the <metric> calculated | how do you calculate <metric> | how is .. computed"
    " | what are <metric> | what exactly is | can you explain | glossary | how is .. calculated | how is .. defined | teach me | tell me what <metric> is"
    " | in plain words | in plain english | what do you mean by | mean by | what the <metric> is | what <metric> is | what <metric> means"
    " | was ist ein/eine <metric> | was ist <metric> | was bedeutet | was heißt | bedeutung von | definiere | definition von | erkläre/erklär <metric>"
    " | erkläre/erklär mir | wofür steht | was versteht man unter | was meint | was sagt .. aus | wie berechnet man | wie wird <metric> berechnet | wie wird .. berechnet"
    " | was bedeuten | was sind <metric> | was besagt | begriff",
    "who_peers": "with whom | mit wem | in its peer group | in the peer group | in der vergleichsgruppe | do you compare it | compared against | measured against | is it measured | rivals | list .. rivals | vergleichst du | vergleichst du .. mit | welche firmen sind in | welche unternehmen sind in | in der vergleichsgruppe sind | do you measure it | who are the/its/their peers | which peers | peers are | list .. peers | its peers | name .. peers | what peers | who is it compared"
    " | whom is it compared | compared with whom | compared to whom | which companies is it compared | what is it compared | who are the/its competitors"
    " | which companies are the/its peers | show .. peers | its competitors | the peer group | what is the peer group | competitors of <company> | peers of <company>"
    " | who else is in | which group | what group | who competes | peers used | <company> peers"
    " | wer sind die vergleichs* | welche vergleichs* | womit wird .. verglichen | mit wem wird | wer sind die wettbewerber/konkurrenten/peers/mitbewerber"
    " | welche konkurrenten | welche wettbewerber | vergleichsgruppe | mit welchen unternehmen wird",
    "sector_of": "company do | business does | firma macht | macht <company> eigentlich | unternehmen macht | kind of business | what the industry | the industry is | business is | business does | was für ein/eine unternehmen/firma | welche art unternehmen | part of the market | branche gehört | what is the industry | what is the sector | operate in | operates in | active in | tätig | what sector | which sector | what industry | which industry | sector is | industry is | what does <company> do | what does it do"
    " | what kind of company | line of business | what business | what type of company | sub-industry | sub industry | in which sector | sector of | industry of"
    " | belong to | belongs to | is <company> a <sector> | is it a <sector> | classified | classification | business is <company> in"
    " | welcher sektor | welchem sektor | welche branche | welcher branche | was macht <company> | was macht das unternehmen | womit verdient | gehört .. zu | zu welche*",
    "advice": "would you do | do you do with | you do with | würdest du tun/machen | good time/moment/idea/entry | right time/moment | get/getting/jump in | load up | add to my | worth a buy | worth holding | hang on to | get rid of | zugreifen | guter zeitpunkt/moment | lohnt sich ein/der einstieg | whether to <rating> | <rating> now or | or wait | purchase make | make sense to | purchase | kaufen oder warten | oder warten | oder nicht kaufen | sollte man | ob ich | jetzt <rating> | <rating> now | your money | put money | you put | money in it | money into | ihr geld | dein geld | geld anlegen | at your own | i own | own some | ich besitze | ich habe .. aktien | jetzt einsteigen | einsteigen | get in now | get out | should i | should we | shall i | would you <rating> | worth buying | worth owning | worth it | do you recommend | would you recommend | good investment"
    " | good buy now | good time to <rating> | time to <rating> | invest in | can i <rating> | is it wise | smart to <rating> | a good idea to | what should i do | advise | advice"
    " | good idea | buy it now | how many shares should | how much should i | put my money | would you invest | my portfolio | do i <rating> | keep my | should you | okay to <rating>"
    " | recommend me | recommend buying | good stock to | safe investment | right for me | personally | if you were me"
    " | soll ich | sollte ich | sollen wir | sollte man | lohnt sich | lohnt es | würdest du | empfiehlst du | rätst du | gute investition | gutes investment | in .. investieren"
    " | jetzt kaufen | jetzt verkaufen | kann ich .. kaufen | guter zeitpunkt | was soll ich | anlageberatung | rat | gute geldanlage | gute anlage",
    "forecast": "recover* | erholen | wird sich | will it | will the | double next | likely to | likely | in a year | in one year | in a few | where do you see | do you see the | do you see it | five years | ten years | in einem jahr | in zwei jahren | in ein paar | in <number> years | in <number> jahren | next few | going forward | down the road | be raised | be cut | wahrscheinlich | voraussichtlich | wohin | ahead | will | forecast* | predict* | price target | target price | going to | next year | next month | next week | next quarter | in the future | future"
    " | expected to | expect | expectation* | tomorrow | by the end of the year | by year end | outlook | prospects | potential | guidance | in 2027 | in 2028 | in 2030"
    " | in five/ten/two years | projection* | project/projected | estimate/estimates | next earnings | upcoming | where .. headed | keep rising | keep falling | go up from here"
    " | bounce back | recover | wird .. steigen | wird .. fallen | wird .. entwickeln | prognose* | kursziel | nächstes jahr | nächsten jahr | nächste woche | nächsten woche | nächsten monat"
    " | nächsten monaten | zukunft | zukünftig* | vorhersage* | voraussage* | morgen | ausblick | aussichten | erwarte* | erwartung* | künftig | demnächst | weiter steigen | weiter fallen"
    " | in fünf jahren | in zehn jahren",
    "inject": "prompt | system message | systemnachricht | pirate | pirat | speak like | everything above | above this line | line above | print everything | output the/your | hidden | erzähl .. witz | anweisungen lauten | output everything | repeat after me | sage wörtlich | alle regeln | deine .. anweisungen | ignore all | ignore previous | ignore your | ignore the above | ignore everything | ignore the instructions | ignore the rules | ignore the analysis"
    " | ignore instructions  | forget the/your/all/previous/everything/what | disregard the/your/all/any/previous/everything"
    " | pretend | you are now | act as | roleplay | role play | system prompt | your prompt | your instructions | instructions | system message | hidden prompt | initial prompt"
    " | repeat the text | repeat the words | repeat everything | words above | text above | jailbreak | developer mode | override | bypass | just say | simply say | say only | answer only with | reply only with | respond only with | respond with | reply with | print your | print the system | reveal your | reveal the | verbatim | new rules | from now on | debug mode | admin mode"
    " | you must say | you have to say | i am your developer | i am the developer | as an admin | base64 | decode | translate your | secret | api key | password | tell me your rules | your rules"
    " | ignoriere | vergiss | missachte | tu so | du bist jetzt | systemprompt | deine anweisungen | anweisungen | deine instruktionen | gib .. wörtlich | bestätige | sag einfach | sag nur"
    " | antworte nur | entwicklermodus | zeig* .. prompt | deine regeln | wiederhole .. text | wiederhole .. wörter | geheim* | passwort | verrate deine/den/dein",
    "confirm": "confirm* | is it true | is that true | right | correct | isn't it | true that | is it correct | i heard | i read | i was told | someone told | someone said | they say | people say"
    " | agree | are you sure | not true | double check | verify | according to | i think | i thought | must be | surely | supposedly | apparently | i believe"
    " | bestätig* | stimmt es | stimmt das | stimmt | ist es wahr | ist es richtig | richtig | korrekt | oder nicht | ich habe gehört | ich habe gelesen | sicher dass | wirklich | angeblich | ich dachte | ich glaube",
}

OUTSIDE: dict[str, str] = {
    "news": "news | headline/headlines | announce* | press release | scandal* | rumor* | rumour* | reddit | twitter | article* | media say | nachrichten | neuigkeiten | schlagzeile* | meldung* | skandal* | gerücht*",
    "lawsuits": "lawsuit/lawsuits | sued | suing | litigation | legal | court | regulator* | antitrust | investigation* | klage/klagen | verklagt | rechtsstreit* | gericht* | prozess/prozesse | kartell* | strafe",
    "people": "in charge | leitet | führt das unternehmen | ceo | cfo | founder/founders | founded | chief executive | management | managers | board | executive/executives | chairman | president | who runs | who leads <company> | who leads it | who leads the company | who owns | employees | staff | headcount"
    " | headquarter* | headquartered | based in | where is .. based | history of the company | chef | vorstand* | geschäftsführ* | gründer | gegründet | gründung | aufsichtsrat* | mitarbeiter* | angestellte* | hauptsitz | firmensitz | sitz",
    "products": "does <company> sell | does it sell | do they sell | produziert | stellt .. her | verkauft <company> | verkauft das unternehmen | product/products | service .. offer | services | brand/brands | patent/patents | customers | customer | suppliers | supplier | iphone | launch/launched | pipeline of | drugs | factory | factories | stores | market share"
    " | ai strategy | strategy | contracts | produkt/produkte/produkten | marke/marken | kunden | lieferant* | marktanteil* | strategie | fabrik* | patente | filialen",
    "owners": "major/main/biggest/largest shareholder/shareholders | who are the shareholders | shareholder structure | insider/insiders | institutional | ownership | owns shares | buffett | short interest | shorts | hedge fund* | blackrock | vanguard | aktionär* | anteilseigner | leerverk* | großaktionär*",
    "funds": "etf/etfs | index fund/funds | mutual fund/funds | fund/funds | tracker | bond/bonds | commodity/commodities | derivative/derivatives | fonds | indexfonds | anleihe/anleihen | rohstoff | zertifikat/zertifikate",
    "index": "is/are it/they/this in the s&p | part of the s&p | member of the s&p | ist es/sie im s&p | in the dow/nasdaq/dax | im dax/dow/nasdaq | part of the index | in the index",
    "dates": "when .. report/reports/reporting/announce/announces/publish/publishes/release/releases | report/reports/reporting earnings/results/numbers | earnings/results due/date/dates/season/release/call | next earnings/results/report/dividend"
    " | when are/is .. earnings/results out/due | when do/does/will .. earnings/results come | when .. results | when are/is .. next | when do/does/will .. pay/pays .. <metric> | when is .. paid | pay/payment date | financial calendar"
    " | wann .. zahlen/ergebnisse/bericht/quartalsbericht | wann legt/berichtet/meldet/veröffentlicht/präsentiert | legt .. zahlen/ergebnisse vor | wann zahlt | wann .. ausgezahlt/ausgeschüttet/gezahlt | wann gibt es .. <metric>"
    " | wann ist .. hauptversammlung | hauptversammlung | termin/termine | nächste/nächsten zahlen/ergebnisse",
    "analysts": "analyst/analysts | wall street | goldman | morgan stanley says | consensus | street expects | moody's | morningstar | analysten | experten | consensus estimate*",
    "statements": "revenue | revenues | sales figures | turnover | net income | net profit | cash flow | free cash flow | debt | debts | leverage | balance sheet | assets | liabilities | gross margin | operating margin | net margin | interest | tax | capex"
    " | book value per share | shares outstanding | number of shares | buyback* | repurchase* | quarterly results | quarterly report | earnings call | earnings date | ex-dividend | ex dividend | payment date | dividend date | dividend history | dividend growth"
    " | umsatz | umsätze | nettogewinn | cashflow | schulden | verschuldung | bilanz | eigenkapital | fremdkapital | bruttomarge | steuern | aktienrückk* | quartalszahlen | ex-tag | zahltag | dividendentermin | aktienanzahl",
    "trading": "beta | volatility | volume | option chain | stock options | put option | call option | rsi | macd | moving average | technical analysis | support level | resistance | bollinger | stop loss | limit order | intraday | premarket | pre-market | after hours | bid | ask price"
    " | sharpe | drawdown | correlation | volatilität | handelsvolumen | gleitend* | charttechnik | stoppkurs | vorbörslich | nachbörslich",
    "world": "weather | joke | poem | recipe | song | football | soccer | president of | election* | inflation | interest rates | fed | gdp | unemployment | bitcoin | crypto | gold price | oil price | exchange rate | euro | python | javascript"
    " | capital of | translate | movie | write me | story | math | homework | wetter | witz | gedicht | rezept | lied | fußball | wahl/wahlen | zinsen | leitzins | notenbank | krieg | krypto* | goldpreis | ölpreis | wechselkurs | hauptstadt | übersetz* | geschichte erzählen | politik",
    "esg": "esg | carbon | climate | emissions | sustainability report | ethical | union | strike | diversity | klima | emission* | umwelt | streik | nachhaltigkeitsbericht | gewerkschaft*",
    "events": "merger | acquisition/acquisitions | acquire* | takeover | spin-off | spinoff | ipo | bankrupt* | bankruptcy | recall | layoff/layoffs | fusion | übernahme* | übernehmen | börsengang | insolven* | pleite | rückruf | entlassung*",
}
"""Subjects that no analysis covers."""

MANNERS = frozenset({"greeting", "thanks", "bye"})
"""What may stand before a real question."""
