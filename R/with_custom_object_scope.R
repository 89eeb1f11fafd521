#' Has Keras know classes and functions by names, as long as code runs
#'
#' @param objects The classes and functions, in a named list.
#' @param expr The code.
#' @return What the code comes to.
#' @section Errors:
#' * An argument is not what it must be.
#' @section Source:
#' R keras 2.2.5.0, `with_custom_object_scope`; Keras, `keras.saving.custom_object_scope`.
#' @export
with_custom_object_scope <- function(objects, expr) {
  scope <- call_python("with_custom_object_scope", list(objects = objects))
  scope$`__enter__`()
  on.exit(scope$`__exit__`(NULL, NULL, NULL))
  expr
}
