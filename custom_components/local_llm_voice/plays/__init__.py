"""What the house plays: counted, kept and ranked.

`progress` decides when a `play` counts (`after_stop` whether one that was stopped goes on), `history` keeps the counts,
`ranking` answers "what is the favorite?"; these are pure. `store` puts the history into Home Assistant's storage and `tracker` listens to its players.
"""
