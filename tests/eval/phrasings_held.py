"""A second set, written when the rules stood and without looking at them: other styles, other words."""

from tests.eval.phrasings import phrasing_lines

TERSE = phrasing_lines("en", """
A=ratio B=ratio :: {T}: {L.A} {v.A} vs {m.A} median, {L.B} {v.B} vs {m.B}.
A=ratio :: {T} @ {L.A} {v.A}, grp med {m.A} (n={n.A}).
A=yields :: {L.A} {v.A}, {z.A}pp {ab.A|over|under} group median ({m.A}).
A=moving :: {L.A} {o.A} → {v.A} ({E} to {D}), i.e. {up.A|up|down} {c.A}.
 :: {T} {R}, {S} pts.
A=item B=item :: {L.A} {s.A} pts, {L.B} {s.B} pts. Total {S}.
A=price_earnings :: {T} on {v1.A}x earnings, peers {m.A}x.
A=market_cap :: Mkt cap: {v.A}. Rating: {R}.
A=price :: Px {v.A}, {hq.A} off the 52-week high.
A=ratio :: {L.A}: {T} {v.A} / {T2} {v2.A}.
""")  # fmt: skip

CHATTY = phrasing_lines("en", """
A=dividend_yield :: Good question! Right now you'd be getting a dividend yield of about {v1.A} on {N}, while a typical company in its group pays {m.A}.
A=price :: So, {N} last changed hands at {v.A}, which leaves it {hq.A} short of its 52-week high.
A=item :: Honestly, the {L.A} isn't doing it any {ad.A|harm: it lifts the score by|favours: it costs the score} {p.A} points.
A=moving :: Back on {E} you'd have seen a {L.A} of {o.A}. Today it's {v.A}, so it has {up.A|gone up|come down} by {c.A}.
 :: It just about scrapes together {S} points, so the rule calls it a {R}.
A=ratio :: Is {N} pricey? Its {L.A} of {v.A} compares with {m.A} for the group, so it is {ab.A|more|less} expensive than most.
A=ratio :: If you like numbers: {v.A} is the {L.A} of {N}, and {v2.A} is that of {N2}.
A=payout :: For every dollar earned, {N} hands out {v.A}: that is its payout.
A=price_earnings :: You pay {v.A} times what {N} earns in a year.
A=item :: Take the {L.A} away and the score would land on {w.A} rather than {S}.
A=return_20 :: The stock has {sg.A|put on|given up} {u.A} over the last 20 sessions.
A=moving :: Compared with {E}, when it stood at {o.A}, the {L.A} is now {v.A}.
""")  # fmt: skip

BULLETS = phrasing_lines("en", """
A=ratio B=yields :: Here is how {N} looks:\\n\\n* **{L.A}** of {v.A}, {ab.A|above|below} the {m.A} median\\n* **{L.B}** of {v.B}\\n* Rating: **{R}**
A=ratio B=yields :: ### {N} ({T})\\n1. {L.A} – {v.A}\\n2. {L.B} – {v.B}\\n3. Score – {S}
A=ratio :: {L.A} by company:\\n- {N}: {v.A}\\n- {N2}: {v2.A}
A=moving :: {N}, {L.A}\\n- {E}: {o.A}\\n- {D}: {v.A}\\n- Change: {c.A} {up.A|higher|lower}
A=item B=item :: Points for {N}:\\n- {L.A}: {s.A}\\n- {L.B}: {s.B}
A=yields :: - {L.A} ({v.A}) is {z.A} percentage points {ab.A|above|below} the peers ({m.A})
""")  # fmt: skip

TABLES = phrasing_lines("en", """
A=ratio :: | | {N} | {N2} |\\n|:--|--:|--:|\\n| {L.A} | {v.A} | {v2.A} |
A=moving :: | Date | {L.A} |\\n|---|---|\\n| {E} | {o.A} |\\n| {D} | {v.A} |
A=ratio B=yields :: | Company | {L.A} | {L.B} |\\n|---|---|---|\\n| {N} ({T}) | {v.A} | {v.B} |
A=item B=item :: | Item | Points | Without it |\\n|---|---|---|\\n| {L.A} | {s.A} | {w.A} |\\n| {L.B} | {s.B} | {w.B} |
A=ratio B=ratio :: | Figure | Value | Median |\\n| --- | --- | --- |\\n| {L.A} | **{v.A}** | {m.A} |\\n| {L.B} | **{v.B}** | {m.B} |
""")  # fmt: skip

PASSIVE = phrasing_lines("en", """
A=ratio :: A {L.A} of {v.A} is reported for {N} in the analysis dated {D}.
A=item :: {p.A} points are {ad.A|contributed|subtracted} by the {L.A}.
A=yields :: {v.A} is shown as the {L.A}, which {ab.A|exceeds|is exceeded by} the median of {m.A}.
A=moving :: The {L.A} is seen to have {up.A|risen|fallen} by {c.A} between {E} and {D}, to {v.A}.
 :: A rating of {R} was given to {N} on the strength of {S} points.
A=ratio :: With {m.A} being the median among its {n.A} peers, the {L.A} of {N}, {v.A}, is {ab.A|on the high side|on the low side}.
A=price :: Shares of {N} were priced at {v.A} in the snapshot of {D}.
A=ratio :: When measured by {L.A}, {N} ({v.A}) is valued {hi.A|above|below} {N2} ({v2.A}).
A=item :: Were the {L.A} left out of the count, a score of {w.A} would result, and the rating would be {x.A}.
""")  # fmt: skip

ENGLISH = phrasing_lines("en", """
A=ratio :: Investors value {N} at a {L.A} of {v.A}; a year of comparable companies centres on {m.A}.
A=moving :: A {up.A|rise|decline} of {c.A} took the {L.A} from {o.A} to {v.A} since {E}.
A=market_cap :: {N} is worth {v.A} on the stock market, against {v2.A} for {N2}.
A=earnings_per_share B=price_earnings :: {N} earned {v.A} a share, and at a P/E of {v.B} that is what you pay for.
A=yields B=ratio :: {N}'s {L.A}, at {v.A}, matters less than its {L.B}, at {v.B}.
 :: From {So} points on {E} to {S} points on {D}: the score has {sc.|improved|slipped}.
A=cap_to_ebitda :: The company is valued at {v.A} times EBITDA.
A=ratio :: {N2}'s {L.A} is {v2.A}. By contrast, {N} is at {v.A}.
A=ebitda_margin :: Of every dollar of sales {N} keeps {v.A} as EBITDA margin, versus {m.A} at its peers.
A=ratio :: {L.A} for {N}: {v.A} ({D}); {o.A} ({E}).
A=price_book :: {N} trades at {v.A} times book value, or {q.A} {ab.A|more|less} than the median of {m.A}.
A=week52_place :: {N} sits {v1.A} of the way up its 52-week range.
""")  # fmt: skip

GERMAN = phrasing_lines("de", """
A=ratio :: Zum Stichtag {D} weist {N} ein {L.A} von {v.A} aus.
A=ratio :: Das {L.A} der {N} beläuft sich auf {v.A}, wohingegen der Median der Vergleichsgruppe {m.A} beträgt.
A=yields :: Die {L.A} von {N} übertrifft mit {v.A} nicht zwingend alle; der Branchenmedian liegt bei {m.A}.
A=item :: Der Posten {L.A} {ad.A|erhöht|vermindert} die Punktzahl um {p.A} Punkte.
 :: Die Aktie der {N} erhält die Einstufung „{R}“ bei einer Punktzahl von {S}.
A=moving :: Gegenüber dem {E} ({o.A}) hat sich der Wert für {L.A} auf {v.A} {up.A|erhöht|verringert}.
A=price :: Der Schlusskurs betrug {v.A} und lag damit {hq.A} unter dem 52-Wochen-Hoch.
A=market_cap :: Der Börsenwert von {N} wird mit {v.A} angegeben.
A=dividend_yield :: Mit einer Dividendenrendite von {v.A} zahlt {N} {ab.A|mehr|weniger} als der Median der Branche ({m.A}).
A=ratio :: Im Vergleich: {N} {v.A}, {N2} {v2.A} ({L.A}).
A=item :: Ließe man {L.A} weg, so ergäben sich {w.A} Punkte anstelle von {S}.
A=ratio B=yields :: * {L.A}: {v.A} (Median {m.A})\\n* {L.B}: {v.B} (Median {m.B})
A=payout :: {v.A} des Gewinns werden als Dividende ausgeschüttet.
A=moving :: Seit {E} ist {L.A} von {o.A} auf {v.A} {up.A|geklettert|gesunken}, also um {c.A}.
""")  # fmt: skip

PHRASINGS = [*TERSE, *CHATTY, *BULLETS, *TABLES, *PASSIVE, *ENGLISH, *GERMAN]
