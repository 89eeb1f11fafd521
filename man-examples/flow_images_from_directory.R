directory <- tempfile()
for (sort in c("cats", "dogs")) {
  dir.create(file.path(directory, sort), recursive = TRUE)
  image_array_save(array(runif(300), c(10, 10, 3)), file.path(directory, sort, "1.png"))
}
flow <- flow_images_from_directory(
  directory, image_data_generator(rescale = 1 / 255), target_size = c(10, 10), class_mode = "binary"
)
flow$class_indices
