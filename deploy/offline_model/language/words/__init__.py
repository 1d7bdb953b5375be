"""Tables of synonyms, English and German side by side, as people write them. Data only."""
