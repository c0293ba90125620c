"""Situations of cloudformation."""

import json

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World

_GROUP = {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupDescription": "of a stack", "VpcId": {"Ref": "Vpc"}}}


def _stack(world: World) -> tuple[Inputs, Inputs]:
    parameters = {"Vpc": {"Type": "AWS::EC2::VPC::Id"}, "Port": {"Type": "Number", "Default": 80}}
    template = {
        "Parameters": parameters,
        "Resources": {"One": _GROUP},
        "Outputs": {"Group": {"Value": {"Fn::GetAtt": ["One", "GroupId"]}}},
    }
    first = {"templateBody": json.dumps(template), "parameters": {"Vpc": world.vpc()}, "tags": TAGS}
    more = template | {"Resources": {"One": _GROUP, "Two": _GROUP}}
    return first, {**first, "templateBody": json.dumps(more), "tags": OTHER_TAGS}


SITUATIONS: dict[str, Situation] = {"aws:cloudformation/stack:Stack": _stack}
