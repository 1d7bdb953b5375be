"""Spoken answers, one module per family of kinds. A speaker asks its context for look-ups and says what they gave.

While a look-up is still to come, what a speaker returns is thrown away; so each is written as if all were there.
"""
