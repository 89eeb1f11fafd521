#' Training loops of one's own
#'
#' @description
#' What [fit()] does can be written down step by step, with the models, losses, metrics and optimizers of rkeras.
#'
#' On TensorFlow a tape keeps what is computed within `with()`, and tells the gradients of it:
#' `with(tf$GradientTape() %as% tape, { ... })`, where `tf` is `reticulate::import("tensorflow")` or that of R's package
#' tensorflow, and `%as%` is reticulate's. `optimizer$apply_gradients()` takes gradients and weights in pairs, as
#' [zip_lists()] makes them. A step that is an R function runs in a compiled graph once it is given to
#' `` tf$`function` ``. Metrics are told by `metric$update_state()`, asked by `metric$result()` and begun anew by
#' `metric$reset_state()`.
#'
#' JAX has no tape. Two ways lead there:
#'
#' * [train_on_batch()] in a loop, of a model compiled with a loss that may be an R function: this is the same on both
#'   backends, and what to write first.
#' * `jax$value_and_grad()` of a function of the values of the weights, which calls the model by
#'   `model$stateless_call()`; `optimizer$stateless_apply()` returns the next values, which `variable$assign()` puts
#'   into the model at the end. Keras's guide "Writing a training loop from scratch in JAX" has it in full.
#'
#' @section Source: Keras, "Writing a training loop from scratch"; R keras 2.15.0, `zip_lists`.
#' @example man-examples/training_loops.R
#' @name training_loops
NULL
