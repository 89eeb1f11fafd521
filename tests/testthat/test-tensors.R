floats <- function(value = matrix(1:6, 2), dtype = "float32") {
  keras()$ops$convert_to_tensor(value, dtype = dtype)
}

input <- function(...) {
  keras()$Input(shape = list(...))
}

type <- function(x) {
  keras()$backend$standardize_dtype(x$dtype)
}

# A session says once that negative indices count from the end.
quietly <- function(code) {
  withCallingHandlers(code, rkeras_warning = function(cond) invokeRestart("muffleWarning"))
}

# Has an R function computed in a compiled graph.
in_graph <- function(f, ...) {
  python <- reticulate::py_run_string("
def compiled(f):
    import keras
    if keras.backend.backend() == 'jax':
        import jax
        return jax.jit(f)
    import tensorflow
    return tensorflow.function(f, autograph=False)
")
  python$compiled(f)(...)
}

test_that("a learning rate is a number", {
  model <- build(rate = 0.25)
  expect_identical(as.numeric(model$optimizer$learning_rate * 2L), 0.5)
  model <- build()
  compile(model, optimizer_sgd(lr = 0.5), "mse")
  expect_identical(as.numeric(model$optimizer$lr), 0.5)
  expect_true(as.logical(model$optimizer$lr < 1))
})

test_that("tensors become R's values, in R's order", {
  m <- matrix(c(1.5, -2, 0, 4, 5, 6), 2)
  x <- floats(m)
  expect_identical(as.matrix(x), m)
  expect_identical(as.array(x), m)
  expect_identical(as.vector(x), as.vector(m))
  expect_identical(as.numeric(x), as.vector(m))
  expect_identical(as.integer(x), as.integer(m))
  expect_identical(as.logical(x), as.logical(m))
  expect_identical(as.array(floats(7)), as.array(7))
  expect_identical(as.matrix(floats(c(1, 2))), matrix(c(1, 2)))
  a <- array(1:24, 2:4)
  expect_identical(as.array(floats(a, "int32")), a)
  expect_identical(as.vector(floats(a, "uint8")), 1:24)
  expect_identical(as.vector(floats(c(1, 2.5), "float16")), c(1, 2.5))
  expect_identical(as.vector(floats(c(1, 2.5), "bfloat16")), c(1, 2.5))
  expect_identical(as.vector(floats(c(TRUE, FALSE), "bool")), c(TRUE, FALSE))
  expect_identical(as.vector(floats(c(1, 0)), "logical"), c(TRUE, FALSE))
})

test_that("shapes are known as far as they are", {
  expect_identical(dim(floats()), 2:3)
  expect_identical(length(floats()), 6L)
  expect_identical(dim(floats(1)), integer(0))
  expect_identical(length(floats(1)), 1L)
  expect_identical(dim(input(3L)), c(NA, 3L))
  expect_identical(length(input(3L)), NA_integer_)
  layer <- keras()$layers$Dense(2L)
  output <- layer(input(3L))
  expect_identical(dim(output), c(NA, 2L))
  expect_identical(dim(layer$kernel), 3:2)
})

test_that("they print in a few lines", {
  layer <- keras()$layers$Dense(2L, kernel_initializer = "ones", name = "tested")
  layer$build(list(NULL, 2L))
  expect_snapshot({
    floats()
    floats(0.25)
    floats(c(1, 2))
    floats(c(TRUE, FALSE), "bool")
    floats(matrix(1:600, 200), "int32")
    input(3L)
    layer$kernel
    str(floats())
    str(floats(matrix(1:600, 200)))
    str(input(3L, 4L))
    format(floats(1))
  })
})

test_that("operators compute as R does, on either side", {
  m <- matrix(c(1.5, -2, 3, 4, 5, 6), 2)
  n <- matrix(c(2, 3, 2, 4, -5, 0.5), 2)
  for (operator in c("+", "-", "*", "/", "%%", "%/%", "==", "!=", "<", "<=", ">", ">=")) {
    f <- match.fun(operator)
    for (sides in list(list(m, n), list(m, 2), list(2, m), list(m, 2L), list(m, TRUE), list(m, m))) {
      expected <- do.call(f, sides)
      tensors <- lapply(sides, function(side) if (is.matrix(side)) floats(side) else side)
      expect_equal(as.matrix(do.call(f, tensors)), expected, info = operator, tolerance = 1e-6)
      # One of them of R.
      if (is.matrix(sides[[2]])) {
        expect_equal(as.matrix(f(tensors[[1]], sides[[2]])), expected, info = operator, tolerance = 1e-6)
      }
      if (is.matrix(sides[[1]])) {
        expect_equal(as.matrix(f(sides[[1]], floats(matrix(sides[[2]], 2, 3)))), expected, info = operator,
                     tolerance = 1e-6)
      }
    }
  }
  expect_equal(as.matrix(-floats(m)), -m)
  expect_equal(as.matrix(+floats(m)), m)
  expect_equal(as.matrix(!floats(m > 2, "bool")), m <= 2)
  expect_equal(as.matrix(floats(m) > 2 & floats(n) > 2), m > 2 & n > 2)
  expect_equal(as.matrix(floats(m) > 2 | TRUE), m > 2 | TRUE)
  p <- abs(m)
  expect_equal(as.matrix(floats(p)^0.5), p^0.5, tolerance = 1e-6)
  expect_equal(as.matrix(floats(m)^2), m^2, tolerance = 1e-6)
  expect_equal(as.matrix(2^floats(m)), 2^m, tolerance = 1e-6)
  expect_equal(as.matrix(floats(p)^floats(n)), p^n, tolerance = 1e-6)
})

test_that("a column beside a square is added by rows", {
  m <- matrix(1:9 + 0, 3)
  expect_identical(as.matrix(floats(m) + mean(floats(m), axis = 2, keepdims = TRUE)), m + rowMeans(m))
  expect_identical(as.matrix(floats(m) + matrix(1:3)), m + 1:3)
  expect_identical(as.matrix(floats(m) + floats(matrix(1:3, 1))), t(t(m) + 1:3))
})

test_that("R's numbers take the type of the tensor, unless that loses something", {
  integers <- floats(1:3, "int32")
  expect_identical(type(floats(1) * 2L), "float32")
  expect_identical(type(floats(1) + 0.1), "float32")
  expect_identical(type(floats(1, "float16") * c(1, 2)), "float16")
  expect_identical(type(floats(1, "float16") * 2L), "float16")
  expect_identical(type(integers + 1), "int32")
  expect_identical(type(integers + c(1, 2, 3)), "int32")
  expect_identical(type(integers * 0.5), "float32")
  expect_identical(as.numeric(integers * 0.5), c(0.5, 1, 1.5))
  expect_identical(as.numeric(integers * c(0.5, 1, NaN)), c(0.5, 2, NaN))
  expect_identical(as.logical(integers < Inf), c(TRUE, TRUE, TRUE))
  expect_identical(as.logical(integers < 1e10), c(TRUE, TRUE, TRUE))
  expect_identical(as.numeric(integers / 2L), c(0.5, 1, 1.5))
  expect_equal(as.numeric(integers^-1L), 1 / 1:3, tolerance = 1e-6)
  expect_equal(as.numeric(integers^2L), c(1, 4, 9))
  expect_identical(as.integer(floats(c(200, 100), "uint8") + 100L), c(300L, 200L))
  truth <- floats(c(TRUE, TRUE, FALSE), "bool")
  expect_identical(as.integer(truth + truth), c(2L, 2L, 0L))
  expect_identical(as.integer(sum(truth)), 2L)
  expect_identical(as.logical(truth == TRUE), c(TRUE, TRUE, FALSE))
  expect_identical(as.numeric(mean(truth)), as.numeric(floats(2) / 3))
})

test_that("functions of the group Math", {
  v <- c(0.2, 0.5, 0.9)
  x <- floats(v)
  for (name in c("abs", "sign", "sqrt", "floor", "ceiling", "trunc", "round", "exp", "log", "expm1", "log1p", "log2",
                 "log10", "cos", "sin", "tan", "cospi", "sinpi", "acos", "asin", "atan", "cosh", "sinh",
                 "tanh", "asinh", "atanh", "cumsum", "cumprod", "is.nan", "is.finite", "is.infinite")) {
    f <- match.fun(name)
    expect_equal(as.vector(f(x)), f(v), info = name, tolerance = 1e-5)
  }
  expect_equal(as.numeric(acosh(x + 1)), acosh(v + 1), tolerance = 1e-5)
  expect_equal(as.numeric(tanpi(x / 2)), tanpi(v / 2), tolerance = 1e-5)
  expect_equal(as.numeric(log(x, 3)), log(v, 3), tolerance = 1e-5)
  expect_equal(as.numeric(log(x, base = 3)), log(v, 3), tolerance = 1e-5)
  expect_equal(as.numeric(round(x / 7, 2)), round(v / 7, 2), tolerance = 1e-6)
  expect_equal(as.numeric(round(x / 7, digits = 2)), round(v / 7, 2), tolerance = 1e-6)
  expect_equal(as.numeric(cumsum(floats())), cumsum(1:6))
  expect_equal(as.numeric(sqrt(floats(c(TRUE, FALSE), "bool"))), c(1, 0))
  for (f in list(gamma, lgamma, digamma, trigamma, cummax, cummin, signif)) {
    expect_error(f(x), "Keras has no such function for tensors", class = "rkeras_argument_error")
  }
})

test_that("functions of the group Summary, and mean()", {
  m <- matrix(c(1.5, -2, 3, 4, 5, 6), 2)
  x <- floats(m)
  for (f in list(sum, prod, max, min, range, mean)) {
    expect_equal(as.numeric(f(x)), f(m), tolerance = 1e-6)
  }
  expect_equal(as.numeric(sum(x, 1, x, c(2, 3))), sum(m, 1, m, c(2, 3)))
  expect_equal(as.numeric(max(x, 10)), 10)
  expect_equal(as.numeric(range(x, -7.5)), c(-7.5, 6))
  expect_equal(as.numeric(sum(x, axis = 1)), colSums(m))
  expect_equal(as.numeric(mean(x, axis = -1)), rowMeans(m), tolerance = 1e-6)
  expect_identical(dim(mean(x, axis = 2, keepdims = TRUE)), 2:1)
  expect_identical(dim(sum(x, axis = 1:2)), integer(0))
  expect_true(as.logical(any(x < 0)))
  expect_false(as.logical(all(x < 0)))
  with_nan <- c(1, NaN, 3)
  for (f in list(sum, prod, max, min, range, mean)) {
    expect_equal(as.numeric(f(floats(with_nan), na.rm = TRUE)), f(with_nan, na.rm = TRUE))
  }
  expect_identical(as.numeric(sum(floats(with_nan))), NaN)
  expect_error(sum(x, axis = 3), "`axis` must be from 1 to 2", class = "rkeras_argument_error")
  expect_error(mean(x, 0.1), "there can be `axis`, `keepdims` and `na.rm`", class = "rkeras_argument_error")
})

test_that("indices count from 1", {
  m <- matrix(1:12, 3)
  x <- floats(m, "int32")
  idx <- c(3, 1)
  expect_identical(as.array(x[, 1]), as.array(m[, 1]))
  expect_identical(as.array(x[2, ]), as.array(m[2, ]))
  expect_identical(as.integer(x[2, 3]), m[2, 3])
  expect_identical(as.integer(x[[2, 3]]), m[2, 3])
  expect_identical(as.matrix(x[2:3, 1:2]), m[2:3, 1:2])
  expect_identical(as.matrix(x[3:1, ]), m[3:1, ])
  expect_identical(as.matrix(x[idx, ]), m[idx, ])
  expect_identical(as.matrix(x[idx, c(4, 1)]), m[idx, c(4, 1)])
  expect_identical(as.matrix(x[c(TRUE, FALSE, TRUE), ]), m[c(1, 3), ])
  expect_identical(as.matrix(x[TRUE, 2:3]), m[, 2:3])
  expect_identical(as.matrix(x[, seq(1, 4, by = 2)]), m[, c(1, 3)])
  expect_identical(as.matrix(x[, 1:4:2]), m[, c(1, 3)])
  expect_identical(as.matrix(x[, 1, drop = FALSE]), m[, 1, drop = FALSE])
  expect_identical(as.matrix(x[, 2:2]), m[, 2, drop = FALSE])
  expect_identical(dim(x[integer(0), ]), c(0L, 4L))
  expect_identical(as.matrix(x[2:NULL, ]), m[2:3, ])
  expect_identical(as.matrix(x[NULL:2, ]), m[1:2, ])
  expect_identical(dim(x[, NULL, ]), c(3L, 1L, 4L))
  expect_identical(as.matrix(x[]), m)
  n <- 2
  part <- function(tensor, ...) tensor[...]
  expect_identical(as.matrix(part(x, 1:n, )), m[1:2, ])
  expect_identical(as.integer(floats(5:7)[2]), 6L)
  expect_identical(as.integer(floats(5:7)[[2]]), 6L)
  a <- array(1:24, 2:4)
  expect_identical(as.array(floats(a, "int32")[, 2, 3:4]), a[, 2, 3:4])
  ellipsis <- reticulate::import_builtins(convert = FALSE)$Ellipsis
  expect_identical(as.array(floats(a, "int32")[ellipsis, 2]), a[, , 2])
  layer <- keras()$layers$Dense(2L)
  layer$build(list(NULL, 3L))
  expect_identical(as.numeric(layer$kernel[1, ]), as.array(layer$kernel)[1, ])
})

test_that("negative indices count from the end, which is said once", {
  m <- matrix(1:12, 3)
  x <- floats(m, "int32")
  expect_warning(last <- x[-1, ], "-1 is the last", class = "rkeras_warning")
  expect_identical(as.integer(last), m[3, ])
  expect_no_warning(x[, -1])
  expect_identical(as.matrix(x[2:-1, ]), m[2:3, ])
  expect_identical(as.matrix(x[-2:-1, ]), m[2:3, ])
  expect_identical(as.matrix(x[-1:-3, ]), m[3:1, ])
  expect_identical(as.matrix(x[-1, , drop = FALSE]), m[3, , drop = FALSE])
  expect_identical(as.matrix(x[c(-1, 1), ]), m[c(3, 1), ])
})

test_that("a transpose, and a product of matrices where R can", {
  expect_identical(as.matrix(t(floats())), t(matrix(1:6 + 0, 2)))
  expect_identical(dim(t(floats(1:3))), c(1L, 3L))
  expect_error(t(floats(array(1, c(1, 2, 3)))), "a matrix or a vector, not float32 [1, 2, 3]", fixed = TRUE)
  skip_if(getRversion() < "4.3.0", "R dispatches %*% from 4.3 on")
  m <- matrix(1:6 + 0, 2)
  expect_identical(as.matrix(floats(m) %*% t(floats(m))), m %*% t(m))
  expect_identical(as.matrix(floats(m) %*% t(m)), m %*% t(m))
  expect_identical(as.matrix(m %*% t(floats(m))), m %*% t(m))
})

test_that("symbolic tensors are computed with", {
  x <- input(4L)
  expect_identical(dim(x[, 1]), NA_integer_)
  expect_identical(dim(x[, 2:3]), c(NA, 2L))
  expect_identical(dim(x[, 1, drop = FALSE]), c(NA, 1L))
  expect_identical(dim(quietly(x[-1, ])), 4L)
  expect_identical(dim(x[, c(1, 3)]), c(NA, 2L))
  expect_identical(dim(1 - x), c(NA, 4L))
  expect_identical(dim(mean(x, axis = 2)), NA_integer_)
  y <- sqrt(abs(1 - x[, 2:NULL]) * c(1, 2, 3)) %% 2 + mean(x, axis = -1, keepdims = TRUE)
  model <- keras()$Model(x, y)
  m <- matrix(rnorm(12), 3)
  expected <- sqrt(t(t(abs(1 - m[, 2:4])) * c(1, 2, 3))) %% 2 + rowMeans(m)
  expect_equal(model$predict(m, verbose = 0L), expected, tolerance = 1e-5)
  expect_error(as.numeric(x), "<KerasTensor, float32 [NA, 4]> has no values", fixed = TRUE,
               class = "rkeras_argument_error")
})

test_that("all of it works in a compiled graph", {
  m <- matrix(c(0.1, 0.2, 0.3, 0.4, 0.5, 0.6), 2)
  seen <- NULL
  variable <- keras()$Variable(1)
  f <- function(x, y) {
    seen <<- list(dim(x), length(x), capture.output(print(x)), try(as.array(x), silent = TRUE))
    a <- (1 - x)[, 1] + x[2, 1] * quietly(y[-1, 2])
    sum(a^2) + mean(log(y) * 2L) + max(x) + as.integer(1) * any(x > 0.5) + sum(x[, c(3, 1)] %/% 0.2) + sum(t(x)) +
      sum(variable * x)
  }
  expected <- as.numeric(f(floats(m), floats(m)))
  result <- in_graph(f, floats(m), floats(m))
  expect_equal(as.numeric(result), expected, tolerance = 1e-6)
  expect_identical(seen[1:3], list(2:3, 6L, "<tensor, float32 [2, 3]>"))
  expect_match(seen[[4]], "has no values: it stands for those that come when the model runs")
})

test_that("a loss and a layer are R functions", {
  data <- samples()
  mse <- function(y_true, y_pred) mean((y_true - y_pred)^2)
  trained <- function(loss) {
    model <- build()
    compile(model, keras()$optimizers$SGD(0.1), loss = loss)
    fit(model, data$x, data$y, epochs = 2, batch_size = 12, verbose = 0)$metrics$loss
  }
  expect_equal(trained(mse), trained("mse"), tolerance = 1e-6)
  entropy <- function(y_true, y_pred) {
    p <- y_pred[, 1]
    y <- y_true[, 1]
    -mean(y * log(p + 1e-7) + (1 - y) * log(1 - p + 1e-7))
  }
  expect_equal(trained(entropy), trained("binary_crossentropy"), tolerance = 1e-4)
  x <- input(3L)
  half <- keras()$layers$Lambda(function(x) (1 - x)[, 1:2] * 0.5)
  expect_equal(keras()$Model(x, half(x))$predict(data$x, verbose = 0L), (1 - data$x[, 1:2]) * 0.5, tolerance = 1e-6)
})

test_that("what cannot be done is said in one sentence", {
  x <- floats()
  expect_snapshot(messages(
    x + "a",
    x + NULL,
    x + NA,
    x + list(1),
    x[1],
    x[1, 1, 1],
    x[0, 1],
    x[3, 1],
    x["a", 1],
    x[1.5, 1],
    x[NA, 1],
    x[c(TRUE, FALSE, TRUE), 1],
    x[[1:2, 1]],
    floats(5)[1],
    gamma(x),
    sum(x, axis = 0),
    sum(x, "a"),
    mean(x, trim = 0.1),
    as.numeric(input(3L))
  ))
  caught <- tryCatch(x + matrix(1:20, 4), error = identity)
  expect_s3_class(caught, "rkeras_keras_error")
  expect_identical(conditionCall(caught), quote(x + matrix(1:20, 4)))
  expect_match(conditionMessage(caught), "`+`: Keras cannot compute this for <tensor, float32 [2, 3]>: ", fixed = TRUE)
  expect_no_match(conditionMessage(caught), "\n")
  expect_match(caught$python_trace, "Traceback")
})

test_that("beside R's tensorflow its tensors are its own", {
  skip_if(keras()$backend$backend() != "tensorflow", "needs TensorFlow")
  attached <- TRUE
  reticulate::register_class_filter(function(classes) {
    theirs <- attached && "tensorflow.python.framework.tensor.Tensor" %in% classes
    if (theirs) c("tensorflow.tensor", classes) else classes
  })
  # As its namespace is loaded after rkeras.
  for (hook in getHook(packageEvent("tensorflow", "onLoad"))) hook("tensorflow", "")
  on.exit(attached <- FALSE)
  theirs <- floats()
  expect_s3_class(theirs, "tensorflow.tensor")
  registerS3method("+", "tensorflow.tensor", function(a, b) "theirs", asNamespace("base"))
  registerS3method("dim", "tensorflow.tensor", function(x) "their dim", asNamespace("base"))
  registerS3method("[", "tensorflow.tensor", function(x, ...) "their part", asNamespace("base"))
  expect_no_warning({
    expect_identical(theirs + 1, "theirs")
    expect_identical(1 + theirs, "theirs")
    expect_identical(theirs + theirs, "theirs")
    expect_identical(dim(theirs), "their dim")
    expect_identical(theirs[1], "their part")
    # Together with what they do not know.
    expect_identical(dim(theirs + input(3L)), 2:3)
    expect_identical(dim(input(3L) + theirs), 2:3)
    expect_identical(as.numeric(keras()$Variable(1) - floats(3)), -2)
  })
})

test_that("no other object is a tensor", {
  keras <- keras()
  expect_false(inherits(keras$layers$Dense(1L), "rkeras_tensor"))
  expect_false(inherits(keras, "rkeras_tensor"))
  expect_identical(class(floats())[[1]], "rkeras_operand")
  expect_s3_class(input(3L), "rkeras_tensor")
  expect_s3_class(keras$Variable(1), "rkeras_tensor")
})

test_that("reticulate hands them on as they are, and converts what is to be converted", {
  x <- floats()
  kept <- reticulate::r_to_py(x)
  expect_s3_class(kept, "rkeras_tensor")
  expect_s3_class(kept$shape, "python.builtin.object") # not converted
  back <- reticulate::py_to_r(kept)
  expect_s3_class(back, "rkeras_tensor")
  expect_identical(back$ndim, 2L)
  same <- reticulate::py_eval("lambda x: x")(x)
  expect_identical(class(same), class(x))
  expect_identical(same$ndim, 2L)
  unconverted <- reticulate::import("keras", convert = FALSE)$ops$ones(3L)
  expect_s3_class(unconverted, "rkeras_operand")
  expect_identical(as.numeric(reticulate::py_to_r(unconverted)), c(1, 1, 1))
  expect_identical(reticulate::py_to_r(unconverted)$ndim, 1L)
  listed <- reticulate::py_eval("lambda xs, x: (type(xs).__name__, xs[0] is x)")
  expect_identical(listed(list(x), x), list("list", TRUE))
})

test_that("what came of a class is kept, and not for another of its name", {
  reticulate::py_run_string("
import keras
class Twin: pass
first = Twin()
class Twin(keras.Variable): pass
second = Twin(1.0)
")
  expect_false(inherits(reticulate::py$first, "rkeras_tensor"))
  expect_s3_class(reticulate::py$second, "rkeras_tensor")
  expect_false(inherits(reticulate::py$first, "rkeras_tensor"))
})
