"""The figure checker: every figure of an answer against the figures that stood before the model.

A pure library, without model, network or Redis. `Facts` is what was known in a turn, `check` judges a whole
text, `Checker` judges an answer while it streams. Reading order: `facts`, `sentences`, `phrases` and `words`,
`mentions`, `numerals`, `claims`, `matching`, `derivations`, `relations`, `verdicts`, `checker`.
"""
