history <- structure(class = "keras_training_history", list(
  params = list(epochs = 3, samples = 100, batch_size = 32, metrics = c("loss", "val_loss")),
  metrics = list(loss = c(0.9, 0.5, 0.3), val_loss = c(1, 0.7, 0.6))
))
history
as.data.frame(history)
plot(history)
