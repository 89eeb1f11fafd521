#' (R6) The base class of one's own layers
#'
#' A derived class defines `build(input_shape)`, which makes the weights and keeps each in a field of `self`;
#' `call(inputs, mask)`, which computes; and, if need be, `compute_output_shape(input_shape)`. Where `call` has an
#' argument `training`, it is told whether the model is trained. [create_layer()] makes layers of the class, and so does
#' a function of one's own around it.
#'
#' A shape is a list with an element for each dimension, the first of them that of the batch; `NULL` is one that is not
#' known. Where a layer has several inputs, `inputs` and `input_shape` are lists of these. Layers and variables that are
#' fields of the object are part of the layer.
#'
#' A file has the arguments that the layer was made with, or what a method `get_config()` returns. To load a model with
#' such a layer, name the class: `custom_objects = list(CustomLayer = CustomLayer)`.
#'
#' @field input The input of the layer, a tensor.
#' @field output The output of the layer, a tensor.
#'
#' @return An R6 class generator, for [create_layer()].
#' @section Source: R keras 2.2.5.0, `KerasLayer`; Keras, `keras.layers.Layer`.
#' @family classes of one's own
#' @examples
#' CustomLayer <- R6::R6Class("CustomLayer",
#'   inherit = KerasLayer,
#'   public = list(
#'     output_dim = NULL,
#'     kernel = NULL,
#'     initialize = function(output_dim) {
#'       self$output_dim <- output_dim
#'     },
#'     build = function(input_shape) {
#'       self$kernel <- self$add_weight(
#'         name = "kernel",
#'         shape = list(input_shape[[2]], self$output_dim),
#'         initializer = initializer_random_normal(),
#'         trainable = TRUE
#'       )
#'     },
#'     call = function(x, mask = NULL) {
#'       k_dot(x, self$kernel)
#'     },
#'     compute_output_shape = function(input_shape) {
#'       list(input_shape[[1]], self$output_dim)
#'     }
#'   )
#' )
#' layer_custom <- function(object, output_dim, name = NULL, trainable = TRUE) {
#'   create_layer(CustomLayer, object, list(output_dim = as.integer(output_dim), name = name, trainable = trainable))
#' }
#' if (is_keras_available("3.12")) {
#'   model <- keras_model_sequential() %>%
#'     layer_dense(units = 8, input_shape = c(4)) %>%
#'     layer_custom(output_dim = 2) %>%
#'     compile(optimizer = "sgd", loss = "mse")
#'   fit(model, as.matrix(iris[, 1:4]), as.matrix(iris[, 1:2]), epochs = 1, verbose = 0)
#'   model
#' }
#' @importFrom R6 R6Class
#' @export
KerasLayer <- R6::R6Class( # nolint: object_name_linter.
  "KerasLayer",
  public = list(
    #' @description Makes the weights, when the shape of the inputs is known.
    #' @param input_shape The shape.
    build = function(input_shape) invisible(),

    #' @description What the layer computes.
    #' @param inputs A tensor, or a list of several.
    #' @param mask Which steps count, a tensor, or `NULL`.
    #' @return A tensor.
    call = function(inputs, mask = NULL) {
      stop(class(self)[[1]], " is a layer without a method call(inputs, mask).", call. = FALSE)
    },

    #' @description The shape of what it computes. Keras finds out by itself where a class does not say.
    #' @param input_shape The shape of the inputs.
    #' @return A list.
    compute_output_shape = nothing(function(input_shape) input_shape),

    #' @description Makes a weight, in `build()`.
    #' @param name Its name.
    #' @param shape Its shape.
    #' @param dtype Its type.
    #' @param initializer What it begins with, by its name or as an object.
    #' @param regularizer A penalty for it.
    #' @param trainable Whether it is trained.
    #' @param constraint What holds it.
    #' @return A variable.
    add_weight = function(name, shape, dtype = NULL, initializer = NULL, regularizer = NULL, trainable = TRUE,
                          constraint = NULL) {
      add_weight_to(self$python_layer(), as.list(environment()))
    },

    #' @description Adds to what is minimized, in `call()`.
    #' @param losses A number that was computed, or several in a list.
    #' @param inputs Not used.
    add_loss = function(losses, inputs = NULL) {
      self$python_layer()$add_loss(losses)
      invisible()
    },

    #' @description The layer of Keras that calls the object.
    #' @return The layer; an error where no layer was made of the object.
    python_layer = function() layer_of(self, private$wrapper)
  ),
  active = list(
    input = function() self$python_layer()$input,
    output = function() self$python_layer()$output
  ),
  private = list(
    wrapper = NULL,
    of_layer = function(number) {
      private$wrapper <- structure(list(number = number), class = "rkeras_handle")
    }
  )
)

#' (R6) The base class of one's own layers that have another one inside
#'
#' A derived class defines `call(inputs, mask)`, which calls the layer inside, `private$py_wrapper$layer`; and
#' `build(input_shape)`, if it makes weights of its own: `super$build(input_shape)` builds what is inside.
#' [create_wrapper()] makes layers of the class. All else is as for [KerasLayer].
#'
#' @return An R6 class generator, for [create_wrapper()].
#' @section Source: R keras 2.2.5.0, `KerasWrapper`; Keras, `keras.layers.Wrapper`.
#' @family classes of one's own
#' @examples
#' Doubled <- R6::R6Class("Doubled",
#'   inherit = KerasWrapper,
#'   public = list(
#'     call = function(inputs, mask = NULL) 2 * private$py_wrapper$layer(inputs)
#'   )
#' )
#' if (is_keras_available("3.12")) {
#'   input <- layer_input(shape = c(4))
#'   create_wrapper(Doubled, input, list(layer = layer_dense(units = 2)))
#' }
#' @export
KerasWrapper <- R6::R6Class( # nolint: object_name_linter.
  "KerasWrapper",
  inherit = KerasLayer,
  public = list(
    #' @description Builds the layer inside.
    #' @param input_shape The shape of the inputs.
    build = function(input_shape) {
      inside <- self$python_layer()$layer
      if (!inside$built) inside$build(unclass(input_shape))
      invisible()
    },

    #' @description What the layer computes.
    #' @param inputs A tensor, or a list of several.
    #' @param mask Which steps count, a tensor, or `NULL`.
    #' @return A tensor.
    call = function(inputs, mask = NULL) {
      stop(class(self)[[1]], " is a wrapper without a method call(inputs, mask).", call. = FALSE)
    }
  ),
  private = list(
    py_wrapper = NULL,
    of_layer = function(number) {
      super$of_layer(number)
      private$py_wrapper <- private$wrapper
    }
  )
)

# An object knows its layer by a number: if either held the other, neither could be collected.
layer_of <- function(object, handle) {
  layer <- if (!is.null(handle)) instance_of(handle$number)
  if (is.null(layer)) {
    stop_for_class(
      "%s: no layer was made of this object. create_layer() and create_wrapper() take the class, and make one.",
      class(object)[[1]]
    )
  }
  layer
}

#' @export
`$.rkeras_handle` <- function(x, name) {
  if (name == "number") unclass(x)$number else instance_of(unclass(x)$number)[[name]]
}

#' @export
`[[.rkeras_handle` <- function(x, name) {
  `$.rkeras_handle`(x, name)
}

add_weight_to <- function(layer, options) {
  options <- Filter(Negate(is.null), options)
  call_object(the$bridge$add_weight, list(layer), Map(to_python, options, names(options)))
}
