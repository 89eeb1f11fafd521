"""What a typed signature promises: the arguments of an R function, their order, and how each is converted.

The order in R is that of Python, with two rules more. Arguments that many functions share (`**tail: Unpack[Tail]`)
stand where the others end; behind them stands what is behind `*`. In a function without such a tail, `*` is R's `...`,
and `*more` is in any function. A `_` at the end of a name is Python's alone.
"""

import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import typing_extensions

from .annotations import kind_of
from .errors import ArgumentError
from .kinds import Kind, Unfit, converted_to
from .marks import REQUIRED, Default, OtherName, Retired
from .tensors import is_tensor, known_types
from .wording import did_you_mean, language

T = TypeVar("T")

_Parameter = inspect.Parameter


@dataclass(frozen=True)
class Argument:
    """One argument of an R function, as its signature declares it.

    `named` arguments can be given by name only; in R they stand behind `...`.
    """

    name: str
    default: Any
    annotation: Any
    kind: Kind
    marks: tuple[Any, ...]
    named: bool

    @property
    def required(self) -> bool:
        """Whether a call must give it."""
        return self.default is _Parameter.empty or self.default is REQUIRED

    def mark(self, sort: type[T]) -> T | None:
        """The mark of a sort (`RDefault`, `Retired`) that the annotation carries."""
        return next((mark for mark in self.marks if isinstance(mark, sort)), None)


class Contract:
    """What a signature promises.

    Attributes:
        name: The name of the function.
        signature: The signature, the shared arguments of the tail spelt out.
        arguments: The arguments in the order that they have in R.
        more: How arguments in no place of their own are converted (`*more`), None where there are none.
        other_names: Second names of arguments, and the first ones.
        defaults: What a function without a body gets for what was not given.
        keras_name: What Keras calls the function; by this name it is handed to Keras, and stands in files.
    """

    def __init__(self, function: Callable[..., Any], renamed: Mapping[str, str], keras_name: str | None = None) -> None:
        self.name = function.__name__
        self.keras_name = keras_name
        self.function = function
        hints = typing.get_type_hints(function, include_extras=True)
        parameters = list(inspect.signature(function).parameters.values())
        spread = next((one for one in parameters if one.kind is _Parameter.VAR_POSITIONAL), None)
        self.more = None if spread is None else kind_of(hints[spread.name])
        self.more_name = None if spread is None else spread.name
        tail = [one for one in parameters if one.kind is _Parameter.VAR_KEYWORD]
        shared = list(_shared(hints[tail[0].name])) if tail else []
        own = [(one, hints[one.name]) for one in parameters if one not in tail and one is not spread]
        behind = [(one, hint) for one, hint in own if one.kind is _Parameter.KEYWORD_ONLY]
        in_front = [(one, hint) for one, hint in own if one.kind is not _Parameter.KEYWORD_ONLY]
        self.arguments = {
            one.name: _argument(one, hint, bool(behind and not tail) and (one, hint) in behind)
            for one, hint in [*in_front, *shared, *behind]
        }
        self.renamed = {r_name(name): name for name in self.arguments if r_name(name) != name} | dict(renamed)
        written = [one for one in parameters if one not in tail]
        self.signature = inspect.signature(function).replace(parameters=[*written, *(one for one, _ in shared)])
        marked = {name: argument.mark(OtherName) for name, argument in self.arguments.items()}
        self.other_names = {name: mark.of for name, mark in marked.items() if mark is not None}
        self.defaults = {
            name: argument.default
            for name, argument in self.arguments.items()
            if name not in self.other_names
            and argument.default is not _Parameter.empty
            and argument.mark(Retired) is None
        }
        # What most calls need, computed once.
        self._kinds = {name: argument.kind for name, argument in self.arguments.items()}
        self._keeping = {name for name, argument in self.arguments.items() if argument.kind.keeps_tensors}
        self._required = {name for name, argument in self.arguments.items() if argument.required}
        self._is_plain = not (self.more_name or self.other_names)
        self._places = tuple(one.name for one in _by_place(self.signature))
        self._fitting: set[tuple[Any, ...]] = set()  # how many by place, and the names: calls are of few sorts

    def convert(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        """Gives the arguments as the function is to see them, defaults left out.

        Raises:
            ArgumentError: The call does not fit the signature.
        """
        if self._fits(args, kwargs):
            given = {**dict(zip(self._places, args, strict=False)), **kwargs} if args else kwargs
            return {
                name: value
                if type(value := given[name]) in known_types and name in self._keeping
                else self._converted(name, kind, value)
                for name, kind in self._kinds.items()
                if name in given
            }
        args, more = self._without_tensors(args)
        given = self._bind(args, kwargs)
        given = {name: value for name, value in given.items() if name not in self.other_names or value is not None}
        more += [*self._tensors_by_name(given), *given.pop(str(self.more_name), ())]
        converted = {name: self._converted(name, self.arguments[name].kind, value) for name, value in given.items()}
        if self.more and more:
            converted[str(self.more_name)] = [self._converted(str(self.more_name), self.more, one) for one in more]
        return {self.other_names.get(name, name): value for name, value in converted.items()}

    def _fits(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        """Whether every value has a place of its own and none is missing, so that nothing is left to find out."""
        if not self._is_plain or len(args) > len(self._places):
            return False
        call = (len(args), *kwargs)
        if call in self._fitting:
            return True
        reached = self._places[: len(args)]
        known = kwargs.keys() <= self._kinds.keys() and kwargs.keys().isdisjoint(reached)
        fits = known and self._required <= {*reached, *kwargs}
        if fits:
            self._fitting.add(call)
        return fits

    def _converted(self, name: str, kind: Kind, value: Any) -> Any:
        try:
            return converted_to(kind, value)
        except Unfit as unfit:
            raise self._refusal(name, kind, value, kind.wants(), str(unfit)) from None

    def refusal(self, argument: str, value: Any, wants: str, hint: str = "") -> ArgumentError:
        """The one sentence with which a value is refused."""
        return self._refusal(argument, self.arguments[argument].kind, value, wants, hint)

    def _refusal(self, argument: str, kind: Kind, value: Any, wants: str, hint: str) -> ArgumentError:
        if language.get() == "R":
            argument = "..." if argument == self.more_name else r_name(argument)
        return ArgumentError(f"{self.name}(): `{argument}` must be {wants}, not {kind.shown(value)}.{hint}")

    def _bind(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        for old, new in self.renamed.items():
            if old in kwargs and new in kwargs:
                raise ArgumentError(f"{self.name}(): `{old}` is an older name of `{new}`: give one of them.")
            if old in kwargs:
                kwargs = {new if name == old else name: value for name, value in kwargs.items()}
        for name in kwargs:
            if name not in self.arguments:
                known = ", ".join(self.arguments) or "none"
                hint = did_you_mean(name, self.arguments, "`") or f" Its arguments: {known}."
                raise ArgumentError(f"{self.name}(): there is no argument `{name}`.{hint}")
        reached = list(self.arguments)[: len(args)]
        said = {first for other, first in self.other_names.items() if kwargs.get(other) is not None}
        for name, argument in self.arguments.items():
            if argument.required and name not in kwargs and name not in reached and name not in said:
                raise ArgumentError(f"{self.name}(): `{name}` is missing; it must be {argument.kind.wants()}.")
        try:
            given = self.signature.bind_partial(*args, **kwargs).arguments
        except TypeError as error:
            raise ArgumentError(f"{self.name}(): {error}.") from None
        for other, first in self.other_names.items():
            if given.get(other) is not None and first in given:
                raise ArgumentError(f"{self.name}(): `{first}` and `{other}` are one argument: give one of them.")
        return given

    def _without_tensors(self, args: tuple[Any, ...]) -> tuple[tuple[Any, ...], list[Any]]:
        """A place may mean two things: where there can be more of the first argument, a tensor is that in any place."""
        if not self.more_name:
            return args, []
        rest = args[1:]
        return (*args[:1], *(one for one in rest if not is_tensor(one))), [one for one in rest if is_tensor(one)]

    def _tensors_by_name(self, given: dict[str, Any]) -> list[Any]:
        """The same for what R has given by its place, which has a name when it arrives here."""
        if not self.more_name:
            return []
        return [given.pop(name) for name in list(self.arguments)[1:] if name in given and is_tensor(given[name])]

    def call(self, function: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        """Calls the function with its arguments, as `convert` gave them."""
        if not self.more_name:
            return function(**arguments)
        rest = dict(arguments)
        more = rest.pop(self.more_name, ())
        return function(*[rest.pop(one.name, one.default) for one in _by_place(self.signature)], *more, **rest)


def _by_place(signature: inspect.Signature) -> list[_Parameter]:
    """The parameters that can be given by place and by name."""
    return [one for one in signature.parameters.values() if one.kind is _Parameter.POSITIONAL_OR_KEYWORD]


def r_name(argument: str) -> str:
    """What an argument is called in R: `from`, which can be no name in Python, is `from_` there."""
    return argument.removesuffix("_")


def readable(contract: Contract) -> inspect.Signature:
    """The signature without the marks in its annotations, as `help()` shows it."""
    plain = [
        one.replace(
            annotation=_plain(contract.arguments[one.name].annotation if one.name in contract.arguments else Any)
        )
        for one in contract.signature.parameters.values()
    ]
    returned = typing.get_type_hints(contract.function).get("return", Any)
    return contract.signature.replace(parameters=plain, return_annotation=returned)


def _argument(parameter: _Parameter, hint: Any, named: bool) -> Argument:
    return Argument(parameter.name, parameter.default, hint, kind_of(hint), marks_of(hint), named)


def _shared(annotation: Any) -> Iterator[tuple[_Parameter, Any]]:
    """The arguments of a tail (PEP 692), each with its default: that of its mark, or else None."""
    if typing.get_origin(annotation) not in (typing.Unpack, typing_extensions.Unpack):
        raise TypeError(f"{annotation!r} is outside the vocabulary of rkeras annotations")
    hints = typing.get_type_hints(typing.get_args(annotation)[0], include_extras=True)
    for name, hint in hints.items():
        mark = next((one for one in marks_of(hint) if isinstance(one, Default)), None)
        yield _Parameter(name, _Parameter.KEYWORD_ONLY, default=mark.value if mark else None), hint


def _plain(annotation: Any) -> Any:
    bare = typing_extensions.get_type_hints(type("_", (), {"__annotations__": {"it": annotation}}))["it"]
    return _Parameter.empty if bare is Any else bare


def marks_of(annotation: Any) -> tuple[Any, ...]:
    """What an annotation carries beside the type."""
    return typing.get_args(annotation)[1:] if typing.get_origin(annotation) is Annotated else ()
