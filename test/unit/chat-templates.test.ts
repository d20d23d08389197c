// Chat templates against transformers: texts, ids and masks, and what templates of strangers may not do.

import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { python } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";
import { byteTokenizer, template } from "../fixtures/tokenizers/byte-tokenizer.js";
import {
  CHAT_TEMPLATES,
  CONVERSATIONS,
  type Message,
  TOOLS,
} from "../fixtures/tokenizers/chat-templates.js";
import { manyConversations } from "../fixtures/tokenizers/many-conversations.js";

interface Options {
  readonly addGenerationPrompt?: boolean;
  readonly continueFinalMessage?: boolean;
  readonly tools?: readonly object[];
}

interface Asked {
  readonly template: string;
  readonly messages: readonly Message[];
  readonly options: Options;
  /** Whether ids and mask are asked for beside the text. */
  readonly masked?: boolean;
}

interface Answer {
  readonly text?: string;
  readonly error?: string;
  readonly ids?: number[];
  readonly mask?: number[];
}

const folder = byteTokenizer(sharedFolder(), {});
const tokenizer = await AutoTokenizer.fromPretrained(folder);

/** Where templates stand: fields of tokenizer_config.json, and files. */
const PLACES: Readonly<Record<string, { config: object; files?: Record<string, string> }>> = {
  text: { config: { chat_template: "config {{ messages[0].content }}\r\n\r\n." } },
  named: {
    config: {
      chat_template: [
        { name: "default", template: "default" },
        { name: "tool_use", template: "tool use {{ tools }}" },
      ],
    },
  },
  file: {
    config: { chat_template: "config" },
    files: { "chat_template.jinja": "file {{ bos_token }}\n" },
  },
  more: {
    config: { chat_template: "config" },
    files: { "chat_template.jinja": "file", "additional_chat_templates/tool_use.jinja": "more" },
  },
};
for (const [name, { config, files = {} }] of Object.entries(PLACES)) {
  byteTokenizer(path.join(folder, name), { config: config as Record<string, unknown> });
  for (const [file, template] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, name, file), template);
  }
}

const VARIANTS: readonly Options[] = [
  {},
  { addGenerationPrompt: true },
  { tools: TOOLS },
  { continueFinalMessage: true },
];
const asked: Asked[] = Object.entries(CHAT_TEMPLATES).flatMap(([name, template]) =>
  Object.values(CONVERSATIONS).flatMap((messages) =>
    VARIANTS.map((options) => ({
      template,
      messages,
      options,
      masked: name === "generation" && options.continueFinalMessage !== true,
    })),
  ),
);
const supervised: Asked[] = manyConversations(200).map(({ messages, tools }) => ({
  template: CHAT_TEMPLATES["generation"] as string,
  messages,
  options: tools === undefined ? {} : { tools },
  masked: true,
}));
const { answers: reference, places } = python(
  `
from transformers import AutoTokenizer
t = AutoTokenizer.from_pretrained(args[0])
def answer(asked):
    o = asked["options"]
    given = dict(chat_template=asked["template"], tools=o.get("tools"), add_generation_prompt=o.get("addGenerationPrompt", False),
                 continue_final_message=o.get("continueFinalMessage", False))
    try:
        text = t.apply_chat_template(asked["messages"], tokenize=False, **given)
    except Exception as error:
        return {"error": str(error)}
    if not asked["masked"]:
        return {"text": text}
    out = t.apply_chat_template(asked["messages"], return_dict=True, return_assistant_tokens_mask=True, **given)
    return {"text": text, "ids": out["input_ids"], "mask": out["assistant_masks"]}
def place(folder):
    t = AutoTokenizer.from_pretrained(folder)
    return t.apply_chat_template([{"role": "user", "content": "?"}], tokenize=False, tools=[])
print(json.dumps({"answers": [answer(one) for one in args[1]], "places": [place(one) for one in args[2]]}))`,
  folder,
  [...asked, ...supervised],
  Object.keys(PLACES).map((name) => path.join(folder, name)),
) as { answers: Answer[]; places: string[] };

function ours({ template, messages, options, masked }: Asked): Answer {
  const given = { ...options, chatTemplate: template };
  try {
    const text = tokenizer.applyChatTemplate(messages as never, { ...given, tokenize: false });
    if (masked !== true) return { text };
    const { inputIds, assistantMask } = tokenizer.applyChatTemplate(messages as never, {
      ...given,
      returnAssistantTokensMask: true,
    });
    return { text, ids: [...inputIds], mask: [...assistantMask] };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

test("thirteen templates make the text of transformers, or refuse what it refuses", () => {
  const differing = asked.flatMap((one, index) => {
    const [own, theirs] = [ours(one), reference[index] as Answer];
    const isSame =
      theirs.error === undefined
        ? JSON.stringify(own) === JSON.stringify(theirs)
        : own.error !== undefined;
    return isSame
      ? []
      : [{ template: one.template.slice(0, 60), options: Object.keys(one.options), own, theirs }];
  });
  expect(differing).toEqual([]);
  expect(reference.filter(({ error }) => error === undefined).length).toBeGreaterThan(250);
});

test("masks of 200 conversations with tools, system and empty turns are those of transformers", () => {
  const theirs = reference.slice(asked.length);
  const own = supervised.map(ours);
  expect(own).toEqual(theirs);
  expect(theirs.every(({ mask }) => mask?.includes(1))).toBe(true);
});

test("a template is taken from where transformers takes it, and saved with the tokenizer", async () => {
  const text = async (from: string) =>
    (await AutoTokenizer.fromPretrained(from)).applyChatTemplate([{ role: "user", content: "?" }], {
      ...{ tokenize: false, tools: [] },
    });
  const own = Object.keys(PLACES).map((name) => path.join(folder, name));
  expect(await Promise.all(own.map(text))).toEqual(places);
  const saved = path.join(folder, "saved");
  (await AutoTokenizer.fromPretrained(path.join(folder, "more"))).save(saved);
  expect(await text(saved)).toBe("more");
});

const chatml = CHAT_TEMPLATES["chatml"] as string;
const marked = { returnAssistantTokensMask: true } as const;

test("without {% generation %} the mask is what stands between prompt and next turn", () => {
  const messages = CONVERSATIONS["turns"] as never;
  const { inputIds, assistantMask } = tokenizer.applyChatTemplate(messages, {
    ...{ chatTemplate: chatml, ...marked },
  });
  const said = inputIds.filter((_, index) => assistantMask[index] === 1);
  expect(tokenizer.decode(said)).toBe("  Good day. \n<|im_end|>\nIt ends.<|im_end|>\n");
});

test("a template that rewrites earlier turns has no mask, and the remedy is told", () => {
  const chatTemplate = CHAT_TEMPLATES["qwen"] as string;
  const messages = CONVERSATIONS["thinking"] as never;
  expect(() => tokenizer.applyChatTemplate(messages, { chatTemplate, ...marked })).toThrow(
    /message 1 cannot be told from the rest.*put \{% generation %\}/,
  );
});

test("a Llama-3 template gives exactly one bos, though the tokenizer adds one to texts", async () => {
  const inFolder = byteTokenizer(path.join(folder, "bos"), {
    tokenizer: (json) => void Object.assign(json, { post_processor: template({ eos: false }) }),
    config: { chat_template: CHAT_TEMPLATES["llama3"] },
  });
  const adding = await AutoTokenizer.fromPretrained(inFolder);
  const ids = adding.applyChatTemplate([{ role: "user", content: "Hello" }]);
  const numBos = (given: Int32Array) => given.filter((id) => id === adding.bosTokenId).length;
  expect([numBos(ids), ids[0], numBos(adding.encode("Hello"))]).toEqual([1, adding.bosTokenId, 1]);
});

test.each([
  [
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    /takes more than 3 s/,
  ],
  [
    "{% set x = namespace(a='0123456789') %}{% for i in range(23) %}{% set x.a = x.a ~ x.a %}{% endfor %}{{ x.a }}",
    /makes 83886080 characters/,
  ],
  ["{{ raise_exception('no system turn') }}", /the chat template: no system turn/],
  ["{% if %}", /the chat template: /],
  ["{{ messages[0].constructor.constructor('return process')() }}", /the chat template: /],
])("a template of a stranger ends with one error: %s", (chatTemplate, problem) => {
  const run = () => tokenizer.applyChatTemplate([{ role: "user", content: "?" }], { chatTemplate });
  expect(run).toThrow(problem);
  expect(
    tokenizer.applyChatTemplate([{ role: "user", content: "?" }], { chatTemplate: "a" }),
  ).toHaveLength(1);
});
