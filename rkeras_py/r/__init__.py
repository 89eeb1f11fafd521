"""The Python half of the bridge: what `R/bridge.R` calls. Python users have no need of it, and nothing imports it."""
