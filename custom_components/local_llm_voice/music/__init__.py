"""Finding music by name and playing it, whatever kind of player there is.

`wanted` is what a call asks for, `choose` picks from what a library offers. A library is where a player finds music:
`music_assistant`, `player_daemon` (MPD), `player_search` (players that search themselves), `media_sources` (files that
Home Assistant knows) and `heard` (what was played before). `library` has what they share, `find` their order;
`succession` plays on where a player keeps no queue.
"""
