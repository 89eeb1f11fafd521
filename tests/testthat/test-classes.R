flowers <- function() {
  list(x = unname(as.matrix(iris[, 1:4])), y = unname(as.matrix(iris[, 1:2])))
}

trained <- function(model, loss = "mse", optimizer = "sgd", ...) {
  data <- flowers()
  compile(model, optimizer, loss, ...)
  fit(model, data$x, data$y, epochs = 2, batch_size = 30, verbose = 0)$metrics
}

file_with <- function(code) {
  file <- tempfile(fileext = ".R")
  writeLines(code, file)
  file
}

# Saves a model in both formats, loads it, and compares what it predicts.
expect_saved <- function(model, custom_objects, x = flowers()$x) {
  within_directory({
    expected <- predict(model, x)
    save_model_hdf5(model, "model.h5")
    expect_equal(predict(load_model_hdf5("model.h5", custom_objects), x), expected)
    save_model_tf(model, "model.keras")
    expect_equal(predict(load_model_tf("model.keras", custom_objects), x), expected)
    json <- model_from_json(model_to_json(model), custom_objects)
    set_weights(json, get_weights(model))
    expect_equal(predict(json, x), expected)
  })
}

custom_layer <- function() {
  R6::R6Class("CustomLayer",
    inherit = KerasLayer,
    public = list(
      output_dim = NULL,
      kernel = NULL,
      initialize = function(output_dim) {
        self$output_dim <- output_dim
      },
      build = function(input_shape) {
        self$kernel <- self$add_weight(
          name = "kernel",
          shape = list(input_shape[[2]], self$output_dim),
          initializer = initializer_random_normal(),
          trainable = TRUE
        )
      },
      call = function(x, mask = NULL) {
        k_dot(x, self$kernel)
      },
      compute_output_shape = function(input_shape) {
        list(input_shape[[1]], self$output_dim)
      }
    )
  )
}

test_that("the book's own layer trains, is saved, loaded and copied", {
  keras()
  CustomLayer <- custom_layer() # nolint: object_name_linter.
  layer_custom <- function(object, output_dim, name = NULL, trainable = TRUE) {
    create_layer(CustomLayer, object, list(
      output_dim = as.integer(output_dim),
      name = name,
      trainable = trainable
    ))
  }
  model <- keras_model_sequential() %>%
    layer_dense(units = 32, input_shape = c(4)) %>%
    layer_custom(output_dim = 2, name = "mine")
  expect_output(print(model), "mine (CustomLayer)", fixed = TRUE)
  expect_identical(model$output_shape, list(NULL, 2L))
  losses <- trained(model)$loss
  expect_lt(losses[[2]], losses[[1]])
  expect_length(get_weights(model), 3)
  expect_identical(model$layers[[2]]$get_config()$output_dim, 2L)
  expect_saved(model, list(CustomLayer = CustomLayer))
  expect_identical(clone_model(model)$layers[[2]]$name, "mine")
  expect_false(layer_custom(output_dim = 3, trainable = FALSE)$trainable)
  expect_error(within_directory({
    save_model_hdf5(model, "model.h5")
    load_model_hdf5("model.h5")
  }), "CustomLayer")
})

test_that("an R6 layer has several inputs, layers inside, and is told of masks and training", {
  keras()
  seen <- list()
  Sum <- R6::R6Class("Sum", inherit = KerasLayer, public = list( # nolint: object_name_linter.
    inside = NULL,
    initialize = function(units, rate = 0.5) self$inside <- layer_dense(units = units),
    build = function(input_shape) seen$shape <<- input_shape,
    call = function(inputs, mask = NULL, training = NULL) {
      seen$training <<- c(seen$training, training)
      self$inside(inputs[[1]]) + self$inside(inputs[[2]])
    }
  ))
  a <- layer_input(shape = 4)
  b <- layer_input(shape = 4)
  model <- keras_model(list(a, b), create_layer(Sum, list(a, b), list(units = 2)))
  expect_length(get_weights(model), 2)
  expect_identical(seen$shape[[2]][[2]], 4L)
  expect_identical(as.integer(seen$shape[[1]]), c(NA, 4L))
  data <- flowers()
  before <- get_weights(model)
  compile(model, "sgd", "mse")
  fit(model, list(data$x, data$x), data$y, epochs = 1, verbose = 0)
  expect_true(any(get_weights(model)[[1]] != before[[1]]))
  expect_true(any(seen$training))
  expect_saved(model, list(Sum = Sum), list(data$x, data$x))
  expect_identical(model$layers[[3]]$get_config()$rate, 0.5)

  Counted <- R6::R6Class("Counted", inherit = KerasLayer, public = list( # nolint: object_name_linter.
    call = function(x, mask) k_sum(k_cast(mask, "float32"), axis = 2, keepdims = TRUE),
    compute_mask = function(inputs, mask) NULL
  ))
  words <- layer_input(shape = 5)
  model <- keras_model(words, create_layer(Counted, layer_embedding(words, 10, 3, mask_zero = TRUE)))
  expect_equal(as.vector(predict(model, matrix(c(1, 2, 3, 0, 0), 1))), 3)
})

test_that("an R6 layer adds losses and weights of every kind, and without a layer says so", {
  keras()
  Own <- R6::R6Class("Own", inherit = KerasLayer, public = list( # nolint: object_name_linter.
    build = function(input_shape) {
      self$add_weight("w", 4, initializer = "ones", constraint = function(w) w * 0, regularizer = regularizer_l2(0.5))
      self$add_weight("v", list(2), dtype = "float32", trainable = FALSE)
    },
    call = function(x, mask = NULL) {
      self$add_loss(k_sum(x) * 0 + 2)
      x * self$python_layer()$trainable_weights[[1]]
    }
  ))
  layer <- create_layer(Own, args = list(name = "own"))
  expect_equal(as.array(layer(matrix(1, 1, 4))), matrix(1, 1, 4))
  expect_identical(layer$name, "own")
  expect_setequal(vapply(layer$losses, as.numeric, 1), c(2, 2))
  expect_length(layer$non_trainable_weights, 1)
  model <- keras_model_sequential() %>% layer_dense(2, input_shape = 4)
  create_layer(Own, layer_input(shape = 4))
  expect_error(Own$new()$python_layer(), "no layer was made of this object", class = "rkeras_argument_error")
  expect_error(create_layer(Own$new(), model), "must be a class of Keras layers", class = "rkeras_argument_error")
  expect_error(
    create_layer(R6::R6Class("None", inherit = KerasLayer), layer_input(shape = 3)),
    "None is a layer without a method call(inputs, mask).", fixed = TRUE
  )
})

test_that("an R6 wrapper has a layer inside", {
  keras()
  Doubled <- R6::R6Class("Doubled", inherit = KerasWrapper, public = list( # nolint: object_name_linter.
    times = NULL,
    initialize = function(times = 2) self$times <- times,
    build = function(input_shape) {
      super$build(input_shape)
      stopifnot(private$py_wrapper$layer$built)
    },
    call = function(inputs, mask = NULL) self$times * private$py_wrapper$layer(inputs)
  ))
  layer_doubled <- function(object, layer, ...) create_wrapper(Doubled, object, list(layer = layer, ...))
  model <- keras_model_sequential() %>% layer_doubled(layer_dense(units = 2), input_shape = 4, times = 3)
  expect_length(get_weights(model), 2)
  data <- flowers()
  expect_equal(predict(model, data$x), 3 * (data$x %*% get_weights(model)[[1]]), tolerance = 1e-5)
  trained(model)
  expect_saved(model, list(Doubled = Doubled))
  expect_error(create_wrapper(custom_layer(), args = list(layer = layer_dense(units = 1), output_dim = 1)),
               "create_wrapper(): `wrapper_class` must be a class of wrappers", fixed = TRUE)
})

test_that("%py_class% has self, super, private fields, active ones, doc strings and its own name", {
  k <- keras()
  Parent(k$layers$Layer) %py_class% {
    "A parent."
    private$hidden <- 5
    private$seen <- function() self$name
    private$twice %<-active% function(value) 2 * private$hidden
    kind <- "of the class"
    initialize <- function(units = 1 + 1, ...) {
      "Begins."
      super()$`__init__`(...)
      self$units <- units
    }
    call <- function(inputs) {
      later <- function() super$compute_mask(inputs, NULL)
      stopifnot(is.null(later()))
      inputs + private$twice
    }
    hidden %<-active% function(value) {
      if (missing(value)) private$hidden else private$hidden <- value
    }
    both <- function(self, a, b = a * 2, ...) c(a, b, ...)
    who <- function() private$seen()
    is_own <- function() identical(Parent, `__class__`)
  }
  parent <- Parent$new(name = "p")
  other <- Parent()
  expect_identical(parent$name, "p")
  expect_identical(parent$units, 2)
  expect_identical(parent$kind, "of the class")
  parent$hidden <- 7
  expect_identical(c(parent$hidden, other$hidden), c(7, 5))
  expect_equal(as.array(parent(matrix(1, 1, 2))), matrix(15, 1, 2))
  expect_identical(parent$both(1), c(1, 2))
  expect_identical(parent$both(b = 1, a = 2), c(2, 1))
  expect_identical(parent$both(1, 5, 6), c(1, 5, 6))
  expect_identical(parent$who(), "p")
  expect_true(parent$is_own())
  expect_identical(Parent$`__doc__`, "A parent.")
  expect_identical(Parent$`__init__`$`__doc__`, "Begins.")
  expect_identical(class(parent)[[1]], "R6type.Parent")
  expect_output(print(Parent), "<class 'R6type.Parent'>", fixed = TRUE)

  Child(Parent) %py_class% {
    private$hidden <- 1
    call <- function(inputs) 10 * super()$call(inputs)
    grand <- function() super(Parent, self)$get_config()
  }
  child <- Child(3)
  expect_equal(as.array(child(matrix(1, 1, 2))), matrix(30, 1, 2))
  expect_identical(child$units, 3)
  expect_identical(child$grand()$name, child$name)

  Grandchild(Child) %py_class% { # inherits call from Child, whose super is Parent and not Child again
  }
  expect_equal(as.array(Grandchild()(matrix(1, 1, 2))), matrix(30, 1, 2))
  expect_error(Twice(k$layers$Layer) %py_class% {
    initialize <- function() NULL
    `__init__` <- function() NULL
  }, "two names of one method", class = "rkeras_argument_error")
  expect_error(Of(3, delay_load = FALSE) %py_class% {
  }, "not from 3", class = "rkeras_argument_error")
  expect_error("text" %py_class% {
  }, "must be a name", class = "rkeras_argument_error")
})

test_that("a class may be derived from several, from nothing, and from R6", {
  k <- keras()
  Plain %py_class% {
    describe <- function() paste("I am", class(self)[[1]])
  }
  Both(k$layers$Layer, Plain) %py_class% {
    call <- function(x) x
  }
  expect_identical(Plain()$describe(), "I am R6type.Plain")
  expect_identical(Both()$describe(), "I am R6type.Both")
  Times <- R6::R6Class("Times", # nolint: object_name_linter.
    inherit = k$layers$Layer,
    public = list(
      by = 3,
      call = function(x) private$multiplied(x),
      initialize = function(...) super$initialize(...)
    ),
    private = list(multiplied = function(x) x * self$by),
    active = list(twice = function() self$by * 2)
  )
  layer <- create_layer(Times, args = list(name = "times"))
  expect_identical(layer$twice, 6)
  expect_equal(as.array(layer(matrix(1, 1, 2))), matrix(3, 1, 2))
  model <- keras_model_sequential() %>% layer_dense(2, input_shape = 4)
  create_layer(Times, model)
  trained(model)
  expect_saved(model, list(Times = Times))
})

test_that("methods are given Python's objects if they want them", {
  k <- keras()
  Raw(k$layers$Layer, convert = FALSE) %py_class% {
    kind <- function(x) class(x)[[1]]
    build <- function(input_shape) stopifnot(inherits(input_shape, "python.builtin.tuple"))
    call <- function(inputs) inputs
  }
  expect_identical(Raw()$kind(3L), "python.builtin.int")
  expect_equal(as.array(Raw()(matrix(1, 1, 2))), matrix(1, 1, 2))
})

test_that("a callback of %py_class% is called with logs, by position", {
  k <- keras()
  Counting(k$callbacks$Callback) %py_class% {
    initialize <- function(by = 1) {
      self$by <- by
      self$seen <- list()
    }
    on_batch_end <- function(number, what) self$batches <- c(self$batches, number)
    on_train_begin <- function() self$batches <- NULL
    on_epoch_end <- function(epoch, logs) self$losses <- c(self$losses, logs[["loss"]])
    losses <- NULL
  }
  counting <- Counting$new(by = 2)
  history <- train(list(counting), epochs = 3)
  expect_equal(counting$losses, as.numeric(history$metrics$loss))
  expect_identical(counting$batches, rep(0:1, 3))
  expect_identical(counting$by, 2)
})

test_that("functions that make classes make them of every kind", {
  keras()
  layer_scaled <- new_layer_class("Scaled",
    initialize = function(by = 2) self$by <- by,
    build = function(input_shape) self$w <- self$add_weight("w", list(input_shape[[2]]), initializer = "ones"),
    call = function(inputs, training = NULL) inputs * self$w * self$by
  )
  expect_named(formals(layer_scaled), c("object", "by", "..."))
  SquaredError <- new_loss_class("SquaredError", # nolint: object_name_linter.
    call = function(y_true, y_pred) k_mean(k_square(y_true - y_pred), axis = 2)
  )
  Largest <- new_metric_class("Largest", # nolint: object_name_linter.
    initialize = function(name = "largest", ...) {
      super()$initialize(name = name, ...)
      self$seen <- self$add_weight("seen", list())
      self$begun <- self$add_weight(name = "begun", shape = list(), initializer = "zeros")
    },
    update_state = function(y_true, y_pred, sample_weight = NULL) {
      self$seen$assign(k_maximum(self$seen, k_max(k_cast(y_true, "float32"))))
    },
    result = function() self$seen + self$begun,
    reset_states = function() {
      self$seen$assign(0)
      self$begun$assign(100)
    }
  )
  Slower <- new_learning_rate_schedule_class("Slower", # nolint: object_name_linter.
    initialize = function(rate = 0.1) self$rate <- rate,
    call = function(step) self$rate / (1 + k_cast(step, "float32")),
    get_config = function() list(rate = self$rate)
  )
  Adding <- new_callback_class("Adding", # nolint: object_name_linter.
    on_epoch_end = function(epoch, logs = NULL) list(half = epoch / 2)
  )
  model <- keras_model_sequential() %>%
    layer_dense(units = 2, input_shape = 4) %>%
    layer_scaled(by = 3, name = "scaled")
  data <- flowers()
  compile(model, optimizer_sgd(Slower(0.002)), SquaredError(), metrics = list(Largest(), "mse"))
  history <- fit(model, data$x, data$y, epochs = 2, verbose = 0, callbacks = Adding())
  expect_equal(history$metrics$loss, history$metrics$mse, tolerance = 1e-5)
  expect_equal(history$metrics$largest, c(0, 100) + max(data$y), tolerance = 1e-6)
  expect_equal(history$metrics$half, c(0, 0.5))
  known <- list(Scaled = layer_scaled, SquaredError = SquaredError, Largest = Largest, Slower = Slower)
  expect_saved(model, known)
  within_directory({
    save_model_hdf5(model, "model.h5")
    loaded <- load_model_hdf5("model.h5", known)
    evaluated <- function(model) unlist(evaluate(model, data$x, data$y, verbose = 0))[c("loss", "mse")]
    expect_equal(evaluated(loaded), evaluated(model))
    expect_identical(loaded$layers[[2]]$get_config()[c("name", "by")], list(name = "scaled", by = 3))
    loaded <- load_model_hdf5("model.h5", unname(known)) # they have names of their own
    expect_equal(evaluated(loaded), evaluated(model))
  })
  old <- Layer("Old", initialize = function(n) self$n <- n, call = function(x, mask = NULL) x * self$n)
  expect_equal(as.array(old(matrix(1, 1, 2), 4)), matrix(4, 1, 2))
  twice <- new_layer_class("Twice", call = function(x) x, twice = mark_active(function() 2 * self$n), n = 4)
  expect_identical(twice()$twice, 8)
  expect_error(new_layer_class("Nameless", call = function(x) x, 3), "must have names", class = "rkeras_argument_error")
  expect_error(new_loss_class(3), "`classname` must be a string, not 3", class = "rkeras_argument_error")
  expect_error(mark_active(3), "must be a function", class = "rkeras_argument_error")
})

test_that("a model has a training step of its own", {
  keras()
  tf <- reticulate::import("tensorflow")
  `%as%` <- reticulate::`%as%` # nolint: object_name_linter.
  with <- base::with
  Own <- new_model_class("Own", # nolint: object_name_linter.
    initialize = function(units = 2, ...) {
      super()$`__init__`(...)
      self$hidden <- layer_dense(units = 8, activation = "tanh")
      self$last <- layer_dense(units = units)
    },
    call = function(inputs, training = FALSE) self$last(self$hidden(inputs)),
    train_step = function(data) {
      with(tf$GradientTape() %as% tape, {
        predicted <- self(data[[1]], training = TRUE)
        loss <- self$compute_loss(y = data[[2]], y_pred = predicted)
      })
      gradients <- tape$gradient(loss, self$trainable_variables)
      self$optimizer$apply_gradients(Map(reticulate::tuple, gradients, self$trainable_variables))
      for (metric in self$metrics) {
        if (metric$name == "loss") metric$update_state(loss) else metric$update_state(data[[2]], predicted)
      }
      results <- lapply(self$metrics, function(metric) metric$result())
      names(results) <- vapply(self$metrics, function(metric) metric$name, "")
      results
    }
  )
  data <- flowers()
  same <- function(model) {
    keras()$utils$set_random_seed(3L)
    trained(model, metrics = "mae")
  }
  own <- same(Own(units = 2))
  expect_equal(own, same(keras_model_sequential() %>% layer_dense(8, "tanh") %>% layer_dense(2)), tolerance = 1e-5)
  model <- Own()
  trained(model)
  within_directory({
    save_model_tf(model, "model.keras")
    loaded <- load_model_tf("model.keras", list(Own = Own))
    expect_equal(predict(loaded, data$x), predict(model, data$x))
    save_model_weights_tf(model, "weights")
  })
})

test_that("an error in a method is the user's condition, with class and method named once", {
  keras()
  failing <- errorCondition("deep", class = "deep", data = 7)
  layer_inner <- new_layer_class("Inner", call = function(x) stop(failing))
  Outer <- new_model_class("Outer", # nolint: object_name_linter.
    initialize = function() {
      super()$initialize()
      self$inner <- layer_inner()
    },
    call = function(x) self$inner(x)
  )
  said <- "^in `Inner[$]call`: deep$"
  data <- flowers()
  expect_error(layer_inner(layer_input(shape = 3)), said, class = "deep")
  expect_error(layer_inner()(layer_input(shape = 3)), said, class = "deep")
  model <- Outer()
  compile(model, "sgd", "mse")
  caught <- tryCatch(fit(model, data$x, data$y, verbose = 0), deep = identity)
  expect_match(conditionMessage(caught), said)
  expect_identical(caught$data, 7)
  expect_identical(caught$parent, failing)
  expect_error(predict(model, data$x), said, class = "deep")
  begins <- new_layer_class("Begins", initialize = function() stop(failing), call = function(x) x)
  expect_error(begins(), "^in `Begins[$]initialize`: deep$", class = "deep")
  broken <- R6::R6Class("Broken", inherit = KerasLayer, public = list(build = function(input_shape) stop(failing)))
  expect_error(create_layer(broken, layer_input(shape = 3)), "^in `Broken[$]build`: deep$", class = "deep")
  expect_error(layer_dense(units = "a"), "units", class = "rkeras_argument_error") # is none of these
})

test_that("an interrupt in a method is one", {
  keras()
  interrupted <- function(code) {
    tryCatch({
      code
      "not interrupted"
    }, interrupt = function(condition) "interrupted")
  }
  layer_inner <- new_layer_class("Inner", call = function(x) rlang::interrupt())
  Outer <- new_model_class("Outer", # nolint: object_name_linter.
    initialize = function() {
      super()$initialize()
      self$inner <- layer_inner()
    },
    call = function(x) self$inner(x)
  )
  expect_identical(interrupted(layer_inner(layer_input(shape = 3))), "interrupted")
  expect_identical(interrupted(layer_inner()(layer_input(shape = 3))), "interrupted")
  model <- Outer()
  compile(model, "sgd", "mse")
  expect_identical(interrupted(fit(model, matrix(1, 2, 2), matrix(1, 2, 2), verbose = 0)), "interrupted")
  expect_length(train(NULL)$metrics$loss, 2)
  expect_identical(frames_of_python(), 1L)
})

test_that("what nobody needs any more is collected, in both languages", {
  keras()
  layer_own <- new_layer_class("Own",
    private = list(me = NULL, name_of = function() self$name),
    initialize = function(...) {
      super()$initialize(...)
      private$me <- self$name
    },
    call = function(x) x
  )
  collect <- function() {
    for (i in 1:3) {
      gc()
      reticulate::import("gc")$collect()
    }
  }
  finalized <- 0
  Kept <- R6::R6Class("Kept", inherit = KerasLayer, public = list( # nolint: object_name_linter.
    w = NULL,
    build = function(input_shape) self$w <- self$add_weight("w", list(3)),
    call = function(x, mask = NULL) x,
    initialize = function() reg.finalizer(self, function(object) finalized <<- finalized + 1)
  ))
  for (i in 1:500) {
    layer_own()
    create_layer(Kept)$build(list(NULL, 3L))
  }
  collect()
  forget_dropped()
  expect_lt(length(the$instances), 20)
  collect()
  expect_gt(finalized, 480)
})

test_that("a class is defined before Python has started, and made when it is used", {
  keras()
  code <- paste(
    "suppressMessages(library(rkeras))",
    "Early(keras$layers$Layer) %py_class% { call <- function(inputs) 2 * inputs }",
    "before <- c(isNamespaceLoaded('reticulate') && reticulate::py_available())",
    "cat(before, as.array(Early()(matrix(4, 1, 1))))",
    sep = "\n"
  )
  file <- file_with(code)
  env <- paste0("R_LIBS=", paste(.libPaths(), collapse = ":"))
  said <- system2(file.path(R.home("bin"), "Rscript"), file, stdout = TRUE, stderr = FALSE, env = env)
  expect_identical(utils::tail(said, 1), "FALSE 8")
})

test_that("an active binding calls its function", {
  given <- NULL
  computed %<-active% function(value) {
    if (missing(value)) "asked for" else given <<- value
  }
  expect_identical(computed, "asked for")
  computed <- 3 # nolint: object_usage_linter.
  expect_identical(given, 3)
  expect_error(name %<-active% 3, "must be a function", class = "rkeras_argument_error")
})

test_that("keras is Keras", {
  k <- keras()
  module <- rkeras::keras
  expect_identical(module$layers$Dense$`__name__`, "Dense")
  expect_identical(module[["backend"]]$backend(), k$backend$backend())
  expect_true("Sequential" %in% names(module))
  expect_identical(reticulate::r_to_py(module)$`__name__`, "keras")
  expect_output(print(module), "Keras")
  expect_true("ops" %in% utils::.DollarNames(module, "^op"))
})

test_that("a function that makes layers changes arguments, and stands for its class", {
  k <- keras()
  layer_units <- create_layer_wrapper(custom_layer(), modifiers = list(output_dim = function(x) 2 * x))
  expect_named(formals(layer_units), c("object", "output_dim", "..."))
  expect_identical(dim(layer_units(layer_input(shape = 3), 2)), c(NA, 4L))
  layer_mine <- create_layer_wrapper(k$layers$Dense)
  expect_identical(dim(layer_mine(layer_input(shape = 3), units = 5)), c(NA, 5L))
  expect_output(print(layer_mine), "makes layers of Dense")
  expect_true(reticulate::import_builtins()$issubclass(layer_units, k$layers$Layer))
})
