"""What the words do to the person who hears them."""
