"""What makes arrays of text, images and sequences."""
