// Questions of cells to the person: prompt() and its relatives. The front end is asked one question at a time, and
// ranks that ask the same thing, because they run the same cell, get the same answer.

import type { InputAnswer, InputQuestion } from "../link/messages.js";
import type { Content, Header, Message } from "../wire/message.js";

/** The request that a cell answers, and so whom its questions go to. */
export interface Asker {
  readonly request: Message;
  readonly allowsInput: boolean;
}

/** Sends an input_request to whoever sent `request`; returns its header. */
export type SendInputRequest = (request: Message, content: Content) => Header;

interface Waiting {
  readonly cell: string;
  readonly header: Header;
  readonly resolve: (answer: InputAnswer) => void;
}

const NOT_SUPPORTED =
  "this front end takes no input (allow_stdin is false); give the value in the cell instead";
const ENDED = "the cell that asks has ended, so nobody can be asked any more";

export class Input {
  readonly #send: SendInputRequest;
  readonly #askers = new Map<string, Asker>();
  /** Answers to a cell's questions: by text of the question, then in order of asking. */
  readonly #answers = new Map<string, Map<string, Promise<InputAnswer>[]>>();
  readonly #numAsked = new Map<string, number>();
  #waiting: Waiting | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(send: SendInputRequest) {
    this.#send = send;
  }

  /** From now until `end` code of `cell` may ask. */
  begin(cell: string, asker: Asker): void {
    this.#askers.set(cell, asker);
    this.#answers.set(cell, new Map());
  }

  /** The cell has ended: what it still asks is refused. */
  end(cell: string): void {
    this.#askers.delete(cell);
    this.#answers.delete(cell);
    this.#numAsked.clear();
    if (this.#waiting?.cell === cell) this.#settle({ refused: ENDED });
  }

  /** Gives up on the question that is open. */
  interrupt(): void {
    this.#settle({ interrupted: true });
  }

  /** Asks on behalf of code of `cell` on `rank`. */
  ask(cell: string, rank: number, question: InputQuestion): Promise<InputAnswer> {
    const asker = this.#askers.get(cell);
    if (asker === undefined) return Promise.resolve({ refused: ENDED });
    if (!asker.allowsInput) return Promise.resolve({ refused: NOT_SUPPORTED });
    const key = JSON.stringify(question);
    const ofCell = this.#answers.get(cell) ?? new Map<string, Promise<InputAnswer>[]>();
    const answers = ofCell.get(key) ?? [];
    ofCell.set(key, answers);
    const occasion = this.#count(`${cell} ${rank} ${key}`);
    answers[occasion] ??= this.#inTurn(cell, asker, question);
    return answers[occasion];
  }

  /** Takes an input_reply of a front end. */
  reply({ parent, content }: Message): void {
    if (this.#waiting === undefined) return; // an answer to a question that was given up
    const asked = (parent as Partial<Header>).msg_id; // some front ends name no parent
    if (asked !== undefined && asked !== this.#waiting.header.msg_id) return;
    this.#settle({ text: String(content["value"] ?? "") });
  }

  #count(key: string): number {
    const occasion = this.#numAsked.get(key) ?? 0;
    this.#numAsked.set(key, occasion + 1);
    return occasion;
  }

  #inTurn(cell: string, asker: Asker, question: InputQuestion): Promise<InputAnswer> {
    const answer = this.#last.then(() => this.#askNow(cell, asker, question));
    this.#last = answer;
    return answer;
  }

  #askNow(cell: string, asker: Asker, question: InputQuestion): Promise<InputAnswer> {
    if (this.#askers.get(cell) !== asker) return Promise.resolve({ refused: ENDED });
    const header = this.#send(asker.request, { ...question });
    return new Promise((resolve) => {
      this.#waiting = { cell, header, resolve };
    });
  }

  #settle(answer: InputAnswer): void {
    this.#waiting?.resolve(answer);
    this.#waiting = undefined;
  }
}
