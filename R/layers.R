# A layer or a model, called on a sequential model as a function, is added to it: `keras_model_sequential() %>% base()`.
#' @exportS3Method reticulate::py_to_r_wrapper keras.src.layers.layer.Layer
py_to_r_wrapper.keras.src.layers.layer.Layer <- function(x) {
  called <- function(...) {
    given <- list(...)
    if (length(given) == 1 && inherits(given[[1]], "keras.src.models.sequential.Sequential")) {
      if (is.null(the$call)) bridge()
      the$bridge$add_layer(given[[1]], x)
      return(invisible(given[[1]]))
    }
    with_own_conditions(reticulate::py_to_r(do.call(reticulate::py_call, c(list(x), given))))
  }
  # Two of the same layer are identical: nothing of this call is kept.
  environment(called) <- list2env(list(x = x), parent = topenv())
  called
}
