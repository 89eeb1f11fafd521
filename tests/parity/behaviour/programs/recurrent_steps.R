# A simple recurrent network by hand, with a mask, constants, and what folds a sequence.
steps <- array_reshape((0:23 * 7) %% 11 / 11 - 0.4, c(2, 4, 3))
kernel <- k_constant(array_reshape((0:5 * 3) %% 5 / 5 - 0.3, c(3, 2)))
recurrent_kernel <- k_constant(matrix(c(0.5, -0.25, 0.125, 0.75), 2, byrow = TRUE))
mask <- matrix(c(TRUE, TRUE, TRUE, FALSE, TRUE, TRUE, FALSE, FALSE), 2, byrow = TRUE)

step <- function(inputs, states) {
  output <- k_tanh(k_dot(inputs, kernel) + k_dot(states[[1]], recurrent_kernel))
  list(output, list(output))
}
c(last, outputs, states) %<-% k_rnn(step, steps, list(k_zeros(c(2, 2))))
masked <- k_rnn(step, steps, list(k_zeros(c(2, 2))), go_backwards = TRUE, mask = mask)

with_constant <- function(inputs, states) {
  output <- k_dot(inputs, kernel) + states[[1]] * states[[2]]
  list(output, list(output))
}
scaled <- k_rnn(with_constant, steps, list(k_ones(c(2, 2))), constants = list(k_constant(c(0.5, 2))), unroll = TRUE)

largest <- k_foldl(function(largest, x) k_maximum(largest, k_abs(x)), steps)
doubled <- k_map_fn(function(x) k_sum(x, axis = 1) * 2, steps)
chosen <- k_switch(k_greater(k_mean(steps), 0), function() k_constant(1), function() k_constant(2))
result <- lapply(c(list(last, outputs, states[[1]]), masked[1:2], scaled[1:2], list(largest, doubled, chosen)), k_eval)
