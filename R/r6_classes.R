# R6 classes as classes of Python: those that are derived from one of Python's, and KerasLayer and KerasWrapper, whose
# objects stay objects of R6 that a layer calls.

# Each generator has one class. It is kept with the generator, whose address is its key.
class_of_generator <- function(generator) {
  key <- rlang::obj_address(generator)
  known <- the$generators[[key]]
  if (is.null(known)) {
    chain <- generators_of(generator)
    ours <- Find(function(one) identical(one, KerasLayer) || identical(one, KerasWrapper), chain)
    made <- if (is.null(ours)) class_of_r6(generator) else class_of_layer(generator, chain, ours$classname)
    known <- list(generator = generator, class = made)
    the$generators[[key]] <- known
  }
  known$class
}

# A generator and those that it is derived from.
generators_of <- function(generator) {
  chain <- list()
  repeat {
    chain <- c(chain, generator)
    generator <- eval(generator$inherit, generator$parent_env)
    if (!inherits(generator, "R6ClassGenerator")) {
      return(chain)
    }
  }
}

# Whether it is derived from something that a class can be made of.
is_of_classes <- function(generator) {
  last <- generators_of(generator)
  last <- last[[length(last)]]
  identical(last, KerasLayer) || !is.null(last$inherit)
}

class_of_r6 <- function(generator) {
  public <- generator$public_methods
  class_of_r(
    generator$classname,
    function() {
      base <- eval(generator$inherit, generator$parent_env)
      if (is.null(base)) {
        stop_for_class("the R6 class %s is derived from no class of Python or of this package: give `inherit`.",
                       generator$classname)
      }
      base
    },
    methods = lapply(public[names(public) != "clone"], of_generator, generator),
    active = lapply(as.list(generator$active), of_generator, generator),
    private = c(as.list(generator$private_fields), lapply(as.list(generator$private_methods), of_generator, generator)),
    attributes = as.list(generator$public_fields)
  )
}

of_generator <- function(f, generator) {
  environment(f) <- generator$parent_env
  f
}

# The layer keeps the R6 object, and the object knows the layer by its number.
class_of_layer <- function(generator, chain, kind) {
  methods <- layer_methods(generator, kind)
  defined <- function(name) {
    any(vapply(chain, function(one) {
      f <- one$public_methods[[name]]
      !is.null(f) && is.null(attr(f, "rkeras_default"))
    }, NA))
  }
  optional <- setdiff(c("compute_output_shape", "compute_mask"), Filter(defined, names(methods)))
  methods[optional] <- NULL
  method <- function(name) Find(Negate(is.null), lapply(chain, function(one) one$public_methods[[name]]))
  inside <- if (kind == "KerasWrapper") alist(layer = )
  begin <- method("initialize")
  begin <- if (!is.null(begin)) formals(begin)
  attr(methods$initialize, "signature") <- c(alist(self = ), inside, begin[!names(begin) %in% "layer"])
  if (!"training" %in% names(formals(method("call")))) {
    attr(methods$call, "signature") <- alist(self = , inputs = , mask = NULL)
  }
  class_of_r(generator$classname, function() bridge()$own_function(kind), methods)
}

layer_methods <- function(generator, kind) {
  of <- function(self) private_of(self)$object
  list(
    initialize = function(self, ...) {
      given <- list(...)
      private <- private_of(self)
      begin <- names(layer_formals(generator))
      common <- setdiff(c("layer"[kind == "KerasWrapper"], "name", "dtype", "trainable", "input_shape"), begin)
      private$arguments <- given[!names(given) %in% c(common, "layer")]
      begin_base <- get("super")$initialize # stands around every method
      do.call(begin_base, given[names(given) %in% c(common, "layer"[kind == "KerasWrapper"])])
      private$object <- do.call(generator$new, given[!names(given) %in% common], quote = TRUE)
      private$object$.__enclos_env__$private$of_layer(number_of(self))
      track(self, private$object)
    },
    build = function(self, input_shape) {
      of(self)$build(input_shape)
      track(self, of(self))
    },
    call = function(self, inputs, mask = NULL, training = NULL) {
      f <- of(self)$call
      given <- list(mask = mask, training = training)
      given <- given[names(given) %in% names(formals(f))]
      if (length(given) == 0 && length(formals(f)) > 1) given <- list(mask)
      do.call(f, c(list(inputs), given), quote = TRUE)
    },
    compute_output_shape = function(self, input_shape) of(self)$compute_output_shape(input_shape),
    compute_mask = function(self, inputs, mask = NULL) of(self)$compute_mask(inputs, mask),
    get_config = function(self) {
      own <- if (is.function(of(self)$get_config)) of(self)$get_config() else private_of(self)$arguments
      config <- get("super")$get_config()
      config[names(own)] <- own
      config
    }
  )
}

# Layers and variables that are fields of the R6 object belong to the layer.
track <- function(self, object) {
  around <- object$.__enclos_env__
  for (part in list(object, around$private)) {
    for (name in setdiff(names(part), c(".__enclos_env__", if (is.environment(part)) active_names(part)))) {
      value <- part[[name]]
      if (is_variable(value) || inherits(value, "keras.src.layers.layer.Layer")) {
        reticulate::py_set_attr(self, paste0("r6_", name), value)
      }
    }
  }
}

active_names <- function(environment) {
  Filter(function(name) bindingIsActive(name, environment), names(environment))
}

#' @exportS3Method reticulate::r_to_py R6ClassGenerator
r_to_py.R6ClassGenerator <- function(x, convert = FALSE) { # nolint: object_name_linter.
  class_in_python(x)
}
