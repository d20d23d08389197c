// A chat template and, behind a zero byte, the conversation that it is given.
import { ChatTemplates } from "../../../dist/src/tokenizer/chat/chat-templates.js";
import { TokenizerError } from "../../../dist/src/tokenizer/tokenizer-error.js";

const chatml =
  "{%- for message in messages %}{{- '<|im_start|>' + message['role'] + '\\n' + (message['content'] or '') + '<|im_end|>' }}{%- endfor %}{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}";
const marked =
  "{{ bos_token }}{% for m in messages %}{% if m.role == 'assistant' %}{% generation %}{{ m.content | trim }}{{ eos_token }}{% endgeneration %}{% elif m.role == 'tool' %}{{ m | tojson }}{% else %}[INST] {{ m.content }} [/INST]{% endif %}{% endfor %}";
const namespaced =
  "{% set ns = namespace(found=false) %}{% macro say(m, n=2) %}{{ m.role | upper ~ ':' ~ (m.content or '')[:n * 10] }}{% endmacro %}{% for m in messages if m.role != 'system' %}{% if loop.first %}{% set ns.found = true %}{% endif %}{% generation %}{{ say(m) }}{% endgeneration %}{% endfor %}{{ ns.found }}{{ messages | selectattr('role', 'equalto', 'user') | map(attribute='content') | join(', ') }}{{ tools | tojson(indent=2) if tools else '' }}{{ strftime_now('%d %b %Y') | length }}";
const said =
  '[{"role":"system","content":"s"},{"role":"user","content":"Hello é"},{"role":"assistant","content":"Hi"}]';
const called =
  '[{"role":"user","content":[{"type":"text","text":"a"}]},{"role":"assistant","content":null,"tool_calls":[{"function":{"name":"f","arguments":{"x":1}}}]},{"role":"tool","content":"1"}]';
const special = { bos_token: "<s>", eos_token: "</s>" };

export const template = {
  constantMb: 900, // the thread that renders it may take 512 MB
  timeMs: 60_000, // three seconds each time it is rendered
  seeds: () =>
    [
      [chatml, said],
      [chatml, called],
      [marked, said],
      [namespaced, said],
      [namespaced, called],
    ].map((parts) => new Uint8Array(Buffer.from(parts.join("\0")))),
  words: [
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "-%}",
    "{% for x in messages %}",
    "{% endfor %}",
    "{% if ",
    "{% endif %}",
    "{% set a = messages %}",
    "{% generation %}",
    "{% endgeneration %}",
    "{% macro m(x) %}",
    "{% endmacro %}",
    "{{ m(m) }}",
    "| tojson",
    "| length",
    "| join",
    "| map",
    "| map('upper')",
    "| map(attribute='role.x')",
    "| selectattr('role')",
    "| reject('in', 'a')",
    "| indent(99999999)",
    "| replace('', 'b', 3)",
    "| default('x', true)",
    "| sort(attribute='role')",
    "| unique",
    "| int",
    "| float",
    "| title",
    "| trim('a')",
    "| items",
    "| reverse",
    "[::-1]",
    "[1:2:0]",
    ".content",
    ".__proto__",
    ".constructor",
    "['constructor']",
    " * 9999",
    " ~ ",
    " is defined",
    " in ",
    "loop.index",
    "raise_exception('x')",
    "(".repeat(500),
    "{% if a %}".repeat(200),
    "\ue000",
    "\0",
  ],
  /** @param {Uint8Array} bytes */
  run(bytes) {
    const [text, json] = Buffer.from(bytes).toString("utf8").split("\0");
    const templates = new ChatTemplates(new Map([["default", text]]), special, "fuzz");
    const messages = messagesIn(json);
    const { spans } = templates.renderMarked(messages, {});
    return spans.length > 0 ? "marked" : "rendered";
  },
  /** @param {unknown} error */
  isTyped: (error) => error instanceof TokenizerError,
};

/** Messages as `applyChatTemplate` lets them through. */
function messagesIn(json) {
  try {
    const given = JSON.parse(json);
    if (
      Array.isArray(given) &&
      given.length > 0 &&
      given.every((each) => Object(each) === each && typeof each.role === "string")
    )
      return given;
  } catch {
    // The template is tried with others.
  }
  return JSON.parse(said);
}
