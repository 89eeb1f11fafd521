non_negative <- function() {
  R6::R6Class("NonNegative", inherit = KerasConstraint, public = list(
    bound = 0,
    initialize = function(bound = 0) self$bound <- bound,
    call = function(w) keras()$ops$maximum(w, self$bound),
    get_config = function() list(bound = self$bound)
  ))
}

with_constraint <- function(constraint, ...) {
  keras()$utils$set_random_seed(7L)
  model <- keras_model_sequential()
  layer_dense(model, units = 2, input_shape = 3, kernel_constraint = constraint, ...)
  compile(model, optimizer = optimizer_sgd(lr = 0.1), loss = "mean_squared_error")
  data <- samples()
  fit(model, data$x, cbind(data$y, data$y), epochs = 2, batch_size = 12, verbose = 0)
  model
}

test_that("R6 objects, functions and those of the package hold the weights alike", {
  expected <- get_weights(with_constraint(constraint_nonneg()))[[1]]
  expect_true(min(expected) >= 0)
  expect_equal(get_weights(with_constraint(non_negative()$new()))[[1]], expected)
  expect_equal(get_weights(with_constraint(function(w) keras()$ops$maximum(w, 0)))[[1]], expected)
  expect_equal(get_weights(with_constraint(function(w) keras()$ops$maximum(w, 0), bias_constraint = "nonneg"))[[1]],
               expected)
  expect_equal(min(get_weights(with_constraint(non_negative()$new(0.3)))[[1]]), 0.3, tolerance = 1e-6)
})

test_that("other arguments than the kernel's take one, and layers that have a cell", {
  keras()
  layer <- layer_lstm(units = 2, recurrent_constraint = non_negative()$new(), bias_constraint = non_negative()$new())
  expect_s3_class(layer$cell$recurrent_constraint, "keras.src.constraints.constraints.Constraint")
  expect_s3_class(layer$cell$bias_constraint, "keras.src.constraints.constraints.Constraint")
})

test_that("a class instead of an object is caught, and an error in call is the user's", {
  keras()
  expect_error(layer_dense(units = 1, kernel_constraint = non_negative()), "Perhaps you forgot `$new()`?", fixed = TRUE,
               class = "rkeras_argument_error")
  expect_error(layer_dense(units = 1, kernel_regularizer = non_negative()$new()),
               "`kernel_regularizer` must be a regularizer", fixed = TRUE, class = "rkeras_argument_error")
  failing <- R6::R6Class("Failing", inherit = KerasConstraint, public = list(
    call = function(w) stop(errorCondition("of the user", class = "mine"))
  ))
  expect_error(with_constraint(failing$new()), "of the user", class = "mine")
  bare <- R6::R6Class("Bare", inherit = KerasConstraint)
  expect_error(with_constraint(bare$new()), "Bare is a constraint without a method call(w).", fixed = TRUE)
})

test_that("whoever saves one is told, and it comes back in the session that saved it", {
  within_directory({
    model <- with_constraint(non_negative()$new(0.25))
    expect_warning(save_model_hdf5(model, "model.h5"), "custom_objects = list(NonNegative = …)", fixed = TRUE,
                   class = "rkeras_warning")
    loaded <- load_model_hdf5("model.h5")
    data <- samples()
    expect_equal(predict(loaded, data$x), predict(model, data$x))
    expect_equal(loaded$layers[[1]]$kernel_constraint$get_config()$options$bound, 0.25)
  })
})

test_that("initializers are called on shapes, activations on arrays", {
  keras()
  value <- function(tensor) as.array(keras()$ops$convert_to_numpy(tensor))
  expect_equal(value(initializer_ones()(c(2, 2))), matrix(1, 2, 2))
  expect_equal(value(initializer_constant(c(1, 2, 3))(c(2, 3))), rbind(1:3, 1:3), ignore_attr = TRUE)
  expect_equal(value(initializer_he_normal(seed = 3)(c(2, 3))), value(initializer_he_normal(seed = 3)(c(2L, 3L))))
  expect_equal(dim(value(initializer_zeros()(4))), 4)
  x <- matrix(c(-1, 0, 1, 2), 2)
  expect_equal(value(activation_relu(x, alpha = 0.5)), ifelse(x > 0, x, x / 2))
  expect_equal(value(activation_sigmoid(x)), 1 / (1 + exp(-x)), tolerance = 1e-6)
  expect_equal(value(activation_hard_sigmoid(x)), 0.2 * x + 0.5, tolerance = 1e-6)
  expect_equal(rowSums(value(activation_softmax(x))), c(1, 1), tolerance = 1e-6)
  expect_equal(colSums(value(activation_softmax(x, axis = 0))), c(1, 1), tolerance = 1e-6)
  expect_equal(value(activation_elu(c(-1, 1))), c(exp(-1) - 1, 1), tolerance = 1e-6, ignore_attr = TRUE)
})

test_that("functions of the package are Keras's own in a layer", {
  keras()
  of <- function(layer, what) layer$get_config()[[what]]
  expect_identical(of(layer_dense(units = 1, activation = activation_relu), "activation"), "relu")
  expect_identical(of(layer_dense(units = 1, activation = activation_swish), "activation"), "silu")
  expect_identical(of(layer_lstm(units = 1, recurrent_activation = activation_tanh), "recurrent_activation"), "tanh")
  expect_error(layer_dense(units = 1, kernel_initializer = initializer_ones), "Perhaps you forgot the parentheses?",
               fixed = TRUE, class = "rkeras_argument_error")
})

test_that("R functions are activations, initializers and regularizers", {
  ops <- keras()$ops
  model <- with_constraint(
    NULL,
    activation = function(x) ops$tanh(x),
    kernel_initializer = function(shape) matrix(0.5, shape[[1]], shape[[2]]),
    kernel_regularizer = function(w) ops$multiply(0.1, ops$sum(ops$square(w)))
  )
  same <- with_constraint(NULL, activation = "tanh", kernel_initializer = initializer_constant(0.5),
                          kernel_regularizer = regularizer_l2(0.1))
  expect_equal(get_weights(model), get_weights(same), tolerance = 1e-5)
})
