"""Every private Keras name that rkeras uses, one small function each: the next Keras release breaks this room alone."""

from .data import *  # noqa: F403
from .files import *  # noqa: F403
from .layers import *  # noqa: F403
from .models import *  # noqa: F403
from .optimizers import *  # noqa: F403
from .session import *  # noqa: F403
from .tensors import *  # noqa: F403
from .training import *  # noqa: F403
