"""A simple recurrent network by hand, with a mask, constants, and what folds a sequence."""

import numpy as np

from rkeras_py import *

steps = array_reshape((np.arange(24) * 7) % 11 / 11 - 0.4, c(2, 4, 3))
kernel = k_constant(array_reshape((np.arange(6) * 3) % 5 / 5 - 0.3, c(3, 2)))
recurrent_kernel = k_constant([[0.5, -0.25], [0.125, 0.75]])
mask = np.array([[True, True, True, False], [True, True, False, False]])


def step(inputs, states):
    output = k_tanh(k_dot(inputs, kernel) + k_dot(states[0], recurrent_kernel))
    return output, [output]


last, outputs, states = k_rnn(step, steps, [k_zeros(c(2, 2))])
masked = k_rnn(step, steps, [k_zeros(c(2, 2))], go_backwards=TRUE, mask=mask)


def with_constant(inputs, states):
    output = k_dot(inputs, kernel) + states[0] * states[1]
    return output, [output]


scaled = k_rnn(with_constant, steps, [k_ones(c(2, 2))], constants=[k_constant(c(0.5, 2))], unroll=TRUE)

largest = k_foldl(lambda largest, x: k_maximum(largest, k_abs(x)), steps)
doubled = k_map_fn(lambda x: k_sum(x, axis=1) * 2, steps)
chosen = k_switch(k_greater(k_mean(steps), 0), lambda: k_constant(1), lambda: k_constant(2))
result = [k_eval(one) for one in [last, outputs, states[0], *masked[:2], *scaled[:2], largest, doubled, chosen]]
