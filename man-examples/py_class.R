Scaled(keras$layers$Layer) %py_class% {
  "Multiplies by a weight, and counts how often it was called."
  private$calls <- 0
  calls %<-active% function(value) private$calls

  initialize <- function(begin = 1, ...) {
    super()$initialize(...)
    self$begin <- begin
  }
  build <- function(input_shape) {
    self$scale <- self$add_weight("scale", list(input_shape[[2]]), initializer = initializer_constant(self$begin))
  }
  call <- function(inputs) {
    private$calls <- private$calls + 1
    inputs * self$scale
  }
}
Doubled(Scaled) %py_class% {
  call <- function(inputs) 2 * super()$call(inputs)
}
if (is_keras_available("3.12")) {
  doubled <- Doubled(begin = 3)
  print(doubled(matrix(1:4, 2)))
  doubled$calls
}
