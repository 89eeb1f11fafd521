#' Makes a class of layers, models, metrics, losses, callbacks or learning rate schedules
#'
#' The same as [`%py_class%`] for what is mostly derived from. Methods and fields are arguments, by name; what is `NULL`
#' is not defined. In methods there are `self`, `super` and `private`, and the bodies are written as there. A function
#' that is marked by [mark_active()] is a field that is computed.
#'
#' A model may say itself what a training step is: `train_step(data)` is given a list of `x` and `y`, and perhaps the
#' weights of the samples, and returns the logs, a named list. On JAX, where Keras has steps without side effects, it is
#' `train_step(state, data)`. A metric has `reset_state()`, or `reset_states()` as it was called before, if setting all
#' its weights to 0 is not enough. What a callback's hooks return joins the logs as in [KerasCallback].
#'
#' @param classname The name of the class.
#' @param ... More methods and fields, by name.
#' @param initialize,build,call,get_config,train_step,predict_step,test_step,compute_loss,compute_metrics Methods.
#' @param update_state,result Methods.
#' @param on_epoch_begin,on_epoch_end,on_train_begin,on_train_end,on_batch_begin,on_batch_end Hooks.
#' @param on_predict_batch_begin,on_predict_batch_end,on_predict_begin,on_predict_end Hooks.
#' @param on_test_batch_begin,on_test_batch_end,on_test_begin,on_test_end Hooks.
#' @param on_train_batch_begin,on_train_batch_end Hooks.
#' @return The class. `new_layer_class()` and `Layer()`: a function that makes layers, as [create_layer_wrapper()] has
#'   them.
#' @section Errors:
#' * An error in a method has the class and the method before its message, and is the condition that it was.
#' @section Source: R keras 2.15.0, `new_layer_class`, `new_model_class` and so on; `Layer` as of 2.3.
#' @family classes of one's own
#' @example man-examples/new_classes.R
#' @name new_classes
NULL

#' @rdname new_classes
#' @export
new_layer_class <- function(classname, ..., initialize = NULL, build = NULL, call = NULL, get_config = NULL) {
  create_layer_wrapper(class_of_arguments(sys.call(), "layers.Layer"))
}

#' @rdname new_classes
#' @export
new_model_class <- function(classname, ..., initialize = NULL, call = NULL, train_step = NULL, predict_step = NULL,
                            test_step = NULL, compute_loss = NULL, compute_metrics = NULL) {
  class_of_arguments(sys.call(), "Model")
}

#' @rdname new_classes
#' @export
new_metric_class <- function(classname, ..., initialize, update_state, result) {
  class_of_arguments(sys.call(), "metrics.Metric")
}

#' @rdname new_classes
#' @export
new_loss_class <- function(classname, ..., call = NULL) {
  class_of_arguments(sys.call(), "losses.Loss")
}

#' @rdname new_classes
#' @export
new_callback_class <- function(classname, ..., on_epoch_begin = NULL, on_epoch_end = NULL, on_train_begin = NULL,
                               on_train_end = NULL, on_batch_begin = NULL, on_batch_end = NULL,
                               on_predict_batch_begin = NULL, on_predict_batch_end = NULL, on_predict_begin = NULL,
                               on_predict_end = NULL, on_test_batch_begin = NULL, on_test_batch_end = NULL,
                               on_test_begin = NULL, on_test_end = NULL, on_train_batch_begin = NULL,
                               on_train_batch_end = NULL) {
  class_of_arguments(sys.call(), "KerasCallback")
}

#' @rdname new_classes
#' @export
new_learning_rate_schedule_class <- function(classname, ..., initialize = NULL, call, get_config = NULL) {
  class_of_arguments(sys.call(), "optimizers.schedules.LearningRateSchedule", c(call = "__call__"))
}

#' @rdname new_classes
#' @param compute_output_shape A method.
#' @param inherit What the class is derived from.
#' @export
Layer <- function(classname, initialize, build = NULL, call = NULL, # nolint: object_name_linter.
                  compute_output_shape = NULL, ..., inherit = keras$layers$Layer) {
  base <- if (missing(inherit)) "layers.Layer" else inherit
  create_layer_wrapper(class_of_arguments(sys.call(), base, without = "inherit"))
}

# A class of what a function was given.
class_of_arguments <- function(call, base, renamed = NULL, without = NULL, frame = parent.frame()) {
  own <- setdiff(names(formals(sys.function(sys.parent()))), c("classname", "...", without))
  members <- mget(own[!are_missing(own, frame)], frame)
  more <- eval(quote(list(...)), frame)
  if (length(more) && (is.null(names(more)) || !all(nzchar(names(more))))) {
    stop_for_class("%s(): all that is behind `classname` must have names.", as.character(call[[1]])[[1]], call = call)
  }
  members <- Filter(Negate(is.null), c(members, more))
  old <- names(members) %in% names(renamed)
  names(members)[old] <- renamed[names(members)[old]]
  classname <- get("classname", frame)
  if (!is.character(classname) || length(classname) != 1 || is.na(classname)) {
    stop_for_class("%s(): `classname` must be a string, not %s.", as.character(call[[1]])[[1]], in_words(classname),
                   call = call)
  }
  private <- as.list(members$private)
  members$private <- NULL
  active <- vapply(members, is_marked_active, NA)
  methods <- vapply(members, is.function, NA) & !active & !vapply(members, is_class_of_r, NA)
  class_of_r(classname, function() if (is.character(base)) class_named(base) else base,
             members[methods], members[active], private, members[!methods & !active])
}

# A class of Keras, or of ours.
class_named <- function(path) {
  own <- bridge()$own_function(path)
  if (is.null(own)) Reduce(`[[`, strsplit(path, ".", fixed = TRUE)[[1]], import_keras()) else own
}
