"""The catalogue as a grammar in llama.cpp's notation, for models that write calls as text."""

from collections.abc import Collection

from ..catalogue import MAX_CALLS, UNKNOWN, Function, Kind, Parameter, catalogue

VALUES = r"""
text ::= "\"" [^"\\\n\x00-\x1f]+ "\""
integer ::= "-"? [0-9] [0-9]? [0-9]? [0-9]? [0-9]? [0-9]?
number ::= integer ("." [0-9] [0-9]?)?
bool ::= "True" | "False"
"""
KINDS = {Kind.TEXT: "text", Kind.INTEGER: "integer", Kind.NUMBER: "number", Kind.BOOLEAN: "bool"}


def gbnf(functions: Collection[str] | None = None) -> str:
    """The grammar of answers that call only `functions`, all where None; `unknown()` is always possible.

    It lets through arguments twice and without the required ones: `calls.parse` finds those, and a grammar that counted
    would have thousands of rules.
    """
    offered = [f for f in catalogue().values() if functions is None or f.name in functions or f.name == UNKNOWN]
    actions = [f for f in offered if f.name != UNKNOWN]
    rules = [f'root ::= "{UNKNOWN}()"' + (f" | call {_more(MAX_CALLS - 1)}" if actions else "")]
    if actions:
        rules.append("call ::= " + " | ".join(_rule_name(f.name) for f in actions))
        rules += [_function(f) for f in actions]
        parameters = {_parameter_rule(p): p for f in actions for p in f.parameters.values()}
        rules += [f"{name} ::= {_parameter(p)}" for name, p in parameters.items()]
    return "\n".join(rules) + VALUES


def _more(most: int) -> str:
    return ('("\\n" call ' * most) + (")?" * most)


def _function(function: Function) -> str:
    if not function.parameters:
        return f'{_rule_name(function.name)} ::= "{function.name}()"'
    arguments = " | ".join(_parameter_rule(p) for p in function.parameters.values())
    inside = f'(({arguments}) (", " ({arguments}))*)'
    optional = "" if any(p.required for p in function.parameters.values()) else "?"
    return f'{_rule_name(function.name)} ::= "{function.name}(" {inside}{optional} ")"'


def _parameter(parameter: Parameter) -> str:
    if parameter.kind is Kind.CHOICE:
        choices = " | ".join(f'"\\"{choice}\\""' for choice in parameter.choices)
        return f'"{parameter.name}=" ({choices})'
    return f'"{parameter.name}=" {KINDS[parameter.kind]}'


def _parameter_rule(parameter: Parameter) -> str:
    return _rule_name(f"{parameter.name}-{parameter.kind.value}")


def _rule_name(name: str) -> str:
    return "x-" + name.replace("_", "-")
