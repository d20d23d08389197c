// Filters of chat templates beside Python's Jinja as transformers sets it up: each on each kind of value.
import { expect, test } from "vitest";
import { renderTemplate } from "../../dist/src/tokenizer/chat/render.js";
import { isMatrix } from "../fixtures/matrix.js";
import { python } from "../fixtures/python.js";

const VALUES = {
  nothing: null,
  text: "  heLLo wOrld-of\u0085[brackets]\r\n\n  é 👍🏽 ß\u001c ",
  empty: "",
  number: 7,
  half: -2.5,
  yes: true,
  digits: " 1_2 ",
  decimal: "-12.75e1",
  list: ["b", "A", "a", null, 3, true, "B", 2.5],
  words: ["pear", "Apple", "fig", "apple"],
  none: [],
  map: { b: 1, A: "x", c: null },
  people: [
    { name: "Ada", role: "user", at: { year: 1815 } },
    { name: "bob", role: "tool", at: { year: 0 } },
    { name: null, role: "user" },
  ],
};
const FILTERS = [
  ...[
    "trim",
    "trim(' [')",
    "upper",
    "lower",
    "capitalize",
    "title",
    "string",
    "safe",
    "length",
    "count",
  ],
  ...[
    "list",
    "first",
    "last",
    "join",
    "join(', ')",
    "join('-', attribute='name')",
    "items | list",
    "reverse | list",
  ],
  ...["default", "default('none')", "d('none', true)", "default(default_value=3, boolean=true)"],
  ...[
    "int",
    "int(5)",
    "int(default='x')",
    "float",
    "float(0.5)",
    "unique | list",
    "unique(true) | list",
  ],
  ...[
    "replace('l', '👍')",
    "replace('l', 'L', 2)",
    "replace('', '.', 2)",
    "replace(old='o', new='0')",
  ],
  ...[
    "indent",
    "indent(2, true)",
    "indent(-1)",
    "indent(first=true, blank=true)",
    "indent('> ')",
    "tojson",
    "tojson(indent=2)",
  ],
  ...[
    "map('upper') | list",
    "map('default', '?', true) | list",
    "map(attribute='name') | list",
    "map('length') | list",
  ],
  ...[
    "map(attribute='at.year', default='?') | list",
    "map(attribute='name') | map('string') | join('|')",
  ],
  ...[
    "select | list",
    "reject | list",
    "select('string') | list",
    "reject('none') | list",
    "select('in', ['a', 3]) | list",
  ],
  ...[
    "selectattr('name') | list",
    "rejectattr('name') | list",
    "selectattr('role', 'equalto', 'user') | list",
  ],
  ...[
    "selectattr('role', '==', 'tool') | list | length",
    "selectattr('role', 'ne', 'tool') | map(attribute='name') | list",
  ],
  ...[
    "rejectattr('role', 'in', ['tool']) | list | length",
    "selectattr('at', 'defined') | list",
    "selectattr('missing') | list",
  ],
  ...[
    "sort | list",
    "sort(reverse=true) | join",
    "first | trim",
    "last | string | length",
    "trim | length > 0",
  ],
];
const OPERANDS = [
  ...Object.keys(VALUES),
  "missing",

  "map.missing",
  "('x', none)",
];
const ALL = [
  ...OPERANDS.flatMap((operand) => FILTERS.map((filter) => `${operand} | ${filter}`)),
  ...["(nothing or '') | trim", "'%s' | trim", "text[2:4] | upper", "[nothing] | join('x')"],
];
/** `npm test` takes each seventh: every filter, every kind of value. */
const EXPRESSIONS = ALL.filter((_, i) => isMatrix || i % 7 === 0);

const PYTHON = `
import copy # indent adds to a list
from transformers.utils.chat_template_utils import _compile_jinja_template
def answer(expression):
    try: return _compile_jinja_template("{{ " + expression + " }}").render(**copy.deepcopy(args[1]))
    except Exception as error: return None
print(json.dumps([answer(each) for each in args[0]]))`;

test("each filter on each kind of value gives Python's text, or is refused as there", () => {
  const theirs = python(PYTHON, EXPRESSIONS, VALUES) as (string | null)[];
  const differing = EXPRESSIONS.flatMap((expression, i) => {
    const own = ours(expression);
    return own === theirs[i] ? [] : [{ expression, own, theirs: theirs[i] }];
  });
  expect(differing).toEqual([]);
  const numAnswers = theirs.filter((each) => each !== null).length;
  expect(numAnswers).toBeGreaterThan(EXPRESSIONS.length * 0.4);
});

function ours(expression: string): string | null {
  try {
    return renderTemplate(`{{ ${expression} }}`, VALUES).text;
  } catch {
    return null;
  }
}
