"""Sentences as people talk, in words that the other sets do not have. First measure: 86.3 % of right figures verified, 2.9 % flagged,
6 of 43 direction faults verified; the rules were mended after it."""

from tests.eval.phrasings import phrasing_lines

PHRASINGS = [*phrasing_lines("en", """
A=ratio :: Right now {N} fetches a {L.A} of {v.A}; the typical peer fetches {m.A}.
A=ratio :: The market values {N} at a {L.A} of {v.A}, {q.A} {ab.A|richer|cheaper} than the {m.A} its group commands.
A=ratio :: **Valuation.** {N}'s {L.A} stands at {v.A}, {ab.A|exceeding|undershooting} the peer median of {m.A}.
A=ratio :: {N} carries a {L.A} of {v.A}. For comparison: the median of the {n.A} peers is {m.A}.
A=ratio :: Looking at {L.A}, {N} comes out at {v.A} whereas its peers come out at {m.A}, so it is the {ab.A|more|less} expensive one.
A=ratio :: | | {N} | Peers |\\n|---|---|---|\\n| {L.A} | {v.A} | {m.A} |
A=ratio :: {N} or {N2}? On {L.A} it is {v.A} against {v2.A}, so {N} is the {hi.A|dearer|cheaper} stock.
A=ratio :: {N}'s {L.A} of {v.A} puts it {hi.A|ahead of|behind} {N2} at {v2.A}.
A=ratio :: At {v.A} versus {v2.A}, {N} carries a {hi.A|heavier|lighter} {L.A} than {N2}.
A=yields :: {N} has a {L.A} of {v.A}, which is {z.A} percentage points {ab.A|more|less} than the typical {m.A}.
A=yields :: With {v.A}, {N} {hi.A|outdoes|falls short of} {N2} ({v2.A}) on {L.A}.
A=yields :: Peers show {m.A} on {L.A}; {N} shows {v.A}, which is {ab.A|better|weaker}.
A=moving :: In the week of {E} the {L.A} read {o.A}; the latest reading, {D}, is {v.A}, so it has {up.A|advanced|retreated}.
A=moving :: {N}'s {L.A} went {up.A|up|down} {c.A}: {o.A} on {E}, {v.A} on {D}.
A=moving :: The {L.A} {up.A|crept up|edged down} from {o.A} ({E}) to {v.A} ({D}).
A=moving :: It stood at {o.A} for {L.A} on {E} and {v.A} on {D}, a {up.A|gain|drop} of {c.A}.
A=moving :: As of {D} the {L.A} was {v.A}; back on {E} it had been {up.A|lower|higher} ({o.A}).
A=price :: The stock finished {D} at {v.A}, having {up.A|risen|slipped} {c.A} since {E}.
A=price :: A share costs {v.A} today. That is {lq.A} more than at the 52-week low and {hq.A} less than at the high.
A=price :: {N} trades {hq.A} off its 52-week high, at {v.A}.
A=price_earnings :: {N} goes for {v.A} times its annual profit, {ab.A|above|below} the {m.A} times of its peers.
A=return_20 :: Shares have {sg.A|added|shed} {u.A} in 20 sessions.
A=return_20 :: The 20-session return comes to {v.A}, while the median peer returned {m.A}.
A=earnings_change :: Earnings per share are {sg.A|up|down} {u.A} on the year.
A=earnings_change :: The company's EPS {sg.A|improved|deteriorated} by {u.A} from the prior year.
A=item :: For {L.A} the rule {ad.A|awards|takes off} {p.A} points.
A=item :: {L.A}: {v.A} → {s.A} points.
A=item :: Strip out the {L.A} and the score drops or rises to {w.A}; the rating would then be {x.A}.
A=item B=item :: The biggest movers of the score are the {L.A} at {s.A} and the {L.B} at {s.B} points.
 :: At {S} out of 100, {N} earns a {R}.
 :: {N}'s overall score: **{S}/100** ({R})
 :: The score has {sc|climbed|slipped} {Sd} points since {E} and is now {S}.
 :: {N} scores {S} against {N2}'s {S2}, so {N} is rated {hs|higher|lower} by the model.
 :: A week before, on {E}, the score had been {So}; now it's {sc|better|worse} at {S}.
A=market_cap :: {N} is a {v.A} company, {hi.A|bigger|smaller} than {N2}, which weighs in at {v2.A}.
A=payout :: About {v1.A} of profit goes out as dividends.
A=payout :: Of every dollar earned, {N} pays out {v.A}.
A=week52_place :: Within its 52-week range the share sits {v1.A} of the way up.
A=return_on_equity :: {N} earns {v.A} on its equity, {ab.A|more|less} than the {m.A} of the median peer.
A=ebitda_margin :: Of its revenue, {N} keeps {v.A} as EBITDA; peers keep {m.A}.
A=ratio B=yields :: {N} ({T}): {L.A} {v.A} (peers {m.A}), {L.B} {v.B} (peers {m.B}).
A=dividend_yield :: Holders of {N} receive a yield of {v.A}, {hi.A|above|under} the {v2.A} paid by {N2}.
"""),*phrasing_lines("de","""
A=ratio :: Beim {L.A} steht {N} mit {v.A} {ab.A|höher|tiefer} da als der Schnitt der Branche ({m.A}).
A=ratio :: {N} wird derzeit mit dem {L.A} von {v.A} bewertet; üblich sind {m.A}.
A=ratio :: {N2} ist mit einem {L.A} von {v2.A} {hi.A|günstiger|teurer} als {N} ({v.A}).
A=ratio :: Zum Vergleich: {N2} hat ein {L.A} von {v2.A}, {N} eines von {v.A}, also ein {hi.A|höheres|niedrigeres}.
A=yields :: {L.A} von {N}: {v.A}. Das sind {z.A} Prozentpunkte {ab.A|mehr|weniger} als bei der Konkurrenz ({m.A}).
A=moving :: Das {L.A} ist {up.A|gestiegen|gefallen}: von {o.A} ({E}) auf {v.A} ({D}).
A=moving :: Noch am {E} waren es beim {L.A} {o.A}, jetzt sind es {v.A}.
A=price :: Die Aktie notiert bei {v.A} und damit {lq.A} über dem 52-Wochen-Tief.
A=price :: Gegenüber dem {E} ({o.A}) hat der Kurs {c.A} {up.A|gewonnen|verloren} und steht bei {v.A}.
 :: {N} erreicht {S} von 100 Punkten und gilt damit als „{R}“.
 :: Die Punktzahl von {N} ({S}) ist {hs|höher|niedriger} als die von {N2} ({S2}).
A=item :: {L.A}: {s.A} Punkte
A=return_20 :: Auf Sicht von 20 Handelstagen {sg.A|gewann|verlor} die Aktie {u.A}.
A=earnings_change :: Der Gewinn je Aktie {sg.A|wuchs|sank} binnen Jahresfrist um {u.A}.
A=market_cap :: An der Börse ist {N} {v.A} wert, {hi.A|mehr|weniger} als {N2} mit {v2.A}.
""")]  # fmt: skip
