# Classes of ImageNet as R keras has them: for each image a data frame.
as_classes <- function(decoded) {
  lapply(the$bridge$class_parts(decoded), as.data.frame, stringsAsFactors = FALSE)
}
