"""Comparisons and moves in many wordings: own against the median, two companies, two dates, points, English and German.

Written beside the rules of direction. Each sentence has a word that is right of two, so each gives one fault.
"""

from tests.eval.phrasings import phrasing_lines

PHRASINGS = [
    *phrasing_lines("en", """
A=ratio :: The peer median of {m.A} is {ab.A|lower|higher} than {N}'s {L.A} of {v.A}.
A=ratio :: {N}'s {L.A} of {v.A} {ab.A|exceeds|trails} the peer median of {m.A}.
A=ratio :: {N}'s {L.A} is {v.A}. Its peers are {ab.A|lower|higher}, at {m.A}.
A=ratio :: {N} is {ab.A|pricier|cheaper} than its peers on {L.A} ({v.A} versus {m.A}).
A=ratio :: At {v.A}, the {L.A} is well {ab.A|above|below} the {m.A} typical of its peers.
A=ratio :: The {L.A} of {v.A} is {ab.A|higher|lower} than what its peers show ({m.A}).
A=ratio :: The {L.A} is {v.A}: {ab.A|higher|lower} than the peer median of {m.A}.
A=ratio :: {N} trades at a {ab.A|premium|discount} to its peers: a {L.A} of {v.A} against {m.A}.
A=ratio :: With a {L.A} of {v.A}, {N} trades at a {ab.A|premium|discount} to the peer median of {m.A}.
A=ratio :: The {L.A} is {v.A}. This is {ab.A|above|below} the peer median of {m.A}.
A=ratio :: The {L.A} is {v.A}. It is {ab.A|more|less} than the median of its peers ({m.A}).
A=ratio :: The {L.A} is {v.A}, and the peer median is {ab.A|lower|higher} at {m.A}.
A=ratio :: The peers' median {L.A} is {m.A}, so {N} at {v.A} looks {ab.A|expensive|cheap}.
A=ratio :: {N}'s {L.A} ({v.A}) is {ab.A|greater|smaller} than the median ({m.A}).
A=ratio :: {N} is valued {ab.A|more richly|more cheaply} than its peers: {L.A} {v.A}, median {m.A}.
A=ratio :: Versus a peer median of {m.A}, the {L.A} of {v.A} is on the {ab.A|high|low} side.
A=ratio :: The {L.A} stands {q.A} {ab.A|above|below} the peer median, at {v.A} against {m.A}.
A=ratio :: On {L.A}, {N} ({v.A}) sits {ab.A|above|below} its group ({m.A}).
A=ratio :: That {L.A} of {v.A} compares with {m.A} for peers, so the stock is {ab.A|dearer|cheaper} than the group.
A=yields :: The {L.A} of {v.A} {ab.A|beats|lags} the {m.A} of its peers.
A=yields :: Its {L.A}, at {v.A}, is {ab.A|larger|smaller} than the peer median of {m.A}.
A=yields :: The peer median {L.A} is {m.A}; {N} is {ab.A|ahead|behind} at {v.A}.
A=yields :: {N}'s {L.A} is {z.A} points {ab.A|higher|lower} than the peers' {m.A}, at {v.A}.
A=yields :: The {L.A} is {v.A} while the peer median is {ab.A|lower|higher}, {m.A}.
A=ratio :: {N} has a {hi.A|higher|lower} {L.A} than {N2}: {v.A} versus {v2.A}.
A=ratio :: {N}'s {L.A} of {v.A} is {hi.A|higher|lower} than {N2}'s {v2.A}.
A=ratio :: {N2} has the {hi.A|lower|higher} {L.A} ({v2.A}), {N} the {hi.A|higher|lower} one ({v.A}).
A=ratio :: {N} is {hi.A|more expensive|cheaper} than {N2}, with a {L.A} of {v.A} compared to {v2.A}.
A=ratio :: On {L.A}, {N} is {hi.A|pricier|cheaper}: {v.A}, against {v2.A} for {N2}.
A=ratio :: Against {N2}'s {v2.A}, {N}'s {L.A} of {v.A} is {hi.A|higher|lower}.
A=ratio :: Versus {N2} ({v2.A}), {N} has the {hi.A|richer|lower} {L.A} at {v.A}.
A=ratio :: {N2}'s {L.A} is {v2.A}. {N}'s is {hi.A|higher|lower}, at {v.A}.
A=ratio :: {N} has a {L.A} of {v.A}; that is {hi.A|above|below} {N2}'s {v2.A}.
A=ratio :: {N} trades at {v.A} on {L.A}, which is {hi.A|more|less} than {N2} at {v2.A}.
A=ratio :: Of the two, {N} has the {hi.A|higher|lower} {L.A}: {v.A} versus {v2.A} for {N2}.
A=ratio :: While {N2} has a {L.A} of {v2.A}, {N} is {hi.A|higher|lower} at {v.A}.
A=ratio :: {N}'s {L.A} is {v.A}, {k.A} {hi.A|higher|lower} than {N2}'s {v2.A}.
A=yields :: {N} reports a {hi.A|higher|lower} {L.A} than {N2} ({v.A} vs. {v2.A}).
A=yields :: {N2}'s {L.A} of {v2.A} is {hi.A|below|above} {N}'s {v.A}.
A=yields :: In terms of {L.A}, {N} ({v.A}) {hi.A|beats|trails} {N2} ({v2.A}).
A=yields :: {N2} shows a {L.A} of {v2.A}, {hi.A|less|more} than {N} with {v.A}.
A=yields :: By contrast, {N2}'s {L.A} is {hi.A|lower|higher}: {v2.A}, compared with {v.A} at {N}.
A=market_cap :: {N} is {hi.A|larger|smaller} than {N2}: its market cap is {v.A}, against {v2.A}.
A=market_cap :: By market cap, {N2} ({v2.A}) is {hi.A|smaller|bigger} than {N} ({v.A}).
A=market_cap :: {N2}'s market cap of {v2.A} is {hi.A|below|above} {N}'s {v.A}.
 :: {N}'s score of {S} is {hs|higher|lower} than {N2}'s {S2}.
 :: {N} scores {hs|higher|lower} than {N2}: {S} against {S2} points.
 :: With {S} points, {N} is {hs|ahead of|behind} {N2}, which has {S2}.
 :: {N2} scores {S2}; {N} is {hs|above|below} that at {S}.
A=ratio :: {N} is {ab.A|dearer|cheaper} than its rivals. Its {L.A} of {v.A} compares with {m.A} for them.
A=moving :: The {L.A} now stands at {v.A}, {up.A|up|down} from {o.A} on {E}.
A=moving :: The {L.A} has come {up.A|up|down} to {v.A} since {E}, when it was {o.A}.
A=moving :: On {E} the {L.A} was {up.A|lower|higher}, at {o.A}; today it is {v.A}.
A=moving :: At {v.A}, the {L.A} is {up.A|higher|lower} than on {E}, when it was {o.A}.
A=moving :: The {L.A} of {v.A} is {up.A|higher|lower} than the {o.A} of {E}.
A=moving :: The {L.A} was {o.A} on {E}. It has since {up.A|risen|fallen} to {v.A}.
A=moving :: The {L.A} was {o.A} on {E} and has {up.A|gained|lost} {c.A} since, to {v.A}.
A=moving :: From {E} to {D}, the {L.A} {up.A|improved|slipped} from {o.A} to {v.A}.
A=moving :: The {L.A} {up.A|climbed|slid} {c.A} between {E} and {D}, to {v.A} from {o.A}.
A=moving :: {N}'s {L.A}, {o.A} on {E}, has {up.A|risen|declined} to {v.A}.
A=moving :: Compared with {E} ({o.A}), the {L.A} is {up.A|higher|lower} at {v.A}.
A=moving :: The {L.A} {up.A|gained|dropped} more than {c.A} from {o.A} on {E} to reach {v.A}.
A=moving :: {up.A|Up|Down} {c.A} since {E}, the {L.A} is now {v.A}.
A=moving :: The {L.A} {up.A|rose|fell}: it was {o.A} on {E} and is {v.A} now.
A=moving :: {L.A} {up.A|increased|decreased} by {c.A} (from {o.A} on {E} to {v.A} on {D}).
 :: The score {sc|rose|fell} to {S} from {So} on {E}.
 :: The score of {S} is {sc|higher|lower} than on {E} ({So}).
 :: On {E} the score was {So}. It is {sc|higher|lower} now, at {S}.
 :: Its score has {sc|improved|worsened} by {Sd} points since {E} and stands at {S}.
A=price :: {N} closed at {v.A}, {up.A|up|down} from {o.A} on {E}.
A=price :: At {v.A} the share is {hq.A} below its 52-week high.
A=price :: Shares {up.A|gained|lost} {c.A} since {E} and now cost {v.A}.
A=return_20 :: Over the past month or so (20 sessions), the share {sg.A|rose|fell} {u.A}.
A=return_20 :: The stock is {u.A} {sg.A|higher|lower} than 20 sessions ago.
A=return_20 :: In the last 20 trading days the share price {sg.A|advanced|declined} by {u.A}.
A=earnings_change :: Earnings per share are {u.A} {sg.A|higher|lower} than a year earlier.
A=earnings_change :: EPS {sg.A|rose|fell} by {u.A} year over year.
A=earnings_change :: Profit per share has {sg.A|increased|decreased} by {u.A}.
A=item :: {N} {ad.A|gains|loses} {p.A} points for its {L.A}.
A=item :: Its {L.A} is worth {ad.A|plus|minus} {p.A} points.
A=item :: The {L.A} of {v.A} {ad.A|lifts|lowers} the score by {p.A} points.
A=item :: {p.A} points are {ad.A|added|deducted} for the {L.A}.
A=item :: The {L.A} works {ad.A|in its favor|against it}: {s.A} points.
A=item :: The {L.A} {ad.A|helps|hurts}, with {s.A} points.
"""),
    *phrasing_lines("de", """
A=ratio :: Das {L.A} von {v.A} ist {ab.A|höher|niedriger} als der Median der Vergleichsgruppe von {m.A}.
A=ratio :: Das {L.A} liegt bei {v.A}. Das ist {ab.A|mehr|weniger} als der Median von {m.A}.
A=ratio :: {N} ist mit einem {L.A} von {v.A} {ab.A|teurer|günstiger} als die Vergleichsgruppe ({m.A}).
A=ratio :: Der Median der Branche ({m.A}) liegt {ab.A|unter|über} dem {L.A} von {v.A}.
A=ratio :: Das {L.A} beträgt {v.A}, der Median ist mit {m.A} {ab.A|niedriger|höher}.
A=ratio :: Im Vergleich zum Median von {m.A} ist das {L.A} mit {v.A} {ab.A|hoch|niedrig}.
A=ratio :: {N} wird mit einem {ab.A|Aufschlag|Abschlag} gehandelt: {L.A} {v.A}, Median {m.A}.
A=ratio :: Während die Branche auf {m.A} kommt, ist das {L.A} von {N} mit {v.A} {ab.A|höher|niedriger}.
A=yields :: Die {L.A} {ab.A|übertrifft|unterschreitet} mit {v.A} den Median von {m.A}.
A=yields :: Die {L.A} ist mit {v.A} um {z.A} Prozentpunkte {ab.A|höher|niedriger} als im Median ({m.A}).
A=ratio :: {N} hat mit {v.A} ein {hi.A|höheres|niedrigeres} {L.A} als {N2} ({v2.A}).
A=ratio :: Das {L.A} von {N} ist mit {v.A} {hi.A|höher|niedriger} als das von {N2} mit {v2.A}.
A=ratio :: Verglichen mit {N2} ({v2.A}) ist {N} mit einem {L.A} von {v.A} {hi.A|teurer|günstiger}.
A=ratio :: {N2} kommt auf ein {L.A} von {v2.A}, {N} liegt mit {v.A} {hi.A|darüber|darunter}.
A=ratio :: Gegenüber {N2} mit {v2.A} ist das {L.A} von {N} mit {v.A} {hi.A|höher|tiefer}.
A=yields :: {N} bietet eine {hi.A|höhere|niedrigere} {L.A} als {N2}: {v.A} gegenüber {v2.A}.
A=market_cap :: {N} ist mit einem Börsenwert von {v.A} {hi.A|größer|kleiner} als {N2} mit {v2.A}.
 :: {N} liegt mit {S} Punkten {hs|vor|hinter} {N2} mit {S2} Punkten.
A=moving :: Am {E} lag das {L.A} noch bei {o.A}, inzwischen ist es auf {v.A} {up.A|gestiegen|gefallen}.
A=moving :: {L.A}: {v.A}, {up.A|höher|niedriger} als am {E} ({o.A}).
A=moving :: Mit {v.A} liegt das {L.A} {c.A} {up.A|über|unter} dem Wert vom {E} ({o.A}).
A=price :: Der Kurs ist seit dem {E} von {o.A} auf {v.A} {up.A|geklettert|gesunken}.
A=price :: Die Aktie hat seit dem {E} {c.A} {up.A|zugelegt|verloren} und kostet jetzt {v.A}.
 :: Die Punktzahl ist mit {S} {sc|höher|niedriger} als am {E} ({So}).
 :: Am {E} waren es {So} Punkte, seitdem ist die Punktzahl auf {S} {sc|gestiegen|gefallen}.
A=return_20 :: Über die letzten 20 Handelstage hat die Aktie {u.A} {sg.A|zugelegt|eingebüßt}.
A=earnings_change :: Der Gewinn je Aktie ist gegenüber dem Vorjahr um {u.A} {sg.A|gestiegen|gesunken}.
A=item :: Das {L.A} {ad.A|hebt|drückt} die Punktzahl um {p.A} Punkte.
A=item :: Für {L.A} gibt es {p.A} Punkte {ad.A|dazu|Abzug}.
"""),
]  # fmt: skip
