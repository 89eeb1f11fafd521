#' (R6) The base class of one's own constraints
#'
#' A derived class defines `call(w)`, which gets the weights and returns what they are to be, a tensor of the same
#' shape. It is compiled with the training and called after every step of the optimizer, so it is made of functions of
#' tensors. A plain function can stand for such an object: `kernel_constraint = function(w) ...`.
#'
#' A file has no functions of R: a model with such a constraint is saved with the name of its class and what
#' `get_config()` returns. In the session that saved it, it is loaded as it was; to load it in another one, give the
#' object by this name: `custom_objects = list(NonNegative = NonNegative$new())`.
#'
#' @return An R6 class generator. `$new()` of a derived class makes a constraint, for the `..._constraint` arguments of
#'   layers.
#' @section Source: R keras 2.2.5.0, `KerasConstraint`; Keras, `keras.constraints.Constraint`.
#' @family constraints
#' @examples
#' NonNegative <- R6::R6Class("NonNegative",
#'   inherit = KerasConstraint,
#'   public = list(
#'     call = function(w) reticulate::import("keras")$ops$maximum(w, 0)
#'   )
#' )
#' if (is_keras_available("3.12")) {
#'   model <- keras_model_sequential() %>%
#'     layer_dense(units = 2, input_shape = c(3), kernel_constraint = NonNegative$new()) %>%
#'     compile(optimizer = "sgd", loss = "mse")
#'   fit(model, matrix(rnorm(30), 10), matrix(rnorm(20), 10), epochs = 1, verbose = 0)
#'   get_weights(model)[[1]]
#' }
#' @importFrom R6 R6Class
#' @export
KerasConstraint <- R6::R6Class( # nolint: object_name_linter.
  "KerasConstraint",
  public = list(
    #' @description What the weights are to be.
    #' @param w The weights, a tensor.
    #' @return A tensor of the same shape.
    call = function(w) {
      stop(class(self)[[1]], " is a constraint without a method call(w).", call. = FALSE)
    },

    #' @description What a file is to have of it, beside the name of its class.
    #' @return A named list.
    get_config = function() list()
  )
)

# The Keras constraint that calls the method of an R6 object.
constraint_of <- function(object) {
  config <- as.list(object$get_config())
  bridge()$keras_constraint(
    class(object)[[1]],
    function_of(object$call, "call"),
    if (length(config)) config else reticulate::dict()
  )
}

#' @exportS3Method reticulate::r_to_py KerasConstraint
r_to_py.KerasConstraint <- function(x, convert = FALSE) { # nolint: object_name_linter.
  constraint_of(x)
}
