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
#'   a callback has found, an interrupt, or an error. `best_epoch` is the best epoch (from 0) by the quantity that is
#'   called `monitor`: what the first callback watches that watches any, or else the loss of the validation, or of the
#'   training. `last_history()` is `NULL` before the first training.
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
  best <- if (!is.null(parts$best_epoch)) parts[c("monitor", "best_epoch")]
  structure(c(list(params = parts$params, metrics = metrics), stop, best), class = "keras_training_history",
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
  print(plain(x), ...)
  invisible(x)
}

#' @exportS3Method utils::str rkeras_metrics
str.rkeras_metrics <- function(object, ...) {
  utils::str(plain(object), ...)
}

plain <- function(metrics) structure(unclass(metrics), aliases = NULL)

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
#' @description
#' A panel for each quantity, with the values of training and of validation, and one for the learning rate where it
#' changed. Lines mark the best epoch (see [last_history()]) and the one in which the training was stopped.
#'
#' Where a document is knitted, and in Jupyter, a history that is printed is drawn too.
#'
#' @param x The history, as [fit()] returns it.
#' @param y Not used.
#' @param metrics Which quantities, e.g. `c("loss", "acc")`; all if `NULL`.
#' @param method `"ggplot2"`, `"base"`, or `"auto"` for ggplot2 where it is installed.
#' @param smooth Whether a smooth curve is drawn through the values, from 10 epochs on; with ggplot2 only.
#' @param theme_bw Whether the ggplot2 theme is `theme_bw()`.
#' @param ... Passed on to `plot()` where it is R's own.
#' @param language Of the labels: `"en"`, or `"zh"` for Chinese; by name.
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
                                        ...,
                                        language = Sys.getenv("RKERAS_LANGUAGE", "en")) {
  method <- match.arg(method)
  words <- words_of_plots(language)
  frame <- frame_of_panels(x, metrics)
  marks <- marks_of(x, words)
  if (method == "auto") {
    method <- if (requireNamespace("ggplot2", quietly = TRUE)) "ggplot2" else "base"
  }
  if (method == "ggplot2") {
    plot_with_ggplot2(frame, marks, words, smooth = smooth && epochs_of(x) >= 10, theme_bw = theme_bw)
  } else {
    plot_with_base(frame, marks, words, ...)
  }
}

#' @exportS3Method knitr::knit_print
knit_print.keras_training_history <- function(x, ...) {
  print(x)
  if (epochs_of(x) > 0) print(plot(x))
  invisible(x)
}

#' @exportS3Method repr::repr_html
repr_html.keras_training_history <- function(obj, ...) {
  text <- paste(utils::capture.output(print(obj)), collapse = "\n")
  file <- tempfile(fileext = ".png")
  on.exit(unlink(file))
  grDevices::png(file, width = 672, height = 480)
  print(plot(obj))
  grDevices::dev.off()
  sprintf("<pre>%s</pre><img alt=\"history\" src=\"%s\">", text, knitr::image_uri(file))
}

# What is drawn, as `as.data.frame()` has it, with the learning rate where it changed or is asked for.
frame_of_panels <- function(x, metrics) {
  frame <- as.data.frame(x)
  frame[c("metric", "data")] <- lapply(frame[c("metric", "data")], as.character)
  names <- unique(frame$metric)
  rate <- intersect(rate_names, names(x$metrics))
  rate <- setdiff(rate[lengths(unclass(x$metrics)[rate]) == epochs_of(x)], names)
  values <- if (length(rate) > 0) x$metrics[[rate]]
  changed <- if (length(unique(values)) > 1) rate
  metrics <- if (is.null(metrics)) c(names, changed) else chosen(metrics, c(names, rate), x$metrics)
  if (length(rate) > 0 && rate %in% metrics) {
    epochs <- attr(x, "epochs")
    rows <- data.frame(epoch = if (is.null(epochs)) seq_along(values) else epochs, value = values, metric = rate,
                       data = "training")
    frame <- rbind(frame, rows)
  }
  frame <- frame[frame$metric %in% metrics, ]
  frame$metric <- factor(frame$metric, metrics)
  frame$data <- factor(frame$data, c("training", "validation"))
  frame
}

words_of_plots <- function(language) {
  words <- list(
    en = c(training = "training", validation = "validation", best = "best epoch by %s: %d",
           stop = "stopped in epoch %d", rate = "learning rate", epoch = "epoch"),
    zh = c(training = "\u8bad\u7ec3", validation = "\u9a8c\u8bc1", best = "\u6700\u4f73\u8f6e\uff08%s\uff09\uff1a%d",
           stop = "\u505c\u6b62\u4e8e\u7b2c %d \u8f6e", rate = "\u5b66\u4e60\u7387", epoch = "\u8f6e\u6b21")
  )
  if (!rlang::is_string(language) || !language %in% names(words)) {
    stop(errorCondition(
      sprintf("plot(): `language` must be \"en\" or \"zh\", not %s.", paste(deparse(language), collapse = " ")),
      class = "rkeras_argument_error", call = quote(plot())
    ))
  }
  words[[language]]
}

# The epochs that lines mark, with what is said of them.
marks_of <- function(x, words) {
  best <- if (!is.null(x$best_epoch)) sprintf(words[["best"]], x$monitor, as.integer(x$best_epoch + 1))
  stop <- if (!is.null(x$stopped_epoch)) sprintf(words[["stop"]], as.integer(x$stopped_epoch + 1))
  labels <- c(best, stop)
  data.frame(
    epoch = as.numeric(c(if (!is.null(best)) x$best_epoch + 1, if (!is.null(stop)) x$stopped_epoch + 1)),
    label = factor(labels, labels),
    type = c(if (!is.null(best)) "dashed", if (!is.null(stop)) "dotted")
  )
}

utils::globalVariables(".data")

rate_names <- c("lr", "learning_rate")
colours_of_data <- c(training = "#1f78b4", validation = "#e6550d")

plot_with_ggplot2 <- function(frame, marks, words, smooth, theme_bw) {
  panels <- levels(frame$metric)
  names(panels) <- panels
  panels[panels %in% rate_names] <- words[["rate"]]
  rates <- frame$metric %in% rate_names
  data <- levels(droplevels(frame$data))
  scale <- list(values = colours_of_data[data], labels = unname(words[data]), name = NULL,
                guide = if (length(data) > 1) ggplot2::guide_legend(order = 1) else "none")
  layers <- list(
    if (theme_bw) ggplot2::theme_bw(),
    if (nrow(marks) > 0) {
      ggplot2::geom_vline(ggplot2::aes(xintercept = .data$epoch, linetype = .data$label), marks, colour = "grey35")
    },
    if (nrow(marks) > 0) {
      ggplot2::scale_linetype_manual(name = NULL, values = marks$type, guide = ggplot2::guide_legend(order = 2))
    },
    if (smooth) {
      ggplot2::geom_smooth(data = frame[!rates, ], se = FALSE, method = "loess", formula = y ~ x, na.rm = TRUE)
    },
    ggplot2::geom_line(data = if (smooth) frame[rates, ], na.rm = TRUE), # a schedule has steps, which stay steps
    ggplot2::geom_point(shape = 21, col = 1, na.rm = TRUE),
    do.call(ggplot2::scale_colour_manual, scale),
    do.call(ggplot2::scale_fill_manual, scale),
    ggplot2::facet_grid(metric ~ ., switch = "y", scales = "free_y", labeller = ggplot2::as_labeller(panels)),
    ggplot2::scale_x_continuous(name = words[["epoch"]], breaks = function(limits) unique(round(pretty(limits)))),
    ggplot2::theme(axis.title.y = ggplot2::element_blank(), strip.placement = "outside",
                   strip.background = ggplot2::element_blank(), legend.position = "top")
  )
  mapping <- ggplot2::aes(.data$epoch, .data$value, colour = .data$data, fill = .data$data)
  Reduce(`+`, Filter(Negate(is.null), layers), ggplot2::ggplot(frame, mapping))
}

plot_with_base <- function(frame, marks, words, ...) {
  metrics <- levels(frame$metric)
  before <- graphics::par(mfrow = c(length(metrics), 1), mar = c(3, 4, 1, 1))
  on.exit(graphics::par(before))
  for (metric in metrics) {
    rows <- frame[frame$metric == metric, ]
    label <- if (metric %in% rate_names) words[["rate"]] else metric
    graphics::plot(rows$epoch, rows$value, type = "n", xlab = words[["epoch"]], ylab = label, ...)
    graphics::abline(v = marks$epoch, lty = marks$type, col = "grey35")
    there <- levels(droplevels(rows$data))
    for (data in there) {
      one <- rows[rows$data == data, ]
      graphics::lines(one$epoch, one$value, type = "b", pch = 20, col = colours_of_data[[data]])
    }
    graphics::legend("topright", legend = c(words[there], as.character(marks$label)), bty = "n",
                     pch = c(rep(20, length(there)), rep(NA, nrow(marks))),
                     lty = c(rep("solid", length(there)), marks$type),
                     col = c(colours_of_data[there], rep("grey35", nrow(marks))))
  }
  invisible()
}

chosen <- function(metrics, known, logged) {
  metrics <- vapply(metrics, function(name) known_as(logged, name), "", USE.NAMES = FALSE)
  unknown <- setdiff(metrics, known)
  if (length(unknown) > 0) {
    stop(errorCondition(
      sprintf("plot(): `metrics` must be among %s, not \"%s\".", paste0("\"", known, "\"", collapse = ", "),
              unknown[[1]]),
      class = "rkeras_argument_error", call = quote(plot())
    ))
  }
  metrics
}

epochs_of <- function(history) {
  max(lengths(history$metrics), 0L)
}

# A number with four digits: no exponent, no zeros at the end, commas between thousands.
four_digits <- function(value) {
  trimws(prettyNum(value, big.mark = ",", digits = 4, scientific = FALSE))
}
