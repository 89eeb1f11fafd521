# What the scripts in a folder say of each function; the message, where one stops.
behaviours <- function(folder) {
  results <- list()
  behaviour <- function(name, value) {
    results[[name]] <<- tryCatch(value, error = function(cond) paste("stopped:", conditionMessage(cond)))
  }
  for (script in c("models.R", "callbacks.R", "data.R")) {
    environment <- new.env()
    environment$behaviour <- behaviour
    sys.source(file.path(folder, script), environment)
  }
  results
}
