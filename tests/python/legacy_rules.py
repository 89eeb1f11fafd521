"""What Keras 2.2.4 decides, written down from its rules and apart from the code under test.

With the decisions on top: NaN is never an improvement, a missing value passes the epoch over, and best weights are
those of the best epoch seen, also where a baseline was never reached.
"""

import math


def better(value, reference, mode, min_delta):
    """Whether a value beats a reference; everything beats None but NaN and the worst infinity."""
    if math.isnan(value):
        return False
    if mode == "min":
        return value + min_delta < (math.inf if reference is None else reference)
    return value - min_delta > (-math.inf if reference is None else reference)


def early_stopping(values, mode, min_delta, patience, baseline):
    """The epoch after which it stops, or None; and the best epoch, or None."""
    best, wait, seen, best_epoch = baseline, 0, None, None
    for epoch, value in enumerate(values):
        if value is None:
            continue
        if better(value, seen, mode, min_delta):
            seen, best_epoch = value, epoch
        if better(value, best, mode, min_delta):
            best, wait = value, 0
            continue
        wait += 1
        if wait >= patience:
            return epoch, best_epoch
    return None, best_epoch


def reduce_lr(values, mode, min_delta, patience, factor, cooldown, min_lr, rate):
    """The rate in force after each epoch."""
    best, wait, cooling, rates = None, 0, 0, []
    for value in values:
        if value is not None:
            if cooling > 0:
                cooling -= 1
                wait = 0
            if better(value, best, mode, min_delta):
                best, wait = value, 0
            elif cooling == 0:
                wait += 1
                if wait >= patience and rate > min_lr:
                    rate = max(rate * factor, min_lr)
                    cooling, wait = cooldown, 0
        rates.append(rate)
    return rates


def checkpoint(values, mode, threshold):
    """The epochs whose model is saved as best."""
    best, saved = threshold, []
    for epoch, value in enumerate(values):
        if value is not None and better(value, best, mode, 0.0):
            best = value
            saved.append(epoch)
    return saved
