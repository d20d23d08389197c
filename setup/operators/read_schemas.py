"""Prints operators as JSON, for setup/generate-operators.mjs: PyTorch's public ones, and those it is asked for.

stdin: {"private": names with a leading "_" in ATen, "own": schemas of the library's operators, as the addon registers them}
stdout: {"torch": "2.13", "operators": [{"name", "isMethod", "summary", "link", "overloads": [{"schema", "arguments", "returns"}]}],
"own": the same}
An argument is {"name", "type", "size", "default", "hasDefault", "isKeyword", "isOut"}; types are the schema's own. Overloads with types
that JavaScript cannot pass (Storage, Stream, Dimname, script classes) are left out.
"""

import inspect
import json
import re
import sys

import torch

IMPOSSIBLE = re.compile(r"Storage|Stream|Dimname|__torch__|QScheme|Dict\(|AnyEnum")
BACKENDS = re.compile(r"^(cudnn|miopen|mkldnn|quantized|fused_moving|fake_quantize|slow_conv|thnn|native|unsafe)_|_copy$|^q_")
MODULES = {"torch": torch, "torch.nn.functional": torch.nn.functional, "torch.Tensor": torch.Tensor, "torch.special": torch.special}
PREFIXED = {"linalg": torch.linalg, "special": torch.special, "fft": torch.fft}


def homes(name):
    """Python objects of that name with their full names, those with the most specific documentation first."""
    prefix, _, rest = name.partition("_")
    if prefix in PREFIXED and hasattr(PREFIXED[prefix], rest):
        yield f"torch.{prefix}.{rest}", getattr(PREFIXED[prefix], rest)
    for path, module in MODULES.items():
        if hasattr(module, name):
            yield f"{path}.{name}", getattr(module, name)


def plain(text):
    text = re.sub(r":math:`([^`]*)`", r"\1", text)
    text = re.sub(r":\w+:`~?([^`<]*?)(?:\s*<[^>]*>)?`", r"\1", text)
    text = re.sub(r"`([^`<]*?)\s*<[^>]*>`_+", r"\1", text)
    return re.sub(r"\s+", " ", text.replace("``", "`")).replace("*/", "* /").strip()


def first_sentence(doc):
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(doc)):
        is_signature = re.match(r"^[\w.]+\(.*\)?\s*(->.*)?$", paragraph.strip(), re.S) and "(" in paragraph.split(" ")[0]
        if is_signature or paragraph.lstrip().startswith((".. ", "See ", "In-place version")) or "::" in paragraph:
            continue
        sentence = re.match(r"(.+?[.:])(\s|$)", plain(paragraph))
        text = sentence.group(1) if sentence else plain(paragraph)
        return text.rstrip(":.") + "." if "\\" not in text and len(text) < 200 else None
    return None


def summary(name):
    for _, found in [*homes(name), *homes(name.rstrip("_"))]:
        sentence = first_sentence(found.__doc__) if found.__doc__ else None
        if sentence:
            return f"In place: {sentence}" if name.endswith("_") else sentence
    return None


def link(name):
    for path, found in [*homes(name), *homes(name.rstrip("_"))]:
        if found.__doc__:
            return f"https://docs.pytorch.org/docs/stable/generated/{path}.html"
    return None


def plain_default(value):
    if isinstance(value, torch.device):
        return str(value)
    return value if value is None or isinstance(value, (bool, int, float, str, list)) else str(value)


def argument(entry):
    return {
        "name": entry.name,
        "type": str(entry.real_type),
        "size": entry.N,
        "default": plain_default(entry.default_value),
        "hasDefault": entry.has_default_value(),
        "isKeyword": entry.kwarg_only,
        "isOut": entry.is_out,
    }


def overload(schema):
    return {
        "schema": str(schema),
        "arguments": [argument(entry) for entry in schema.arguments],
        "returns": [{"name": entry.name, "type": str(entry.real_type)} for entry in schema.returns],
    }


def is_method(name, overloads):
    first = [entry["arguments"][0] for entry in overloads if entry["arguments"]]
    takes_self = any(entry["name"] == "self" and entry["type"] == "Tensor" for entry in first)
    known = any(True for _ in homes(name)) or hasattr(torch._C._nn, name) or name == "slice"
    return takes_self and known and not name.startswith("_") and not BACKENDS.search(name)


def aten_operators(private):
    schemas = {(s.name, s.overload_name): s for s in torch._C._jit_get_all_schemas()}
    operators = {}
    for full in sorted(torch._C._dispatch_get_all_op_names()):
        name, _, variant = full.partition(".")
        short = name.removeprefix("aten::")
        schema = schemas.get((name, variant))
        is_wanted = short != name and (not short.startswith("_") or short in private)
        if is_wanted and schema is not None and not IMPOSSIBLE.search(str(schema)):
            operators.setdefault(short, []).append(overload(schema))
    missing = [name for name in private if name not in operators]
    if missing:
        sys.exit(f"PyTorch {torch.__version__} has no {', '.join(missing)}")
    return [
        {"name": name, "isMethod": is_method(name, overloads), "summary": summary(name), "link": link(name), "overloads": overloads}
        for name, overloads in sorted(operators.items())
    ]


def own_operators(texts):
    schemas = sorted(map(torch._C.parse_schema, texts), key=lambda schema: schema.name)
    return [{"name": schema.name.partition("::")[2], "isMethod": False, "overloads": [overload(schema)]} for schema in schemas]


def main():
    wanted = json.load(sys.stdin)
    version = ".".join(torch.__version__.split(".")[:2])
    print(json.dumps({"torch": version, "operators": aten_operators(wanted["private"]), "own": own_operators(wanted["own"])}))


if __name__ == "__main__":
    main()
