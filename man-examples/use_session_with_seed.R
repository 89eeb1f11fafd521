if (is_keras_available("3.12")) {
  use_session_with_seed(42, disable_gpu = FALSE, disable_parallel_cpu = FALSE)
}
