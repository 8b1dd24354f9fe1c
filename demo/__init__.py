"""A demo home: the Wyoming server, a real Home Assistant, players that really play, and a trace of each utterance."""
