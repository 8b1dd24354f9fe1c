"""What the house plays: counted, kept and ranked.

`progress` decides when a play counts, `history` keeps the counts, `ranking` answers "what is the favorite?"; these
three are pure. `store` puts the history into Home Assistant's storage and `tracker` listens to its players.
"""
