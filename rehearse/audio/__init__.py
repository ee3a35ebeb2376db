"""From a file or a microphone to clips of speech."""
