"""The lines between the ratings, in points of a score of 0 to 100: said once, for the rule and for every reader.

Stored analyses carry their rating but not the lines it was made with; these are the ones of the rule "points-1".
"""

NEUTRAL = 50.0
"""Every score starts here."""
BUY = 60.0
SELL = 40.0
MARGIN = 2.0
"""A rating once given is kept until the score is so far past the line."""
