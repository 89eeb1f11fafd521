#' The history of a training
#'
#' @description
#' [fit()] returns an object of class `keras_training_history`; `last_history()` has that of the last training, also of
#' one that ended with an error or an interrupt. It prints as the values of the last epoch,
#' [plot()][plot.keras_training_history] draws it, and [as.data.frame()] makes a table of it. It needs no Python:
#' `saveRDS()` keeps it.
#'
#' @return A list: `params` has `epochs`, `steps`, `verbose`, and where it can be known `samples`,
#'   `validation_samples`, `batch_size`, `do_validation` and `metrics`, the names of what the model was compiled with;
#'   `metrics` has a vector for each quantity, with a value for each epoch that was complete. Where the training did not
#'   go on to its last epoch, `stopped_epoch` is the epoch (from 0) in which it ended, and `stop_reason` says why: what
#'   a callback has found, an interrupt, or an error. `last_history()` is `NULL` before the first training.
#' @section Source:
#' R keras 2.2.5.0, `keras_training_history`; Keras, `keras.callbacks.History`.
#' @example man-examples/last_history.R
#' @name keras_training_history
#' @export
last_history <- function() {
  as_history(call_python("last_history", list()))
}

as_history <- function(history) {
  if (is.null(history)) {
    return(NULL)
  }
  parts <- the$bridge$history_parts(history)
  metrics <- structure(lapply(parts$metrics, unlist), class = c("rkeras_metrics", "list"),
                       aliases = unlist(parts$aliases))
  stop <- if (!is.null(parts$stop_reason)) parts[c("stopped_epoch", "stop_reason")]
  structure(c(list(params = parts$params, metrics = metrics), stop), class = "keras_training_history",
            epochs = as.integer(unlist(parts$epochs)))
}

# `history$metrics$acc` where `accuracy` is logged, and `val_mean_absolute_error` where it is `val_mae`.
known_as <- function(metrics, name) {
  aliases <- attr(metrics, "aliases")
  if (is.character(name) && length(name) == 1 && name %in% names(aliases)) aliases[[name]] else name
}

#' @export
`$.rkeras_metrics` <- function(x, name) {
  unclass(x)[[known_as(x, name), exact = FALSE]]
}

#' @export
`[[.rkeras_metrics` <- function(x, i, ...) {
  unclass(x)[[known_as(x, i), ...]]
}

#' @export
print.rkeras_metrics <- function(x, ...) {
  metrics <- unclass(x)
  attr(metrics, "aliases") <- NULL
  print(metrics, ...)
  invisible(x)
}

#' @export
print.keras_training_history <- function(x, ...) {
  epochs <- epochs_of(x)
  numbers <- lapply(x$params[c("samples", "validation_samples", "batch_size")], function(number) {
    if (!is.null(number)) format(number, big.mark = ",")
  })
  if (!is.null(numbers$samples)) {
    validated <- if (!is.null(numbers$validation_samples)) {
      sprintf(", validated on %s samples", numbers$validation_samples)
    }
    cat("Trained on ", numbers$samples, " samples", validated, " (batch_size=", numbers$batch_size, ", epochs=", epochs,
        ")\n", sep = "")
  }
  if (epochs == 0) {
    cat("Trained for 0 epochs\n")
  } else {
    last <- lapply(x$metrics, function(values) values[[length(values)]])
    cat("Final epoch (plot to see history):\n")
    cat(paste0(formatC(names(last), width = max(nchar(names(last)))), ": ", vapply(last, four_digits, ""), "\n"),
        sep = "")
  }
  if (!is.null(x$stop_reason)) {
    cat("Stopped in epoch ", x$stopped_epoch + 1, ", as ", x$stop_reason, "\n", sep = "")
  }
  invisible(x)
}

#' @export
as.data.frame.keras_training_history <- function(x, ...) {
  epochs <- epochs_of(x)
  # What callbacks have logged, `lr` for one, is left out, as R keras does.
  names <- intersect(if (is.null(x$params$metrics)) names(x$metrics) else unlist(x$params$metrics), names(x$metrics))
  validation <- startsWith(names, "val_")
  metric <- sub("^val_", "", names)
  values <- lapply(x$metrics[names], function(values) if (length(values) == epochs) values else rep(NA_real_, epochs))
  data.frame(
    epoch = rep(if (is.null(attr(x, "epochs"))) seq_len(epochs) else attr(x, "epochs"), times = length(names)),
    value = as.numeric(unlist(values, use.names = FALSE)),
    metric = factor(rep(metric, each = epochs), unique(metric)),
    data = factor(rep(ifelse(validation, "validation", "training"), each = epochs), c("training", "validation"))
  )
}

#' Draws the history of a training
#'
#' A panel for each quantity, with the values of training and of validation.
#'
#' @param x The history, as [fit()] returns it.
#' @param y Not used.
#' @param metrics Which quantities, e.g. `c("loss", "acc")`; all if `NULL`.
#' @param method `"ggplot2"`, `"base"`, or `"auto"` for ggplot2 where it is installed.
#' @param smooth Whether a smooth curve is drawn through the values, from 10 epochs on; with ggplot2 only.
#' @param theme_bw Whether the ggplot2 theme is `theme_bw()`.
#' @param ... Passed on to `plot()` where it is R's own.
#' @return The ggplot2 plot, or nothing.
#' @section Source:
#' R keras 2.2.5.0, `plot.keras_training_history`.
#' @example man-examples/plot.keras_training_history.R
#' @export
plot.keras_training_history <- function(x,
                                        y,
                                        metrics = NULL,
                                        method = c("auto", "ggplot2", "base"),
                                        smooth = getOption("keras.plot.history.smooth", TRUE),
                                        theme_bw = getOption("keras.plot.history.theme_bw", FALSE),
                                        ...) {
  method <- match.arg(method)
  frame <- as.data.frame(x)
  frame <- frame[frame$metric %in% chosen(metrics, levels(frame$metric)), ]
  frame$metric <- droplevels(frame$metric)
  if (method == "auto") {
    method <- if (requireNamespace("ggplot2", quietly = TRUE)) "ggplot2" else "base"
  }
  if (method == "ggplot2") {
    plot_with_ggplot2(frame, smooth = smooth && epochs_of(x) >= 10, theme_bw = theme_bw)
  } else {
    plot_with_base(frame, ...)
  }
}

utils::globalVariables(".data")

plot_with_ggplot2 <- function(frame, smooth, theme_bw) {
  validated <- "validation" %in% frame$data
  mapping <- if (validated) {
    ggplot2::aes(.data$epoch, .data$value, colour = .data$data, fill = .data$data)
  } else {
    ggplot2::aes(.data$epoch, .data$value)
  }
  layers <- list(
    if (theme_bw) ggplot2::theme_bw(),
    if (smooth) ggplot2::geom_smooth(se = FALSE, method = "loess", formula = y ~ x, na.rm = TRUE)
    else ggplot2::geom_line(),
    ggplot2::geom_point(shape = 21, col = 1, na.rm = TRUE),
    ggplot2::facet_grid(metric ~ ., switch = "y", scales = "free_y"),
    ggplot2::scale_x_continuous(breaks = function(limits) unique(round(pretty(limits)))),
    ggplot2::theme(axis.title.y = ggplot2::element_blank(), strip.placement = "outside",
                   strip.background = ggplot2::element_blank())
  )
  Reduce(`+`, Filter(Negate(is.null), layers), ggplot2::ggplot(frame, mapping))
}

plot_with_base <- function(frame, ...) {
  metrics <- levels(frame$metric)
  before <- graphics::par(mfrow = c(length(metrics), 1), mar = c(3, 4, 1, 1))
  on.exit(graphics::par(before))
  for (metric in metrics) {
    rows <- frame[frame$metric == metric, ]
    graphics::plot(rows$epoch, rows$value, type = "n", xlab = "epoch", ylab = metric, ...)
    for (data in levels(rows$data)) {
      one <- rows[rows$data == data, ]
      graphics::lines(one$epoch, one$value, type = "b", pch = 20, col = match(data, levels(rows$data)))
    }
    graphics::legend("topright", legend = unique(rows$data), pch = 20, col = unique(as.integer(rows$data)))
  }
  invisible()
}

chosen <- function(metrics, known) {
  unknown <- setdiff(metrics, known)
  if (length(unknown) > 0) {
    stop(errorCondition(
      sprintf("plot(): `metrics` must be among %s, not \"%s\".", paste0("\"", known, "\"", collapse = ", "),
              unknown[[1]]),
      class = "rkeras_argument_error", call = quote(plot())
    ))
  }
  if (is.null(metrics)) known else metrics
}

epochs_of <- function(history) {
  max(lengths(history$metrics), 0L)
}

# A number with four digits: no exponent, no zeros at the end, commas between thousands.
four_digits <- function(value) {
  trimws(prettyNum(value, big.mark = ",", digits = 4, scientific = FALSE))
}
