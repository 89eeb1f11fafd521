"""Learning rate schedules under their R names: objects of Keras's classes, for `lr` of every optimizer."""
