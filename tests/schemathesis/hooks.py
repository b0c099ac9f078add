"""Lets the generated questions be about things that exist.

An invented id ends at a 404, before the handler does its work. So most ids of a question, in its
path, its query or its body, are replaced by ids of the example desk.
"""

import schemathesis

import known_ids

KNOWN = known_ids.load()


def _refer(value):
    """Replaces the ids in a query or a body."""
    if isinstance(value, list):
        return [_refer(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: known_ids.choose(KNOWN, name, inner)
        if isinstance(inner, str | int)
        else _refer(inner)
        for name, inner in value.items()
    }


@schemathesis.hook
def before_call(context, case, kwargs):
    if "id" in (case.path_parameters or {}):
        field = known_ids.in_path(case.operation.path)
        generated = case.path_parameters["id"]
        case.path_parameters["id"] = known_ids.choose(KNOWN, field, generated)
    if isinstance(case.query, dict):
        case.query = _refer(case.query)
    if isinstance(case.body, dict):
        case.body = _refer(case.body)
