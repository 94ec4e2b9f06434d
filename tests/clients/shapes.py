"""Whether an answer has the members of the service model and no others, each of its type. Clients drop what they do not know."""

import json

TYPES = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    # A whole number without a fraction would not do: AWS writes `50.0`.
    "double": float,
    "float": float,
    "timestamp": (int, float),
    "structure": dict,
    "map": dict,
    "list": list,
}


def check(http_response, model, **_):
    """Of one answer, as botocore's event `after-call` has it."""
    if http_response.status_code < 300 and http_response.content and model.output_shape:
        problems = list(differences(model.output_shape, json.loads(http_response.content), model.name))
        if problems:
            raise AssertionError("; ".join(problems))


def differences(shape, value, path):
    """What is wrong with a value, each with its place."""
    wanted = TYPES.get(shape.type_name, object)
    if value is None:
        return
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        yield f"{path} is {value!r}, and no {shape.type_name}"
    elif shape.type_name == "structure":
        members = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        for name, inner in value.items():
            if name in members:
                yield from differences(members[name], inner, f"{path}.{name}")
            else:
                yield f"{path} has no member {name}"
    elif shape.type_name == "map":
        for name, inner in value.items():
            yield from differences(shape.value, inner, f"{path}.{name}")
    elif shape.type_name == "list":
        for inner in value:
            yield from differences(shape.member, inner, f"{path}[]")
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        yield f"{path} is {value!r}, and none of {shape.enum}"
