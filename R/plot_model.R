#' Draws the graph of a model
#'
#' @description
#' A box for each layer, below the boxes that it takes its input from. R draws it, on any of its devices; neither pydot
#' nor graphviz is needed, and neither is used.
#'
#' @param x The model.
#' @param show_shapes Whether the boxes say the shapes of input and output.
#' @param show_dtype Whether they say the type of the output.
#' @param show_layer_names Whether they say the names of the layers.
#' @param ... Nothing: more is an error.
#' @param rankdir Where the graph goes: `"TB"` from top to bottom, `"BT"`, `"LR"` from left to right, or `"RL"`.
#' @param expand_nested Whether the layers of models within the model are shown, under the names of these.
#' @param dpi Dots per inch, of a file of pixels.
#' @param layer_range The names of the first and the last layer to show, two strings or regular expressions; all if
#'   `NULL`.
#' @param show_layer_activations Whether the boxes say the activations.
#' @param to_file A file to draw to, whose ending says its kind: `.png`, `.pdf`, `.svg`, `.jpeg`, `.tiff` or `.bmp`;
#'   `NULL` to draw on the device of R.
#' @return Nothing.
#' @section Errors:
#' * An argument is not what it must be: `rkeras_argument_error`.
#' @section Source: R keras 2.15.0, `plot.keras.engine.training.Model`; Keras, `keras.utils.plot_model`.
#' @example man-examples/plot.model.R
#' @exportS3Method graphics::plot keras.src.models.model.Model
#' @name plot.model
plot.keras.src.models.model.Model <- function(x,
                                              show_shapes = FALSE,
                                              show_dtype = FALSE,
                                              show_layer_names = TRUE,
                                              ...,
                                              rankdir = "TB",
                                              expand_nested = FALSE,
                                              dpi = 96,
                                              layer_range = NULL,
                                              show_layer_activations = FALSE,
                                              to_file = NULL) {
  call <- quote(plot())
  stop_if_dead(list(x), call)
  if (...length() > 0) {
    refuse_plot("more than the first four arguments", "given by their names, which are in the help", call)
  }
  flags <- list(show_shapes = show_shapes, show_dtype = show_dtype, show_layer_names = show_layer_names,
                expand_nested = expand_nested, show_layer_activations = show_layer_activations)
  for (name in names(flags)) {
    if (!rlang::is_bool(flags[[name]])) refuse_plot(sprintf("`%s`", name), "TRUE or FALSE", call)
  }
  if (!rlang::is_string(rankdir) || !rankdir %in% names(directions)) {
    refuse_plot("`rankdir`", "\"TB\", \"BT\", \"LR\" or \"RL\"", call)
  }
  if (!is.null(to_file) && !(rlang::is_string(to_file) && ending_of(to_file) %in% names(devices))) {
    refuse_plot("`to_file`", paste("a path that ends in", paste0(".", names(devices), collapse = ", ")), call)
  }
  range <- if (!is.null(layer_range)) as.list(layer_range)
  graph <- do.call(bridge(call)$model_graph, c(list(x, layer_range = range), flags))
  if (is.character(graph)) {
    refuse_plot("`layer_range`", graph, call)
  }
  if (length(graph$text) == 0) {
    stop(errorCondition("plot(): `x` has no layers yet.", class = "rkeras_argument_error", call = call))
  }
  graph <- as_graph(graph, rankdir)
  if (!is.null(to_file)) {
    size <- size_of_graph(graph)
    open_file(path.expand(to_file), size, dpi)
    on.exit(grDevices::dev.off())
  }
  draw_graph(graph)
  invisible()
}

# Where across and along a rank are on paper.
directions <- list(
  TB = function(across, along) list(x = across, y = -along),
  BT = function(across, along) list(x = across, y = along),
  LR = function(across, along) list(x = along, y = -across),
  RL = function(across, along) list(x = -along, y = -across)
)

devices <- list(png = "png", jpeg = "jpeg", jpg = "jpeg", tiff = "tiff", bmp = "bmp", pdf = "pdf", svg = "svg")

ending_of <- function(path) tolower(tools::file_ext(path))

refuse_plot <- function(argument, wants, call) {
  stop(errorCondition(sprintf("plot(): %s must be %s.", argument, wants), class = "rkeras_argument_error",
                      call = call))
}

as_graph <- function(graph, rankdir) {
  list(text = lapply(graph$text, unlist), across = as.numeric(unlist(graph$across)),
       along = as.numeric(unlist(graph$along)),
       edges = lapply(graph$edges, function(edge) lapply(edge, function(places) as.numeric(unlist(places)))),
       sideways = rankdir %in% c("LR", "RL"), direction = directions[[rankdir]])
}

# In inches, at the size of text that R has by itself: of a box, between boxes, and of the whole.
measures_of <- function(graph) {
  lines <- max(lengths(graph$text))
  box <- c(max(graphics::strwidth(unlist(graph$text), "inches", font = 2), 0.5) + 0.3, lines * 0.2 + 0.2)
  step <- box + if (graph$sideways) c(0.4, 0.2) else c(0.3, 0.4)
  if (graph$sideways) {
    step <- rev(step)
    box <- rev(box)
  }
  passed <- unlist(lapply(graph$edges, `[[`, 1))
  spans <- c(diff(range(graph$across, passed)), diff(range(graph$along)))
  list(half = box / 2, step = step, whole = spans * step + box + 0.2)
}

# Width and height of a file that holds it.
size_of_graph <- function(graph) {
  grDevices::pdf(NULL)
  on.exit(grDevices::dev.off())
  graphics::plot.new()
  whole <- measures_of(graph)$whole
  if (graph$sideways) rev(whole) else whole
}

open_file <- function(path, size, dpi) {
  device <- devices[[ending_of(path)]]
  open <- utils::getFromNamespace(device, "grDevices")
  if (device %in% c("pdf", "svg")) {
    open(path, width = size[1], height = size[2])
  } else {
    open(path, width = size[1], height = size[2], units = "in", res = dpi)
  }
}

draw_graph <- function(graph) {
  before <- graphics::par(mar = c(0, 0, 0, 0))
  on.exit(graphics::par(before))
  graphics::plot.new()
  measures <- measures_of(graph)
  half <- measures$half
  across <- graph$across * measures$step[1]
  along <- graph$along * measures$step[2]
  edges <- lapply(graph$edges, function(edge) {
    # A rank that it passes it passes straight, at the side of the boxes.
    twice <- rep(seq_along(edge[[1]]), each = 2)
    along <- edge[[2]][twice] * measures$step[2] + c(-1, 1) * half[2]
    ends <- -c(1, length(twice))
    graph$direction((edge[[1]][twice] * measures$step[1])[ends], along[ends])
  })
  centres <- graph$direction(across, along)
  corner <- lapply(graph$direction(half[1], half[2]), abs)
  xs <- range(centres$x - corner$x, centres$x + corner$x, unlist(lapply(edges, `[[`, "x")))
  ys <- range(centres$y - corner$y, centres$y + corner$y)
  graphics::plot.window(xs + c(-0.1, 0.1), ys + c(-0.1, 0.1), asp = 1, xaxs = "i", yaxs = "i")
  # Everything becomes smaller together where the device is too small for it.
  scale <- min(1, graphics::par("pin") / c(diff(xs) + 0.2, diff(ys) + 0.2))
  for (edge in edges) {
    last <- length(edge$x)
    graphics::lines(edge$x, edge$y, col = "grey35")
    graphics::arrows(edge$x[last - 1], edge$y[last - 1], edge$x[last], edge$y[last], length = 0.08 * scale,
                     col = "grey35")
  }
  graphics::rect(centres$x - corner$x, centres$y - corner$y, centres$x + corner$x, centres$y + corner$y,
                 col = "grey96", border = "grey35")
  lines_in <- lengths(graph$text)
  number <- sequence(lines_in)
  boxes <- rep(seq_along(lines_in), lines_in)
  graphics::text(centres$x[boxes], centres$y[boxes] + ((lines_in[boxes] + 1) / 2 - number) * 0.2,
                 unlist(graph$text), font = ifelse(number == 1, 2, 1), cex = scale)
}
