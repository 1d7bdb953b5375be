"""A fourth set, written last; what its first measure showed is in the commit that says so."""

from tests.eval.phrasings import phrasing_lines

PHRASINGS = [
    *phrasing_lines("en", """
A=ratio :: We have {N} on a {L.A} of {v.A}, which you could set beside {m.A} for its peers.
A=ratio :: {N}'s valuation, going by its {L.A}, is {v.A}.
A=ratio :: Median {L.A} of the group: {m.A}. {N}: {v.A}.
A=ratio :: The stock's {L.A} ({v.A}) sits {ab.A|above|below} what is typical ({m.A}).
A=ratio B=ratio :: {L.A}: {v.A}; {L.B}: {v.B}. Both as of {D}.
A=ratio :: Peers trade at a median {L.A} of {m.A}; {N} at {v.A}.
A=ratio :: On {L.A}, {N} scores {v.A} and {N2} {v2.A}.
A=ratio :: {N}, with a {L.A} of {v.A}, is the {hi.A|dearer|cheaper} of the two; {N2} has {v2.A}.
A=ratio :: {v.A}. That's what the {L.A} is.
A=yields :: {N}'s {L.A} works out at {v.A}, versus a sector median of {m.A}, a difference of {z.A} percentage points.
A=yields :: Its {L.A} is {ab.A|better|lower} than the middle of the pack: {v.A} compared with {m.A}.
A=yields :: {L.A} = {v.A}
A=yields :: With regard to {L.A}, {v.A} is the figure for {N}.
A=moving :: {N}'s {L.A} {up.A|advanced|retreated} {c.A} between {E} and {D}, ending at {v.A}.
A=moving :: From {o.A} on {E}, the {L.A} has moved to {v.A}.
A=moving :: {E}: {L.A} {o.A}. {D}: {L.A} {v.A}.
A=moving :: The {L.A} stands {c.A} {up.A|higher|lower} than on {E}, when it was {o.A}.
A=moving :: {L.A} {up.A|gained|lost} {c.A} since {E} (now {v.A}, then {o.A}).
A=price :: One share costs {v.A}.
A=price :: Its price, {v.A}, is {lq.A} up on the 52-week low and {hq.A} down from the 52-week high.
A=item :: The {L.A} is worth {s.A} points.
A=item :: {s.A} for the {L.A}.
A=item :: Excluding the {L.A}, the score would come to {w.A} and the rating to {x.A}.
A=item B=item :: {L.A} {ad.A|contributes|takes off} {p.A} points and {L.B} {ad.B|contributes|takes off} {p.B} points.
A=item :: The {L.A} {ad.A|lifts|lowers} the total by {p.A} points to {S}.
 :: Rated {R}. Score: {S}.
 :: The current rating is {R}, and the current score {S}.
 :: At {S} points the verdict is "{R}".
 :: On {E} the score came in at {So}; today we are at {S}.
 :: Score history: {So} ({E}), {S} ({D}).
A=market_cap :: {N} has a market value of {v.A}.
A=market_cap :: Size matters: {v.A} of market cap puts {N} among the bigger names.
A=payout :: A payout ratio of {v.A} leaves the dividend covered {cov.A} times.
A=return_20 :: {N} {sg.A|returned a gain of|suffered a loss of} {u.A} over 20 sessions.
A=earnings_per_share :: EPS: {v.A}.
A=ebitda B=ebitda_margin :: EBITDA is {v.A}, a margin of {v.B}.
A=week52_place :: {v1.A} is its place in the 52-week range.
A=ratio B=yields :: | {N} | |\\n|---|---|\\n| {L.A} | {v.A} |\\n| {L.B} | {v.B} |
A=ratio :: | | {L.A} |\\n|---|---|\\n| **{N}** | {v.A} |\\n| Peers (median) | {m.A} |
A=ratio B=yields :: 1. **{L.A}** is {v.A} (median: {m.A}).\\n2. **{L.B}** is {v.B} (median: {m.B}).
A=ratio :: Note: the {L.A} of {v.A} is from the snapshot of {D}.
A=ratio :: Of the {n.A} peers in {G.A}, the median one has a {L.A} of {m.A}; {N} has {v.A}.
"""),
    *phrasing_lines("de", """
A=ratio :: {N} wird derzeit mit einem {L.A} von {v.A} bewertet.
A=ratio :: Beim {L.A} steht {N} bei {v.A}, {N2} bei {v2.A}.
A=ratio :: Der Median für {L.A} liegt bei {m.A}, {N} selbst bei {v.A}.
A=ratio :: {L.A} {v.A} (Branche: {m.A})
A=yields :: Die {L.A} ist mit {v.A} um {z.A} Prozentpunkte {ab.A|höher|niedriger} als der Branchenmedian von {m.A}.
A=yields :: Als {L.A} nennt die Analyse {v.A}.
A=moving :: {L.A} am {E}: {o.A}. {L.A} am {D}: {v.A}.
A=price :: Der Aktienkurs hat seit dem {E} {c.A} {up.A|zugelegt|verloren} und steht jetzt bei {v.A}.
A=item :: {L.A}: {s.A} Punkte
A=item :: Der Faktor {L.A} {ad.A|bringt|kostet} {p.A} Punkte.
A=item :: Ohne den Faktor {L.A} käme man auf {w.A} Punkte.
 :: Aktuelle Einstufung: {R} ({S} Punkte).
 :: Mit {S} Punkten lautet das Urteil „{R}“.
A=market_cap :: Marktkapitalisierung: {v.A}.
A=payout :: Die Ausschüttungsquote beläuft sich auf {v.A}.
A=price_earnings :: Für {N} zahlt man das {v.A}-fache des Jahresgewinns.
A=return_20 :: Innerhalb von 20 Sitzungen ging es um {u.A} {sg.A|nach oben|nach unten}.
A=ratio :: {N} ist gemessen am {L.A} ({v.A}) {ab.A|teurer|günstiger} als die Vergleichsgruppe ({m.A}).
"""),
]  # fmt: skip
