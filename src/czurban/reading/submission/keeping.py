"""Keep the results of functions for as long as the plan that they are about."""

from collections.abc import Callable, Hashable
from functools import lru_cache, partial, wraps
from typing import TypeVar

from czurban.model.plan import Plan

_Asked = TypeVar("_Asked", bound=Hashable)
_Answer = TypeVar("_Answer")


def kept_with_plan(most: int) -> Callable[[Callable[[_Asked, Plan], _Answer]], Callable[[_Asked, Plan], _Answer]]:
    """Decorate a function of something and a plan: its last so many results are kept with the plan itself.

    A cache that has plans as keys would compare whole plans, field by field, wherever two have the same title.
    """

    def decorate(function: Callable[[_Asked, Plan], _Answer]) -> Callable[[_Asked, Plan], _Answer]:
        @wraps(function)
        def asked(what: _Asked, plan: Plan) -> _Answer:
            known = plan.kept.get(function)
            if known is None:
                known = plan.kept[function] = lru_cache(maxsize=most)(partial(_turned, function, plan))
            answer: _Answer = known(what)
            return answer

        return asked

    return decorate


def _turned(function: Callable[[_Asked, Plan], _Answer], plan: Plan, what: _Asked) -> _Answer:
    return function(what, plan)
