test_that("lists are zipped, by their names where they have some", {
  expect_identical(zip_lists(list(1, 2), list("a", "b")), list(list(1, "a"), list(2, "b")))
  expect_identical(zip_lists(g = list(1, 2), w = list("a", "b"))[[2]], list(g = 2, w = "b"))
  expect_identical(zip_lists(list(x = 1, y = 2), list(y = "b", x = "a")), list(x = list(1, "a"), y = list(2, "b")))
  expect_identical(zip_lists(list(list(1, 2), list("a", "b"))), list(list(1, "a"), list(2, "b")))
  expect_identical(zip_lists(list(), list()), list())
  expect_identical(zip_lists(), list())
  expect_error(zip_lists(list(1), list(1, 2)), "must have one length, not 1 and 2", class = "rkeras_argument_error")
  expect_error(zip_lists(list(x = 1), list(y = 1)), "the same names", class = "rkeras_argument_error")
  expect_error(zip_lists(list(1), list(y = 1)), "the same names", class = "rkeras_argument_error")
  expect_error(zip_lists(list(x = 1, x = 2), list(x = 1, x = 2)), "each of them once", class = "rkeras_argument_error")
})

test_that("shapes are lists of integers", {
  expect_identical(shape(2, 3), list(2L, 3L))
  expect_identical(shape(NULL, 28, NA, -1), list(NULL, 28L, NULL, NULL))
  expect_identical(shape(c(2, 3), 4L), list(2L, 3L, 4L))
  expect_identical(shape(list(NULL, 3)), list(NULL, 3L))
  expect_identical(shape(), list())
  expect_error(shape(1.5), "shape(): a size must be a whole number or NULL, not 1.5", fixed = TRUE,
               class = "rkeras_argument_error")
  expect_error(shape("a"), "not \"a\"", class = "rkeras_argument_error")
})

test_that("shapes and tuples are what Python takes", {
  k <- keras()
  expect_identical(dim(k$ops$zeros(shape(2, 3))), c(2L, 3L))
  expect_identical(dim(layer_input(shape = shape(NULL, 3))), c(NA, NA, 3L))
  expect_s3_class(tuple(1L, "a"), "python.builtin.tuple")
})

test_that("tensors are made of R's values", {
  keras()
  type <- function(x) reticulate::import("keras")$backend$standardize_dtype(x$dtype)
  double <- if (k_backend() == "jax") "float32" else "float64" # JAX has no float64 unless it is told
  expect_identical(c(type(as_tensor(0.5)), type(as_tensor(c(0.5, 1))), type(as_tensor(1:2))),
                   c("float32", double, "int32"))
  expect_identical(as.array(as_tensor(1:6, "float32", shape = c(2, 3))), matrix(as.double(1:6), 2, byrow = TRUE))
  expect_identical(dim(as_tensor(1:6, shape = shape(3, -1))), c(3L, 2L))
  expect_identical(as.array(as_tensor(7, "int32", shape = c(2, 2))), matrix(7L, 2, 2))
  expect_identical(type(as_tensor(as_tensor(1:2), "float32")), "float32")
  expect_identical(as.integer(as_tensor(c(1.9, -1.9), "int32")), c(1L, -1L))
  expect_error(as_tensor("a"), "as_tensor(): beside a tensor", fixed = TRUE, class = "rkeras_argument_error")
  expect_error(as_tensor(1:6, shape = c(4, 2)), "as_tensor()", fixed = TRUE, class = "rkeras_keras_error")
})

test_that("arrays are NumPy's, in the order of Python", {
  keras()
  one <- keras_array(matrix(c(0.5, 1, 1.5, 2), 2))
  expect_s3_class(one, "numpy.ndarray")
  expect_identical(as.character(one$dtype), "float32")
  expect_true(reticulate::py_to_r(one$flags$c_contiguous))
  expect_identical(reticulate::py_to_r(one), matrix(c(0.5, 1, 1.5, 2), 2))
  expect_identical(as.character(keras_array(1:3)$dtype), "int32")
  expect_identical(as.character(keras_array(1:3, "float64")$dtype), "float64")
  columns <- keras_array(data.frame(a = c(0.5, 1), b = 1:2))
  expect_named(columns, c("a", "b"))
  expect_identical(as.vector(reticulate::py_to_r(columns$b)), 1:2)
  expect_null(keras_array(NULL))
  expect_identical(keras_array(one), one)
  expect_error(keras_array(factor("a")), "keras_array(): `x` must be", fixed = TRUE, class = "rkeras_argument_error")
})

test_that("the backend has Python's names, and counts from 0", {
  keras()
  K <- backend() # nolint: object_name_linter.
  x <- matrix(c(1, 2, 3, 4, 5, 6), 2)
  expect_equal(as.vector(K$mean(x, axis = 0L)), colMeans(x))
  expect_equal(as.vector(K$mean(x, axis = 1)), rowMeans(x))
  expect_equal(as.vector(K$mean(x, -1L)), rowMeans(x))
  expect_equal(as.numeric(K$sum(x, axis = c(0L, 1L))), 21)
  expect_equal(as.numeric(K$mean(K$square(x))), mean(x^2), tolerance = 1e-6)
  expect_equal(as.array(K$permute_dimensions(x, c(1L, 0L))), t(x))
  expect_equal(as.array(K$gather(x, 0:1)), x)
  expect_equal(dim(K$expand_dims(x, 0L)), c(1L, 2L, 3L))
  expect_equal(K$int_shape(K$zeros(c(2, 3))), list(2L, 3L))
  expect_identical(K$epsilon(), k_epsilon())
  expect_equal(as.array(K$batch_dot(array(x, c(1, 2, 3)), array(x, c(1, 2, 3)), axes = c(1L, 1L)))[1, , ], t(x) %*% x)
  expect_error(K$no_such_function, "no_such_function")
  expect_true(all(c("mean", "square", "int_shape") %in% names(K)))
  expect_s3_class(backend(convert = FALSE)$epsilon(), "python.builtin.float")
})

test_that("the backend computes losses of models", {
  keras()
  K <- backend() # nolint: object_name_linter.
  model <- build()
  loss <- function(y_true, y_pred) K$mean(K$square(y_true - y_pred), axis = -1L)
  model %>% compile("sgd", loss, metrics = "mse")
  history <- train(NULL, model = model)
  expect_equal(history$metrics$loss, history$metrics$mse, tolerance = 1e-6)
})

test_that("there is one implementation", {
  keras()
  expect_identical(implementation()$`__name__`, "keras")
  expect_null(use_implementation("tensorflow"))
  expect_error(use_implementation("theano"), "should be one of")
})
