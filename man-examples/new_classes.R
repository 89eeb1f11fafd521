layer_scaled <- new_layer_class(
  "Scaled",
  initialize = function(by = 2) self$by <- by,
  call = function(inputs) inputs * self$by
)
AbsoluteError <- new_loss_class(
  "AbsoluteError",
  call = function(y_true, y_pred) k_mean(k_abs(y_true - y_pred), axis = 2)
)
if (is_keras_available("3.12")) {
  model <- keras_model_sequential() %>%
    layer_dense(units = 1, input_shape = c(4)) %>%
    layer_scaled(by = 3) %>%
    compile(optimizer = "sgd", loss = AbsoluteError())
  fit(model, as.matrix(iris[, 1:4]), as.integer(iris$Species), epochs = 1, verbose = 0)
}
