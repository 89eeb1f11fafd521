# Every argument of a choice of functions arrives in the Keras object, with the reticulate at hand; tests/parity has all
# functions.

required <- list(
  units = 3, filters = 2, kernel_size = 1, activation = "relu", rate = 0.5, input_dim = 5, output_dim = 2
)

# A value that is no default, and what Keras says it has become.
others <- list(
  units = list(7, 7L), filters = list(7, 7L), kernel_size = list(2, 2L), rate = list(0.25, 0.25), seed = list(7, 7L),
  input_dim = list(7, 7L), output_dim = list(7, 7L), pool_size = list(3, 3L), strides = list(3, 3L),
  dilation_rate = list(2, 2L), padding = list("same", "same"), data_format = list("channels_first", "channels_first"),
  axis = list(1, 1L), momentum = list(0.25, 0.25), epsilon = list(0.25, 0.25), dtype = list("float16", "float16"),
  name = list("mine", "mine"), trainable = list(FALSE, FALSE), activation = list("elu", "elu"),
  noise_shape = list(list(NULL, 1), list(NULL, 1L)), dropout = list(0.25, 0.25), recurrent_dropout = list(0.25, 0.25),
  lr = list(0.25, 0.25),
  decay = list(0.25, 0.25), rho = list(0.25, 0.25), beta_1 = list(0.25, 0.25), beta_2 = list(0.25, 0.25),
  groups = list(2, 2L), weight_decay = list(0.25, 0.25), global_clipnorm = list(2, 2), ema_momentum = list(0.25, 0.25),
  ema_overwrite_frequency = list(7, 7L), loss_scale_factor = list(2, 2), gradient_accumulation_steps = list(7, 7L),
  clipnorm = list(2, 2), clipvalue = list(2, 2), l = list(0.25, 0.25), max_value = list(7, 7L)
)
by_ending <- list(
  initializer = list("random_normal", "RandomNormal"), regularizer = list("l1", "L1"),
  constraint = list("non_neg", "NonNeg"), activation = list("elu", "elu")
)
# What a layer does with these itself is shown in test-models.R.
elsewhere <- c("object", "inputs", "input_shape", "batch_input_shape", "batch_size", "weights", "input_length",
               "time_major", "learning_rate")
retired <- c("sparse", "jit_compile", "optimizer_sgd amsgrad")

other <- function(argument, default) {
  if (is.logical(default)) {
    return(list(!default, !default))
  }
  ending <- Filter(function(end) endsWith(argument, end), names(by_ending))
  if (!is.null(others[[argument]])) others[[argument]] else by_ending[[ending[[1]]]]
}

arrived <- function(made, argument, name) {
  config <- made$get_config()
  key <- if (argument == "lr") "learning_rate" else if (argument == "l") sub("regularizer_", "", name) else argument
  value <- config[[key]]
  if (is.list(value) && "class_name" %in% names(value)) {
    value <- if (argument == "dtype") value$config$name else value$class_name
  }
  if (is.list(value) && argument != "noise_shape") unique(unlist(value)) else value
}

test_that("every argument arrives from R", {
  keras()
  names <- c(
    paste0("layer_", c("activation", "batch_normalization", "conv_1d", "conv_2d", "dense", "dropout", "embedding",
                       "flatten", "global_max_pooling_1d", "lstm", "max_pooling_1d", "max_pooling_2d")),
    "optimizer_adam", "optimizer_rmsprop", "optimizer_sgd", "regularizer_l1", "regularizer_l2", "constraint_maxnorm"
  )
  tried <- 0
  for (name in names) {
    f <- getExportedValue("rkeras", name)
    arguments <- formals(f)
    for (argument in setdiff(names(arguments), elsewhere)) {
      if (argument %in% retired || paste(name, argument) %in% retired) next
      pair <- other(argument, if (!identical(arguments[[argument]], quote(expr = ))) eval(arguments[[argument]]))
      given <- required[intersect(names(required), names(arguments))]
      if (name != "layer_activation") given <- given[setdiff(names(given), "activation")]
      given[[argument]] <- pair[[1]]
      expect_equal(arrived(do.call(f, given), argument, name), pair[[2]], tolerance = 1e-6,
                   info = paste(name, argument))
      tried <- tried + 1
    }
  }
  expect_gt(tried, 120)
})
