"""The embedded ear: a small Whisper taught here on synthetic speech, and shipped as a CTranslate2 folder."""
