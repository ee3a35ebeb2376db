"""How it was said: judges of what `rehearse.prosody` measures."""
