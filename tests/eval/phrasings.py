"""The phrasings that the rules were written beside. Blanks are explained in `slots`."""

from tests.eval.planted import Phrasing


def phrasing_lines(language: str, lines: str) -> list[Phrasing]:
    """One phrasing a line: what A and B may be, then the text behind the first bar."""
    found = []
    for line in lines.strip().splitlines():
        metrics, _, text = line.partition(" :: ")
        found.append(Phrasing(language, metrics.strip(), text.strip().replace("\\n", "\n")))
    return found


ENGLISH = phrasing_lines("en", """
A=ratio :: {N}'s {L.A} is {v.A}.
A=ratio :: The {L.A} of {N} stands at {v.A}, {q.A} {ab.A|above|below} the peers' median of {m.A}.
A=ratio :: {N} ({T}) has a {L.A} of {v.A}; the median of {n.A} companies in {G.A} is {m.A}.
A=yields :: The {L.A} is {v.A}, {z.A} percentage points {ab.A|above|below} the median {m.A}.
A=yields :: At {v.A}, {N}'s {L.A} is {ab.A|higher|lower} than the peer median of {m.A}.
A=price_earnings :: {N} trades at {v.A} times earnings.
A=dividend_yield :: {N} yields {v.A}; the typical peer yields {m.A}.
A=usd :: {N}'s {L.A} was {v.A} on {D}.
A=moving :: Since {E} the {L.A} {up.A|rose|fell} {c.A}, from {o.A} to {v.A}.
A=moving :: The {L.A} of {N} {up.A|climbed|dropped} from {o.A} on {E} to {v.A} on {D}.
A=moving :: On {E} {N}'s {L.A} was {o.A}; on {D} it was {v.A}, {c.A} {up.A|higher|lower}.
A=item :: The {L.A} {ad.A|adds|takes away} {p.A} points.
A=item :: The {L.A} {ad.A|adds|takes away} {p.A} points ({lo.A} to {hi.A}); without it the score would be {w.A} instead of {S}, and the rating {x.A}.
A=item :: {N} is rated {R} with {S} points. The {L.A} counts {s.A}.
A=item B=item :: What weighs most: {L.A} ({s.A}) and {L.B} ({s.B}).
 :: {N} is a {R} with a score of {S}.
 :: On {D} {N} was rated {R} at {S} points, after {So} on {E}.
 :: The score {sc.|rose|fell} by {Sd} points to {S} since {E}.
A=ratio :: {N}'s {L.A} is {v.A}, {N2}'s is {v2.A}.
A=ratio :: {N} has a {L.A} of {v.A}, {hi.A|higher|lower} than {N2} at {v2.A}.
A=yields :: {L.A}: {v.A} for {N} and {v2.A} for {N2}.
A=ratio B=yields :: {N}: {L.A} {v.A}, {L.B} {v.B}.
A=ratio B=yields :: Its {L.A} is {v.A} and its {L.B} {v.B}.
A=ratio B=ratio :: The {L.A} and {L.B} are {v.A} and {v.B}.
A=ratio :: - **{L.A}**: {v.A} (peers: {m.A})
A=ratio B=yields :: **{N}**\\n\\n- {L.A}: {v.A}\\n- {L.B}: {v.B} (median {m.B})
A=ratio B=yields :: | Metric | {N} | Peers' median |\\n|---|---|---|\\n| {L.A} | {v.A} | {m.A} |\\n| {L.B} | {v.B} | {m.B} |
A=ratio :: | Company | {L.A} |\\n|---|---|\\n| {N} | {v.A} |\\n| {N2} | {v2.A} |
A=price :: The price of {v.A} is {hq.A} below the 52-week high.
A=price :: At {v.A} {N} trades {lq.A} above its 52-week low.
A=payout :: {N} pays out {v.A} of its earnings.
A=payout :: The dividend is covered {cov.A} times by earnings.
A=return_20 :: Over the last 20 sessions the share {sg.A|gained|lost} {u.A}.
A=return_20 :: The 20-session return is {v.A}, against a median of {m.A}.
A=market_cap :: With a market cap of {v.A}, {N} is large.
A=week52_place :: The price stands {v1.A} of the way from the 52-week low to the high.
A=ratio :: In the snapshot of {D} the {L.A} was {v.A}.
A=ratio :: The {L.A} is {v1.A}.
A=ratio :: {N}'s {L.A} is {v.A}. Its peers' median is {m.A}.
A=price_sales :: {t.A} times the peers' median, the P/S of {v.A} looks high.
A=ratio :: The {L.A} of {v.A} is {ab.A|above|below} the median of its {n.A} peers.
A=ratio :: Compared with the median of {m.A}, {N}'s {L.A} of {v.A} is {ab.A|high|low}.
A=price :: {N} closed at {v.A}.
""")  # fmt: skip

GERMAN = phrasing_lines("de", """
A=ratio :: Das {L.A} von {N} liegt bei {v.A}.
A=ratio :: Das {L.A} liegt bei {v.A} und damit {q.A} {ab.A|über|unter} dem Median von {m.A}.
A=yields :: Die {L.A} beträgt {v.A}, der Median der Branche {m.A}.
A=yields :: Mit {v.A} liegt die {L.A} {z.A} Prozentpunkte {ab.A|über|unter} dem Median von {m.A}.
A=price :: Der Kurs von {N} lag am {D} bei {v.A}.
A=price :: Seit dem {E} ist der Kurs um {c.A} {up.A|gestiegen|gefallen}, von {o.A} auf {v.A}.
A=moving :: {L.A}: {v.A} (am {E}: {o.A}).
A=item :: {L.A} {ad.A|bringt|kostet} {p.A} Punkte.
A=item :: Ohne {L.A} läge die Punktzahl bei {w.A} statt {S}.
 :: {N} wird mit {S} Punkten als {R} eingestuft.
 :: Die Punktzahl {sc.|stieg|fiel} seit dem {E} um {Sd} Punkte auf {S}.
A=price_earnings :: {N} kostet das {v.A}-fache des Gewinns.
A=payout :: Das Unternehmen schüttet {v.A} des Gewinns aus.
A=ratio :: {N} hat ein {L.A} von {v.A}, {N2} eines von {v2.A}.
A=dividend_yield :: Dividendenrendite: {v.A}, Branchenmedian: {m.A}.
A=ratio B=yields :: - {L.A}: {v.A}\\n- {L.B}: {v.B}
A=market_cap :: Die Marktkapitalisierung beträgt {v.A}.
A=ratio :: | Kennzahl | {N} | Median |\\n|---|---|---|\\n| {L.A} | {v.A} | {m.A} |
A=return_20 :: In den letzten 20 Sitzungen hat die Aktie {u.A} {sg.A|gewonnen|verloren}.
A=ratio :: Am {D} betrug das {L.A} {v.A}, am {E} noch {o.A}.
""")  # fmt: skip

PHRASINGS = [*ENGLISH, *GERMAN]
