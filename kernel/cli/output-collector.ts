// IOPub messages to the outputs of a notebook's cells, as nbformat 4.5 stores them: text of one stream
// joined, displays updated wherever they are shown, clear_output obeyed.

import type { Content, Message } from "../wire/message.js";
import type { Cell, Output } from "./notebook.js";

export class OutputCollector {
  /** Outputs by display id; one display may be shown in several cells. */
  readonly #displays = new Map<string, Output[]>();
  readonly #waitingClears = new Set<Cell>();

  /** Adds what one message shows to `cell`. */
  add(cell: Cell, { header, content }: Message): void {
    switch (header.msg_type) {
      case "stream":
        this.#stream(cell, String(content["name"]), String(content["text"]));
        break;
      case "display_data":
        this.#display(cell, { output_type: "display_data", ...payload(content) }, content);
        break;
      case "execute_result": {
        const execution_count = content["execution_count"];
        this.#display(
          cell,
          { output_type: "execute_result", execution_count, ...payload(content) },
          content,
        );
        break;
      }
      case "update_display_data":
        for (const output of this.#displays.get(displayId(content)) ?? []) {
          Object.assign(output, payload(content));
        }
        break;
      case "error":
        this.#outputs(cell).push({ output_type: "error", ...content });
        break;
      case "clear_output":
        if (content["wait"] === true) this.#waitingClears.add(cell);
        else cell.outputs = [];
        break;
    }
  }

  #stream(cell: Cell, name: string, text: string): void {
    const outputs = this.#outputs(cell);
    const last = outputs.at(-1);
    if (last?.["output_type"] === "stream" && last["name"] === name) {
      last["text"] = splitLines(joinLines(last["text"]) + text);
    } else {
      outputs.push({ output_type: "stream", name, text: splitLines(text) });
    }
  }

  #display(cell: Cell, output: Output, content: Content): void {
    this.#outputs(cell).push(output);
    const id = displayId(content);
    if (id !== "") this.#displays.set(id, [...(this.#displays.get(id) ?? []), output]);
  }

  #outputs(cell: Cell): Output[] {
    if (this.#waitingClears.delete(cell)) cell.outputs = [];
    cell.outputs ??= [];
    return cell.outputs;
  }
}

function displayId(content: Content): string {
  const { display_id: id } = (content["transient"] ?? {}) as { display_id?: unknown };
  return typeof id === "string" ? id : "";
}

function payload(content: Content): Output {
  const data = Object.entries((content["data"] ?? {}) as Content).map(([type, value]) => [
    type,
    typeof value === "string" && /^text\/|\+xml$/.test(type) ? splitLines(value) : value,
  ]);
  return { data: Object.fromEntries(data) as Content, metadata: content["metadata"] ?? {} };
}

/** Text as nbformat keeps it: a list of lines, each with its line feed. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function joinLines(lines: unknown): string {
  return Array.isArray(lines) ? lines.join("") : String(lines);
}
