"""A package of plain aliases over Keras: the names of rkeras, and nothing done about what Keras 3 changed."""

import keras

callback_early_stopping = keras.callbacks.EarlyStopping
callback_model_checkpoint = keras.callbacks.ModelCheckpoint
callback_reduce_lr_on_plateau = keras.callbacks.ReduceLROnPlateau
callback_learning_rate_scheduler = keras.callbacks.LearningRateScheduler
callback_terminate_on_naan = keras.callbacks.TerminateOnNaN
callback_csv_logger = keras.callbacks.CSVLogger
callback_progbar_logger = keras.callbacks.ProgbarLogger
callback_remote_monitor = keras.callbacks.RemoteMonitor
callback_tensorboard = keras.callbacks.TensorBoard
callback_lambda = keras.callbacks.LambdaCallback
KerasCallback = keras.callbacks.Callback
RKerasWarning = UserWarning


clone_model = keras.models.clone_model
imagenet_preprocess_input = keras.applications.imagenet_utils.preprocess_input


def compile(object, *arguments):
    object.compile(*arguments)


def train_on_batch(object, *data):
    return object.train_on_batch(*data)


def unfreeze_weights(object):
    object.trainable = True


def export_savedmodel(object, export_dir_base):
    object.export(export_dir_base, verbose=False)


def fit(object, *data, **arguments):
    return object.fit(*data, **arguments)
