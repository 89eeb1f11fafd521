"""install_keras(), what is installed, and what of it does not fit together."""
