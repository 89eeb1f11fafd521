"""Models for images that others have trained, what they make of pixels, and the names of what they see."""
