"""What prepares data, under its R names."""
