#' Serves a page that shows trainings live
#'
#' @description
#' A page with the live curves of what [callback_remote_monitor()] posts, served by a process of its own. Trainings are
#' told apart, and the log can be taken as CSV. The page forgets everything when the server stops.
#'
#' In RStudio, `getOption("viewer")(server$url)` shows the page in the Viewer pane.
#'
#' @param port The port, 9000 as in the default of [callback_remote_monitor()]; 0 for any that is free.
#' @param host The address to listen at. Another machine can look on only if this is not the loopback address; whoever
#'   reaches it can then post and read.
#' @param open Whether to open the page in a browser.
#' @return The server: `server$url` is its address, `server$stop()` ends it, as the end of the R session does.
#' @section Errors:
#' * An argument is not what it must be.
#' * The port is taken, or the Python package aiohttp is not installed.
#' @examples
#' \dontrun{
#' server <- monitor_server()
#' model %>% fit(x, y, epochs = 20, callbacks = callback_remote_monitor())
#' server$stop()
#' }
#' @export
monitor_server <- function(port = 9000, host = "127.0.0.1", open = FALSE) {
  server <- call_python("monitor_server", list(port = port, host = host, open = FALSE))
  if (open) utils::browseURL(server$url)
  server
}
