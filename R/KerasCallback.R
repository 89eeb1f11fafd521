# The hooks of the base class carry a mark; what a derived class defines does not, and only that is called.
nothing <- function(f) {
  structure(f, rkeras_default = TRUE)
}

#' (R6) The base class of one's own callbacks
#'
#' A derived class defines the hooks it wants, each as a method. `epoch` and `batch` are integers that count from 0,
#' `logs` is a named list of numbers. Only the hooks that a class defines are called at all: a callback that watches
#' epochs costs nothing per batch.
#'
#' A named list of numbers that `on_epoch_end` returns visibly joins the logs, for the callbacks after it and the
#' history, where the logs have no such entry yet. Whatever else a hook returns is not looked at.
#'
#' `self$model$stop_training <- TRUE` ends the training. Where `on_batch_end` and `on_train_batch_end` are both defined,
#' both are called, in this order.
#'
#' A class whose hooks remember something may define `get_state()` and `set_state(state)`: what the one returns, any R
#' value, `callback_backup_and_restore()` keeps, and gives to the other when a training goes on that broke off.
#'
#' @field params A named list: `epochs`, `steps` (batches an epoch) and `verbose` of the training.
#' @field model The model that is trained.
#'
#' @return An R6 class generator. `$new()` of a derived class makes a callback.
#' @section Source: R keras 2.2.5.0, `KerasCallback`; Keras, `keras.callbacks.Callback`.
#' @examples
#' LossHistory <- R6::R6Class("LossHistory",
#'   inherit = KerasCallback,
#'   public = list(
#'     losses = NULL,
#'     on_batch_end = function(batch, logs = list()) {
#'       self$losses <- c(self$losses, logs[["loss"]])
#'     }
#'   )
#' )
#' if (is_keras_available("3.12")) {
#'   keras <- reticulate::import("keras")
#'   model <- keras$Sequential(list(keras$Input(shape = list(4L)), keras$layers$Dense(1L)))
#'   model$compile(optimizer = "adam", loss = "mse")
#'   history <- LossHistory$new()
#'   fit(model, as.matrix(iris[, 1:4]), as.integer(iris$Species), epochs = 1, verbose = 0, callbacks = history)
#'   history$losses
#' }
#' @importFrom R6 R6Class
#' @export
KerasCallback <- R6::R6Class( # nolint: object_name_linter.
  "KerasCallback",
  public = list(
    params = NULL,
    model = NULL,

    #' @description Says what is trained, and how.
    #' @param params A named list.
    #' @param model A model.
    set_context = function(params = NULL, model = NULL) {
      self$params <- params
      self$model <- model
    },

    #' @description What a training that broke off needs to go on with this callback, at the end of an epoch.
    #' @return Any R value; `NULL` for nothing.
    get_state = nothing(function() NULL),

    #' @description Takes back what `get_state()` returned, after `on_train_begin` of the training that goes on.
    #' @param state That.
    set_state = nothing(function(state) NULL),

    #' @description Called at the beginning of every epoch.
    #' @param epoch The epoch, from 0.
    #' @param logs A named list, empty here.
    on_epoch_begin = nothing(function(epoch, logs = NULL) NULL),

    #' @description Called at the end of every epoch.
    #' @param epoch The epoch, from 0.
    #' @param logs A named list: the loss and the metrics of the epoch, those of the validation behind `val_`.
    on_epoch_end = nothing(function(epoch, logs = NULL) NULL),

    #' @description Called before every training batch.
    #' @param batch The batch of the epoch, from 0.
    #' @param logs A named list, empty here.
    on_batch_begin = nothing(function(batch, logs = NULL) NULL),

    #' @description Called after every training batch.
    #' @param batch The batch of the epoch, from 0.
    #' @param logs A named list: the loss and the metrics, as means since the beginning of the epoch.
    on_batch_end = nothing(function(batch, logs = NULL) NULL),

    #' @description The same as `on_batch_begin`.
    #' @param batch The batch of the epoch, from 0.
    #' @param logs A named list, empty here.
    on_train_batch_begin = nothing(function(batch, logs = NULL) NULL),

    #' @description The same as `on_batch_end`.
    #' @param batch The batch of the epoch, from 0.
    #' @param logs A named list: the loss and the metrics, as means since the beginning of the epoch.
    on_train_batch_end = nothing(function(batch, logs = NULL) NULL),

    #' @description Called at the beginning of the training.
    #' @param logs A named list, empty here.
    on_train_begin = nothing(function(logs = NULL) NULL),

    #' @description Called at the end of the training.
    #' @param logs A named list: the logs of the last epoch.
    on_train_end = nothing(function(logs = NULL) NULL),

    #' @description Called before every batch of a prediction.
    #' @param batch The batch, from 0.
    #' @param logs A named list, empty here.
    on_predict_batch_begin = nothing(function(batch, logs = NULL) NULL),

    #' @description Called after every batch of a prediction.
    #' @param batch The batch, from 0.
    #' @param logs A named list with the `outputs`.
    on_predict_batch_end = nothing(function(batch, logs = NULL) NULL),

    #' @description Called at the beginning of a prediction.
    #' @param logs A named list, empty here.
    on_predict_begin = nothing(function(logs = NULL) NULL),

    #' @description Called at the end of a prediction.
    #' @param logs A named list, empty here.
    on_predict_end = nothing(function(logs = NULL) NULL),

    #' @description Called before every batch of an evaluation or a validation.
    #' @param batch The batch, from 0.
    #' @param logs A named list, empty here.
    on_test_batch_begin = nothing(function(batch, logs = NULL) NULL),

    #' @description Called after every batch of an evaluation or a validation.
    #' @param batch The batch, from 0.
    #' @param logs A named list: the loss and the metrics.
    on_test_batch_end = nothing(function(batch, logs = NULL) NULL),

    #' @description Called at the beginning of an evaluation or a validation.
    #' @param logs A named list, empty here.
    on_test_begin = nothing(function(logs = NULL) NULL),

    #' @description Called at the end of an evaluation or a validation.
    #' @param logs A named list: the loss and the metrics.
    on_test_end = nothing(function(logs = NULL) NULL)
  )
)

hook_names <- function() {
  grep("^on_", names(KerasCallback$public_methods), value = TRUE)
}

# The Keras callback that calls the methods of an R6 object.
callback_of <- function(object) {
  defined <- function(method) is.null(attr(object[[method]], "rkeras_default"))
  own <- Filter(defined, hook_names())
  hooks <- lapply(stats::setNames(nm = own), function(hook) function_of(object[[hook]], hook))
  bridge()$keras_callback(
    class(object)[[1]],
    if (length(hooks)) hooks else reticulate::dict(),
    function(params, model) {
      object$set_context(params, model)
      invisible()
    },
    if (defined("get_state")) function_of(as_text(object$get_state), "get_state"),
    if (defined("set_state")) function_of(from_text(object$set_state), "set_state")
  )
}

# A state travels as text, exact to the last bit, so that any R value comes back as it was.
as_text <- function(get_state) {
  function() {
    state <- get_state()
    if (!is.null(state)) rawToChar(serialize(state, NULL, ascii = NA))
  }
}

from_text <- function(set_state) {
  function(text) {
    set_state(unserialize(charToRaw(text)))
    invisible()
  }
}

#' @exportS3Method reticulate::r_to_py KerasCallback
r_to_py.KerasCallback <- function(x, convert = FALSE) { # nolint: object_name_linter.
  callback_of(x)
}
