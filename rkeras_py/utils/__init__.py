"""R keras' helpers: arrays and seeds."""
