"""A third set, written after the second had been measured and the rules improved: longer answers, other registers."""

from tests.eval.phrasings import phrasing_lines

ANSWERS = phrasing_lines("en", """
A=ratio B=yields :: {N} carries a **{R}** with {S} points as of {D}.\\n\\nOn valuation, its {L.A} comes to {v.A}. The peer group's median is {m.A}. As for income, the {L.B} is {v.B}; peers come in at {m.B}.
A=item B=item :: Two things stand out for {N}. First, the {L.A}, which {ad.A|earns it|costs it} {p.A} points. Second, the {L.B}, which {ad.B|earns it|costs it} {p.B} points.
A=moving :: Looking back, the {L.A} was {o.A} on {E}. It is {v.A} now.
A=ratio :: Short answer: {v.A}. That is {N}'s {L.A}, {q.A} {ab.A|over|below} the median for {G.A} ({m.A}).
A=ratio :: Yes. At {v.A}, its {L.A} {ab.A|exceeds|undercuts} the {m.A} that its {n.A} peers show in the middle.
 :: The rule puts {N} at {S} out of a hundred or so, hence "{R}".
A=payout B=dividend_yield :: {N} distributes {v.A} of what it earns, good for a dividend yield of {v.B}.
A=return_20 :: Lately {N} has {sg.A|climbed|slid}: its 20-session return is {v.A}, whereas the median peer made {m.A}.
A=item :: Drop the {L.A} and you get {w.A} instead of {S}.
A=price :: The latest price we have, from {D}, is {v.A}.
A=ratio :: {N}: {L.A} of {v.A}. {N2}: {L.A} of {v2.A}.
A=ratio :: Between the two, {N} has the {hi.A|higher|lower} {L.A} ({v.A} against {v2.A} at {N2}).
A=yields :: {N} offers {v.A} in {L.A}; {N2} offers {v2.A}.
A=yields :: There is a gap of {kz.A} percentage points between the {L.A} of {N} ({v.A}) and of {N2} ({v2.A}).
""")  # fmt: skip

NOTES = phrasing_lines("en", """
A=ratio B=ratio :: Valuation check – {L.A}: {v.A} (med. {m.A}); {L.B}: {v.B} (med. {m.B})
A=price_earnings :: P/E = {v.A}; peer median = {m.A}
A=moving :: {L.A}: {v.A} ({D}), {o.A} ({E}), chg. {c.A} {up.A|higher|lower}
 :: Score {S} | Rating {R}
A=market_cap B=price :: Cap {v.A}, price {v.B}
A=item :: {L.A}: {s.A} of a possible {lo.A} to {hi.A}
A=item :: [{L.A}] {s.A} points → score without it {w.A}
A=yields :: *{L.A}*: `{v.A}`; *median*: `{m.A}`
A=ratio :: > {N}'s {L.A} stood at **{v.A}** on {D}.
A=ratio :: {L.A}, {N}: {v.A}; peers: {m.A}; n: {n.A}
""")  # fmt: skip

PROSE = phrasing_lines("en", """
A=moving :: It took the {L.A} of {N} from {E} to {D} to get from {o.A} to {v.A}.
A=moving :: {N}'s {L.A} now reads {v.A}; it read {o.A} on {E}, so the {up.A|increase|decrease} amounts to {c.A}.
A=price_sales :: Sales are valued at {v.A} times by the market (P/S), as opposed to a middle value of {m.A} among peers.
A=ebitda :: EBITDA at {N} comes to {v.A}.
A=earnings_per_share :: Per share, {N} made {v.A} in earnings per share.
A=price_earnings :: Paying {v.A} times earnings for {N} means paying {q.A} {ab.A|more|less} than the group's median of {m.A}.
A=return_on_equity :: Shareholders see a return on equity of {v.A}, {ab.A|ahead of|short of} the {m.A} median.
A=item :: Of all the reasons, the {L.A} {ad.A|helps with|hurts with} {p.A} points.
 :: {N} went from {So} points on {E} to {S} on {D}.
 :: Had you asked on {E}, the answer would have been {So} points; on {D} it is {S}.
A=week52_place :: Within its 52-week range {N} stands at {v.A}.
A=ratio :: The middle company in {G.A} shows a {L.A} of {m.A}.
A=ratio :: A {v1.A} {L.A} is what {N} has.
A=price B=week52_high :: The share price, {v.A}, is close to or under the 52-week high of {v.B}.
A=dividend_yield :: Income seekers get {v.A} a year from {N} in dividend yield, which is {z.A} percentage points {ab.A|more|less} than from its median peer.
A=cap_to_ebitda :: On market cap to EBITDA, {N} comes out at {v.A} and {N2} at {v2.A}.
A=ratio :: Its own {L.A} is {v.A}, the industry's {m.A}.
""")  # fmt: skip

TABLES = phrasing_lines("en", """
A=ratio B=yields :: The comparison:\\n\\n| Ticker | {L.A} | {L.B} |\\n|---|---:|---:|\\n| {T} | {v.A} | {v.B} |\\n\\nAll as of {D}.
A=ratio :: | {L.A} | {v.A} |\\n|---|---|\\n| Median | {m.A} |
A=moving :: | {N} | {E} | {D} |\\n|---|---|---|\\n| {L.A} | {o.A} | {v.A} |
A=item :: | Reason | Points | Possible |\\n|---|---|---|\\n| {L.A} | {s.A} | {lo.A} to {hi.A} |
""")  # fmt: skip

GERMAN = phrasing_lines("de", """
A=ratio :: Kurz gesagt: {v.A}. So hoch ist das {L.A} von {N}; der Median der {n.A} Vergleichsunternehmen ist {m.A}.
A=yields :: {N} kommt auf eine {L.A} von {v.A} und damit auf {z.A} Prozentpunkte {ab.A|mehr|weniger} als der Median ({m.A}).
A=moving :: Am {E} lag der Wert ({L.A}) noch bei {o.A}, inzwischen sind es {v.A}. Das ist ein {up.A|Plus|Minus} von {c.A}.
A=item :: Für {L.A} gibt es {s.A} Punkte; möglich wären {lo.A} bis {hi.A}.
A=item :: {L.A} {ad.A|hebt|drückt} die Wertung um {p.A} Punkte auf {S}.
 :: {N} steht mit {S} Punkten auf „{R}“.
A=price :: Zuletzt notierte {N} bei {v.A}, {lq.A} über dem 52-Wochen-Tief.
A=ratio B=ratio :: {L.A} und {L.B} betragen {v.A} und {v.B}.
A=return_20 :: Die Rendite über 20 Sitzungen beträgt {v.A}, bei den Vergleichsunternehmen im Median {m.A}.
A=payout :: Ausgeschüttet werden {v.A} des Gewinns, die Dividende ist also {cov.A}-fach gedeckt.
A=earnings_per_share :: Je Aktie verdient {N} {v.A} (Gewinn je Aktie).
A=ratio :: {N2} ist mit einem {L.A} von {v2.A} {hi.A|günstiger|teurer} als {N} mit {v.A}.
A=market_cap :: An der Börse ist {N} {v.A} wert (Marktkapitalisierung).
A=ratio :: | | Wert | Median |\\n|---|---|---|\\n| {L.A} | {v.A} | {m.A} |\\n\\nStand: {D}
A=yields :: Die {L.A} liegt mit {v.A} {ab.A|über|unter} jener der Branche ({m.A}).
""")  # fmt: skip

PHRASINGS = [*ANSWERS, *NOTES, *PROSE, *TABLES, *GERMAN]
