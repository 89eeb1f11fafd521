# Packages with the same names, for other versions of Keras.
rivals <- c("keras", "keras3", "tensorflow")

attached_rivals <- function() {
  rivals[paste0("package:", rivals) %in% search()]
}

# Says whose functions are called where rkeras stands beside a rival. R itself only lists the names.
say_what_masks <- function(rkeras_last) {
  there <- attached_rivals()
  if (length(there) == 0 || !(rkeras_last || "package:rkeras" %in% search())) {
    return(invisible())
  }
  others <- paste(there, collapse = ", ")
  if (rkeras_last) {
    text <- sprintf("rkeras masks the functions of the same name in %s. Say %s::fit() and so on for theirs.",
                    others, there[[1]])
  } else {
    text <- sprintf("%s now masks functions of rkeras. Attach rkeras last, or say rkeras::fit() and so on.", others)
  }
  packageStartupMessage(text)
}
