"""A fifth set, as language models and analysts write: written before the rules were read.

First measure, with the rules as they were (two answers a phrasing, seed 1): of 414 right figures 94.93 % verified and
3.86 % flagged; shown as verified of planted value faults 0 of 962, of label, date and derived faults 0 of 275, of
direction and sign faults 12 of 72; no figure was missed. The flagged share counts figures outside the blanks as well.
"""

from tests.eval.phrasings import phrasing_lines

PHRASINGS = [
    *phrasing_lines("en", """
A=ratio :: {N} ({T}) comes in at a {L.A} of {v.A}, compared with a peer median of {m.A}.
A=ratio :: As of {D}, {N} ({T}) sits at a {L.A} of **{v.A}**. The median of its peers is **{m.A}**.
A=ratio :: {N}'s {L.A} is about {v1.A}, which puts it {ab.A|above|below} the group's median of {m.A}.
A=ratio :: * **{L.A}:** {v.A} vs. {m.A} for peers
A=ratio :: - {L.A}: roughly {v1.A} (peer median {m.A})
A=ratio :: The {L.A} comes in at {v.A}. That is {ab.A|higher|lower} than the peer median, which sits at {m.A}.
A=ratio :: {N} looks {ab.A|expensive|cheap} on {L.A}: {v.A}, while the group sits at {m.A}.
A=ratio :: Investors pay for {N} a {L.A} of {v.A} – {q.A} {ab.A|more|less} than the peer median of {m.A}.
A=ratio B=ratio :: {N} trades at a {L.A} of {v.A} and a {L.B} of {v.B}.
A=ratio B=yields :: The {L.A} stands at {v.A} and the {L.B} at {v.B}, both based on data of {D}.
A=ratio :: Compared with {N2} ({v2.A}), {N} has the {hi.A|higher|lower} {L.A} at {v.A}.
A=ratio :: **{N}**: {L.A} {v.A}\\n**{N2}**: {L.A} {v2.A}
A=ratio :: | Company | {L.A} |\\n| :--- | ---: |\\n| {N} ({T}) | {v.A} |\\n| {N2} ({T2}) | {v2.A} |
A=ratio B=yields :: | Metric | {T} | Peer median |\\n|---|---|---|\\n| {L.A} | {v.A} | {m.A} |\\n| {L.B} | {v.B} | {m.B} |
A=ratio B=yields :: | Metric | {T} | {T2} |\\n|---|---|---|\\n| {L.A} | {v.A} | {v2.A} |\\n| {L.B} | {v.B} | {v2.B} |
A=moving :: | Date | {L.A} |\\n|---|---|\\n| {E} | {o.A} |\\n| {D} | {v.A} |
A=yields :: {N} offers a {L.A} of {v.A}, against {m.A} for its peers.
A=yields :: At {v.A}, {N}'s {L.A} is {z.A} percentage points {ab.A|above|below} the peer median ({m.A}).
A=yields :: Its {L.A} is roughly {v1.A}. The median among {n.A} peers is {m.A}.
A=yields :: {N}'s {L.A} ({v.A}) is {hi.A|higher|lower} than {N2}'s ({v2.A}).
A=yields :: {N2} has a {L.A} of {v2.A}. {N}, by comparison, has {v.A}.
A=yields :: **{L.A}** – {v.A}, versus {m.A} for the group.
A=moving :: The {L.A} is {up.A|up|down} from {o.A} on {E} to {v.A} on {D}.
A=moving :: On {D} the {L.A} was {v.A}, {up.A|up|down} {c.A} from {o.A} on {E}.
A=moving :: Since {E}, {N}'s {L.A} has {up.A|risen|fallen} from {o.A} to {v.A}, {up.A|an increase|a decrease} of {c.A}.
A=moving :: {N}'s {L.A} was {o.A} on {E}. By {D} it had {up.A|climbed|dropped} to {v.A}.
A=moving :: At {v.A}, the {L.A} is {c.A} {up.A|above|below} its level of {E} ({o.A}).
A=moving :: {L.A}: {o.A} → {v.A} ({E} to {D})
A=moving :: Back on {E} the {L.A} stood at {o.A}; it now stands at {v.A}.
A=price :: {N} ({T}) closed at {v.A} on {D}.
A=price :: Shares of {N} last traded at {v.A}, roughly {hq.A} below the 52-week high.
A=price :: The share price of {v.A} is {lq.A} above the 52-week low.
A=price B=price_earnings :: At a price of {v.A}, {N} trades at {v.B} times earnings.
A=price_earnings :: {N} trades at {v.A}x earnings, vs. {m.A}x for its peers.
A=price_earnings :: The stock changes hands at about {v1.A} times earnings.
A=price_sales :: {N} is valued at {v.A} times sales, compared with {m.A} for the group.
A=item :: The {L.A} {ad.A|contributes|costs it} {p.A} points.
A=item :: The {L.A} {ad.A|pushes the score up|pulls the score down} by {p.A} points.
A=item B=item :: - **{L.A}**: {s.A} points\\n- **{L.B}**: {s.B} points
A=item B=item :: | Item | Points |\\n|---|---|\\n| {L.A} | {s.A} |\\n| {L.B} | {s.B} |
A=item :: **{L.A}** ({s.A} points): {v.A} compared with a peer median of {m.A}.
A=item :: Without the {L.A}, the score would be {w.A} instead of {S}, and the rating would be {x.A}.
A=item :: If you leave out the {L.A}, {N} would score {w.A} points ("{x.A}").
A=item :: The {L.A} can move the score between {lo.A} and {hi.A} points; here it is {s.A}.
A=item :: The {L.A} is {v.A}, which {ad.A|contributes|costs it} {p.A} points.
 :: **Score: {S} ({R})**
 :: {N} ({T}) is rated **{R}** with a score of **{S}** out of 100.
 :: The score sits at {S}, which puts it at {R}.
 :: The score comes in at {S}, {sc|up|down} from {So} on {E}.
 :: {N} scores {S} points, which makes it a {R}. On {E} it was {So} ({Ro}).
 :: The score {sc|rose|fell} by {Sd} points, from {So} to {S}, between {E} and {D}.
 :: {N} is rated {R} at {S}, while {N2} scores {S2}.
A=market_cap :: With a market cap of roughly {v.A}, {N} is worth {hi.A|more|less} than {N2} ({v2.A}).
A=market_cap B=ebitda :: {N} has a market cap of {v.A} on EBITDA of {v.B}.
A=payout :: {N} pays out {v.A} of its earnings. Earnings cover the dividend {cov.A} times.
A=payout B=dividend_yield :: The dividend yield comes in at {v.B}, with a payout ratio of {v.A}.
A=return_20 :: Over the last 20 trading days, the stock has {sg.A|gained|lost} {u.A}.
A=return_20 :: {N} is {sg.A|up|down} {u.A} over the past 20 trading days.
A=earnings_change :: Earnings per share {sg.A|grew|shrank} {u.A} compared with a year ago.
A=earnings_per_share B=price :: EPS comes to {v.A}, and the price is {v.B}.
A=week52_place :: The price sits at {v1.A} of its 52-week range.
A=ebitda_margin :: {N} converts {v.A} of its revenue into EBITDA, versus {m.A} at its peers.
A=return_on_equity :: Return on equity comes in at {v.A}; the group's median is {m.A}.
A=ratio B=yields :: In short, {N} is {ab.A|more expensive|cheaper} than its peers. Its {L.A} is {v.A} against a median of {m.A}. The {L.B} is {v.B}.
A=ratio B=price :: On {D}, {N} closed at {v.B}. At that price the {L.A} is {v.A}, compared with {m.A} for its {n.A} peers.
"""),
    *phrasing_lines("de", """
A=ratio :: {N} ({T}) kommt auf ein {L.A} von {v.A}, die Vergleichsgruppe auf {m.A}.
A=ratio :: Mit einem {L.A} von {v.A} ist {N} {ab.A|höher|niedriger} bewertet als der Median der Branche ({m.A}).
A=ratio :: - **{L.A}:** {v.A} (Median der Vergleichsgruppe: {m.A})
A=ratio :: Das {L.A} beträgt rund {v1.A}. Im Median der Branche sind es {m.A}.
A=ratio :: {N} weist ein {L.A} von {v.A} auf, {N2} eines von {v2.A}.
A=yields :: Die {L.A} liegt bei {v.A} gegenüber {m.A} im Branchenmedian.
A=yields :: {N} erreicht bei der {L.A} {v.A}, {z.A} Prozentpunkte {ab.A|mehr|weniger} als der Median ({m.A}).
A=moving :: {L.A}: {v.A} am {D} nach {o.A} am {E}.
A=price :: Die Aktie ({T}) schloss am {D} bei {v.A}.
A=price :: Der Kurs {up.A|stieg|fiel} von {o.A} am {E} auf {v.A} am {D}, ein {up.A|Plus|Minus} von {c.A}.
A=price :: Mit {v.A} notiert die Aktie rund {hq.A} unter dem 52-Wochen-Hoch.
A=item :: {L.A} {ad.A|liefert|kostet} {p.A} Punkte.
A=item :: Ohne {L.A} läge der Score bei {w.A} statt {S} Punkten, die Einstufung wäre „{x.A}“.
 :: Der Score beträgt {S} Punkte, damit lautet die Einstufung **{R}**.
 :: Der Score {sc|stieg|fiel} seit dem {E} von {So} auf {S} Punkte.
A=market_cap :: {N} bringt es auf einen Börsenwert von rund {v.A}.
A=payout :: {N} schüttet {v.A} des Gewinns aus.
A=return_20 :: In den vergangenen 20 Handelstagen hat die Aktie {u.A} {sg.A|gewonnen|verloren}.
A=ratio B=yields :: | Kennzahl | {T} | Median |\\n|---|---|---|\\n| {L.A} | {v.A} | {m.A} |\\n| {L.B} | {v.B} | {m.B} |
"""),
]  # fmt: skip
