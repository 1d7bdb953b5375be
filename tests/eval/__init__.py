"""How good the answers are: questions made by rule from the raw figures, asked through the real graph, scored by value.

Reading order: `market` (what is true), `reading` (what a text says), `expect` (what an answer must say), `kinds` (the
questions), `generate`, `running` (who answers), `scoring`, `bleed`, `table`, `recorded`, `__main__`.
"""
