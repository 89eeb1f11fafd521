"""What a function of the R API is: the decorator, what annotations mean, messages, errors.

`r_function.py` makes an R function of a typed signature, which `contract.py` reads; `annotations.py` has the table of
what may stand in one, with the conversions in `scalars.py`, `vectors.py`, `tensors.py` and `compound.py`;
`identifiers.py` is what Keras takes by name. Nothing here knows a family, or Keras's models.
"""

from .annotations import Axis as Axis
from .annotations import Count as Count
from .annotations import Data as Data
from .annotations import IntegerTuple as IntegerTuple
from .annotations import Name as Name
from .annotations import Path as Path
from .annotations import Size as Size
from .annotations import Tensor as Tensor
from .marks import MISSING as MISSING
from .marks import REQUIRED as REQUIRED
from .marks import Default as Default
from .marks import OtherName as OtherName
from .marks import RDefault as RDefault
from .marks import Retired as Retired
from .marks import RInteger as RInteger
from .r_function import Described as Described
from .r_function import contract_of as contract_of
from .r_function import r_function as r_function
from .r_function import refuse as refuse
