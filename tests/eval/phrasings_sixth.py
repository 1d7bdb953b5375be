"""A sixth set: answers as a careful analyst or a language model writes them, by somebody who knows no rule of the check.

First measure (two answers a phrasing, seed 1): of 644 right figures 81.06 % verified and 8.39 % flagged; shown as
verified of planted value faults 3 of 1,474, of label, date and derived faults 2 of 354, of direction and sign faults
11 of 118; 24 not found, all in the one phrasing on which the check failed with an error.
"""

from tests.eval.phrasings import phrasing_lines

PHRASINGS = [
    *phrasing_lines("en", """
A=ratio :: On {L.A}, {N} is priced at {v.A}. Half of its peers are below {m.A}, half are above.
A=ratio :: Put differently, buyers of {N} accept a {L.A} of {v.A} where the middle of the group gets {m.A}.
A=ratio :: {N}'s {L.A} reads {v.A}; that is {q.A} {ab.A|richer|leaner} than the {m.A} typical of its peer group.
A=ratio :: The distance to the median of {m.A} is {q.A}: with a {L.A} of {v.A}, {N} is well {ab.A|above|below} it.
A=ratio :: Is {N} dear? Its {L.A} of {v.A} {ab.A|tops|trails} the {m.A} median, a gap of {q.A}.
A=ratio :: At {t.A} times the group median, {N}'s {L.A} looks stretched ({v.A} against {m.A}).
A=ratio :: {N} carries a {L.A} of {v.A} while {N2} carries one of {v2.A}, so {N} is the {hi.A|pricier|cheaper} of the two.
A=ratio :: Between {N} and {N2}, the former has the {hi.A|larger|smaller} {L.A}: {v.A} as opposed to {v2.A}.
A=ratio :: {T}: {v.A}, {T2}: {v2.A} ({L.A})
A=ratio :: {L.A} — {T} {v.A} / {T2} {v2.A} / {T} peers {m.A}
A=ratio :: 1. {N} ({T}): {L.A} {v.A}\\n2. {N2} ({T2}): {L.A} {v2.A}
A=ratio B=ratio :: The {L.A} is {v.A} and the peers' is {m.A}; the {L.B} is {v.B} and the peers' is {m.B}.
A=ratio B=ratio :: On the two multiples that matter here: {L.A} {v.A} (median {m.A}), {L.B} {v.B} (median {m.B}).
A=ratio :: The {L.A} has moved from {o.A} to {v.A} since {E}, a {up.A|rise|fall} of {c.A}.
A=cap_to_ebitda :: Its market value equals {v.A} years of EBITDA; for the group the figure is {m.A}.
A=cap_to_ebitda :: {N} is capitalised at {v.A} times its EBITDA, {ab.A|more|less} than the {m.A} times that peers command.
A=price_book :: You pay {v.A} dollars for each dollar of {N}'s book value, whereas the typical peer costs {m.A}.
A=price_sales :: Each dollar of sales is valued at ${v.A} here, {ab.A|more|less} than the ${m.A} seen at the median peer.
A=price_earnings :: It takes {v.A} years of current earnings to pay for one {N} share.
A=price_earnings B=earnings_change :: The stock sells for {v.A} times what the company earns, and those earnings {sg.B|are growing|are shrinking} at {u.B}.
A=return_on_equity :: Relative to book equity, {N} earns {v.A}; peers earn {m.A}.
A=return_on_equity :: {N} makes {v.A} on its equity – {ab.A|better|worse} than the {m.A} of a median competitor.
A=ebitda_margin :: Out of each $100 in revenue, EBITDA accounts for {v.A}, {z.A} points {ab.A|more|less} than at the median peer ({m.A}).
A=ebitda_margin :: Profitability is {ab.A|ahead of|behind} the field: the margin is {v.A}, the median {m.A}.
A=yields :: With {v.A}, the {L.A} {ab.A|outdoes|falls short of} the median by {z.A} percentage points.
A=yields :: The {L.A} of {N} comes to {v.A}; {N2} manages {v2.A}, a difference of {kz.A} percentage points.
A=yields :: The gap in {L.A} between {N} ({v.A}) and {N2} ({v2.A}) is {kz.A} pp.
A=yields :: Whereas the group's median {L.A} is {m.A}, {N} reports {v.A}.
A=yields B=yields :: {N} combines a {L.A} of {v.A} with a {L.B} of {v.B}.
A=dividend_yield :: Holders of {N} receive {v.A} a year in dividends on today's price.
A=dividend_yield :: Income seekers get {v.A} from {N} and {v2.A} from {N2}.
A=dividend_yield :: The yield has {up.A|widened|narrowed} from {o.A} to {v.A} since {E}.
A=dividend_yield B=payout :: The dividend (a yield of {v.A}) absorbs {v.B} of profits, so cover is {cov.B}x.
A=payout :: Of every dollar earned, {v.A} goes out as dividends; the dividend is covered {cov.A}x.
A=payout :: Dividend cover stands at {cov.A}, given that {v.A} of earnings are distributed.
A=price :: One share of {N} cost {o.A} on {E} and {v.A} on {D}.
A=price :: From {E} to {D} the stock went from {o.A} to {v.A}; that is {up.A|a gain|a loss} of {c.A}.
A=price :: {N} {up.A|has put on|has shed} {c.A} since {E}, when it stood at {o.A}.
A=price :: It {up.A|rallied|slid} {c.A}: {o.A} on {E}, {v.A} on {D}.
A=price :: A holder since {E} would be {up.A|ahead|behind} by {c.A} ({o.A} then, {v.A} now).
A=price B=week52_low C=week52_high :: At {v.A} the shares lie between a 52-week low of {v.B} and a 52-week high of {v.C}.
A=price B=week52_high :: {N} is {hq.A} off its 52-week high of {v.B}.
A=price B=week52_low :: The shares have recovered {lq.A} from their 52-week low of {v.B} and now fetch {v.A}.
A=week52_low B=week52_high :: Over the past year the stock has ranged from {v.A} to {v.B}.
A=week52_low B=week52_high C=week52_place :: The 52-week band runs {v.A}–{v.B}; today's price is {v1.C} of the way up.
A=week52_place :: The price is {v1.A} of the way from the year's low to the year's high.
A=return_20 :: In twenty sessions the shares {sg.A|added|gave up} {u.A}.
A=return_20 :: The 20-session return of {v.A} compares with {m.A} for the median peer.
A=return_20 :: Momentum is {ab.A|stronger|weaker} than that of the group: {v.A} over 20 sessions, median {m.A}.
A=earnings_change :: EPS {sg.A|rose|fell} by {u.A}.
A=earnings_change :: {N}'s profit per share is {sg.A|up|down} {u.A}, whereas {N2}'s changed by {v2.A}.
A=earnings_change :: Earnings momentum: {v.A}.
A=earnings_per_share :: {N} earns {v.A} per share, after {o.A} on {E}.
A=earnings_per_share B=dividend_yield :: With earnings of {v.A} a share and a yield of {v.B}, {N} rewards patience.
A=market_cap :: Valued by the market at {v1.A}, {N} is {hi.A|bigger|smaller} than {N2}, which is worth {v2.A}.
A=market_cap :: {N}'s market capitalisation has {up.A|swollen|dwindled} from {o.A} on {E} to {v.A}.
A=market_cap :: {N} is a company of some {v1.A}.
A=market_cap B=ebitda C=cap_to_ebitda :: Divide the market cap ({v.A}) by EBITDA ({v.B}) and you get {v.C}.
A=ebitda B=ebitda_margin :: EBITDA of {v.A} corresponds to a margin of {v.B}.
A=usd :: | | {T} | {T2} |\\n|---|--:|--:|\\n| {L.A} | {v.A} | {v2.A} |
A=ratio B=ratio C=yields :: | | {N} | {N2} |\\n|:--|--:|--:|\\n| {L.A} | {v.A} | {v2.A} |\\n| {L.B} | {v.B} | {v2.B} |\\n| {L.C} | {v.C} | {v2.C} |
A=moving B=moving :: | {T} | {E} | {D} |\\n|---|---|---|\\n| {L.A} | {o.A} | {v.A} |\\n| {L.B} | {o.B} | {v.B} |
A=ratio B=yields C=return_20 :: Here is {N} at a glance:\\n\\n- {L.A}: {v.A}\\n- {L.B}: {v.B}\\n- {L.C}: {v.C}\\n- Score: {S} ({R})
A=item B=item :: | Item | Figure | Peers | Points |\\n|---|---|---|---|\\n| {L.A} | {v.A} | {m.A} | {s.A} |\\n| {L.B} | {v.B} | {m.B} | {s.B} |
A=item :: {L.A} {ad.A|lifts|weighs on} the result: {s.A} of a possible {lo.A} to {hi.A}.
A=item :: {ad.A|A plus|A minus} of {p.A} points comes from the {L.A}.
A=item :: {N} {ad.A|is credited with|is docked} {p.A} points for its {L.A} ({v.A}).
A=item :: Take the {L.A} out and the score goes from {S} to {w.A}; the rating would then read {x.A}.
A=item :: Were it not for the {L.A}, {N} would stand at {w.A}.
A=item B=item :: {L.A} and {L.B} contribute {s.A} and {s.B} points respectively.
A=item B=item :: Together, {L.A} ({s.A}) and {L.B} ({s.B}) {ad.A|add|subtract} {both.A} points.
A=item :: The verdict is {R}, at {S} points. What {ad.A|helps|hurts} is the {L.A}: {s.A}.
 :: {N} sits at {S} points – a {R}, and {gb} points shy of the 60 that a buy takes.
 :: With {S}, {N} misses the buy line of 60 by {gb} points.
 :: {N} is a {R} ({S} points), {N2} a {R2} ({S2} points).
 :: Of the two, {N} scores {hs|higher|lower}: {S} versus {S2} for {N2}.
 :: {N} {hs|leads|lags} {N2} on score, {S} to {S2}.
 :: From {So} points on {E}, the score has {sc|advanced|retreated} to {S}.
 :: The rating on {E} was {Ro}; on {D} it is {R}.
 :: It {sc|gained|lost} {Sd} points between {E} and {D} and now stands at {S}.
 :: Score history: {So} ({E}), {S} ({D}).
A=ratio B=item :: {N} is rated {R}. One reason is its valuation: it has a {L.A} of {v.A}, and the median is {m.A}. The {L.B} {ad.B|adds|costs} another {p.B} points.
A=ratio :: {N2} may look familiar, but {N} is what you asked about. It has a {L.A} of {v.A}. For {N2} it is {v2.A}.
A=price B=price_earnings :: {N} last closed at {v.A}. It is therefore valued at {v.B} times earnings; its peers are valued at {m.B} times.
A=yields :: As for the {L.A}, I see {v.A} at {N}. Against the {m.A} of its peers that is {z.A} percentage points {ab.A|to the good|short}.
A=ratio B=yields :: To answer your question: no. On {D} the {L.A} was {v.A}, not lower, and the {L.B} was {v.B}.
A=moving :: Then ({E}): {o.A}. Now ({D}): {v.A}. The {L.A} has thus {up.A|increased|decreased} by {c.A}.
A=moving :: What was {o.A} on {E} is {v.A} today – the {L.A} is {up.A|higher|lower} by {c.A}.
"""),
    *phrasing_lines("de", """
A=ratio :: Beim {L.A} steht {N} mit {v.A} {ab.A|über|unter} dem Mittelwert der Gruppe (Median {m.A}).
A=ratio :: Für {N} wird ein {L.A} von {v.A} bezahlt, das sind {q.A} {ab.A|mehr|weniger} als im Median ({m.A}).
A=ratio :: {N} ist mit einem {L.A} von {v.A} {hi.A|teurer|günstiger} als {N2} ({v2.A}).
A=ratio :: Vergleicht man beide, so hat {N} das {hi.A|größere|kleinere} {L.A}: {v.A} zu {v2.A}.
A=ratio :: Das {L.A} hat sich seit dem {E} von {o.A} auf {v.A} {up.A|erhöht|verringert}.
A=ratio B=ratio :: {L.A} und {L.B} von {N} betragen {v.A} und {v.B}.
A=price_earnings :: {N} wird mit dem {v.A}-fachen des Gewinns bewertet; üblich ist in der Gruppe das {m.A}-fache.
A=cap_to_ebitda :: Der Börsenwert entspricht dem {v.A}-Fachen des EBITDA.
A=yields :: Mit {v.A} {ab.A|übertrifft|verfehlt} die {L.A} den Median um {z.A} Prozentpunkte.
A=yields :: Während {N} auf eine {L.A} von {v.A} kommt, sind es bei {N2} {v2.A}.
A=dividend_yield B=payout :: Die Dividende bringt {v.A}, dafür werden {v.B} des Gewinns verwendet. Gedeckt ist sie damit {cov.B}-fach.
A=price :: Seit dem {E} hat die Aktie {c.A} {up.A|zugelegt|eingebüßt} und kostet nun {v.A}.
A=price :: Am {E} kostete das Papier noch {o.A}, am {D} waren es {v.A}.
A=price B=week52_low :: Vom 52-Wochen-Tief bei {v.B} hat sich der Kurs um {lq.A} entfernt.
A=week52_low B=week52_high :: Die Spanne der letzten 52 Wochen reicht von {v.A} bis {v.B}.
A=return_20 :: Über 20 Sitzungen {sg.A|gewann|verlor} der Kurs {u.A}, der Median der Gruppe liegt bei {m.A}.
A=earnings_change :: Der Gewinn je Aktie ist um {u.A} {sg.A|gewachsen|geschrumpft}.
A=market_cap :: {N} ist an der Börse etwa {v1.A} wert, {N2} {v2.A}.
A=ebitda_margin :: Von 100 Dollar Umsatz bleiben {v.A} als EBITDA, {ab.A|mehr|weniger} als die {m.A} der Vergleichsgruppe.
A=return_on_equity :: Auf sein Eigenkapital verdient das Unternehmen {v.A}, im Median sind es {m.A}.
A=item :: Der Posten {L.A} {ad.A|bringt|nimmt} {p.A} Punkte (möglich sind {lo.A} bis {hi.A}).
A=item :: Rechnet man {L.A} heraus, kommt {N} auf {w.A} Punkte.
A=item B=item :: - {L.A}: {v.A}, Median {m.A}, {s.A} Punkte\\n- {L.B}: {v.B}, Median {m.B}, {s.B} Punkte
A=item B=item :: {L.A} ({s.A}) und {L.B} ({s.B}) machen zusammen {both.A} Punkte aus.
 :: {N} erhält {S} Punkte und damit {hs|mehr|weniger} als {N2} mit {S2}.
 :: Mit {S} Punkten fehlen {N} noch {gb} Punkte bis zur Kaufgrenze von 60.
 :: Am {E} waren es {So} Punkte ({Ro}), am {D} sind es {S} ({R}).
 :: Die Punktzahl hat um {Sd} Punkte {sc|zugenommen|abgenommen} und liegt jetzt bei {S}.
A=ratio B=yields :: {N} wird mit „{R}“ eingestuft. Das {L.A} liegt bei {v.A}. Der Median beträgt {m.A}. Die {L.B} erreicht {v.B}.
A=moving B=moving :: | {T} | {E} | {D} |\\n|---|---|---|\\n| {L.A} | {o.A} | {v.A} |\\n| {L.B} | {o.B} | {v.B} |
A=ratio B=yields :: | Kennzahl | {N} | {N2} |\\n|---|---|---|\\n| {L.A} | {v.A} | {v2.A} |\\n| {L.B} | {v.B} | {v2.B} |
"""),
]  # fmt: skip
